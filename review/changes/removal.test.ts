import { Json } from '../rule';
import { Consequence, diff } from '.';

const { DATA_LOST, REMOVED, STOPPED, UNKNOWN } = Consequence;

function named(apiVersion: string, kind: string, name: string, more: Json = {}): Json {
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, ...more };
}

function storageClass(reclaimPolicy?: string): Json {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'csi.example.org',
    ...(reclaimPolicy === undefined ? {} : { reclaimPolicy }),
  };
}

const SPEC = { storageClassName: 'fast', accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } };
const DOMAIN = { devices: {}, memory: { guest: '1Gi' } };

const claim = named('v1', 'PersistentVolumeClaim', 'data', { spec: SPEC });
const dataVolume = named('cdi.kubevirt.io/v1beta1', 'DataVolume', 'data', {
  spec: { source: { blank: {} }, storage: SPEC },
});
const template = { metadata: { name: 'web-boot' }, spec: { source: { blank: {} }, storage: SPEC } };
const machine = (more: Json = {}, template_: Json = {}): Json =>
  named('kubevirt.io/v1', 'VirtualMachine', 'web', {
    spec: {
      runStrategy: 'Always',
      template: {
        spec: { domain: DOMAIN, volumes: [{ name: 'boot', dataVolume: { name: 'web-boot' } }], ...template_ },
      },
      ...more,
    },
  });
const withTemplate = machine({ dataVolumeTemplates: [template] });
const withTpm = machine({}, { domain: { ...DOMAIN, devices: { tpm: { persistent: true } } } });
const pool = (templates: readonly Json[]): Json =>
  named('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', 'workers', {
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'w' } },
      virtualMachineTemplate: {
        metadata: { labels: { app: 'w' } },
        spec: {
          runStrategy: 'Always',
          dataVolumeTemplates: templates,
          template: { metadata: { labels: { app: 'w' } }, spec: { domain: DOMAIN } },
        },
      },
    },
  });
const volumeSnapshot = named('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', 'before', {
  spec: { volumeSnapshotClassName: 'snap', source: { persistentVolumeClaimName: 'data' } },
});
const snapshotClass = (deletionPolicy: string): Json => ({
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind: 'VolumeSnapshotClass',
  metadata: { name: 'snap' },
  driver: 'csi.example.org',
  deletionPolicy,
});
const machineSnapshot = (deletionPolicy?: string): Json =>
  named('snapshot.kubevirt.io/v1beta1', 'VirtualMachineSnapshot', 'monday', {
    spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' }, deletionPolicy },
  });
const importCron = (retentionPolicy?: string): Json =>
  named('cdi.kubevirt.io/v1beta1', 'DataImportCron', 'fedora', {
    spec: {
      managedDataSource: 'fedora',
      schedule: '0 0 * * *',
      retentionPolicy,
      template: { spec: { storage: SPEC } },
    },
  });
const namespace: Json = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const secret = named('v1', 'Secret', 'login', { type: 'Opaque', stringData: { userdata: '#cloud-config\n' } });

/** What becomes of one object that the new manifests lack, beside what stands in both. */
function removal(gone: Json, both: readonly Json[], prune: boolean): { worst?: Consequence; reason: string } {
  const { changes, worst } = diff([gone, ...both], both, { prune });
  expect(changes).toHaveLength(1);
  return { worst, reason: changes[0]!.reason };
}

describe('an object that is gone from the manifests', () => {
  test.each([
    ['a claim', claim],
    ['a DataVolume', dataVolume],
    ['a machine with templates', withTemplate],
    ['a pool', pool([template])],
    ['a snapshot', volumeSnapshot],
    ['a namespace', namespace],
  ])('stays in the cluster without pruning: %s', (_what, gone) => {
    const { worst, reason } = removal(gone, [storageClass()], false);
    expect(worst).toBe(REMOVED);
    expect(reason).toContain('kubectl apply deletes nothing');
  });
});

