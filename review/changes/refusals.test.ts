import { Json } from '../rule';
import { machineWith } from '../testing/example-machine';
import { changedPaths } from './refusals';
import { Consequence, diff } from '.';

/** A machine with a drive that no volume fills, which KubeVirt v1.6.2 refuses without a gate. */
const withDrive = machineWith({
  'D.disks': [
    { name: 'root', disk: { bus: 'virtio' } },
    { name: 'cd', cdrom: { bus: 'sata' } },
  ],
});
const kubeVirt = (featureGates: readonly string[]): Json => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'KubeVirt',
  metadata: { name: 'kubevirt', namespace: 'kubevirt' },
  spec: { configuration: { developerConfiguration: { featureGates } } },
});
const options = { kubevirt: 'v1.6.2', cdi: 'v1.63.1' };
const drive = (was: readonly string[], is: readonly string[]) =>
  diff([machineWith({}), kubeVirt(was)], [withDrive, kubeVirt(is)], options).changes.filter(
    ({ object }) => object.kind === 'VirtualMachine',
  );

describe('a machine that a cluster refuses', () => {
  test('is judged by the settings that stay, and told what to do', () => {
    expect(drive([], [])).toMatchObject([
      {
        consequence: Consequence.REFUSED,
        field: 'spec.template.spec.domain.devices.disks[1].name',
        remedy: expect.stringContaining('DeclarativeHotplugVolumes') as unknown,
      },
    ]);
    const gates = ['DeclarativeHotplugVolumes'];
    expect(drive(gates, gates).map(({ consequence }) => consequence)).not.toContain(Consequence.REFUSED);
  });

  test('is judged by the settings that are changed with it', () => {
    expect(drive(['DeclarativeHotplugVolumes'], [])).toMatchObject([{ consequence: Consequence.REFUSED }]);
    const made = drive([], ['DeclarativeHotplugVolumes']);
    expect(made.map(({ consequence }) => consequence)).not.toContain(Consequence.REFUSED);
  });
});

test.each([
  [{ a: 1 }, 'a changes'],
  [{ a: 1, b: 1 }, 'a, b change'],
  [{ a: 1, b: 1, c: 1 }, 'a, b, c change'],
  [{ a: 1, b: 1, c: 1, d: 1 }, 'a, b, c and 1 more change'],
])('what changes is named up to three times: %j', (spec, says) => {
  expect(changedPaths({ kind: 'Pod', spec: {} }, { kind: 'Pod', spec })).toBe(says);
});
