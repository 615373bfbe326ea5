import { Size } from 'cdk8s';
import { DataVolumeImport } from '../disks/data-volume-import';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { SecondaryDisk } from '../disks/secondary-disk';
import { Overrides } from '../shared/overrides';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { AccessMode, ClaimApi } from '../storage/claim-modes';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { LiveMigration, LiveMigrationProps, MigrationPriority } from './live-migration';

describe('LiveMigration', () => {
  test('asks for the migration of a VM, in its namespace', () => {
    const migration = new LiveMigration(testChart('other'), 'web-move', { vm: { name: 'web', namespace: 'apps' } });
    expect(manifest(migration)).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstanceMigration',
      metadata: { name: 'web-move', namespace: 'apps' },
      spec: { vmiName: 'web' },
    });
    expect(migration.name).toBe('web-move');
    expect(migration.namespace).toBe('apps');
  });

  test('takes all props', () => {
    const props: Required<LiveMigrationProps> = {
      vm: { name: 'web', namespace: 'apps' },
      name: 'move-1',
      namespace: 'apps',
      generateName: 'move-',
      addedNodeSelector: { zone: 'b' },
      priority: MigrationPriority.USER_TRIGGERED,
      sendTo: { migrationId: 'move-web', connectUrl: 'east.example.com:9185' },
      receive: { migrationId: 'move-web' },
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      overrides: { spec: { addedNodeSelector: { rack: '1' }, unknownField: Overrides.unknownField({ kept: true }) } },
    };
    expect(manifest(new LiveMigration(testChart(), 'migration', props))).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstanceMigration',
      metadata: {
        name: 'move-1',
        generateName: 'move-',
        namespace: 'apps',
        labels: { team: 'blue' },
        annotations: { note: 'yes' },
      },
      spec: {
        vmiName: 'web',
        addedNodeSelector: { zone: 'b', rack: '1' },
        priority: 'user-triggered',
        sendTo: { migrationID: 'move-web', connectURL: 'east.example.com:9185' },
        receive: { migrationID: 'move-web' },
        unknownField: { kept: true },
      },
    });
  });

  test('leaves its name to the API server where the overrides take it out', () => {
    const migration = new LiveMigration(testChart(), 'move', {
      vm: { name: 'web' },
      generateName: 'move-',
      overrides: { metadata: { name: null } },
    });
    expect(manifest(migration).metadata).toEqual({ generateName: 'move-' });
  });

  test('takes a VM from outside the app that names no namespace to be in that of the chart', () => {
    const migration = new LiveMigration(testChart('apps'), 'move', { vm: { name: 'web' } });
    expect(migration.namespace).toBe('apps');
    expect(manifest(migration).metadata.namespace).toBe('apps');
  });

  test('takes the name of a VM of 63 characters, not of 64', () => {
    const move = (length: number): LiveMigration =>
      new LiveMigration(testChart(), 'move', { vm: { name: 'a'.repeat(length) } });
    expect(manifest(move(63)).spec).toEqual({ vmiName: 'a'.repeat(63) });
    expect(failureOf(() => move(64))).toContain("[test/move] 'vm.name' must be a DNS name");
    expect(failureOf(() => move(64))).toContain('at most 63 characters');
  });

  test.each<[string, unknown, string]>([
    ['no props', undefined, "'props' must be an object, got nothing"],
    ['no VM', {}, "'vm' must be a VM, got nothing; give the BootableVM, or write VirtualMachine.fromName(…)"],
    ['the name of the VM', { vm: 'web' }, `'vm' must be a VM, got "web"; write VirtualMachine.fromName("web")`],
    ['a disk for the VM', { vm: { claimName: 'web' } }, "'vm' must be a VM, got an object"],
    ['another namespace', { vm: { name: 'web', namespace: 'a' }, namespace: 'b' }, `that of the VM ('a'), got "b"`],
    ['an upper-case name', { vm: { name: 'web' }, name: 'Move' }, `'name' must be a DNS name`],
    ['a wrong beginning', { vm: { name: 'web' }, generateName: 'Move-' }, "'generateName' must be a DNS name"],
    ['a number for the beginning', { vm: { name: 'web' }, generateName: 5 }, "'generateName' must be a DNS name"],
    ['an unknown prop', { vm: { name: 'web' }, target: 'n1' }, `'props' must have known keys only, got "target"`],
    [
      'an unknown priority',
      { vm: { name: 'web' }, priority: 'user' },
      "'priority' must be 'system-critical', 'user-tri",
    ],
    ['a wrong selector', { vm: { name: 'web' }, addedNodeSelector: { a: 1 } }, `'addedNodeSelector["a"]' must be text`],
    ['no id', { vm: { name: 'web' }, receive: {} }, "'receive.migrationId' must be given, got nothing"],
    [
      'two ids',
      { vm: { name: 'web' }, receive: { migrationId: 'b' }, sendTo: { migrationId: 'a', connectUrl: 'c' } },
      `'receive.migrationId' must be that of 'sendTo' ("a"), got "b"`,
    ],
    ['wrong overrides', { vm: { name: 'web' }, overrides: [] }, "'overrides' must be a plain object"],
  ])('fails when given %s', (_, props, message) => {
    const failure = failureOf(() => new LiveMigration(testChart(), 'move', untyped<LiveMigrationProps>(props)));
    expect(failure).toMatch(/^\[test\/move\] /);
    expect(failure).toContain(message);
  });
});

