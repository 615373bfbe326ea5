import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { ObjectProps } from '../shared/api-object';
import { IDisk } from '../storage/disk';
import { CloudInit } from './cloud-init';
import { DiskAttachment, DiskOptions } from './disk-attachment';
import { Firmware } from './firmware';
import { GuestNetwork } from './guest-network';
import { Instancetype, Preference } from './instancetype';
import { EvictionStrategy, RunStrategy } from './run-strategy';

/** The processors that the guest sees: sockets × cores × threads. */
export interface GuestCpu {
  /**
   * Cores of each socket.
   *
   * @default - KubeVirt's own: 1
   */
  readonly cores?: number;

  /**
   * Sockets.
   *
   * @default - KubeVirt's own: 1
   */
  readonly sockets?: number;

  /**
   * Threads of each core.
   *
   * @default - KubeVirt's own: 1
   */
  readonly threads?: number;

  /**
   * Model, such as `host-passthrough` or `Cascadelake-Server`.
   *
   * @default - KubeVirt's own: host-model
   */
  readonly model?: string;
}

/** What the VM's pod asks of its node. */
export interface VmResources {
  /**
   * Memory that the pod asks for.
   *
   * @default - that of the guest
   */
  readonly memoryRequest?: Size;

  /**
   * Memory that the pod may not pass.
   *
   * @default - none
   */
  readonly memoryLimit?: Size;

  /**
   * CPU time that the pod asks for.
   *
   * @default - KubeVirt's own: a tenth of the guest's processors
   */
  readonly cpuRequest?: Cpu;

  /**
   * CPU time that the pod may not pass.
   *
   * @default - none
   */
  readonly cpuLimit?: Cpu;
}

/** A virtual machine. */
export interface BootableVMProps extends ObjectProps {
  /**
   * The disk that it boots from: one that stands by itself (`DataVolumeImport`, `DiskClone`,
   * `UploadTarget`, `Disk.fromClaimName`), or a `DataVolumeTemplate`, which dies with the VM.
   */
  readonly bootDisk: IDisk;

  /**
   * How the VM sees its boot disk.
   *
   * @default - named 'rootdisk', on virtio
   */
  readonly bootDiskOptions?: DiskOptions;

  /**
   * Disks beside the boot disk, as `attach` takes them.
   *
   * @default - none
   */
  readonly secondaryDisks?: DiskAttachment[];

  /**
   * Processors of the guest.
   *
   * @default - those of the instance type, else KubeVirt's own: one
   */
  readonly cpu?: GuestCpu;

  /**
   * Memory of the guest.
   *
   * @default - that of the instance type, else what `resources` asks for; one of the three is needed
   */
  readonly memory?: Size;

  /**
   * What the VM's pod asks of its node.
   *
   * @default - follows from the guest
   */
  readonly resources?: VmResources;

  /**
   * Instance type: it brings CPU and memory, which then may not be given here.
   *
   * @default - none
   */
  readonly instancetype?: Instancetype;

  /**
   * Preference: what the guest operating system likes best, where the VM does not say.
   *
   * @default - none
   */
  readonly preference?: Preference;

  /**
   * How the VM starts.
   *
   * @default - KubeVirt's own: a BIOS
   */
  readonly firmware?: Firmware;

  /**
   * What the guest does at its first start.
   *
   * @default - nothing
   */
  readonly cloudInit?: CloudInit;

  /**
   * Networks of the guest; an empty list is none at all.
   *
   * @default [GuestNetwork.pod()]: masquerade on the pod network, which live-migrates
   */
  readonly networks?: GuestNetwork[];

  /**
   * When the VM runs.
   *
   * @default RunStrategy.ALWAYS
   */
  readonly runStrategy?: RunStrategy;

  /**
   * What happens when its node is drained.
   *
   * @default - the cluster's own
   */
  readonly evictionStrategy?: EvictionStrategy;

  /**
   * Labels that its node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { readonly [key: string]: string };

  /**
   * Host name of the guest, a DNS label.
   *
   * @default - the name of the VM
   */
  readonly hostname?: string;

  /**
   * Labels of the running instance and its pod, none that KubeVirt sets itself; `labels` are those
   * of the VirtualMachine.
   *
   * @default - those that KubeVirt sets
   */
  readonly templateLabels?: { readonly [key: string]: string };

  /**
   * Annotations of the running instance and its pod.
   *
   * @default - those that KubeVirt sets
   */
  readonly templateAnnotations?: { readonly [key: string]: string };
}
