import {
  claim,
  dataVolume,
  machine,
  said,
  saidOfFiles,
  snapshotClass,
  storage,
  stream,
} from '../testing/outcome-lines';

const SNAPSHOT = `
apiVersion: snapshot.kubevirt.io/v1beta1
kind: VirtualMachineSnapshot
metadata: { name: snap, namespace: lab }
spec: { source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: vm } }
`;
const restore = (target: string, more = '') => `
apiVersion: snapshot.kubevirt.io/v1beta1
kind: VirtualMachineRestore
metadata: { name: back, namespace: lab }
spec: { target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: ${target} }, virtualMachineSnapshotName: snap${more} }
`;
const clone = (kind = 'VirtualMachine', name = 'vm') => `
apiVersion: clone.kubevirt.io/v1beta1
kind: VirtualMachineClone
metadata: { name: twin, namespace: lab }
spec: { source: { apiGroup: ${kind === 'VirtualMachine' ? 'kubevirt.io' : 'snapshot.kubevirt.io'}, kind: ${kind}, name: ${name} }, target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: vm2 } }
`;
const exported = (kind: string, name: string) => `
apiVersion: export.kubevirt.io/v1beta1
kind: VirtualMachineExport
metadata: { name: out, namespace: lab }
spec: { source: { apiGroup: ${{ VirtualMachine: 'kubevirt.io', VirtualMachineSnapshot: 'snapshot.kubevirt.io' }[kind] ?? '""'}, kind: ${kind}, name: ${name} } }
`;
const migration = (name: string) => `
apiVersion: kubevirt.io/v1
kind: VirtualMachineInstanceMigration
metadata: { name: ${name}, namespace: lab }
spec: { vmiName: vm }
`;
const disks = { root: 'root' };
const vm = machine('vm', { disks });
const halted = machine('vm', { disks, run: 'Halted' });
const root = claim('root');
const other = '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: plain }, provisioner: csi.b }';

describe('snapshot-holds-disks', () => {
  const of = (text: string, given?: string) => said(text, ['snapshot-holds-disks'], { storage: given });

  test('says nothing where a VolumeSnapshotClass fits, or where the storage is not given', () => {
    expect(of(stream(root, vm, SNAPSHOT), storage(snapshotClass('v')))).toEqual([]);
    expect(of(stream(root, vm, SNAPSHOT))).toEqual([]);
  });

  test('says which disks are left out, and why', () => {
    const two = machine('vm', { disks: { root: 'root', data: 'data' } });
    const text = stream(root, claim('data', { class: 'plain' }), two, SNAPSHOT);
    expect(of(text, storage(snapshotClass('v'), other))).toEqual([
      `warning spec.source.name snapshot-holds-disks: 'name' must be a machine whose disks can be snapshotted, got "vm"; the snapshot leaves out data: no VolumeSnapshotClass fits the class plain (csi.b); make a VolumeSnapshotClass for the driver, or move the disks to a class that has one`,
    ]);
    expect(of(stream(root, vm, SNAPSHOT), storage())[0]).toContain('the snapshot holds no disk');
  });

  test('says that it fails where KubeVirt cannot choose among the classes', () => {
    const [line] = of(stream(root, vm, SNAPSHOT), storage(snapshotClass('v'), snapshotClass('w')));
    expect(line).toContain(
      'the snapshot fails: 2 VolumeSnapshotClasses fit the class f, and none of them is the default',
    );
    expect(line).toContain('annotate one VolumeSnapshotClass of the driver as the default');
    const isDefault = '{ snapshot.storage.kubernetes.io/is-default-class: "true" }';
    const chosen = storage(snapshotClass('v'), snapshotClass('w', 'csi.a', isDefault));
    expect(of(stream(root, vm, SNAPSHOT), chosen)).toEqual([]);
  });
});

