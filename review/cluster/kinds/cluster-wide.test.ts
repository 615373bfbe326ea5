import { CLUSTER_WIDE_KINDS } from './cluster-wide';

test('CLUSTER_WIDE_KINDS says which kinds describe the storage of the cluster', () => {
  const kinds = CLUSTER_WIDE_KINDS.filter(({ describesStorage }) => describesStorage === true).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual([
    'CDI',
    'CDIConfig',
    'CSIDriver',
    'HyperConverged',
    'PersistentVolume',
    'StorageClass',
    'StorageProfile',
    'VolumeSnapshotClass',
  ]);
});

test('CLUSTER_WIDE_KINDS says which kinds have no namespace, of those of the storage and of machines', () => {
  const scopes = new Map(CLUSTER_WIDE_KINDS.map(({ kind, isClusterScoped = false }) => [kind, isClusterScoped]));
  const ofCluster = ['CDI', 'CDIConfig', 'StorageProfile', 'StorageClass', 'CSIDriver', 'VolumeSnapshotClass'];
  const ofClusterToo = ['PersistentVolume', 'VirtualMachineClusterInstancetype', 'VirtualMachineClusterPreference'];
  for (const kind of [...ofCluster, ...ofClusterToo]) expect([kind, scopes.get(kind)]).toEqual([kind, true]);
  const others = ['VirtualMachineInstancetype', 'VirtualMachinePreference', 'Service', 'ResourceQuota', 'LimitRange'];
  for (const kind of others) expect([kind, scopes.get(kind)]).toEqual([kind, false]);
});
