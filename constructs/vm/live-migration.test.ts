import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { LiveMigration, LiveMigrationProps } from './live-migration';

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
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      overrides: { spec: { addedNodeSelector: { zone: 'b' }, unknownField: { kept: true } } },
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
      spec: { vmiName: 'web', addedNodeSelector: { zone: 'b' }, unknownField: { kept: true } },
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

  test('takes the name of a VM of 63 characters, and none of 64', () => {
    const move = (length: number): LiveMigration =>
      new LiveMigration(testChart(), 'move', { vm: { name: 'a'.repeat(length) } });
    expect(manifest(move(63)).spec).toEqual({ vmiName: 'a'.repeat(63) });
    expect(failureOf(() => move(64))).toContain("[test/move] 'vm.name' must be a DNS name");
    expect(failureOf(() => move(64))).toContain('at most 63 characters');
  });

  test.each<[string, unknown, string]>([
    ['no props', undefined, "'props' must be an object, got nothing"],
    ['no VM', {}, "'vm' must be a VM, got nothing; give the BootableVM, or { name: … }"],
    ['the name of the VM', { vm: 'web' }, `'vm' must be a VM, got "web"; write { name: "web" }`],
    ['a disk for the VM', { vm: { claimName: 'web' } }, "'vm' must be a VM, got an object"],
    ['another namespace', { vm: { name: 'web', namespace: 'a' }, namespace: 'b' }, `that of the VM ('a'), got "b"`],
    ['an upper-case name', { vm: { name: 'web' }, name: 'Move' }, `'name' must be a DNS name`],
    ['a beginning that is none', { vm: { name: 'web' }, generateName: 'Move-' }, "'generateName' must be a DNS name"],
    ['a number for the beginning', { vm: { name: 'web' }, generateName: 5 }, "'generateName' must be a DNS name"],
    ['an unknown prop', { vm: { name: 'web' }, target: 'n1' }, `'props' must have known keys only, got "target"`],
    ['overrides that are none', { vm: { name: 'web' }, overrides: [] }, "'overrides' must be a plain object"],
  ])('fails when given %s', (_, props, message) => {
    const failure = failureOf(() => new LiveMigration(testChart(), 'move', untyped<LiveMigrationProps>(props)));
    expect(failure).toMatch(/^\[test\/move\] /);
    expect(failure).toContain(message);
  });
});
