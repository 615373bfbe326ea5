import { both, configured } from '../../testing/kubevirt-examples';
import { notes, testRules } from '../../testing/rule-tester';
import { TLS_RULES } from './tls';

const tls = (minTLSVersion: string, ...ciphers: string[]) =>
  configured({ tlsConfiguration: { minTLSVersion, ciphers } });
const CIPHERS = 'spec.configuration.tlsConfiguration.ciphers';

describe('TLS of KubeVirt', () => {
  testRules(TLS_RULES, [
    ...both({
      rule: 'kubevirt-tls-ciphers-settable',
      accepts: tls('VersionTLS12', 'TLS_RSA_WITH_AES_128_CBC_SHA'),
      refuses: tls('VersionTLS13', 'TLS_AES_128_GCM_SHA256'),
      field: CIPHERS,
      says: `unless 'minTLSVersion' is 'VersionTLS12' or below`,
    }),
    ...both({
      rule: 'kubevirt-tls-ciphers-known',
      accepts: tls('VersionTLS12', 'TLS_AES_128_GCM_SHA256'),
      refuses: tls('VersionTLS12', 'TLS_AES_128_GCM_SHA256', 'foo'),
      field: `${CIPHERS}#1`,
      says: 'got "foo"',
    }),
  ]);

  test('is not asked again where it stays what it was', () => {
    const bad = tls('', 'foo');
    expect(notes(TLS_RULES, undefined, bad, bad)).toEqual([]);
  });
});
