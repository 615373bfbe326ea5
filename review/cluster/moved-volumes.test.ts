import type { Json } from '../rule';
import { Machine, machineOf } from './machine';
import { asksForMigration, movedVolumes } from './moved-volumes';

const machine = (volumes: readonly Json[], more: Json = {}): Machine =>
  machineOf({
    object: {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'web', namespace: 'n' },
      spec: { template: { spec: { volumes } }, ...more },
    },
    origin: {},
  })!;
const claim = (name: string, claimName: string): Json => ({ name, persistentVolumeClaim: { claimName } });
const image = (name: string): Json => ({ name, containerDisk: { image: 'i' } });

describe('the volumes that move to other claims', () => {
  test.each<[string, readonly Json[], readonly Json[], readonly string[]]>([
    ['another claim', [claim('a', 'x')], [claim('a', 'y')], ['a at 0: x to y']],
    ['the same claim', [claim('a', 'x')], [claim('a', 'x')], []],
    ['the same claim, by its DataVolume', [claim('a', 'x')], [{ name: 'a', dataVolume: { name: 'x' } }], []],
    ['a new volume', [], [claim('a', 'y')], []],
    ['a volume that is no longer a claim', [claim('a', 'x')], [image('a')], []],
    ['a volume that becomes a claim', [image('a')], [claim('a', 'y')], []],
    ['one that was never a claim', [image('a')], [image('a')], []],
    ['one of two', [claim('a', 'x'), claim('b', 'z')], [claim('b', 'z'), claim('a', 'y')], ['a at 1: x to y']],
  ])('are those of %s', (_, before, after, moved) => {
    const found = movedVolumes(machine(before), machine(after));
    expect(found.map(({ name, index, source, target }) => `${name} at ${index}: ${source} to ${target}`)).toEqual(
      moved,
    );
  });

  test.each([
    ['Migration', true],
    ['Replacement', false],
    [undefined, false],
  ])('are copied with the strategy %s: %j', (updateVolumesStrategy, is) => {
    expect(asksForMigration(machine([], { updateVolumesStrategy }))).toBe(is);
  });
});
