import { LAB } from './lab';

/** Why every VM disk of the lab is what it is. */
export const WHY_RWX_BLOCK =
  '**Why ReadWriteMany and Block.** During a live migration two pods hold the disk, one on each node: that takes ReadWriteMany. ' +
  'Block hands the raw device to the VM, without a file system and an image file between the two.';

/** doc/scratch-space.md of CDI v1.63.1. */
export const WHY_SCRATCH =
  '**Why scratch space.** A qcow2 image cannot be converted while it streams in, so CDI puts it down first. The scratch claim is always ' +
  'ReadWriteOnce with a file system, whatever the disk is; its class is named in the CDI object of chapter 0 ' +
  `(\`${LAB.storageClass.scratch}\`), else it is that of the disk. The lab takes the economy class, so that what lives for a minute takes no FlexVol of its own.`;

/** CDI v1.63.1: doc/storageprofile.md; reconcileCloneStrategy in pkg/controller/storageprofile-controller.go. */
export const WHAT_A_PROFILE_IS =
  '**What a StorageProfile is.** What CDI knows of a StorageClass, one object of the same name for each: the access and volume modes that a ' +
  'DataVolume gets which names none, and the clone strategy. `spec` is what you ask for, `status` what holds. Without a wish the strategy is ' +
  '`snapshot` if the driver has a VolumeSnapshotClass, else `copy`; `csi-clone` is always a wish here.';

/** How the three ways differ, beside the table of what each does. */
export const HOW_CLONES_DIFFER = `**How they differ.** \`copy\` sends every byte through two pods: the slowest, and the clone shares nothing with its source.
\`snapshot\` and \`csi-clone\` are FlexClones: the backend makes them at once, and they share the blocks of their source until one of the
two writes. \`csi-clone\` saves the detour by a VolumeSnapshot, and takes less than three seconds.`;

/** Trident: splitOnClone, of a backend's defaults or by annotation of the claim. */
export const WHAT_SPLITS_A_CLONE =
  '**What splits a clone.** A clone that shares blocks holds on to its parent. The setting `splitOnClone` of the Trident backend, or the annotation ' +
  '`trident.netapp.io/splitOnClone: "true"` on the claim, cuts it off at once, at the price of the space that was saved; deleting the snapshot ' +
  'between the two splits it too.';

/** Clones of a running VM's disk. */
export const WHY_STOP =
  'CDI clones a claim only while no pod uses it: a file system that is being written would be cloned half-way. (Until then the clone waits, ' +
  'with an event CloneSourceInUse.) If virtctl says that the VM is not running, it is stopped already: go on.';

/** KubeVirt v1.6.2: pkg/virt-config/virt-config.go; MigrationConfiguration in api/core/v1/types.go. */
export const MIGRATION_SETTINGS = `## The settings of migrations

They stand in the KubeVirt object, below \`spec.configuration.migrations\`; nothing is set in the lab, so the defaults hold.

| setting | default | what it does |
| --- | --- | --- |
| parallelMigrationsPerCluster | 5 | migrations at the same time, in the cluster |
| parallelOutboundMigrationsPerNode | 2 | migrations at the same time, away from one node |
| bandwidthPerMigration | 0 (no limit) | bytes a second that one may take of the network |
| completionTimeoutPerGiB | 150 | seconds for each GiB of memory, then it is given up (or goes on by post-copy) |
| progressTimeout | 150 | seconds without progress, then it is given up |
| allowAutoConverge | false | slow the guest down until its memory changes more slowly than it is sent |
| allowPostCopy | false | after the timeout start the guest on the target and fetch its memory from there: it ends always, but a broken network kills the guest |`;

/** What differs between the two kinds of firmware, and what secure boot needs. */
export const FIRMWARE = `## BIOS, UEFI and secure boot

The VMs of chapters 1 and 2 boot by BIOS: it starts whatever the first sector of the disk holds. UEFI reads the disk's EFI partition
and starts a boot loader from it, so the image must be made for it: Alpine's has \`uefi\` in its name, Ubuntu's boots both ways. With secure boot the firmware starts only
what is signed by a key that it knows; Ubuntu's loader is signed, Alpine's is not. The list of keys must be out of the guest's reach: that
takes system management mode (SMM), which the manifest of the Ubuntu VM turns on. The disk below is the same as before, which is why
either guest can be migrated.`;
