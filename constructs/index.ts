/**
 * Constructs for virtual machines, their disks, and what the cluster must have for them.
 *
 * @packageDocumentation
 */

// Every export of the library, on one screen.

// Words that all share.
export { ClusterObjectProps, ObjectProps } from './shared/api-object';
export { Overrides } from './shared/overrides';
export { Quantity } from './shared/quantity';

// How a disk comes to exist, and what the cluster's storage can do.
export { ClaimProps } from './disks/claim';
export { AccessMode, ClaimApi, ContentType, VolumeBindingMode, VolumeMode } from './storage/claim-modes';
export { ClaimedDisk, GrownDisk, GrowOptions } from './disks/claimed-disk';
export { CloneOutcome, CloneOutcomeKind, CloneRequest, Evidence } from './storage/clone/outcome';
export { DataVolumeImportProps, DataVolumeOptions } from './disks/data-volume';
export { DataVolumeImport } from './disks/data-volume-import';
export { DataVolumeSource, DataVolumeSourceKind } from './disks/data-volume-source';
export {
  DataSourceOptions,
  HttpSourceOptions,
  RegistryPullMethod,
  RegistrySourceOptions,
  VddkSourceOptions,
  WebSourceOptions,
} from './disks/source-options';
export { DataVolumeTemplate, DataVolumeTemplateOptions } from './disks/data-volume-template';
export { Disk, DiskFacts, IDisk, IVolume } from './storage/disk';
export { DiskClone, DiskCloneProps } from './disks/disk-clone';
export { QcowExporter, QcowExporterProps } from './disks/qcow-exporter';
export {
  IRegistryCredentials,
  PublicDemoCredentialsProps,
  RegistryCredentials,
  SecretReferenceOptions,
} from './disks/registry-credentials';
export { SecondaryDisk, SecondaryDiskKind, SecondaryDiskProps } from './disks/secondary-disk';
export { DiskSnapshot, DiskSnapshotProps, ISnapshot, SnapshotFacts } from './disks/snapshot';
export { StorageCatalog } from './storage/catalog';
export {
  CdiFacts,
  ClaimPropertySet,
  CloneStrategy,
  IStorageProfile,
  SnapshotClassFacts,
  StorageClassFacts,
  StorageFacts,
} from './storage/facts';
export { UploadTarget, UploadTargetProps } from './disks/upload-target';

