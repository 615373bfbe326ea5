import { machineWith } from '../testing/example-machine';
import { Consequence, diff } from '.';

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
const running = machineWith({ 'spec.runStrategy': 'Always' });
const template = { metadata: { name: 'p' }, spec: { source: { blank: {} }, storage: {} } };
const withDisk = machineWith({ 'spec.dataVolumeTemplates': [template] });

/** What becomes of the objects, by kind and name. */
const told = (old: object[], next: object[], prune: boolean): unknown =>
  diff(old, next, { prune }).objects.map(({ object, changes }) => [
    object.kind,
    changes[0]!.consequence,
    changes[0]!.message,
  ]);

describe('a Namespace that is deleted', () => {
  test('takes the machines in it, which have a row each', () => {
    expect(told([namespace, running], [running], true)).toEqual([
      ['VirtualMachine', Consequence.REMOVED, 'VirtualMachine vm1 is deleted with its Namespace default'],
      ['Namespace', Consequence.REMOVED, 'Namespace default is deleted'],
    ]);
  });

  test('takes the data of their own disks', () => {
    const [first] = diff([namespace, withDisk], [withDisk], { prune: true }).changes;
    expect(first).toMatchObject({
      object: { kind: 'VirtualMachine', name: 'vm1' },
      consequence: Consequence.DATA_LOST,
      assumed: expect.arrayContaining(['what is gone from the manifests is deleted (--prune)']) as unknown,
    });
  });

  test('leaves a machine that is gone by itself its own row, and a machine elsewhere none', () => {
    expect(told([namespace, running], [], true)).toEqual([
      ['Namespace', Consequence.REMOVED, 'Namespace default is deleted'],
      ['VirtualMachine', Consequence.REMOVED, 'VirtualMachine vm1 is deleted'],
    ]);
    const elsewhere = machineWith({ 'metadata.namespace': 'other' });
    expect(told([namespace, elsewhere], [elsewhere], true)).toEqual([
      ['Namespace', Consequence.REMOVED, 'Namespace default is deleted'],
    ]);
  });

  test('takes nothing where nothing prunes', () => {
    expect(told([namespace, running], [running], false)).toEqual([
      ['Namespace', Consequence.REMOVED, 'Namespace default is no longer managed'],
    ]);
  });
});

describe('a DataVolume that is deleted', () => {
  const disk = {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name: 'p', namespace: 'default' },
  };
  const filled = { ...disk, spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '1Gi' } } } } };

  test('names the machine whose disk it is', () => {
    const [first] = diff([filled, running], [running], { prune: true }).changes;
    expect(first).toMatchObject({
      consequence: Consequence.DATA_LOST,
      reason:
        'its claim is deleted with it: a disk of VirtualMachine vm1; the volume is deleted with its data, unless its reclaim policy is Retain',
    });
  });

  test('names three of many', () => {
    const machines = ['a', 'b', 'c', 'd'].map((name) => machineWith({ 'metadata.name': name }));
    const [first] = diff([filled, ...machines], machines, { prune: true }).changes;
    expect(first!.reason).toContain('a disk of VirtualMachine a, b, c and 1 more;');
  });

  test('names none where no machine has it', () => {
    const [first] = diff([filled], [], { prune: true }).changes;
    expect(first!.reason).toMatch(/^its claim is deleted with it; /);
  });
});
