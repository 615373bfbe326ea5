import { Json } from '../../rule';
import { both, object } from '../../testing/kubevirt-examples';
import { testRules } from '../../testing/rule-tester';
import { CERTIFICATE_RULES } from './certificates';

const selfSigned = (value: Json) => object({ certificateRotateStrategy: { selfSigned: value } });
const CERTIFICATES = 'spec.certificateRotateStrategy.selfSigned';

describe('certificates of KubeVirt', () =>
  testRules(CERTIFICATE_RULES, [
    ...both({
      rule: 'kubevirt-certificates-duration-valid',
      accepts: selfSigned({ ca: { duration: '1h30m' } }),
      refuses: selfSigned({ ca: { duration: '7d' } }),
      field: `${CERTIFICATES}.ca.duration`,
      says: 'got "7d"',
    }),
    ...both({
      rule: 'kubevirt-certificates-one-form',
      accepts: selfSigned({ caRotateInterval: '1h', certRotateInterval: '1h' }),
      refuses: selfSigned({ caRotateInterval: '1h', ca: { duration: '3h' } }),
      field: CERTIFICATES,
      says: 'got ["caRotateInterval","ca"]',
    }),
    ...both({
      rule: 'kubevirt-certificates-ca-renewal',
      accepts: selfSigned({ ca: { duration: '2h', renewBefore: '2h' } }),
      refuses: selfSigned({ ca: { duration: '1h', renewBefore: '2h' } }),
      field: `${CERTIFICATES}.ca`,
      says: `at most 'duration' '1h', got '2h'`,
    }),
    ...both({
      rule: 'kubevirt-certificates-server-renewal',
      accepts: selfSigned({ server: { renewBefore: '24h' } }),
      refuses: selfSigned({ server: { renewBefore: '25h' } }),
      field: `${CERTIFICATES}.server`,
      says: `at most 'duration' '24h', got '25h'`,
    }),
    ...both({
      rule: 'kubevirt-certificates-server-within-ca',
      accepts: selfSigned({ ca: { duration: '4h' }, server: { duration: '4h' } }),
      refuses: selfSigned({ ca: { duration: '3h' } }),
      field: `${CERTIFICATES}.server.duration`,
      says: `that of the CA, '3h', got '24h'`,
    }),
  ]));