describe('LiveMigration of a BootableVM', () => {
  const ONCE = [AccessMode.READ_WRITE_ONCE];
  const memory = Size.gibibytes(1);
  const blank = { source: DataVolumeSource.blank(), size: Size.gibibytes(1) };

  test('fails at the synth when a disk is ReadWriteOnce, also one that is attached later', () => {
    const chart = testChart('shop');
    const bootDisk = new DataVolumeImport(chart, 'boot', { ...blank, accessModes: ONCE });
    const vm = new BootableVM(chart, 'web', { bootDisk, memory });
    const migration = new LiveMigration(chart, 'move', { vm });
    vm.attach(new SecondaryDisk(chart, 'data', { size: Size.gibibytes(1), accessModes: ONCE }));
    expect(migration.node.validate()).toEqual([
      `'vm' must have disks that migrate, got "web": disk rootdisk: claim boot is ReadWriteOnce; ask for ReadWriteMany`,
      `'vm' must have disks that migrate, got "web": disk data: claim data is ReadWriteOnce; ask for ReadWriteMany`,
    ]);
  });

  test('fails when the disk of a template or of the cluster is ReadWriteOnce', () => {
    const chart = testChart('shop');
    const bootDisk = DataVolumeTemplate.of('boot', { ...blank, accessModes: ONCE });
    const disk = Disk.fromClaimName('data', { accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_ONLY_MANY] });
    const vm = new BootableVM(chart, 'web', { bootDisk, memory, secondaryDisks: [{ disk }] });
    expect(new LiveMigration(chart, 'move', { vm }).node.validate()).toEqual([
      expect.stringContaining('disk rootdisk: claim boot is ReadWriteOnce; '),
      expect.stringContaining('disk data: claim data is ReadWriteOnce, ReadOnlyMany; '),
    ]);
  });

  test('takes disks that are ReadWriteMany, or whose access modes are not known', () => {
    const chart = testChart('shop');
    const vm = new BootableVM(chart, 'web', { bootDisk: new DataVolumeImport(chart, 'boot', blank), memory });
    vm.attach(Disk.fromClaimName('known-by-nobody'));
    vm.attach(new DataVolumeImport(chart, 'data', { ...blank, claimApi: ClaimApi.STORAGE }));
    vm.attach(Disk.fromClaimName('both', { accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_MANY] }));
    expect(new LiveMigration(chart, 'move', { vm }).node.validate()).toEqual([]);
  });

  test('judges a claim as its overrides leave it', () => {
    const chart = testChart('shop');
    const many = { spec: { pvc: { accessModes: Overrides.replaceList(['ReadWriteMany']) } } };
    const boot = new DataVolumeImport(chart, 'boot', { ...blank, accessModes: ONCE, overrides: many });
    const once = { spec: { accessModes: Overrides.replaceList(['ReadWriteOnce']) } };
    const data = new SecondaryDisk(chart, 'data', { size: Size.gibibytes(1), overrides: once });
    const vm = new BootableVM(chart, 'web', { bootDisk: boot, memory, secondaryDisks: [{ disk: data }] });
    expect(new LiveMigration(chart, 'move', { vm }).node.validate()).toEqual([
      expect.stringContaining('disk data: claim data is ReadWriteOnce; '),
    ]);
  });

  test.each([
    ['its own', {}, { spec: { vmiName: 'other' } }],
    ['those of the VM', { spec: { template: { spec: { volumes: Overrides.replaceList([]) } } } }, undefined],
  ])('does not judge what overrides may change: %s', (_, vmOverrides, overrides) => {
    const chart = testChart('shop');
    const bootDisk = new DataVolumeImport(chart, 'boot', { ...blank, accessModes: ONCE });
    const given = Object.keys(vmOverrides).length === 0 ? undefined : vmOverrides;
    const vm = new BootableVM(chart, 'web', { bootDisk, memory, overrides: given });
    expect(new LiveMigration(chart, 'move', { vm, overrides }).node.validate()).toEqual([]);
  });
});
