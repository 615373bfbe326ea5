import { objectAt, textAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { must } from '../shared/wording';
import { UPDATE, updateRules } from './update-rule';

const FIELD = 'spec.configuration.tlsConfiguration.ciphers';

/** Go's crypto/tls, CipherSuites and InsecureCipherSuites: pkg/util/tls, CipherSuiteNameMap. */
const CIPHERS: ReadonlySet<string> = new Set([
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_RSA_WITH_RC4_128_SHA',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA',
  'TLS_ECDHE_RSA_WITH_RC4_128_SHA',
  'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
]);

/** Rules for what KubeVirt's own servers speak. */
export const TLS_RULES: readonly Rule[] = [
  ...updateRules({
    id: 'kubevirt-tls-ciphers-settable',
    sentence: 'Ciphers are given only with a minimum version below TLS 1.3.',
    source: `${UPDATE}:validateTLSConfiguration`,
    onlyChanged: 'tlsConfiguration',
    check: (spec, note) => {
      const tls = objectAt(spec, 'configuration', 'tlsConfiguration');
      if (ciphersOf(spec).length === 0 || takesCiphers(textAt(tls, 'minTLSVersion'))) return;
      const message = must('ciphers', `not be given unless 'minTLSVersion' is 'VersionTLS12' or below`, tls?.ciphers);
      note(FIELD, message, 'leave them out: TLS 1.3 knows no choice');
    },
  }),
  ...updateRules({
    id: 'kubevirt-tls-ciphers-known',
    sentence: "Ciphers are names of Go's cipher suites.",
    source: `${UPDATE}:validateTLSConfiguration`,
    onlyChanged: 'tlsConfiguration',
    check: (spec, note) => {
      if (!takesCiphers(textAt(spec, 'configuration', 'tlsConfiguration', 'minTLSVersion'))) return;
      for (const [index, cipher] of ciphersOf(spec).entries()) {
        if (CIPHERS.has(cipher as string)) continue;
        // `#0`, not `[0]`: the webhook's own path.
        note(`${FIELD}#${index}`, must('ciphers', 'be names of cipher suites as Go has them', cipher));
      }
    },
  }),
];

function takesCiphers(version: string): boolean {
  return version !== '' && version !== 'VersionTLS13';
}

function ciphersOf(spec: unknown): readonly unknown[] {
  const ciphers = valueAt(spec, 'configuration', 'tlsConfiguration', 'ciphers');
  return Array.isArray(ciphers) ? ciphers : [];
}
