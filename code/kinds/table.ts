import { Json } from '../../review/rule';
import { raised } from '../meaning/versions';
import { dataVolume } from './data-volumes';
import { liveMigration, migrationPolicy, vmClone, vmExport, vmRestore, vmSnapshot } from './day-two';
import { dataSource, goldenImage } from './golden-images';
import { clusterInstancetype, clusterPreference, instancetype, preference } from './instancetypes';
import { pool, replicaSet, virtualMachine, virtualMachineInstance } from './machines';
import { cdi, kubeVirt, namespace } from './platform';
import { service } from './services';
import { claim, storageClass, storageProfile, volumeSnapshot, volumeSnapshotClass } from './storage';
import { Kind } from './way';

/** The kinds that constructs make, by API version and kind. */
const KINDS: Readonly<Record<string, Kind>> = {
  'v1 Namespace': namespace,
  'v1 PersistentVolumeClaim': claim,
  'v1 Service': service,
  'storage.k8s.io/v1 StorageClass': storageClass,
  'snapshot.storage.k8s.io/v1 VolumeSnapshotClass': volumeSnapshotClass,
  'snapshot.storage.k8s.io/v1 VolumeSnapshot': volumeSnapshot,
  'cdi.kubevirt.io/v1beta1 CDI': cdi,
  'cdi.kubevirt.io/v1beta1 StorageProfile': storageProfile,
  'cdi.kubevirt.io/v1beta1 DataVolume': dataVolume,
  'cdi.kubevirt.io/v1beta1 DataImportCron': goldenImage,
  'cdi.kubevirt.io/v1beta1 DataSource': dataSource,
  'kubevirt.io/v1 KubeVirt': kubeVirt,
  'kubevirt.io/v1 VirtualMachine': virtualMachine,
  'kubevirt.io/v1 VirtualMachineInstance': virtualMachineInstance,
  'kubevirt.io/v1 VirtualMachineInstanceReplicaSet': replicaSet,
  'kubevirt.io/v1 VirtualMachineInstanceMigration': liveMigration,
  'pool.kubevirt.io/v1beta1 VirtualMachinePool': pool,
  'instancetype.kubevirt.io/v1beta1 VirtualMachineInstancetype': instancetype,
  'instancetype.kubevirt.io/v1beta1 VirtualMachineClusterInstancetype': clusterInstancetype,
  'instancetype.kubevirt.io/v1beta1 VirtualMachinePreference': preference,
  'instancetype.kubevirt.io/v1beta1 VirtualMachineClusterPreference': clusterPreference,
  'snapshot.kubevirt.io/v1beta1 VirtualMachineSnapshot': vmSnapshot,
  'snapshot.kubevirt.io/v1beta1 VirtualMachineRestore': vmRestore,
  'clone.kubevirt.io/v1beta1 VirtualMachineClone': vmClone,
  'export.kubevirt.io/v1 VirtualMachineExport': vmExport,
  'migrations.kubevirt.io/v1alpha1 MigrationPolicy': migrationPolicy,
};

/** How the kind of an object is said, in whatever version; undefined where no construct makes it. */
export function kindOf(object: Json): Kind | undefined {
  const key = `${String(raised(object))} ${String(object.kind)}`;
  return Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
}
