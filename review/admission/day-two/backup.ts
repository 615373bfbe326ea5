import { Rule } from '../../rule';
import { whileGateIsOn } from '../shared/gate-rule';
import { topic } from '../shared/topic';

const SOURCE = 'KubeVirt, pkg/storage/admitters/backup.go:Admit';
const GATE = 'IncrementalBackup';
const SINCE = 'v1.8.4';

/** Rules for VirtualMachineBackups. */
export const BACKUP_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineBackup'] }, [
  {
    id: 'backup-gate',
    since: SINCE,
    sentence: 'A backup is made while its feature gate is on.',
    source: SOURCE,
    check: whileGateIsOn('VirtualMachineBackup', GATE),
  },
]);

/** Rules for VirtualMachineBackupTrackers. */
export const BACKUP_TRACKER_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineBackupTracker'] }, [
  {
    id: 'backup-tracker-gate',
    since: SINCE,
    sentence: 'A tracker of backups is made while the feature gate of backups is on.',
    source: SOURCE,
    check: whileGateIsOn('VirtualMachineBackupTracker', GATE),
  },
]);
