import { Json } from '../../rule';
import { testRules } from '../../testing/rule-tester';
import { STATUS_RULES } from './status';

const REQUESTS = 'Status.volumeRequests';
const claim = { persistentVolumeClaim: { claimName: 'c', hotpluggable: true } };
const scsi = { disk: { bus: 'scsi' } };
const restoring = { 'status.restoreInProgress': 'r' };
const snapping = { 'status.snapshotInProgress': 's' };

function requests(...volumeRequests: object[]): Json {
  return { 'status.volumeRequests': volumeRequests };
}

function add(disk: object, name = 'v'): object {
  return { addVolumeOptions: { name, disk: { name, ...disk }, volumeSource: claim } };
}

describe('STATUS_RULES', () => {
  testRules(STATUS_RULES, [
    {
      rule: 'status-restore-running',
      accepts: { ...restoring, 'T.hostname': 'a' },
      refuses: { ...restoring, 'spec.runStrategy': 'Always' },
      old: restoring,
      field: 'spec',
      says: 'restore "r"',
    },
    {
      rule: 'status-restore-running',
      accepts: { ...restoring, 'spec.runStrategy': 'Always' },
      refuses: { ...restoring, 'spec.runStrategy': 'Always', 'T.hostname': 'a' },
      old: { ...restoring, 'spec.runStrategy': 'Always' },
      field: 'spec',
      says: 'got "Always"',
    },
    {
      rule: 'status-restore-running',
      accepts: { ...restoring, 'spec.runStrategy': undefined, 'spec.running': false, 'T.hostname': 'a' },
      refuses: { ...restoring, 'spec.runStrategy': undefined, 'spec.running': true },
      old: restoring,
      field: 'spec',
      says: 'got true',
    },
    ...[undefined, null].map((running) => ({
      rule: 'status-snapshot-running',
      accepts: { ...snapping, 'T.hostname': 'a' },
      refuses: { ...snapping, 'spec.running': running, 'spec.runStrategy': 'Always' },
      old: { ...snapping, 'spec.running': running },
      field: 'spec',
      says: 'got "Always"',
    })),
    {
      rule: 'status-snapshot-running',
      accepts: { ...snapping, 'T.domain.memory.guest': '3Gi' },
      refuses: { ...snapping, 'spec.runStrategy': undefined, 'spec.running': false },
      old: snapping,
      field: 'spec',
      says: 'snapshot "s"',
    },
    {
      rule: 'status-snapshot-volumes',
      accepts: { ...snapping, 'T.hostname': 'a' },
      refuses: { ...snapping, 'T.volumes.0': { name: 'root', persistentVolumeClaim: { claimName: 'other' } } },
      old: snapping,
      field: 'spec',
      says: "'volumes' must stay",
    },
    {
      rule: 'status-volume-request-kind',
      accepts: requests({ removeVolumeOptions: { name: 'v' } }),
      refuses: requests({}),
      field: 'status.volumeRequests',
      serverField: REQUESTS,
      says: 'got []',
    },
    {
      rule: 'status-volume-request-unique',
      accepts: requests(add(scsi), { removeVolumeOptions: { name: 'v' } }),
      refuses: requests(add(scsi), add(scsi)),
      field: 'status.volumeRequests',
      serverField: REQUESTS,
      says: 'one request only, got "v"',
    },
    {
      rule: 'status-volume-request-conflict',
      accepts: { ...requests(add(scsi)), 'T.volumes.1': { name: 'v', ...claim } },
      refuses: requests(add(scsi, 'root')),
      field: 'status.volumeRequests',
      serverField: REQUESTS,
      says: 'got "root"',
    },
    {
      rule: 'status-volume-request-target',
      accepts: requests(add({ lun: { bus: 'scsi' } })),
      refuses: requests(add({ cdrom: { bus: 'scsi' } })),
      field: 'status.volumeRequests',
      serverField: REQUESTS,
      says: "a 'disk' or a 'lun'",
    },
    ...[{ disk: { bus: 'sata' } }, { disk: {} }, { lun: { bus: 'virtio' } }].map((disk) => ({
      rule: 'status-volume-request-bus',
      accepts: requests(add({ disk: { bus: 'virtio' } })),
      refuses: requests(add(disk)),
      field: 'status.volumeRequests',
      serverField: REQUESTS,
      says: "'bus' must be 'scsi'",
    })),
    {
      rule: 'status-volume-request-io-thread',
      accepts: requests(add({ disk: { bus: 'virtio' }, dedicatedIOThread: true })),
      refuses: requests(add({ ...scsi, dedicatedIOThread: true })),
      field: 'status.volumeRequests',
      serverField: REQUESTS,
      says: "be left out on the bus 'scsi', got true",
    },
  ]);
});
