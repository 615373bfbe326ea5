import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { Cluster } from './cluster';

const VERSIONS: Readonly<Record<string, string>> = {
  VirtualMachine: 'kubevirt.io/v1',
  VirtualMachineInstance: 'kubevirt.io/v1',
  VirtualMachinePool: 'pool.kubevirt.io/v1alpha1',
  VirtualMachineInstancetype: 'instancetype.kubevirt.io/v1beta1',
  VirtualMachineClusterInstancetype: 'instancetype.kubevirt.io/v1beta1',
  DataVolume: 'cdi.kubevirt.io/v1beta1',
  KubeVirt: 'kubevirt.io/v1',
};

const object = (kind: string, name: string, spec: Json = {}, file = 'a.yaml'): Reviewed => ({
  object: { apiVersion: VERSIONS[kind] ?? 'v1', kind, metadata: { name, namespace: 'n' }, spec },
  origin: { file },
});
const guest = { volumes: [{ name: 'root', dataVolume: { name: 'boot' } }] };
const machine = (name: string, more: Json = {}, file?: string) =>
  object('VirtualMachine', name, { template: { spec: guest }, ...more }, file);
const names = (machines: readonly { readonly name: string }[]) => machines.map(({ name }) => name);

describe('Cluster', () => {
  test('holds an object in each of its states, and knows the last one', () => {
    const [first, other, last] = [
      machine('web', { runStrategy: 'Always' }, '1.yaml'),
      machine('db'),
      machine('web', { runStrategy: 'Halted' }, '2.yaml'),
    ];
    const cluster = new Cluster([first, other, last]);
    expect(cluster.ofKind('VirtualMachine')).toEqual([first, other, last]);
    expect(names(cluster.virtualMachines)).toEqual(['web', 'db', 'web']);
    expect(cluster.lastVirtualMachines.map(({ from }) => from)).toEqual([other, last]);
    expect(cluster.object('VirtualMachine', 'n', 'web')).toBe(last);
    expect(cluster.object('VirtualMachine', 'n', 'cache')).toBeUndefined();
  });

  test('fails when it is asked for a kind without an entry', () => {
    expect(() => new Cluster([]).ofKind('VirtualMachin')).toThrow(
      `[cluster] 'name' must be a kind of the table, got "VirtualMachin"`,
    );
  });

  test('takes the machines of a set as one, which the set says', () => {
    const pool = object('VirtualMachinePool', 'pool', {
      replicas: 3,
      virtualMachineTemplate: { spec: { template: { spec: guest } } },
    });
    const cluster = new Cluster([pool, object('VirtualMachineInstance', 'alone', guest)]);
    expect(names(cluster.machines)).toEqual(['alone']);
    expect(cluster.virtualMachines).toEqual([]);
    expect(names(cluster.sampleMachines)).toEqual(['pool-0', 'alone']);
    expect(cluster.sampleMachines[0]?.from).toBe(pool);
  });

  test('has no machine of a set without replicas', () => {
    const pool = object('VirtualMachinePool', 'pool', { replicas: 0, virtualMachineTemplate: { spec: {} } });
    expect(new Cluster([pool]).sampleMachines).toEqual([]);
  });

  test('takes an instance for a machine of its own, unless the manifests hold what it is of', () => {
    const instance = (name: string, kind?: string): Reviewed => {
      const ownerReferences = kind === undefined ? [] : [{ kind, name: 'web', controller: true }];
      const metadata = { name, namespace: 'n', ownerReferences };
      return {
        object: { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstance', metadata, spec: guest },
        origin: {},
      };
    };
    const pool = object('VirtualMachinePool', 'pool', { replicas: 1, virtualMachineTemplate: { spec: {} } });
    const own = (...objects: Reviewed[]) => new Cluster(objects).withSets.map(({ from }) => from);
    const [web, cache, other] = [machine('web'), instance('web'), instance('a', 'VirtualMachineInstanceReplicaSet')];
    expect(own(web, cache)).toEqual([web]);
    expect(own(web, instance('a', 'VirtualMachine'))).toEqual([web]);
    expect(own(web, other)).toEqual([web, other]);
    expect(own(cache, other)).toEqual([cache, other]);
    expect(own(pool, web)).toEqual([pool, web]);
  });

  test('finds the instance type of a machine, in its namespace or in the cluster', () => {
    const [own, shared] = [
      object('VirtualMachineInstancetype', 'small'),
      object('VirtualMachineClusterInstancetype', 'small'),
    ];
    const cluster = new Cluster([
      own,
      shared,
      machine('a', { instancetype: { kind: 'virtualmachineinstancetypes', name: 'small' } }),
      machine('b', { instancetype: { name: 'small' } }),
      machine('c', { instancetype: { name: 'small', revisionName: 'small-1' } }),
      machine('d', { instancetype: { name: 'large' } }),
      machine('e'),
    ]);
    const found = cluster.virtualMachines.map((one) => cluster.matched(one, 'instancetype'));
    expect(found).toEqual([own, shared, undefined, undefined, undefined]);
  });

  test('asks for each claim once: as a claim, as a DataVolume, as a disk template', () => {
    const cluster = new Cluster([
      object('PersistentVolumeClaim', 'a', { accessModes: ['ReadWriteOnce'], storageClassName: 'fast' }),
      object('DataVolume', 'b', { storage: { accessModes: ['ReadWriteMany'] } }),
      machine('vm', {
        dataVolumeTemplates: [{ metadata: { name: 'c' }, spec: { pvc: { storageClassName: 'slow' } } }],
      }),
      object('PersistentVolumeClaim', 'd', { accessModes: null }),
      object('PersistentVolumeClaim', 'e', { accessModes: 'ReadWriteOnce' }),
    ]);
    expect(cluster.claimRequests).toEqual([
      { key: 'n/a', accessModes: ['ReadWriteOnce'], storageClassName: 'fast' },
      { key: 'n/d', accessModes: [], storageClassName: '' },
      { key: 'n/e', accessModes: ['ReadWriteOnce'], storageClassName: '' },
      { key: 'n/b', accessModes: ['ReadWriteMany'], storageClassName: '' },
      { key: 'n/c', accessModes: [], storageClassName: 'slow' },
    ]);
  });

  test('knows what is missing, with the path at which it is named', () => {
    const cluster = new Cluster([machine('web'), machine('db', { preference: { name: 'fedora' } })], {
      external: [{ kind: 'VirtualMachineClusterPreference', name: 'fedora' }],
    });
    const missing = [...cluster.missing].map(([kind, all]) => [kind, all.map(({ field, name }) => [name, field()])]);
    const field = 'spec.template.spec.volumes[0].dataVolume.name';
    expect(missing).toEqual([
      [
        'DataVolume',
        [
          ['boot', field],
          ['boot', field],
        ],
      ],
    ]);
    expect(cluster.has('VirtualMachineClusterPreference', 'fedora')).toBe(true);
  });

  test('looks for what a claim is made of in its namespace, or in the one that it names', () => {
    const source = (more: Json): Json => ({ kind: 'PersistentVolumeClaim', name: 'a', ...more });
    const missing = (spec: Json): unknown[] =>
      [
        ...new Cluster([object('PersistentVolumeClaim', 'a'), object('PersistentVolumeClaim', 'b', spec)]).missing,
      ].flatMap(([, all]) => all.map(({ field, name, namespace }) => [field(), namespace, name]));
    expect(missing({ dataSource: source({}) })).toEqual([]);
    expect(missing({ dataSourceRef: source({ namespace: 'n' }) })).toEqual([]);
    expect(missing({ dataSourceRef: source({ namespace: 'm' }) })).toEqual([['spec.dataSourceRef.name', 'm', 'a']]);
    expect(missing({ dataSource: source({ name: 'c' }) })).toEqual([['spec.dataSource.name', 'n', 'c']]);
  });

  test('reads the settings of the last KubeVirt object', () => {
    const kubevirt = (evictionStrategy: string) => object('KubeVirt', 'kv', { configuration: { evictionStrategy } });
    const cluster = new Cluster([kubevirt('None'), machine('web'), kubevirt('LiveMigrate')]);
    expect(cluster.withSettings).toHaveLength(2);
    expect(cluster.settings.evictionStrategy).toBe('LiveMigrate');
  });

  test('keeps at its end the last state of each object, with the one that it replaced', () => {
    const [first, last] = [machine('web', {}, '1.yaml'), machine('web', { runStrategy: 'Halted' }, '2.yaml')];
    const standing = new Cluster([first, last]).end.objects.get('VirtualMachine', 'n/web');
    expect(standing?.reviewed.origin).toEqual({ file: '2.yaml' });
    expect(standing?.replaced?.reviewed.origin).toEqual({ file: '1.yaml' });
    expect(standing?.replaced?.replaced).toBeUndefined();
  });

  test('knows what an object makes by its name, and nothing where it names nothing', () => {
    const cron = (managedDataSource: string): Reviewed => ({
      object: {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataImportCron',
        metadata: { name: 'cron', namespace: 'n' },
        spec: { managedDataSource },
      },
      origin: {},
    });
    expect(new Cluster([cron('fedora')]).has('DataSource', 'fedora', 'n')).toBe(true);
    expect(new Cluster([cron('')]).has('DataSource', '', 'n')).toBe(false);
  });
});