// The machine.
export { AccessCredential } from './vm/access-credential';
export { Affinity, LabelRule, NodeAffinityOptions, PodAffinityOptions } from './vm/affinity';
export { BootableVM } from './vm/bootable-vm';
export { BootableVMProps, InstanceProps, InstanceTemplateProps, VmResources } from './vm/bootable-vm-props';
export { Clock, ClockOptions, GuestTimer, GuestTimers, TickPolicy } from './vm/clock';
export { CloudInit, CloudInitDatasource, CloudInitOptions } from './vm/cloud-init';
export { CloudConfig } from './vm/cloud-init-config';
export { CloudInitFile } from './vm/cloud-init-file';
export { ContainerDisk, ContainerDiskOptions } from './vm/container-disk';
export {
  AttachOptions,
  DiskAttachment,
  DiskBus,
  DiskCache,
  DiskDevice,
  DiskIo,
  DiskOptions,
} from './vm/disk-attachment';
export {
  DiskTemplate,
  DiskTemplateProps,
  TemplateCatalogueProps,
  TemplateOptions,
  TemplateSnapshotOptions,
} from './vm/disk-template';
export { Firmware, FirmwareOptions, UefiOptions } from './vm/firmware';
export { CpuFeature, CpuFeaturePolicy, GuestCpu } from './vm/guest-cpu';
export { GuestDevices, GuestTablet, InputBus, NodeDevice, WatchdogAction } from './vm/guest-devices';
export { GuestDns } from './vm/guest-dns';
export { GuestFeatures } from './vm/guest-features';
export { GuestNetwork, GuestNetworkOptions, InterfaceModel, NetworkBinding } from './vm/guest-network';
export { GuestPort, GuestPortOptions } from './vm/guest-port';
export { GuestProbe, HttpProbeOptions, ProbeOptions } from './vm/guest-probe';
export { GuestUser } from './vm/guest-user';
export { HyperV, HyperVFeatures } from './vm/hyperv';
export { Instancetype, Preference } from './vm/instancetype';
export { IoThreads } from './vm/io-threads';
export { LaunchSecurity } from './vm/launch-security';
export {
  LiveMigration,
  LiveMigrationProps,
  MigrationPriority,
  MigrationReceiver,
  MigrationSender,
} from './vm/live-migration';
export { Machine } from './vm/machine';
export { Architecture, LifecycleProps, MachineProps } from './vm/machine-props';
export { MigrationCompression, MigrationPolicy, MigrationPolicyProps } from './vm/migration-policy';
export { Password } from './vm/password';
export { EvictionStrategy, RunStrategy, UpdateVolumesStrategy } from './vm/run-strategy';
export { Scheduling, TopologySpread, WhenUnsatisfiable } from './vm/scheduling';
export { SshService, SshServiceOptions, SshServiceProps } from './vm/ssh-service';
export { TemplateCatalogue } from './vm/template-catalogue';
export { Tpm } from './vm/tpm';
export { IVirtualMachine, VirtualMachine, VirtualMachineFacts } from './vm/virtual-machine';
export {
  CloneVolumeNamePolicy,
  VirtualMachineClone,
  VirtualMachineCloneProps,
  VmCloneSource,
} from './vm/virtual-machine-clone';
export { VirtualMachineExport, VirtualMachineExportProps, VmExportSource } from './vm/virtual-machine-export';
export {
  TargetReadinessPolicy,
  VirtualMachineRestore,
  VirtualMachineRestoreProps,
  VolumeOwnershipPolicy,
  VolumeRestoreOverride,
  VolumeRestorePolicy,
} from './vm/virtual-machine-restore';
export {
  IVirtualMachineSnapshot,
  MachineSnapshotDeletionPolicy,
  VirtualMachineSnapshot,
  VirtualMachineSnapshotFacts,
  VirtualMachineSnapshotProps,
} from './vm/virtual-machine-snapshot';
export { ExternalTrafficPolicy, IpFamilyPolicy, VmService, VmServiceOptions, VmServiceProps } from './vm/vm-service';
export { VmVolume } from './vm/vm-volume';
export { FilesOptions, HostDiskOptions, Sysprep, Volume } from './vm/volume';

// What the cluster must have.
export { Cdi, CdiProps } from './platform/cdi';
export { CloneSourceAccess, CloneSourceAccessProps, CloneSubject } from './platform/clone-source-access';
export { DashboardAccess, DashboardAccessOptions, DashboardAdministrationOptions } from './platform/dashboard-access';
export { DashboardLogin } from './platform/dashboard-login';
export { KubeVirt, KubeVirtProps } from './platform/kubevirt';
export { KubeVirtManager } from './platform/kubevirt-manager';
export { KubeVirtManagerProps } from './platform/kubevirt-manager-props';
export { Namespace } from './platform/namespace';
export { NodePlacement } from './platform/node-placement';
export { ReclaimPolicy, StorageClass, StorageClassProps } from './platform/storage-class';
export { StorageProfile, StorageProfileProps } from './platform/storage-profile';
export { Toleration } from './shared/toleration';
export { UploadProxyService, UploadProxyServiceProps } from './platform/upload-proxy-service';
export {
  SnapshotDeletionPolicy,
  VolumeSnapshotClass,
  VolumeSnapshotClassProps,
} from './platform/volume-snapshot-class';

// The app that writes the tree.
export { ManifestApp } from './synth/manifest-app';
export { ManifestAppProps } from './synth/manifest-app-props';
