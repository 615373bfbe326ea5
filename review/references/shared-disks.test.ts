import { Json } from '../rule';
import { found, machine, object } from '../testing/reference-tester';
import { SHARED_DISK_RULES } from './shared-disks';

const RULE = 'disk-shared-unlocked';
const shared = object('PersistentVolumeClaim', 'x', { spec: { accessModes: ['ReadWriteMany'] } });

/** A machine with the claim x as its disk. */
function vm(name: string, disk: Json = {}, more: Json = { runStrategy: 'Always' }, volume: Json = {}, file?: string) {
  const devices = { disks: [{ name: 'data', ...disk }] };
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'x', ...volume } }];
  return machine(name, { domain: { devices }, volumes }, more, file);
}

const of = (...objects: Parameters<typeof found>[2]) => found(SHARED_DISK_RULES, RULE, objects);

describe(RULE, () => {
  test('warns of a ReadWriteMany disk in two machines that run, neither of which shares it', () => {
    expect(of(shared, vm('a'), vm('b'))).toEqual([
      {
        name: 'b',
        field: 'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
        message: `'claimName' must be a disk of one machine that runs, got "x" of VirtualMachine n/a, too; two guests can write to a ReadWriteMany disk at once`,
      },
    ]);
  });

  test.each<[title: string, spec: Json]>([
    ['a DataVolume with spec.pvc', { pvc: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } }],
    ['a DataVolume with spec.storage', { storage: { accessModes: ['ReadWriteMany'] } }],
  ])('knows the access mode of %s', (_title, spec) => {
    expect(of(object('DataVolume', 'x', { spec }), vm('a'), vm('b'))).toHaveLength(1);
  });

  test('warns where only one of the two shares it', () => {
    expect(of(shared, vm('a', { shareable: true }), vm('b'))).toHaveLength(1);
  });

  test('warns of a machine that is started by the field that runStrategy replaced', () => {
    expect(of(shared, vm('a', {}, { running: true }), vm('b', {}, { runStrategy: 'Once' }))).toHaveLength(1);
  });

  test.each<[title: string, objects: Parameters<typeof found>[2]]>([
    ['both share it', [shared, vm('a', { shareable: true }), vm('b', { shareable: true })]],
    ['one is halted', [shared, vm('a'), vm('b', {}, { runStrategy: 'Halted' })]],
    ['one is not running', [shared, vm('a', {}, { running: false }), vm('b')]],
    ['one is started by hand', [shared, vm('a'), vm('b', {}, { runStrategy: 'Manual' })]],
    ['nobody says whether one runs', [shared, vm('a'), vm('b', {}, {})]],
    [
      'the claim is of another namespace',
      [
        object('PersistentVolumeClaim', 'x', { namespace: 'o', spec: { accessModes: ['ReadWriteMany'] } }),
        vm('a'),
        vm('b'),
      ],
    ],
    ['it is one machine, restated', [shared, vm('a'), vm('a', {}, { runStrategy: 'Once' }, {}, 'b.yaml')]],
    [
      'a later step halts one of them',
      [shared, vm('a'), vm('b'), vm('a', {}, { runStrategy: 'Halted' }, {}, 'b.yaml')],
    ],
    ['both read it only', [shared, vm('a', {}, undefined, { readOnly: true }), vm('b', { disk: { readonly: true } })]],
    ['it is a CD-ROM', [shared, vm('a', { cdrom: { bus: 'sata' } }), vm('b', { cdrom: { bus: 'sata' } })]],
    ['it is a LUN, which guests reserve', [shared, vm('a', { lun: {} }), vm('b', { lun: {} })]],
  ])('says nothing where %s', (_title, objects) => {
    expect(of(...objects)).toEqual([]);
  });

  test('says of modes that the class decides what may become of it', () => {
    const open = object('DataVolume', 'x', { spec: { storage: {} } });
    const found = of(open, vm('a'), vm('b'));
    expect(found.map(({ name }) => name)).toEqual(['b']);
    expect(found[0]?.message).toContain('as its class decides, the second waits for it, or both write to it at once');
  });

  test('says nothing where a file system is shared, by virtiofs', () => {
    const fs = (name: string) =>
      machine(
        name,
        {
          domain: { devices: { filesystems: [{ name: 'data', virtiofs: {} }] } },
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'x' } }],
        },
        { runStrategy: 'Always' },
      );
    expect(of(shared, fs('a'), fs('b'))).toEqual([]);
  });
});
