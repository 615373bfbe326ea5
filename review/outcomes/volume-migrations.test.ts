import { claim, dataVolume, machine, MachineWords, saidOfFiles, storage, stream } from '../testing/outcome-lines';

const NEW = claim('new');
const ROOT = claim('root', { modes: 'ReadWriteOnce' });

/** What is said where a second step moves the volume `root` of a machine to the claim `new`. */
function moved(
  words: MachineWords = {},
  more: { first?: string; second?: string; storage?: string; run?: string } = {},
): string[] {
  const before = machine('vm', { disks: { root: 'root' }, ...words });
  const after = machine('vm', {
    ...words,
    run: more.run ?? words.run,
    disks: { ...words.disks, root: 'new' },
    spec: 'updateVolumesStrategy: Migration',
  });
  const files = {
    '1-vm.yaml': stream(ROOT, more.first ?? '', before),
    '2-move.yaml': stream(more.second ?? NEW, after),
  };
  return saidOfFiles(files, ['volume-migration-possible'], { storage: more.storage });
}

describe('volume-migration-possible', () => {
  test('is there for a machine that runs and can be live-migrated but for its disk', () => {
    expect(moved()).toEqual([]);
  });

  test('fails when the machine does not run', () => {
    expect(moved({ run: 'Halted' })).toEqual([
      `warning spec.template.spec.volumes[0].name volume-migration-possible: 'name' must be a volume that can be migrated, got "root" from claim 'root' to 'new'; the machine does not run: its volume is replaced, and nothing is copied to the new claim; start it first, or clone the old claim into the new one by a DataVolume`,
    ]);
  });

  test('is there for a machine that starts or halts with it', () => {
    expect(moved({ run: 'Halted' }, { run: 'Always' })).toEqual([]);
    expect(moved({ run: 'Always' }, { run: 'Halted' })).toEqual([]);
  });

  test('fails when something other than its disks keeps it on its node', () => {
    const [line] = moved({ devices: 'gpus: [{ name: gpu, deviceName: nvidia.com/T4 }]' });
    expect(line).toContain('the machine cannot be live-migrated (a device of the node is passed through: gpu)');
    expect(line).toContain('asks for a restart, after which the new one is there without the data');
  });

  test('fails when another disk is of one node and stays', () => {
    const first = claim('data', { modes: 'ReadWriteOnce' });
    const [line] = moved({ disks: { data: 'data', root: 'root' } }, { first });
    expect(line).toContain('the disk data is ReadWriteOnce and stays where it is, so that the machine cannot move');
    expect(moved({ disks: { data: 'data', root: 'root' } }, { first: claim('data') })).toEqual([]);
    expect(moved({}, { second: claim('new', { modes: 'ReadWriteOnce' }) })).toEqual([]);
  });

  test.each([
    ['disk: { bus: virtio }, shareable: true', 'a shareable disk is not migrated'],
    ['lun: { bus: scsi }', 'a LUN is not migrated'],
  ])('fails when the disk is written as %s', (disk, why) => {
    expect(moved({ disk })[0]).toContain(why);
  });

  test('fails when it is a file system that the guest shares', () => {
    const shared = (name: string) => moved({ devices: `filesystems: [{ name: ${name}, virtiofs: {} }]` });
    expect(shared('root')[0]).toContain('a file system that virtiofs shares is not migrated');
    expect(shared('other').join()).not.toContain('is not migrated');
  });

  test('fails when CDI fills the new disk without populators', () => {
    const driver = (name: string) =>
      storage(`{ apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: { name: ${name} }, spec: {} }`);
    const second = dataVolume('new');
    expect(moved({}, { second, storage: driver('csi.b') })[0]).toContain(
      'as the provisioner csi.a has no CSIDriver object',
    );
    expect(moved({}, { second, storage: driver('csi.a') })).toEqual([]);
    expect(moved({}, { second })).toEqual([]);
    expect(moved({}, { first: dataVolume('new'), second: '', storage: driver('csi.b') })).toEqual([]);
  });
});
