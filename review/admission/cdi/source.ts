import { childIn, textIn } from '../../manifests/json';
import { Json } from '../../rule';
import { alternatives, must } from '../shared/wording';
import { isRequestUri, schemeOf } from './go-url';
import { REGISTRY_CHECKS } from './registry';
import { DATA_VOLUME, isEmptyText, SpecCheck, UTIL } from './spec-check';

const IMPORTS = ['http', 's3', 'gcs', 'registry', 'imageio', 'vddk', 'blank'];

/** Every kind of source of a DataVolume. */
const SOURCES = [...IMPORTS, 'upload', 'pvc', 'snapshot'];

/** The sources that have a URL, and what the webhook's answers call them. */
const URL_SOURCES = [
  ['http', 'HTTP'],
  ['s3', 'S3'],
  ['gcs', 'GCS'],
  ['imageio', 'ImageIO'],
  ['vddk', 'VDDK'],
] as const;

const SCHEMES = ['http', 'https', 'gs'];

/** How many digits the hash of an algorithm has: CDI, pkg/util/checksum/checksum.go, ParseAndValidate. */
const CHECKSUMS: ReadonlyMap<string, number> = new Map([
  ['md5', 32],
  ['sha1', 40],
  ['sha256', 64],
  ['sha512', 128],
]);

