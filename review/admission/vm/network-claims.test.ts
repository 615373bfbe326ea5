import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { NETWORK_CLAIM_RULES } from './network-claims';

const NETWORKS = 'spec.template.spec.networks';
const claimed = (resourceClaim: Json, binding: Json = { sriov: {} }): Json => ({
  'D.interfaces': [{ name: 'fast', ...binding }],
  'T.networks': [{ name: 'fast', resourceClaim }],
  'T.resourceClaims': [{ name: 'c', resourceClaimName: 'nic' }],
});
const right = claimed({ claimName: 'c', requestName: 'r' });
const row = (rule: string, refuses: Json, field: string, says: string, serverField = field): Example => ({
  rule,
  release: 'v1.9.0',
  cluster: { featureGates: ['NetworkDevicesWithDRA'] },
  accepts: right,
  refuses,
  field,
  serverField,
  says,
});

describe('NETWORK_CLAIM_RULES', () =>
  testRules(NETWORK_CLAIM_RULES, [
    {
      ...row('network-claim-gate', right, `${NETWORKS}[0].resourceClaim`, "gate 'NetworkDevicesWithDRA'", NETWORKS),
      cluster: {},
      acceptedOn: { featureGates: ['NetworkDevicesWithDRA'] },
    },
    row(
      'network-claim-multus',
      {
        ...right,
        'D.interfaces': [
          { name: 'fast', sriov: {} },
          { name: 'lan', bridge: {} },
        ],
        'T.networks': [
          { name: 'fast', resourceClaim: { claimName: 'c', requestName: 'r' } },
          { name: 'lan', multus: { networkName: 'lan' } },
        ],
      },
      NETWORKS,
      'got both',
    ),
    row(
      'network-claim-binding',
      claimed({ claimName: 'c', requestName: 'r' }, { bridge: {} }),
      'spec.template.spec.domain.devices.interfaces[0]',
      'got "fast"',
      'spec.template.spec.domain.devices.interfaces',
    ),
    row(
      'network-claim-complete',
      claimed({ claimName: 'c' }),
      `${NETWORKS}[0].resourceClaim.requestName`,
      'got nothing',
    ),
    row(
      'network-claim-listed',
      claimed({ claimName: 'd', requestName: 'r' }),
      `${NETWORKS}[0].resourceClaim.claimName`,
      'got "d"',
    ),
  ]));
