import { operatorCdi } from '../operator-cdi';
import type { Kind } from './kind';

const INSTANCETYPE = 'instancetype.kubevirt.io';

/** What holds for the whole cluster, or is there for many machines: settings, storage, instance types, Services, quotas. */
export const CLUSTER_WIDE_KINDS: readonly Kind[] = [
  { group: 'kubevirt.io', kind: 'KubeVirt', settings: 'KubeVirt' },
  // The operator that writes the KubeVirt object and the CDI object.
  {
    group: 'hco.kubevirt.io',
    kind: 'HyperConverged',
    settings: 'HyperConverged',
    describesStorage: true,
    writesCdi: operatorCdi,
  },
  { group: 'cdi.kubevirt.io', kind: 'CDI', isClusterScoped: true, settings: 'CDI', describesStorage: true },
  { group: 'cdi.kubevirt.io', kind: 'CDIConfig', isClusterScoped: true, describesStorage: true },
  { group: 'cdi.kubevirt.io', kind: 'StorageProfile', isClusterScoped: true, describesStorage: true },
  { group: 'storage.k8s.io', kind: 'StorageClass', isClusterScoped: true, describesStorage: true },
  { group: 'storage.k8s.io', kind: 'CSIDriver', isClusterScoped: true, describesStorage: true },
  { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshotClass', isClusterScoped: true, describesStorage: true },
  { group: '', kind: 'PersistentVolume', isClusterScoped: true, describesStorage: true },
  { group: INSTANCETYPE, kind: 'VirtualMachineInstancetype' },
  { group: INSTANCETYPE, kind: 'VirtualMachineClusterInstancetype', isClusterScoped: true },
  { group: INSTANCETYPE, kind: 'VirtualMachinePreference' },
  { group: INSTANCETYPE, kind: 'VirtualMachineClusterPreference', isClusterScoped: true },
  { group: '', kind: 'Service' },
  { group: '', kind: 'ResourceQuota' },
  { group: '', kind: 'LimitRange' },
];
