/**
 * Constructs for virtual machines, their disks, and what the cluster must have for them.
 *
 * @packageDocumentation
 */

// Every export of the library, on one screen.

// Words that all share.
export { ClusterObjectProps, ObjectProps } from './shared/api-object';
export { LabelRule } from './shared/label-rule';
export { Overrides } from './shared/overrides';
export { Quantity } from './shared/quantity';

// How a disk comes to exist, and what the cluster's storage can do.
export { ClaimProps } from './disks/claim';
export { AccessMode, ClaimApi, ContentType, VolumeBindingMode, VolumeMode } from './storage/claim-modes';
export { ClaimedDisk, GrownDisk, GrowOptions } from './disks/claimed-disk';
export { CloneOutcome, CloneOutcomeKind, CloneRequest, CloneSourceFacts, Evidence } from './storage/clone/outcome';
export { ClaimLimits, ClaimSelection } from './disks/claim-selection';
export { DataVolumeImportProps, DataVolumeOptions } from './disks/data-volume';
export { DataVolumeClaim } from './disks/data-volume-claim';
export { DataVolumeImport } from './disks/data-volume-import';
export { DataVolumeSource } from './disks/data-volume-source';
export { DataVolumeSourceKind } from './disks/data-volume-source-kind';
export {
  DataSourceOptions,
  HttpSourceOptions,
  ImageioSourceOptions,
  ImageStreamSourceOptions,
  PopulatorReference,
  RegistryPullMethod,
  RegistrySourceOptions,
  VddkSourceOptions,
  WebSourceOptions,
} from './disks/source-options';
export { ImportCheckpoint, ImportOptions, ImportPodOptions } from './disks/import-options';
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
  PersistentVolumeFacts,
  SnapshotClassFacts,
  StorageClassFacts,
  StorageFacts,
  StorageProfileFacts,
} from './storage/facts';
export { UploadTarget, UploadTargetProps } from './disks/upload-target';

