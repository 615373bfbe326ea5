import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { LATER_FIELD_RULES } from './later-fields';

const T = 'spec.template.spec';
const account = (name: string): Json => ({ 'T.serviceAccountName': name });
const volume: Json = {
  'D.disks.1': { name: 'token', disk: { bus: 'virtio' } },
  'T.volumes.1': { name: 'token', serviceAccount: { serviceAccountName: 'robot' } },
};
const gated = (rule: string, gate: string, machine: Json, field: string): Example => ({
  rule,
  release: 'v1.8.4',
  accepts: machine,
  acceptedOn: { featureGates: [gate] },
  refuses: machine,
  field,
  says: `feature gate '${gate}'`,
});

describe('LATER_FIELD_RULES', () =>
  testRules(LATER_FIELD_RULES, [
    gated('reboot-policy-gate', 'RebootPolicy', { 'T.domain.rebootPolicy': 'Reboot' }, `${T}.domain.rebootPolicy`),
    gated(
      'memory-reserved-overhead-gate',
      'ReservedOverheadMemlock',
      { 'T.domain.memory': { guest: '2Gi', reservedOverhead: { addedOverhead: '64Mi' } } },
      `${T}.domain.memory.reservedOverhead`,
    ),
    {
      rule: 'volume-utility-plugged',
      release: 'v1.8.4',
      accepts: {},
      refuses: { 'T.utilityVolumes': [] },
      field: `${T}.utilityVolumes`,
      says: 'be left out, got []',
    },
    {
      rule: 'service-account-name',
      release: 'v1.9.0',
      accepts: account('robot.a'),
      refuses: account('Robot'),
      field: `${T}.serviceAccountName`,
      says: 'got "Robot"',
    },
    {
      rule: 'service-account-volume',
      release: 'v1.9.0',
      accepts: { ...account('robot'), ...volume },
      refuses: { ...account('other'), ...volume },
      field: `${T}.serviceAccountName`,
      says: `be that of the volume, 'robot', got "other"`,
    },
  ]));
