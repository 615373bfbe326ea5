import { EVICTION_RULE } from './eviction-rule';

const vm = (kind: string, spec: Record<string, unknown>): Record<string, unknown> => ({
  apiVersion: 'kubevirt.io/v1',
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: kind === 'VirtualMachine' ? { template: { spec } } : spec,
});

const claim = (mode: string): Record<string, unknown> => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'boot', namespace: 'shop' },
  spec: { accessModes: [mode] },
});

const guest = (evictionStrategy?: string): Record<string, unknown> => ({
  evictionStrategy,
  domain: { devices: { interfaces: [{ name: 'default', masquerade: {} }] } },
  networks: [{ name: 'default', pod: {} }],
  volumes: [{ name: 'root', persistentVolumeClaim: { claimName: 'boot' } }],
});

/** What the rule notes of these objects: the field, and what is wrong with it. */
function notes(...objects: Record<string, unknown>[]): string[][] {
  const found: string[][] = [];
  const set = { objects: objects.map((object) => ({ object, origin: {} })), external: [] };
  EVICTION_RULE.check(set, (_, field, message, remedy) => found.push([field, message, remedy ?? '']));
  return found;
}

describe('eviction-live-migrate', () => {
  test.each([
    ['VirtualMachine', 'spec.template.spec.evictionStrategy'],
    ['VirtualMachineInstance', 'spec.evictionStrategy'],
  ])('finds a %s that asks for a live migration which cannot be', (kind, field) => {
    expect(notes(vm(kind, guest('LiveMigrate')), claim('ReadWriteOnce'))).toEqual([
      [
        field,
        `'evictionStrategy' must not be "LiveMigrate" of a VM that cannot be live-migrated: disk root: claim boot is ReadWriteOnce`,
        "write 'LiveMigrateIfPossible', or make it migratable",
      ],
    ]);
  });

  test.each([
    ['a VM that migrates', 'LiveMigrate', 'ReadWriteMany'],
    ['LiveMigrateIfPossible', 'LiveMigrateIfPossible', 'ReadWriteOnce'],
    ['no strategy', undefined, 'ReadWriteOnce'],
  ])('is silent about %s', (_, strategy, mode) => {
    expect(notes(vm('VirtualMachine', guest(strategy)), claim(mode))).toEqual([]);
  });

  test("finds a VM that gets the strategy from KubeVirt's own setting", () => {
    const kubevirt = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'kubevirt', namespace: 'kubevirt' },
      spec: { configuration: { evictionStrategy: 'LiveMigrate' } },
    };
    const [[field, message] = []] = notes(vm('VirtualMachine', guest()), claim('ReadWriteOnce'), kubevirt);
    expect(field).toBe('spec.template.spec.evictionStrategy');
    expect(message).toContain(
      `must not be "LiveMigrate" (KubeVirt's own setting) of a VM that cannot be live-migrated`,
    );
    expect(notes(vm('VirtualMachine', guest('None')), claim('ReadWriteOnce'), kubevirt)).toEqual([]);
  });

  test('is silent where the claim is not known', () => {
    expect(notes(vm('VirtualMachine', guest('LiveMigrate')))).toEqual([]);
  });
});