// The machine.
export { AccessCredential } from './vm/access-credential';
export { Affinity, NodeAffinityOptions, PodAffinityOptions } from './vm/affinity';
export { BootableVM } from './vm/bootable-vm';
export { BlockSize, BlockSizes } from './vm/block-size';
export { BoardProps } from './vm/board-props';
export { BootableVMProps, InstanceProps, InstanceTemplateProps } from './vm/bootable-vm-props';
export { Chassis } from './vm/chassis';
export {
  Clock,
  ClockOptions,
  GuestTimer,
  GuestTimers,
  RtcTimer,
  RtcTrack,
  TickPolicy,
  UtcClockOptions,
} from './vm/clock';
export { CloudInit, CloudInitDatasource, CloudInitOptions } from './vm/cloud-init';
export { CloudConfig } from './vm/cloud-init-config';
export { CloudInitFile, CloudInitFileSource, FileEncoding } from './vm/cloud-init-file';
export { CloudInitNetwork, GuestLink, GuestRoute } from './vm/cloud-init-network';
export { AptConfig, AptSource, CloudConfigSoftware, GuestCaCerts, YumRepo } from './vm/cloud-init-software';
export {
  CloudConfigStorage,
  DiskSetup,
  FileSystemSetup,
  Growpart,
  GrowpartMode,
  GuestMount,
  GuestPartition,
  GuestSwap,
  PartitionTable,
} from './vm/cloud-init-storage';
export { CloudConfigSsh } from './vm/cloud-init-ssh';
export { CloudConfigLogin, GuestGroup, UserPassword } from './vm/cloud-init-login';
export {
  CloudConfigSystem,
  GuestKeyboard,
  GuestNtp,
  GuestPhoneHome,
  GuestPowerState,
  PowerStateMode,
} from './vm/cloud-init-system';
export { ContainerDisk, ContainerDiskOptions } from './vm/container-disk';
export { AttachOptions, DiskAttachment, DiskOptions } from './vm/disk-attachment';
export { CdromTray, DiskBus, DiskDevice, DiskDeviceOptions } from './vm/disk-device';
export {
  DiskTemplate,
  DiskTemplateProps,
  TemplateCatalogueProps,
  TemplateOptions,
  TemplateSnapshotOptions,
} from './vm/disk-template';
export { DiskCache, DiskErrorPolicy, DiskIo, DiskTuning } from './vm/disk-tuning';
export { DisplayDevices, GuestTablet, InputBus, SoundModel } from './vm/display-devices';
export { DownwardField, DownwardFieldOptions, DownwardResource, DownwardResourceOptions } from './vm/downward-field';
export { AcpiTables, BiosOptions, Firmware, FirmwareOptions, UefiOptions } from './vm/firmware';
export { ForwardedPort, ForwardedPortRange } from './vm/forwarded-port';
export { DataSource, DataSourceProps } from './vm/data-source';
export { GoldenImage, GoldenImageProps, ImportGarbageCollect, ImportRetentionPolicy } from './vm/golden-image';
export { FleetProps } from './vm/fleet';
export { CpuPlacement } from './vm/cpu-placement';
export { CpuFeature, CpuFeaturePolicy, GuestCpu } from './vm/guest-cpu';
export { GuestChannels, PanicDeviceModel, WatchdogAction } from './vm/guest-channels';
export { GuestDevices } from './vm/guest-devices';
export { DhcpOptions, DhcpPrivateOption } from './vm/dhcp-options';
export { GuestDns } from './vm/guest-dns';
export { GuestFeatures } from './vm/guest-features';
export { MemoryLock, MemoryProps, ReservedOverhead } from './vm/guest-memory';
export { GuestNetwork } from './vm/guest-network';
export {
  GuestNetworkOptions,
  MultusNetworkOptions,
  NetworkBinding,
  PodNetworkOptions,
} from './vm/guest-network-options';
export { GuestPort, GuestPortOptions } from './vm/guest-port';
export { GuestProbes } from './vm/guest-probes';
export { ConnectionProbeOptions, GuestProbe, HttpProbeOptions, ProbeOptions } from './vm/guest-probe';
export { GuestAccount } from './vm/guest-account';
export { GuestUserLogin } from './vm/guest-user-login';
export { GuestUser } from './vm/guest-user';
export { HyperV, HyperVFeatures } from './vm/hyperv';
export { HyperVProcessors } from './vm/hyperv-processors';
export { HyperVTimers } from './vm/hyperv-timers';
export { InstanceDisks } from './vm/instance-disks';
export { InferredDefaults } from './vm/inferred-defaults';
export {
  InferenceFailurePolicy,
  InferenceOptions,
  Instancetype,
  InstancetypeOptions,
  Preference,
  RevisionOptions,
} from './vm/instancetype';
export { InstancetypeCpu, InstancetypeSpec } from './vm/instancetype-spec';
export { IoThreads } from './vm/io-threads';
export { KernelBoot, KernelBootOptions } from './vm/kernel-boot';
export { LaunchSecurity, SevOptions } from './vm/launch-security';
export {
  LiveMigration,
  LiveMigrationProps,
  MigrationPriority,
  MigrationReceiver,
  MigrationSender,
} from './vm/live-migration';
export { Machine } from './vm/machine';
export { Architecture } from './vm/architecture';
export { LifecycleProps } from './vm/lifecycle-props';
export { MachineProps } from './vm/machine-props';
export { MigrationCompression, MigrationPolicy, MigrationPolicyProps } from './vm/migration-policy';
export { MigrationSettings } from './vm/migration-settings';
export { InterfaceModel, InterfaceState, NetworkCardOptions } from './vm/network-card';
export { GuestGpu, NodeDevice, NodeDevices } from './vm/node-devices';
export {
  PoolScaleIn,
  PoolSelection,
  PoolSortPolicy,
  PoolStatePreservation,
  PoolUpdate,
  ProactiveScaleInOptions,
} from './vm/pool-strategy';
export { Password } from './vm/password';
export { ResourceClaim } from './vm/resource-claim';
export { PreferenceRequirements, PreferenceSpec } from './vm/preference-spec';
export { PreferredBoard } from './vm/preferred-board';
export { CpuSpread, PreferredCpu, PreferredCpuTopology, SpreadAcross } from './vm/preferred-cpu';
export { PreferredDevices } from './vm/preferred-devices';
export { PreferredDisks } from './vm/preferred-disks';
export { PreferredDisplay } from './vm/preferred-display';
export { PreferredInterfaces } from './vm/preferred-interfaces';
export { EvictionStrategy, RebootPolicy, RunStrategy, StartStrategy, UpdateVolumesStrategy } from './vm/run-strategy';
export { NodeInclusion, Scheduling, TopologySpread, WhenUnsatisfiable } from './vm/scheduling';
export { SshService, SshServiceOptions, SshServiceProps } from './vm/ssh-service';
export { TemplateCatalogue } from './vm/template-catalogue';
export { StallDetector } from './vm/stall-detector';
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
  VirtualMachineClusterInstancetype,
  VirtualMachineClusterInstancetypeProps,
  VirtualMachineInstancetype,
  VirtualMachineInstancetypeProps,
} from './vm/virtual-machine-instancetype';
export {
  VirtualMachineClusterPreference,
  VirtualMachineClusterPreferenceProps,
  VirtualMachinePreference,
  VirtualMachinePreferenceProps,
} from './vm/virtual-machine-preference';
export { VirtualMachineInstance } from './vm/virtual-machine-instance';
export {
  VirtualMachineInstanceReplicaSet,
  VirtualMachineInstanceReplicaSetProps,
} from './vm/virtual-machine-instance-replica-set';
export {
  PoolAutohealing,
  PoolNameGeneration,
  VirtualMachinePool,
  VirtualMachinePoolProps,
} from './vm/virtual-machine-pool';
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
export { LoadBalancerOptions } from './vm/load-balancer';
export { IpFamily, IpFamilyPolicy, ServiceAddresses } from './vm/service-addresses';
export { ExternalTrafficPolicy, InternalTrafficPolicy, ServiceTraffic, SessionAffinity } from './vm/service-traffic';
export { VmService, VmServiceOptions, VmServiceProps } from './vm/vm-service';
export { VmResources } from './vm/vm-resources';
export { VmVolume } from './vm/vm-volume';
export { DownwardApiOptions, FilesOptions, HostDiskOptions, MemoryDumpOptions, Sysprep, Volume } from './vm/volume';