describe('snapshot-source-bound', () => {
  const late = storage(
    '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: late }, provisioner: csi.a, volumeBindingMode: WaitForFirstConsumer }',
    snapshotClass('v'),
  );
  const of = (...texts: string[]) => said(stream(...texts), ['snapshot-source-bound'], { storage: late });
  const waiting = claim('root', { class: 'late' });

  test('fails when nothing starts the machine, and the class waits for that', () => {
    expect(of(waiting, halted, SNAPSHOT)).toEqual([
      `warning spec.source.name snapshot-source-bound: 'name' must be a machine whose disks are bound, got "vm"; its disk root is of class late, which waits for its first consumer, and nothing starts the machine: the snapshot waits for it; start the machine once, or annotate what makes the disk with 'cdi.kubevirt.io/storage.bind.immediate.requested: "true"'`,
    ]);
    expect(of(waiting, halted, clone())[0]).toContain('the clone waits for it');
  });

  test('says nothing of a machine that runs, of another class, and of what CDI binds at once', () => {
    expect(of(waiting, vm, SNAPSHOT)).toEqual([]);
    expect(of(root, halted, SNAPSHOT)).toEqual([]);
    const made = dataVolume('root', '{ blank: {} }', { class: 'late' });
    expect(of(made, halted, SNAPSHOT)).toHaveLength(1);
    const annotated = 'namespace: lab, annotations: { cdi.kubevirt.io/storage.bind.immediate.requested: "true" }';
    expect(of(made.replace('namespace: lab', annotated), halted, SNAPSHOT)).toEqual([]);
  });

  test('says nothing of a machine that its owner may start, now or in an earlier step', () => {
    const manual = machine('vm', { disks, run: 'Manual' });
    expect(of(waiting, manual, SNAPSHOT)).toEqual([]);
    const files = { '1-vm.yaml': stream(waiting, manual), '2-halt.yaml': stream(halted, SNAPSHOT) };
    expect(saidOfFiles(files, ['snapshot-source-bound'], { storage: late })).toEqual([]);
  });

  test('is said whatever becomes of machines of the same name in other namespaces', () => {
    const others = machine('vm', { disks, run: 'Manual' }).replace('namespace: lab', 'namespace: other');
    expect(of(waiting, halted, SNAPSHOT, others)).toHaveLength(1);
    expect(of(waiting, halted, SNAPSHOT, others.replace('Manual', 'Always'))).toHaveLength(1);
  });

  test('says nothing where another machine that is started uses its disk', () => {
    expect(of(waiting, halted, SNAPSHOT, machine('db', { disks }))).toEqual([]);
    expect(of(waiting, halted, SNAPSHOT, machine('db', { disks: { root: 'other' } }))).toHaveLength(1);
  });

  test('says nothing of a machine that an earlier step started', () => {
    const files = { '1-vm.yaml': stream(waiting, vm), '2-halt.yaml': stream(halted, SNAPSHOT) };
    expect(saidOfFiles(files, ['snapshot-source-bound'], { storage: late })).toEqual([]);
  });
});

describe('restore-target-halted', () => {
  const of = (text: string) => said(text, ['restore-target-halted']);

  test('is asked of a machine that runs alone', () => {
    expect(of(stream(root, halted, SNAPSHOT, restore('vm')))).toEqual([]);
    expect(of(stream(root, vm, SNAPSHOT, restore('vm')))).toHaveLength(1);
    expect(of(stream(root, vm, SNAPSHOT, restore('new')))).toEqual([]);
  });

  test.each([
    ['FailImmediate', 'the restore fails at once'],
    ['WaitEventually', 'the restore waits until it is halted'],
    ['WaitGracePeriod', 'the restore waits for five minutes, and fails'],
  ])('with the policy %s says that %s', (policy, what) => {
    expect(of(stream(vm, restore('vm', `, targetReadinessPolicy: ${policy}`)))[0]).toContain(what);
  });

  test('says nothing where the restore stops it', () => {
    expect(of(stream(vm, restore('vm', ', targetReadinessPolicy: StopTarget')))).toEqual([]);
  });
});

describe('restore-target-own', () => {
  const of = (text: string) => said(text, ['restore-target-own']);

  test('is the machine of the snapshot, or a new one', () => {
    expect(of(stream(root, halted, SNAPSHOT, restore('vm')))).toEqual([]);
    expect(of(stream(root, halted, SNAPSHOT, restore('new')))).toEqual([]);
    expect(of(stream(root, halted, restore('vm')))).toEqual([]);
  });

  test('fails when it is another machine that stands', () => {
    expect(of(stream(root, halted, machine('vm2', { run: 'Halted' }), SNAPSHOT, restore('vm2')))).toEqual([
      `error spec.target.name restore-target-own: 'name' must be 'vm', which the snapshot is of, or a machine that does not exist, got "vm2"; the restore never goes on; restore it to a new name, or delete that machine first`,
    ]);
  });

  test('fails when an earlier step, or the same, makes that machine', () => {
    const [own, taken] = [stream(root, halted, SNAPSHOT), machine('vm2', { run: 'Halted' })];
    const of = (files: Record<string, string>) => saidOfFiles(files, ['restore-target-own']);
    expect(of({ '1-vm.yaml': own, '2-vm2.yaml': taken, '3-back.yaml': restore('vm2') })).toHaveLength(1);
    expect(of({ '1-vm.yaml': own, '2-back.yaml': stream(taken, restore('vm2')) })).toHaveLength(1);
  });

  test('is new where a later step makes the machine', () => {
    const files = { '1-vm.yaml': stream(root, halted, SNAPSHOT), '2-back.yaml': restore('vm2') };
    const later = { '3-vm2.yaml': machine('vm2', { run: 'Halted' }) };
    expect(saidOfFiles({ ...files, ...later }, ['restore-target-own'])).toEqual([]);
  });
});

