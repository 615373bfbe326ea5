import { Json } from '../../rule';
import { isKnownGroup, kindNamed, kindOf, KINDS } from '.';

const of = (apiVersion: string, kind: string, spec: Json = {}, annotations: Json = {}): Json => ({
  apiVersion,
  kind,
  metadata: { name: 'own', annotations },
  spec,
});
const harvester = (text: string) =>
  of('kubevirt.io/v1', 'VirtualMachine', {}, { 'harvesterhci.io/volumeClaimTemplates': text });
const templates = { dataVolumeTemplates: [{ metadata: { name: 'a' } }, {}] };
const made = (object: Json) => kindOf(object)?.makes?.(object, 'own') ?? [];

describe('the table of kinds', () => {
  test('has one entry for each name', () => {
    const names = KINDS.map(({ kind }) => kind);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has an entry with a machine for each kind that makes machines', () => {
    expect(KINDS.filter(({ machine }) => machine !== undefined).map(({ kind }) => kind)).toEqual([
      'VirtualMachine',
      'VirtualMachineInstance',
      'VirtualMachineInstanceReplicaSet',
      'VirtualMachinePool',
    ]);
  });
});

describe('kindOf', () => {
  test.each([
    ['kubevirt.io/v1', 'KubeVirt', 'KubeVirt'],
    ['kubevirt.io/v1alpha3', 'KubeVirt', 'KubeVirt'],
    ['hco.kubevirt.io/v1beta1', 'HyperConverged', 'HyperConverged'],
    ['cdi.kubevirt.io/v1beta1', 'CDI', 'CDI'],
    ['kubevirt.io/v1', 'VirtualMachine', undefined],
    ['example.com/v1', 'KubeVirt', undefined],
    ['kubevirt.io.example.com/v1', 'KubeVirt', undefined],
    ['example.com/v1', 'HyperConverged', undefined],
    ['v1', 'KubeVirt', undefined],
    ['', 'KubeVirt', undefined],
  ])('of %s %s holds the settings of %s', (apiVersion, kind, owner) => {
    expect(kindOf(of(apiVersion, kind))?.settings).toBe(owner);
  });

  test.each([
    ['v1', 'PersistentVolumeClaim', true],
    ['example.com/v1', 'PersistentVolumeClaim', false],
    ['apps/v1', 'StatefulSet', true],
    ['v1', 'StatefulSet', false],
    ['vmoperator.vmware.com/v1alpha1', 'VirtualMachine', false],
    ['v1', 'ServiceAccount', false],
  ])('of %s %s has an entry: %p', (apiVersion, kind, has) => {
    expect(kindOf(of(apiVersion, kind)) !== undefined).toBe(has);
  });

  test('is of the core where no API is named', () => {
    expect(kindOf({ kind: 'PersistentVolumeClaim' })).toBeDefined();
    expect(kindOf({ kind: 'VirtualMachine' })).toBeUndefined();
    expect(kindOf({ apiVersion: 1, kind: 'PersistentVolumeClaim' })).toBeDefined();
  });

  test('is undefined for what has no kind', () => {
    expect(kindOf({})).toBeUndefined();
    expect(kindOf({ apiVersion: 'v1', kind: 5 })).toBeUndefined();
  });

  test('is that of the core API where an object names none', () => {
    expect(kindOf({ kind: 'PersistentVolumeClaim' })?.claim).toBe('PersistentVolumeClaim');
    expect(kindOf({ kind: 'VirtualMachine' })).toBeUndefined();
  });
});

describe('what an object makes', () => {
  test.each<[string, Json, readonly (readonly [string, string])[]]>([
    [
      'of a VM: its disk templates',
      of('kubevirt.io/v1', 'VirtualMachine', templates),
      [
        ['DataVolume', 'a'],
        ['DataVolume', ''],
      ],
    ],
    [
      'of a pool: its disk templates',
      of('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', { virtualMachineTemplate: { spec: templates } }),
      [
        ['DataVolume', 'a'],
        ['DataVolume', ''],
      ],
    ],
    [
      'of an import: its DataSource',
      of('cdi.kubevirt.io/v1beta1', 'DataImportCron', { managedDataSource: 'a' }),
      [['DataSource', 'a']],
    ],
    [
      'of an ExternalSecret: its target',
      of('external-secrets.io/v1beta1', 'ExternalSecret', { target: { name: 'a' } }),
      [['Secret', 'a']],
    ],
    ['of an ExternalSecret without a target', of('external-secrets.io/v1', 'ExternalSecret'), [['Secret', 'own']]],
    ['of a SealedSecret', of('bitnami.com/v1alpha1', 'SealedSecret'), [['Secret', 'own']]],
    ['of a Certificate', of('cert-manager.io/v1', 'Certificate', { secretName: 'a' }), [['Secret', 'a']]],
    [
      'of a machine of Harvester: its claims',
      harvester('[{"metadata":{"name":"a"}}, 5]'),
      [['PersistentVolumeClaim', 'a']],
    ],
    ['of a machine whose annotation is not JSON: nothing', harvester('['), []],
    ['of a kind of the same name: nothing', of('example.com/v1', 'Certificate', { secretName: 'a' }), []],
  ])('%s', (_title, object, expected) => expect(made(object)).toEqual(expected));
});

describe('a set', () => {
  const pool = of('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', {
    replicas: 2,
    virtualMachineTemplate: {
      spec: {
        ...templates,
        template: { spec: { volumes: [{ dataVolume: { name: 'a' } }, { dataVolume: { name: 'shared' } }] } },
      },
    },
  });

  test('numbers its machines, their disk templates and the volumes that name these', () => {
    const replicas = kindNamed('VirtualMachinePool')?.replicas?.(pool);
    expect(replicas?.count).toBe(2);
    expect(replicas?.objectsOf(1)).toEqual([
      {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachine',
        metadata: { name: 'own-1', namespace: '' },
        spec: {
          dataVolumeTemplates: [{ metadata: { name: 'a-1' } }, {}],
          template: { spec: { volumes: [{ dataVolume: { name: 'a-1' } }, { dataVolume: { name: 'shared' } }] } },
        },
      },
    ]);
  });

  test.each([
    [undefined, 1, undefined],
    [null, 1, undefined],
    [0, 0, undefined],
    [3, 3, undefined],
    [100_000, 100_000, undefined],
    [100_001, 0, "'replicas' must be at most 100000 to be counted, got 100001"],
    [-1, 0, "'replicas' must be a number, got -1"],
    [1.5, 0, "'replicas' must be a number, got 1.5"],
    ['two', 0, `'replicas' must be a number, got "two"`],
  ])('of %p replicas has %d', (replicas, count, fault) => {
    const set = of('kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet', { replicas });
    const made = kindOf(set)?.replicas?.(set);
    expect([made?.count, made?.fault]).toEqual([count, fault]);
  });
});

describe('isKnownGroup', () => {
  test.each([
    ['', true],
    ['kubevirt.io', true],
    ['cdi.kubevirt.io', true],
    ['snapshot.storage.k8s.io', true],
    ['postgresql.cnpg.io', false],
    ['cert-manager.io', false],
  ])('%p: %p', (group, is) => expect(isKnownGroup(group)).toBe(is));
});