function isChecksum(text: string): boolean {
  const [, algorithm = '', hash = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  const [name, digits] = [algorithm, hash].map((part) => part.trim().toLowerCase());
  return /^[0-9a-f]+$/.test(digits!) && digits!.length === CHECKSUMS.get(name!);
}

/** Rules for the kind of a source, for DataVolumes and for populator sources. */
export const SOURCE_KIND_CHECKS: readonly SpecCheck[] = [
  {
    id: 'source-kind-present',
    sentence: 'The source of a DataVolume has a kind.',
    source: `${UTIL}:validateNumberOfSources`,
    check: (place, note) => {
      const { source } = place;
      if (source === undefined || kindsOf(source).length > 0) return;
      const message = must('source', `be of a kind: ${alternatives(SOURCES)}`, source);
      note(`${place.field}.source`, message, undefined, `${place.serverField}.source`);
    },
  },
  {
    id: 'source-kind-single',
    sentence: 'The source of a DataVolume has one kind.',
    source: `${UTIL}:validateNumberOfSources`,
    check: (place, note) => {
      const kinds = kindsOf(place.source ?? {});
      if (kinds.length < 2) return;
      const message = must('source', 'be of one kind', kinds);
      note(`${place.field}.source`, message, undefined, `${place.serverField}.source`);
    },
  },
];

/** Rules for what a source of one kind says, for DataVolumes and for populator sources. */
export const SOURCE_CHECKS: readonly SpecCheck[] = [
  {
    id: 'source-url-valid',
    about: ['gcs', 'http', 'imageio', 's3', 'vddk'],
    sentence: 'The URL of a source begins with http://, https:// or gs://.',
    source: `${UTIL}:validateSourceURL`,
    check: (place, note) => {
      for (const [key, answer] of URL_SOURCES) {
        const source = childIn(place.source, key);
        if (source === undefined) continue;
        const url = textIn(source, 'url');
        if (key !== 'vddk' && url === '' && !isEmptyText(place, source, 'url')) continue;
        if (isRequestUri(url) && SCHEMES.includes(schemeOf(url) ?? '')) continue;
        const remedy = url.startsWith('s3://') ? 'give the https address of the bucket' : undefined;
        const message = must('url', 'be a URL with http://, https:// or gs://', source.url);
        note(`${place.field}.source.${key}.url`, message, remedy, `${place.serverField}.source.${answer}.url`);
      }
    },
  },
  {
    id: 'source-checksum',
    since: 'v1.65.0',
    about: ['checksum'],
    sentence: 'The checksum of an http source is that of an algorithm that CDI knows.',
    source: `${UTIL}:validateChecksum`,
    check: (place, note) => {
      const checksum = textIn(childIn(place.source, 'http'), 'checksum');
      if (checksum === '' || isChecksum(checksum)) return;
      const known = [...CHECKSUMS].map(([algorithm, length]) => `${algorithm} with ${length}`);
      const message = must('checksum', `be 'algorithm:hash', of ${known.join(', ')} hexadecimal digits`, checksum);
      note(`${place.field}.source.http.checksum`, message, undefined, `${place.serverField}.source.HTTP.checksum`);
    },
  },
  {
    id: 'source-blank-content',
    about: ['blank'],
    sentence: 'A blank source has the contentType kubevirt.',
    source: `${UTIL}:validateBlankSource`,
    check: (place, note) => {
      if (place.source?.blank === undefined || place.spec.contentType !== 'archive') return;
      const message = must('contentType', `be 'kubevirt' for a blank source`, 'archive');
      note(`${place.field}.contentType`, message, undefined, `${place.serverField}.contentType`);
    },
  },
  ...REGISTRY_CHECKS,
  {
    id: 'source-imageio-complete',
    about: ['imageio'],
    sentence: 'An imageio source has a Secret, a certificate and a disk.',
    source: `${UTIL}:validateImageIOSource`,
    check: (place, note) => {
      // From CDI v1.64.0 on a certificate may be left out; an earlier release does not know the key, and drops it.
      const isUnverified = childIn(place.source, 'imageio')?.insecureSkipVerify === true;
      const keys = isUnverified ? ['secretRef', 'diskId'] : ['secretRef', 'certConfigMap', 'diskId'];
      hasKeys('imageio', 'Imageio', keys)(place, note);
    },
  },
  {
    id: 'source-vddk-complete',
    about: ['vddk'],
    sentence: 'A VDDK source has a Secret, a UUID, a backing file and a thumbprint.',
    source: `${UTIL}:validateVDDKSource`,
    check: hasKeys('vddk', 'VDDK', ['secretRef', 'uuid', 'backingFile', 'thumbprint']),
  },
];

/** Rules for the sources that copy another disk, which only DataVolumes have. */
export const CLONE_SOURCE_CHECKS: readonly SpecCheck[] = [
  {
    id: 'source-pvc-complete',
    sentence: 'A clone of a claim names the claim and its namespace.',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: namesSource('pvc', 'PVC'),
  },
  {
    id: 'source-snapshot-complete',
    about: ['snapshot'],
    sentence: 'A clone of a snapshot names the snapshot and its namespace.',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: namesSource('snapshot', 'Snapshot'),
  },
];

/** Whether a source has what must be said beside its URL. */
function hasKeys(key: string, answer: string, keys: readonly string[]): SpecCheck['check'] {
  return (place, note) => {
    const source = childIn(place.source, key);
    const missing = source === undefined ? [] : keys.filter((name) => textIn(source, name) === '');
    if (missing.length === 0) return;
    const message = `'${key}' must have ${keys.join(', ')}, got no ${missing.join(', ')}`;
    note(`${place.field}.source.${key}`, message, undefined, `${place.serverField}.source.${answer}`);
  };
}

function namesSource(key: 'pvc' | 'snapshot', answer: string): SpecCheck['check'] {
  return (place, note) => {
    const source = childIn(place.source, key);
    if (source === undefined) return;
    const empty = ['namespace', 'name'].filter((name) => isEmptyText(place, source, name));
    // KubeVirt takes the namespace of the machine in a template.
    const missing = place.decoded ? empty.filter((name) => name !== 'namespace') : empty;
    for (const name of missing) {
      const field = `${place.field}.source.${key}.${name}`;
      note(field, must(name, 'not be empty', ''), undefined, `${place.serverField}.source.${answer}`);
    }
  };
}

function kindsOf(source: Json): readonly string[] {
  return SOURCES.filter((kind) => source[kind] !== undefined);
}
