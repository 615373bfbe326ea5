import { testRules } from '../../testing/rule-tester';
import { BACKUP_RULES, BACKUP_TRACKER_RULES } from './backup';

const GATED = { featureGates: ['IncrementalBackup'] };
const object = {
  apiVersion: 'backup.kubevirt.io/v1alpha1',
  spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' } },
};
const row = (rule: string) => ({
  rule,
  release: 'v1.8.4',
  accepts: object,
  acceptedOn: GATED,
  refuses: object,
  field: 'kind',
  says: "feature gate 'IncrementalBackup'",
});

describe('VirtualMachineBackup', () => testRules(BACKUP_RULES, [row('backup-gate')]));
describe('VirtualMachineBackupTracker', () => testRules(BACKUP_TRACKER_RULES, [row('backup-tracker-gate')]));
