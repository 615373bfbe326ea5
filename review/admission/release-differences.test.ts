import { Json } from '../rule';
import { machineWith } from '../testing/example-machine';
import { findings } from '../testing/rule-tester';

/** What a rule makes of one machine in two releases. */
interface Row {
  readonly rule: string;
  readonly machine: Json;
  readonly refusedIn: string;
  readonly acceptedIn: string;
}

const CD = { 'D.disks.1': { name: 'cd', cdrom: { bus: 'sata' } } };
const ARM = { 'T.architecture': 'arm64' };
const addDisk = (bus: string) => ({
  status: { volumeRequests: [{ addVolumeOptions: { name: 'v', disk: { disk: { bus } } } }] },
});

const rows: readonly Row[] = [
  {
    rule: 'run-strategy-known',
    machine: { 'spec.runStrategy': 'WaitAsReceiver' },
    refusedIn: 'v1.5.3',
    acceptedIn: 'v1.6.2',
  },
  { rule: 'disk-volume-exists', machine: CD, refusedIn: 'v1.5.3', acceptedIn: 'v1.6.2' },
  {
    rule: 'machine-type-supported',
    machine: { 'T.domain.machine': { type: 'my-q35' } },
    refusedIn: 'v1.6.2',
    acceptedIn: 'v1.5.3',
  },
  {
    rule: 'start-cpu-model-arm64',
    machine: { ...ARM, 'T.domain.cpu': { model: 'cortex-a57' } },
    refusedIn: 'v1.6.2',
    acceptedIn: 'v1.5.3',
  },
  ...['v1.5.3', 'v1.7.4', 'v1.9.0'].map((refusedIn) => ({
    rule: 'start-architecture-known',
    machine: { 'T.architecture': 'ppc64le' },
    refusedIn,
    acceptedIn: 'v1.6.2',
  })),
  {
    rule: 'launch-security-sev-gate',
    machine: { 'T.domain.launchSecurity': {} },
    refusedIn: 'v1.5.3',
    acceptedIn: 'v1.6.2',
  },
  { rule: 'status-volume-request-bus', machine: addDisk('virtio'), refusedIn: 'v1.5.3', acceptedIn: 'v1.6.2' },
  {
    rule: 'run-disk-hotplug-bus',
    machine: {
      'D.disks.0': { name: 'root', disk: { bus: 'virtio' } },
      'T.volumes.0': { name: 'root', persistentVolumeClaim: { claimName: 'c', hotpluggable: true } },
    },
    refusedIn: 'v1.5.3',
    acceptedIn: 'v1.6.2',
  },
];

const ruleIds = (machine: Json, release: string): string[] =>
  findings(machineWith(machine), { release }).map(({ id }) => id);

describe('a rule that is another one in another release', () => {
  test.each(rows)('$rule refuses in $refusedIn what it accepts in $acceptedIn', (row) => {
    expect(ruleIds(row.machine, row.refusedIn)).toContain(row.rule);
    expect(ruleIds(row.machine, row.acceptedIn)).not.toContain(row.rule);
  });
});