describe('clone-machine-possible', () => {
  const of = (text: string, given?: string) => said(text, ['clone-machine-possible'], { storage: given });

  test('is there where every disk can be snapshotted', () => {
    expect(of(stream(root, vm, clone()), storage(snapshotClass('v')))).toEqual([]);
    expect(of(stream(root, vm, clone()))).toEqual([]);
  });

  test('fails when the machine keeps the state of its TPM or EFI', () => {
    const tpm = machine('vm', { disks, devices: 'tpm: { persistent: true }' });
    expect(of(stream(root, tpm, clone()))).toEqual([
      `error spec.source.name clone-machine-possible: 'name' must be a machine without persistent TPM or EFI, got "vm"; KubeVirt does not clone their state, and the clone fails; clone its disks by DataVolumes, and write a machine for them`,
    ]);
    const efi = machine('vm', {
      disks,
      domain: 'firmware: { bootloader: { efi: { secureBoot: false, persistent: true } } }',
    });
    expect(of(stream(root, efi, SNAPSHOT, clone('VirtualMachineSnapshot', 'snap')))).toHaveLength(1);
    expect(of(stream(root, machine('vm', { disks, devices: 'tpm: {}' }), clone()))).toEqual([]);
  });

  test('fails when its snapshot leaves out a disk', () => {
    const [line] = of(stream(root, vm, clone()), storage());
    expect(line).toContain('the clone fails, as its snapshot leaves out root: no VolumeSnapshotClass fits the class f');
  });
});

describe('export-source-halted', () => {
  const of = (text: string) => said(text, ['export-source-halted']);

  test('is asked of machines and of the claims that they run on', () => {
    expect(of(stream(root, vm, exported('VirtualMachine', 'vm')))[0]).toContain(
      `'name' must be a machine that is halted, got "vm", which runs; the export waits until it stops; halt it`,
    );
    expect(of(stream(root, vm, exported('PersistentVolumeClaim', 'root')))[0]).toContain(
      `'name' must be a claim that nothing uses, got "root", which VirtualMachine vm runs on; the export waits`,
    );
  });

  test('says nothing of what is halted, of other claims and of snapshots', () => {
    expect(of(stream(root, halted, exported('VirtualMachine', 'vm')))).toEqual([]);
    expect(of(stream(root, halted, exported('PersistentVolumeClaim', 'root')))).toEqual([]);
    expect(of(stream(root, vm, claim('idle'), exported('PersistentVolumeClaim', 'idle')))).toEqual([]);
    expect(of(stream(root, vm, SNAPSHOT, exported('VirtualMachineSnapshot', 'snap')))).toEqual([]);
  });
});

describe('export-holds-disks', () => {
  const of = (text: string, given?: string) => said(text, ['export-holds-disks'], { storage: given });

  test('fails when none of the disks is a claim', () => {
    expect(of(stream(machine('vm', { run: 'Halted' }), exported('VirtualMachine', 'vm')))[0]).toContain(
      'a machine none of whose disks is a claim; nothing is exported (Skipped)',
    );
    expect(of(stream(root, halted, exported('VirtualMachine', 'vm')))).toEqual([]);
  });

  test('fails when the snapshot holds none', () => {
    const text = stream(root, vm, SNAPSHOT, exported('VirtualMachineSnapshot', 'snap'));
    expect(of(text, storage())[0]).toContain('got "snap", a snapshot that holds none');
    expect(of(text, storage(snapshotClass('v')))).toEqual([]);
  });
});

describe('migration-possible', () => {
  const of = (text: string) => said(text, ['migration-possible']);

  test('is there for a machine that runs on disks which nodes share', () => {
    expect(of(stream(root, vm, migration('go')))).toEqual([]);
  });

  test('fails when the machine is halted, or one of its disks is of one node', () => {
    expect(of(stream(root, halted, migration('go')))[0]).toContain('got "vm"; it is halted');
    const single = claim('root', { modes: 'ReadWriteOnce' });
    expect(of(stream(single, vm, migration('go')))[0]).toContain('disk root: claim root is ReadWriteOnce');
  });

  test('fails when another one migrates it at the same time', () => {
    expect(of(stream(root, vm, migration('go'), migration('again')))).toEqual([
      `warning spec.vmiName migration-possible: 'vmiName' must be a machine that can be live-migrated, got "vm"; VirtualMachineInstanceMigration go migrates it already, and a second one is refused until that is done; `,
    ]);
  });
});
