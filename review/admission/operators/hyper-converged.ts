import { objectAt, objectsAt, textAt, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { parseDuration } from '../shared/go-duration';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';
import { must, mustBeOneOf } from '../shared/wording';

const FILE = 'HyperConverged, pkg/webhooks/validator/validator.go';
const ENABLE = 'dataimportcrontemplate.kubevirt.io/enable';
const MINUTE = 60e9;
const SHORTEST = 10 * MINUTE;
/** What the schema fills in. */
const DURATIONS: Readonly<Record<string, string>> = {
  'ca.duration': '48h0m0s',
  'ca.renewBefore': '24h0m0s',
  'server.duration': '24h0m0s',
  'server.renewBefore': '12h0m0s',
};
const TLS_VERSIONS = ['VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13'];
/** HTTP/2 needs one of them. */
const HTTP2_CIPHERS = ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256'];

/** Rules for a HyperConverged object, beside those for what it makes of KubeVirt and CDI. */
export const HYPER_CONVERGED_RULES: readonly Rule[] = topic({ kinds: ['HyperConverged'] }, [
  {
    id: 'hyperconverged-certificates-duration',
    sentence: 'The durations of certificates are at least ten minutes.',
    source: `${FILE}:validateCertConfig`,
    check: ({ object }, note) => {
      for (const key of Object.keys(DURATIONS)) {
        const duration = durationOf(object, key);
        if (duration === undefined || duration >= SHORTEST) continue;
        const value = valueAt(object, ...certificates(object), ...key.split('.'));
        note(`${certificates(object).join('.')}.${key}`, must(key.split('.')[1]!, "be at least '10m'", value));
      }
    },
  },
  {
    id: 'hyperconverged-certificates-renewal',
    sentence: 'A certificate is renewed within its duration.',
    source: `${FILE}:validateCertConfig`,
    check: ({ object }, note) => {
      for (const owner of ['ca', 'server']) {
        const [whole, before] = ['duration', 'renewBefore'].map((key) => durationOf(object, `${owner}.${key}`));
        if (whole === undefined || before === undefined || whole >= before) continue;
        const path = `${certificates(object).join('.')}.${owner}.renewBefore`;
        note(path, must('renewBefore', "be at most 'duration'", text(object, `${owner}.renewBefore`)));
      }
    },
  },
  {
    id: 'hyperconverged-certificates-ca-duration',
    sentence: 'The CA lasts as long as the certificates of servers.',
    source: `${FILE}:validateCertConfig`,
    check: ({ object }, note) => {
      const [ca, server] = ['ca.duration', 'server.duration'].map((key) => durationOf(object, key));
      if (ca === undefined || server === undefined || ca >= server) return;
      const path = `${certificates(object).join('.')}.ca.duration`;
      note(
        path,
        must(
          'duration',
          `be at least that of the servers, ${text(object, 'server.duration')}`,
          text(object, 'ca.duration'),
        ),
      );
    },
  },
  {
    id: 'hyperconverged-cron-template-enable',
    sentence: 'The annotation of a template of crons is true or false.',
    source: `${FILE}:validateDataImportCronTemplates`,
    check: eachTemplate((template, path, note) => {
      const value = valueAt(template, 'metadata', 'annotations', ENABLE);
      if (typeof value !== 'string' || ['true', 'false'].includes(value.toLowerCase())) return;
      note(`${path}.metadata.annotations`, mustBeOneOf(ENABLE, ['true', 'false'], value));
    }),
  },
  {
    id: 'hyperconverged-cron-template-spec',
    sentence: 'A template of crons has a spec, unless it is disabled.',
    source: `${FILE}:validateDataImportCronTemplates`,
    check: eachTemplate((template, path, note) => {
      const value = textAt(template, 'metadata', 'annotations', ENABLE).toLowerCase();
      if (value === 'false' || valueAt(template, 'spec') !== undefined) return;
      note(`${path}.spec`, must('spec', 'be given', undefined), `or disable it by the annotation '${ENABLE}: "false"'`);
    }),
  },
  {
    id: 'hyperconverged-tls-http2',
    sentence: 'Before TLS 1.3 the ciphers have one that HTTP/2 needs.',
    source: `${FILE}:validateTLSSecurityProfiles`,
    check: ofCustomTls((custom, path, note) => {
      const version = textIn(custom, 'minTLSVersion');
      if (!TLS_VERSIONS.includes(version) || version === 'VersionTLS13') return;
      const ciphers = ciphersOf(custom);
      if (HTTP2_CIPHERS.some((cipher) => ciphers.includes(cipher))) return;
      note(`${path}.ciphers`, must('ciphers', `have ${HTTP2_CIPHERS.join(' or ')}`, ciphers));
    }),
  },
  {
    id: 'hyperconverged-tls-ciphers',
    sentence: 'With TLS 1.3 no ciphers are chosen.',
    source: `${FILE}:validateTLSSecurityProfiles`,
    check: ofCustomTls((custom, path, note) => {
      const ciphers = ciphersOf(custom);
      if (textIn(custom, 'minTLSVersion') !== 'VersionTLS13' || ciphers.length === 0) return;
      note(`${path}.ciphers`, must('ciphers', "be left out with 'minTLSVersion: VersionTLS13'", ciphers));
    }),
  },
  {
    id: 'hyperconverged-mediated-device-types',
    sentence: 'The types of mediated devices are given by one name.',
    source: `${FILE}:validateMediatedDeviceTypes`,
    check: ({ object }, note) => {
      const path = 'spec.mediatedDevicesConfiguration';
      const configuration = objectAt(object, 'spec', 'mediatedDevicesConfiguration');
      const nodes = objectsAt(configuration, 'nodeMediatedDeviceTypes');
      const places: [Json | undefined, string][] = [
        [configuration, path],
        ...nodes.map((node, index): [Json, string] => [node, `${path}.nodeMediatedDeviceTypes[${index}]`]),
      ];
      for (const [place, at] of places) {
        const [old, now] = [listAt(place, 'mediatedDevicesTypes'), listAt(place, 'mediatedDeviceTypes')];
        if (old.length === 0 || now.length === 0 || semanticEqual(old, now)) continue;
        note(
          `${at}.mediatedDevicesTypes`,
          must('mediatedDevicesTypes', "be what 'mediatedDeviceTypes' is", old),
          'remove it: the name is deprecated',
        );
      }
    },
  },
]);

function isBeta(object: Json): boolean {
  return object.apiVersion === 'hco.kubevirt.io/v1beta1';
}

function certificates(object: Json): readonly string[] {
  return isBeta(object) ? ['spec', 'certConfig'] : ['spec', 'security', 'certConfig'];
}

function text(object: Json, key: string): unknown {
  return valueAt(object, ...certificates(object), ...key.split('.')) ?? DURATIONS[key];
}

/** In nanoseconds; undefined if it is no duration. */
function durationOf(object: Json, key: string): number | undefined {
  return parseDuration(text(object, key));
}

function eachTemplate(check: (template: Json, path: string, note: Note) => void): Rule['check'] {
  return ({ object }, note) => {
    const path = isBeta(object) ? ['spec'] : ['spec', 'workloadSources'];
    objectsAt(object, ...path, 'dataImportCronTemplates').forEach((template, index) =>
      check(template, `${path.join('.')}.dataImportCronTemplates[${index}]`, note),
    );
  };
}

function ofCustomTls(check: (custom: Json, path: string, note: Note) => void): Rule['check'] {
  return ({ object }, note) => {
    const path = [...(isBeta(object) ? ['spec'] : ['spec', 'security']), 'tlsSecurityProfile', 'custom'];
    const custom = objectAt(object, ...path);
    if (custom !== undefined) check(custom, path.join('.'), note);
  };
}

function ciphersOf(custom: Json): readonly unknown[] {
  return listAt(custom, 'ciphers');
}

function listAt(value: Json | undefined, key: string): readonly unknown[] {
  const list = value?.[key];
  return Array.isArray(list) ? list : [];
}
