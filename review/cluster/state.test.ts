import { Json } from '../rule';
import { ClusterState, CRON_LABEL } from './state';

const object = (apiVersion: string, kind: string, name: string, more: Json = {}): Json => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'n' },
  ...more,
});
const claim = (name: string, size: string) =>
  object('v1', 'PersistentVolumeClaim', name, { spec: { resources: { requests: { storage: size } } } });
const pool = (replicas: number) =>
  object('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', 'pool', {
    spec: {
      replicas,
      virtualMachineTemplate: { spec: { dataVolumeTemplates: [{ metadata: { name: 'boot' }, spec: { pvc: {} } }] } },
    },
  });

function applied(...objects: readonly Json[]): ClusterState {
  const state = new ClusterState();
  for (const one of objects) state.apply({ object: one, origin: {} });
  return state;
}
const machines = (state: ClusterState) => [...state.machines.entries()].map(({ value: { name } }) => name);

describe('ClusterState', () => {
  test('has the claim as it was stated last, and the states before it', () => {
    const state = applied(claim('data', '1Gi'), claim('data', '2Gi'), claim('data', '3Gi'));
    expect(state.claim('n', 'data')?.requested).toBe(3 * 1024 ** 3);
    const standing = state.objects.get('PersistentVolumeClaim', 'n/data');
    const sizes = [standing, standing?.replaced, standing?.replaced?.replaced].map((one) => one?.reviewed.object);
    expect(sizes).toEqual([claim('data', '3Gi'), claim('data', '2Gi'), claim('data', '1Gi')]);
  });

  test('keeps what stands where an update of it is refused', () => {
    const state = applied(claim('data', '2Gi'), claim('data', '1Gi'));
    expect(state.claim('n', 'data')?.requested).toBe(2 * 1024 ** 3);
    expect(state.objects.get('PersistentVolumeClaim', 'n/data')?.reviewed.object).toEqual(claim('data', '2Gi'));
  });

  test('makes the machines of a set with their claims, and takes both away with the replicas', () => {
    const state = applied(pool(3));
    expect(machines(state)).toEqual(['pool-0', 'pool-1', 'pool-2']);
    expect(state.claims.keys()).toEqual(['n/boot-0', 'n/boot-1', 'n/boot-2']);
    state.apply({ object: pool(1), origin: {} });
    expect(machines(state)).toEqual(['pool-0']);
    expect(state.claims.keys()).toEqual(['n/boot-0']);
    state.remove({ kind: 'VirtualMachinePool', namespace: 'n', name: 'pool' });
    expect(machines(state)).toEqual([]);
    expect(state.claims.keys()).toEqual([]);
    expect(state.objects.get('VirtualMachinePool', 'n/pool')).toBeUndefined();
  });

  test('keeps what becomes of a clone that is said again, with the part that says it last', () => {
    const copy = object('cdi.kubevirt.io/v1beta1', 'DataVolume', 'copy', {
      spec: { source: { pvc: { name: 'data', namespace: 'n' } }, pvc: { resources: { requests: { storage: '1Gi' } } } },
    });
    const state = applied(object('storage.k8s.io/v1', 'StorageClass', 'fast', { provisioner: 'csi.a' }));
    const said = (part: string): unknown => {
      for (const one of [claim('data', '1Gi'), copy]) state.apply({ object: one, origin: {} }, part);
      return state.clones.get('n/copy');
    };
    const first = said('one');
    expect(first).toMatchObject({ part: 'one' });
    state.apply({ object: object('storage.k8s.io/v1', 'StorageClass', 'slow', { provisioner: 'csi.b' }), origin: {} });
    expect(said('two')).toEqual({ ...(first as Json), part: 'two' });
  });

  test('keeps the size that a clone took from its source where it is said again', () => {
    const copy = object('cdi.kubevirt.io/v1beta1', 'DataVolume', 'copy', {
      spec: { source: { pvc: { name: 'data', namespace: 'n' } }, storage: { volumeMode: 'Block' } },
    });
    expect(applied(claim('data', '1Gi'), copy).claim('n', 'copy')?.asked).toBe(1024 ** 3);
    expect(applied(claim('data', '1Gi'), copy, copy).claim('n', 'copy')?.asked).toBe(1024 ** 3);
  });

  test('has the disk of a template as it was stated last, as a clone too', () => {
    const vm = (storage: string) =>
      object('kubevirt.io/v1', 'VirtualMachine', 'vm', {
        spec: {
          dataVolumeTemplates: [
            {
              metadata: { name: 'root' },
              spec: { source: { pvc: { name: 'data' } }, pvc: { resources: { requests: { storage } } } },
            },
          ],
        },
      });
    const state = applied(claim('data', '1Gi'), vm('1Gi'), vm('2Gi'));
    expect(state.claim('n', 'root')?.requested).toBe(2 * 1024 ** 3);
    expect(state.clones.get('n/root')?.claim.requested).toBe(2 * 1024 ** 3);
  });

  test('knows whether an import of several stages waits for the next one', () => {
    const volume = (finalCheckpoint: boolean) =>
      object('cdi.kubevirt.io/v1beta1', 'DataVolume', 'disk', {
        spec: {
          source: { vddk: { url: 'https://vcenter.example', uuid: 'u', backingFile: 'f', thumbprint: 't' } },
          checkpoints: [{ current: 'snapshot-1', previous: '' }],
          finalCheckpoint,
          pvc: { resources: { requests: { storage: '1Gi' } } },
        },
      });
    expect(applied(volume(false)).claim('n', 'disk')?.source.isPaused).toBe(true);
    expect(applied(volume(false), volume(true)).claim('n', 'disk')?.source.isPaused).toBeUndefined();
  });

  test('knows nothing of a clone before anything is known of the storage', () => {
    const copy = object('cdi.kubevirt.io/v1beta1', 'DataVolume', 'copy', {
      spec: { source: { pvc: { name: 'data', namespace: 'n' } }, storage: {} },
    });
    const reason = (...objects: Json[]) =>
      applied(claim('data', '1Gi'), ...objects, copy).clones.get('n/copy')?.outcome.reason;
    const unknown = "nothing is known of the cluster's storage";
    expect(reason()).toBe(unknown);
    expect(reason(object('storage.k8s.io/v1', 'StorageClass', 'fast', { provisioner: 'csi.a' }))).not.toBe(unknown);
  });

  test('knows the cron of a DataSource by its label, or where there is none by the name that the cron manages', () => {
    const cron = object('cdi.kubevirt.io/v1beta1', 'DataImportCron', 'weekly', {
      spec: { managedDataSource: 'fedora' },
    });
    const dataSource = (labels: Json) =>
      object('cdi.kubevirt.io/v1beta1', 'DataSource', 'fedora', {
        metadata: { name: 'fedora', namespace: 'n', labels },
      });
    expect(applied(cron).cron('n', 'fedora')).toBe('n/weekly');
    expect(applied(cron).cron('n', 'other')).toBeUndefined();
    expect(applied(cron).cron('m', 'fedora')).toBeUndefined();
    expect(applied(cron, dataSource({})).cron('n', 'fedora')).toBeUndefined();
    expect(applied(cron, dataSource({ [CRON_LABEL]: 'daily' })).cron('n', 'fedora')).toBe('n/daily');
  });

  test('says that a machine of a set is said by the set', () => {
    expect(applied(pool(1)).machines.get('n/pool-0')?.from.object).toEqual(pool(1));
  });

  test('tells objects of two vendors apart that have one kind', () => {
    const state = applied(
      object('cert-manager.io/v1', 'Certificate', 'web'),
      object('networking.internal.knative.dev/v1alpha1', 'Certificate', 'web'),
    );
    expect([...state.objects.all()].map(({ replaced }) => replaced)).toEqual([undefined, undefined]);
    state.remove({ kind: 'Certificate', namespace: 'n', name: 'web' });
    expect([...state.objects.all()]).toEqual([]);
  });

  test('gives each object with generateName a name of its own', () => {
    const generated = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { generateName: 'data-' } };
    expect(applied(generated, generated).claims.keys()).toEqual(['/data-*', '/data-*2']);
  });

  test('leaves an object its name, with generateName and without', () => {
    const named = (metadata: object) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata });
    expect(applied(named({ name: 'a', generateName: 'data-' }), named({ name: 'b' })).claims.keys()).toEqual([
      '/a',
      '/b',
    ]);
    expect(applied(named({})).claims.keys()).toEqual(['/']);
  });

  test('takes an object without an API for what its kind says', () => {
    expect(machines(applied({ kind: 'VirtualMachine', metadata: { name: 'web' } }))).toEqual(['web']);
  });

  test('loses what is deleted, and nothing else of its name', () => {
    const snapshot = object('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', 'data', {
      spec: { source: { persistentVolumeClaimName: 'data' } },
    });
    const state = applied(claim('data', '1Gi'), snapshot, object('v1', 'ConfigMap', 'data'));
    const held = () => [state.claims.keys(), state.snapshot('n', 'data')?.requested];
    state.remove({ kind: 'ConfigMap', namespace: 'n', name: 'data' });
    state.remove({ kind: 'PersistentVolumeClaim', namespace: 'm', name: 'data' });
    expect(held()).toEqual([['n/data'], 1024 ** 3]);
    state.remove({ kind: 'PersistentVolumeClaim', namespace: 'n', name: 'data' });
    expect(held()).toEqual([[], 1024 ** 3]);
    state.remove({ kind: 'VolumeSnapshot', namespace: 'n', name: 'data' });
    expect(held()).toEqual([[], undefined]);
  });

  test('loses with a namespace what stands in it', () => {
    const state = applied(pool(1), claim('data', '1Gi'), object('v1', 'Secret', 's'));
    state.remove({ kind: 'Namespace', name: 'n' });
    expect(machines(state)).toEqual([]);
    expect(state.claims.keys()).toEqual([]);
    expect([...state.objects.all()]).toEqual([]);
  });
});