// What the cluster must have.
export { Cdi, CdiProps } from './platform/cdi';
export { CdiPods } from './platform/cdi-pods';
export { CloneSourceAccess, CloneSourceAccessProps, CloneSubject } from './platform/clone-source-access';
export { DashboardAccess, DashboardAccessOptions, DashboardAdministrationOptions } from './platform/dashboard-access';
export { DashboardWorkload } from './platform/dashboard-workload';
export { DashboardLogin } from './platform/dashboard-login';
export { ClusterMachines, ClusterSmbios, LiveUpdateLimits, VmRolloutStrategy } from './platform/cluster-machines';
export { ClusterMigrations } from './platform/cluster-migrations';
export { LogVerbosity } from './platform/log-verbosity';
export {
  PermittedHostDevices,
  PermittedMediatedDevice,
  PermittedPciDevice,
  PermittedUsbDevice,
  UsbSelector,
} from './platform/permitted-devices';
export { WorkloadUpdateMethod, WorkloadUpdates } from './platform/workload-updates';
export { KubeVirt, KubeVirtProps } from './platform/kubevirt';
export { KubeVirtPods } from './platform/kubevirt-pods';
export { KubeVirtManager } from './platform/kubevirt-manager';
export { KubeVirtManagerProps } from './platform/kubevirt-manager-props';
export { Namespace } from './platform/namespace';
export { NodePlacement } from './platform/node-placement';
export { ReclaimPolicy, StorageClass, StorageClassProps } from './platform/storage-class';
export { StorageProfile, StorageProfileProps } from './platform/storage-profile';
export { Toleration, TolerationOptions } from './shared/toleration';
export { UploadProxyService, UploadProxyServiceProps } from './platform/upload-proxy-service';
export {
  SnapshotDeletionPolicy,
  VolumeSnapshotClass,
  VolumeSnapshotClassProps,
} from './platform/volume-snapshot-class';

// The app that writes the tree.
export { ManifestApp } from './synth/manifest-app';
export { ManifestAppProps } from './synth/manifest-app-props';