describe('an object that is pruned', () => {
  test.each<[string, Json, readonly Json[], Consequence, string]>([
    ['a claim whose class deletes', claim, [storageClass('Delete')], DATA_LOST, 'the volume is deleted with its data'],
    ['a claim whose class says nothing', claim, [storageClass()], DATA_LOST, 'StorageClass fast is Delete'],
    ['a claim whose class retains', claim, [storageClass('Retain')], REMOVED, 'stays, Released, with the data'],
    [
      'a DataVolume whose class deletes',
      dataVolume,
      [storageClass('Delete')],
      DATA_LOST,
      'its claim is deleted with it',
    ],
    ['a DataVolume whose class retains', dataVolume, [storageClass('Retain')], REMOVED, 'Released'],
    ['a machine whose templates are deleted', withTemplate, [storageClass('Delete')], DATA_LOST, '(web-boot)'],
    ['a machine whose templates are retained', withTemplate, [storageClass('Retain')], REMOVED, 'Released'],
    ['a machine whose disks stand alone', machine(), [], REMOVED, 'its disks stand alone and stay'],
    ['a machine with a persistent TPM', withTpm, [], DATA_LOST, 'the claim of its TPM'],
    [
      'a pool whose disks are deleted',
      pool([template]),
      [storageClass('Delete')],
      DATA_LOST,
      'their disks are deleted',
    ],
    ['a pool whose disks are retained', pool([template]), [storageClass('Retain')], REMOVED, 'Released'],
    ['a pool without disks', pool([]), [], REMOVED, 'no disk of their own'],
    ['a snapshot whose class deletes', volumeSnapshot, [snapshotClass('Delete')], DATA_LOST, 'deletionPolicy of snap'],
    ['a snapshot whose class retains', volumeSnapshot, [snapshotClass('Retain')], REMOVED, 'content and data stay'],
    ['a snapshot of a class that is not known', volumeSnapshot, [], UNKNOWN, 'VolumeSnapshotClass snap'],
    ['a machine snapshot', machineSnapshot(), [], DATA_LOST, 'the snapshots of its disks'],
    ['a machine snapshot that retains', machineSnapshot('retain'), [], REMOVED, 'deletionPolicy is retain'],
    ['a DataImportCron', importCron(), [], REMOVED, 'what it imported and its DataSource stay'],
    ['a DataImportCron that keeps all', importCron('All'), [], REMOVED, 'retentionPolicy is All'],
    ['a DataImportCron that keeps nothing', importCron('None'), [], DATA_LOST, 'what it imported is deleted'],
    ['a StorageClass', storageClass('Delete'), [], REMOVED, 'none can grow any more'],
    ['a VolumeSnapshotClass', snapshotClass('Delete'), [], REMOVED, 'snapshots that exist stay'],
    ['a Secret that nobody reads', secret, [], REMOVED, 'no VirtualMachine among the manifests reads it'],
    [
      'a Secret that a machine reads',
      secret,
      [machine({}, { volumes: [{ name: 'c', cloudInitNoCloud: { secretRef: { name: 'login' } } }] })],
      REMOVED,
      'web cannot start again without it',
    ],
    [
      'an instance',
      named('kubevirt.io/v1', 'VirtualMachineInstance', 'web', { spec: { domain: DOMAIN } }),
      [],
      STOPPED,
      'claims stay',
    ],
    ['a namespace without data', namespace, [], REMOVED, 'holds data that goes'],
  ])('is %s', (_what, gone, both, worst, says) => {
    const found = removal(gone, both, true);
    expect(found.worst).toBe(worst);
    expect(found.reason).toContain(says);
  });

  test('is said to rest on the default reclaim policy, if the class is not known', () => {
    const { changes } = diff([claim], [], { prune: true });
    expect(changes[0]!.consequence).toBe(DATA_LOST);
    expect(changes[0]!.assumed).toEqual([
      'the reclaim policy of StorageClass fast is Delete, the default of a StorageClass',
      'what is gone from the manifests is deleted (--prune)',
    ]);
  });

  test('takes its namespace with everything in it, by name', () => {
    const both = [storageClass('Delete')];
    const { worst, changes } = diff([namespace, claim, withTemplate, ...both], [...both], { prune: true });
    expect(worst).toBe(DATA_LOST);
    const whole = changes.find(({ object }) => object.kind === 'Namespace')!;
    expect(whole.reason).toContain('PersistentVolumeClaim data, VirtualMachine web');
  });
});
