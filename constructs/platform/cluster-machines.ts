import { Size } from 'cdk8s';
import { generated } from '../generated';
import { aName, aSize, aText, oneOf, part, PropChecks, wholeNumber } from '../shared/prop-checks';
import { quantity } from '../shared/quantity';
import { EvictionStrategy } from '../vm/run-strategy';

/** When a change of a VM reaches its running guest. */
export enum VmRolloutStrategy {
  /** With the next restart. */
  STAGE = 'Stage',
  /** At once, where it can: processors, memory, volumes, node selectors. */
  LIVE_UPDATE = 'LiveUpdate',
}

/** How far processors and memory of a running guest may grow, where its VM does not say. */
export interface LiveUpdateLimits {
  /**
   * The most sockets.
   *
   * @default - those of the guest times `maxHotplugRatio`
   */
  readonly maxCpuSockets?: number;

  /**
   * The most memory.
   *
   * @default - that of the guest times `maxHotplugRatio`
   */
  readonly maxGuest?: Size;

  /**
   * How many times as much as at its start a guest may have.
   *
   * @default - KubeVirt's own: 4
   */
  readonly maxHotplugRatio?: number;
}

/** What the firmware of every guest says about its machine. */
export interface ClusterSmbios {
  /**
   * Manufacturer.
   *
   * @default - KubeVirt's own: 'KubeVirt'
   */
  readonly manufacturer?: string;

  /**
   * Product.
   *
   * @default - KubeVirt's own: 'None'
   */
  readonly product?: string;

  /**
   * Version.
   *
   * @default - that of KubeVirt
   */
  readonly version?: string;

  /**
   * Number of the product in a catalogue.
   *
   * @default - that of KubeVirt
   */
  readonly sku?: string;

  /**
   * Family of the product.
   *
   * @default - KubeVirt's own: 'KubeVirt'
   */
  readonly family?: string;
}

/** What the VMs of a cluster are, where they do not say otherwise. */
export interface ClusterMachines {
  /**
   * What happens to VMs when their node is drained.
   *
   * @default - KubeVirt's own: EvictionStrategy.NONE
   */
  readonly evictionStrategy?: EvictionStrategy;

  /**
   * When a change of a VM reaches its running guest.
   *
   * @default - KubeVirt's own: VmRolloutStrategy.LIVE_UPDATE, in v1.5.3 VmRolloutStrategy.STAGE
   */
  readonly vmRolloutStrategy?: VmRolloutStrategy;

  /**
   * How far a running guest may grow.
   *
   * @default - KubeVirt's own
   */
  readonly liveUpdate?: LiveUpdateLimits;

  /**
   * Model of the processors.
   *
   * @default - KubeVirt's own: that of the node
   */
  readonly cpuModel?: string;

  /**
   * What the firmware of guests says about their machine.
   *
   * @default - KubeVirt's own
   */
  readonly smbios?: ClusterSmbios;

  /**
   * Storage class of the claims that keep a persistent TPM and UEFI settings.
   *
   * @default - the cluster's default class
   */
  readonly vmStateStorageClassName?: string;
}

/** What `ClusterMachines` must be. */
export const CLUSTER_MACHINES: PropChecks<ClusterMachines> = {
  evictionStrategy: oneOf(EvictionStrategy),
  vmRolloutStrategy: oneOf(VmRolloutStrategy),
  liveUpdate: part<LiveUpdateLimits>({
    maxCpuSockets: wholeNumber(1),
    maxGuest: aSize(),
    maxHotplugRatio: wholeNumber(1),
  }),
  cpuModel: aText,
  smbios: part<ClusterSmbios>({ manufacturer: aText, product: aText, version: aText, sku: aText, family: aText }),
  vmStateStorageClassName: aName,
};

/** The part of the `configuration` of a KubeVirt object that they make. */
export function renderMachines(machines: ClusterMachines): Record<string, unknown> {
  const { KubeVirtSpecConfigurationLiveUpdateConfigurationMaxGuest: MaxGuest } = generated.kubevirt;
  const { evictionStrategy, vmRolloutStrategy, liveUpdate, cpuModel, smbios, vmStateStorageClassName } = machines;
  return {
    evictionStrategy,
    vmRolloutStrategy,
    liveUpdateConfiguration: liveUpdate && {
      ...liveUpdate,
      maxGuest: liveUpdate.maxGuest && quantity(MaxGuest, liveUpdate.maxGuest),
    },
    cpuModel,
    smbios: smbios && { ...smbios },
    vmStateStorageClass: vmStateStorageClassName,
  };
}
