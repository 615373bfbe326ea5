import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { RESOURCE_CLAIM_RULES } from './resource-claims';

const DEVICES = 'spec.template.spec.domain.devices';
const CLAIMS = 'spec.template.spec.resourceClaims';
const claim = (name: string, more: Json = { resourceClaimName: 'gpu' }): Json => ({ name, ...more });
const claims = (...list: Json[]): Json => ({ 'T.resourceClaims': list });
const gpu = (more: Json): Json => ({ name: 'g', ...more });
const asked = (claimName: string, requestName: string): Json => ({ claimName, requestName });
const hosts = (...list: Json[]): Json => ({ 'D.hostDevices': list.map((one) => ({ name: 'h', ...one })) });
const HOST_DEVICES = { featureGates: ['HostDevices'] };
const row = (rule: string, accepts: Json, refuses: Json, field: string, says: string): Example => ({
  rule,
  release: 'v1.9.0',
  cluster: HOST_DEVICES,
  accepts,
  refuses,
  field,
  says,
});
const one = claims(claim('c'));

describe('RESOURCE_CLAIM_RULES', () =>
  testRules(RESOURCE_CLAIM_RULES, [
    row('resource-claim-name', one, claims(claim('C')), `${CLAIMS}[0].name`, 'got "C"'),
    row('resource-claim-name', one, claims(claim('')), `${CLAIMS}[0].name`, 'got ""'),
    row('resource-claim-source-single', one, claims(claim('c', {})), `${CLAIMS}[0]`, 'got none'),
    row(
      'resource-claim-source-single',
      claims(claim('c', { resourceClaimTemplateName: 't' })),
      claims(claim('c', { resourceClaimName: 'a', resourceClaimTemplateName: 't' })),
      `${CLAIMS}[0]`,
      'got both',
    ),
    row(
      'resource-claim-source-name',
      one,
      claims(claim('c', { resourceClaimName: 'A_b' })),
      `${CLAIMS}[0].resourceClaimName`,
      'got "A_b"',
    ),
    row(
      'gpu-claim-mixed',
      { ...one, 'D.gpus': [gpu(asked('c', 'r'))] },
      { ...one, 'D.gpus': [gpu(asked('c', 'r')), gpu({ deviceName: 'nvidia.com/T4' })] },
      `${DEVICES}.gpus`,
      'got both',
    ),
    {
      ...row('host-device-given', hosts({ deviceName: 'd' }), hosts({}), `${DEVICES}.hostDevices[0]`, 'got nothing'),
      serverField: `${DEVICES}.hostDevices`,
    },
    {
      ...row(
        'host-device-exclusive',
        hosts({ deviceName: 'd' }),
        { ...one, ...hosts({ deviceName: 'd', ...asked('c', 'r') }) },
        `${DEVICES}.hostDevices[0].deviceName`,
        'stand without a claim',
      ),
      serverField: `${DEVICES}.hostDevices`,
    },
    {
      ...row(
        'host-device-claim-gate',
        { ...one, ...hosts(asked('c', 'r')) },
        { ...one, ...hosts(asked('c', 'r')) },
        `${DEVICES}.hostDevices`,
        "feature gate 'HostDevicesWithDRA'",
      ),
      release: 'v1.8.4',
      acceptedOn: { featureGates: ['HostDevices', 'HostDevicesWithDRA'] },
    },
    row(
      'device-claim-complete',
      { ...one, ...hosts(asked('c', 'r')) },
      { ...one, ...hosts({ claimName: 'c' }) },
      `${DEVICES}.hostDevices[0].requestName`,
      'be given for a host device "h"',
    ),
    row(
      'device-claim-complete',
      { ...one, 'D.gpus': [gpu(asked('c', 'r'))] },
      { ...one, 'D.gpus': [gpu({ requestName: 'r' })] },
      `${DEVICES}.gpus[0].claimName`,
      'be given for a GPU "g"',
    ),
    row(
      'device-claim-complete',
      { ...one, ...hosts({ deviceName: 'd' }, asked('c', 'r')) },
      { ...one, ...hosts({ deviceName: 'd' }, { claimName: 'c' }) },
      `${DEVICES}.hostDevices[1].requestName`,
      'be given for a host device "h"',
    ),
    row(
      'host-device-claim-listed',
      { ...one, ...hosts(asked('c', 'r')) },
      { ...one, ...hosts(asked('d', 'r')) },
      CLAIMS,
      'got "d"',
    ),
    row(
      'device-claim-unique',
      { ...one, ...hosts(asked('c', 'r'), asked('c', 's')) },
      { ...one, ...hosts(asked('c', 'r')), 'D.gpus': [gpu(asked('c', 'r'))] },
      `${DEVICES}.hostDevices[0]`,
      'got "c/r"',
    ),
  ]));
