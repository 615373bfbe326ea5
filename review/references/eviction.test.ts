import { Cluster } from '../cluster/cluster';
import { report } from '../engine';
import { EVICTION_RULE } from './eviction';

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
  const cluster = new Cluster(objects.map((object) => ({ object, origin: {} })));
  EVICTION_RULE.check(cluster, (_, field, message, remedy) => found.push([field, message, remedy ?? '']));
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

  const set = (kind: string, apiVersion: string, replicas: number, spec: Record<string, unknown>): object => ({
    apiVersion,
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas, ...spec },
  });

  test.each([
    [
      'spec.virtualMachineTemplate.spec.template.spec.evictionStrategy',
      set('VirtualMachinePool', 'pool.kubevirt.io/v1alpha1', 2, {
        virtualMachineTemplate: { spec: { template: { spec: guest('LiveMigrate') } } },
      }),
    ],
    [
      'spec.template.spec.evictionStrategy',
      set('VirtualMachineInstanceReplicaSet', 'kubevirt.io/v1', 2, { template: { spec: guest('LiveMigrate') } }),
    ],
  ])('finds it once in %s of a set', (field, object) => {
    const found = notes(object as Record<string, unknown>, claim('ReadWriteOnce'));
    expect(found.map(([where]) => where)).toEqual([field]);
    expect(notes(object as Record<string, unknown>, claim('ReadWriteMany'))).toEqual([]);
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

  test('is silent where a preference stands elsewhere that may decide how the VM is connected', () => {
    const { networks, ...unconnected } = guest('LiveMigrate');
    const spec = { template: { spec: { ...unconnected, domain: { devices: {} } } } };
    const machine = { ...vm('VirtualMachine', {}), spec };
    const kubevirt = { apiVersion: 'kubevirt.io/v1', kind: 'KubeVirt', metadata: { name: 'kubevirt' }, spec: {} };
    expect(networks).toEqual([{ name: 'default', pod: {} }]);
    expect(notes(machine, claim('ReadWriteMany'), kubevirt)).toHaveLength(1);
    const preferring = { ...machine, spec: { ...spec, preference: { name: 'fedora' } } };
    expect(notes(preferring, claim('ReadWriteMany'), kubevirt)).toEqual([]);
  });

  test("is silent about another vendor's VirtualMachine", () => {
    const foreign = { ...vm('VirtualMachine', guest('LiveMigrate')), apiVersion: 'vmoperator.vmware.com/v1alpha1' };
    expect(notes(foreign, claim('ReadWriteOnce'))).toEqual([]);
  });

  test('finds a persistent reservation where the release does not move it', () => {
    const reserving = vm('VirtualMachine', {
      evictionStrategy: 'LiveMigrate',
      domain: {
        memory: { guest: '1Gi' },
        devices: {
          disks: [{ name: 'shared', lun: { bus: 'scsi', reservation: true } }],
          interfaces: [{ name: 'default', masquerade: {} }],
        },
      },
      networks: [{ name: 'default', pod: {} }],
      volumes: [{ name: 'shared', persistentVolumeClaim: { claimName: 'boot' } }],
    });
    const found = (kubevirt: string) =>
      report([reserving, claim('ReadWriteMany')], { kubevirt, featureGates: ['PersistentReservation'] })
        .findings.filter(({ rule }) => rule === 'eviction-live-migrate')
        .map(({ message }) => message);
    expect(found('v1.8.4')).toEqual([expect.stringContaining('the LUN shared holds a persistent reservation')]);
    expect(found('v1.9.0')).toEqual([]);
  });

  test('finds a GPU, unless the release may move it', () => {
    const withGpu = vm('VirtualMachine', {
      evictionStrategy: 'LiveMigrate',
      domain: {
        memory: { guest: '1Gi' },
        devices: {
          gpus: [{ name: 'gpu', deviceName: 'nvidia.com/A10' }],
          interfaces: [{ name: 'default', masquerade: {} }],
        },
      },
      networks: [{ name: 'default', pod: {} }],
    });
    const found = (kubevirt: string, featureGates: string[]) =>
      report([withGpu], { kubevirt, featureGates }).findings.filter(({ rule }) => rule === 'eviction-live-migrate')
        .length;
    expect(found('v1.8.4', ['GPU'])).toBe(1);
    expect(found('v1.9.0', [])).toBe(1);
    expect(found('v1.9.0', ['VGPULiveMigration'])).toBe(0);
  });
});
