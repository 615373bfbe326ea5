import { Size } from 'cdk8s';
import type { VirtualMachineSpecTemplateSpecDomainMemory } from '../../imports/kubevirt.io';
import { generated } from '../generated';
import { aBoolean, aSize, oneOf, part, PropChecks } from '../shared/prop-checks';
import { Quantity, quantity } from '../shared/quantity';

/** Whether the memory of a VM may be locked, so that a device reads it without the processor. */
export enum MemoryLock {
  /** It may. */
  REQUIRED = 'Required',
  /** It is not. */
  NOT_REQUIRED = 'NotRequired',
}

/** Memory of the VM's pod beyond that of the guest; it needs the feature gate `ReservedOverheadMemlock`. */
export interface ReservedOverhead {
  /**
   * Memory that is added to what QEMU is reckoned to need.
   *
   * @default - none
   */
  readonly addedOverhead?: Size;

  /**
   * Whether the memory may be locked, which devices with direct access (VFIO, vDPA) need.
   *
   * @default MemoryLock.NOT_REQUIRED
   */
  readonly memLock?: MemoryLock;
}

/**
 * The memory of the guest beside its size, which is `memory`.
 *
 * @see https://kubevirt.io/user-guide/compute/memory_hotplug/
 */
export interface MemoryProps {
  /**
   * The most memory that may be plugged into the running VM.
   *
   * @default - KubeVirt's own: four times that of the guest where the cluster's rollout strategy is LiveUpdate
   */
  readonly maxMemory?: Size;

  /**
   * Size of the node's huge pages that the guest's memory is made of, such as 2Mi or 1Gi.
   *
   * @default - ordinary pages
   */
  readonly hugepages?: Size;

  /**
   * Memory of the VM's pod beyond that of the guest.
   *
   * @default - what KubeVirt reckons that QEMU needs
   */
  readonly reservedOverhead?: ReservedOverhead;

  /**
   * Whether nothing says how much memory the guest has. KubeVirt accepts such a VM, and refuses to start it.
   *
   * @default false
   */
  readonly memoryLeftOpen?: boolean;
}

/** What `MemoryProps` must be. */
export const MEMORY_PROPS: PropChecks<MemoryProps> = {
  maxMemory: aSize(),
  hugepages: aSize(Size.kibibytes(64)),
  reservedOverhead: part<ReservedOverhead>({ addedOverhead: aSize(), memLock: oneOf(MemoryLock) }),
  memoryLeftOpen: aBoolean,
};

/** The `memory` of a domain; undefined if nothing is said of it. */
export function renderMemory(
  memory: Size | undefined,
  { maxMemory, hugepages, reservedOverhead }: MemoryProps,
): VirtualMachineSpecTemplateSpecDomainMemory | undefined {
  if ([memory, maxMemory, hugepages, reservedOverhead].every((value) => value === undefined)) return undefined;
  const {
    VirtualMachineSpecTemplateSpecDomainMemoryGuest: Guest,
    VirtualMachineSpecTemplateSpecDomainMemoryMaxGuest: MaxGuest,
    VirtualMachineSpecTemplateSpecDomainMemoryReservedOverheadAddedOverhead: Added,
  } = generated.kubevirt;
  const { addedOverhead, memLock } = reservedOverhead ?? {};
  return {
    guest: memory && quantity(Guest, memory),
    maxGuest: maxMemory && quantity(MaxGuest, maxMemory),
    hugepages: hugepages && { pageSize: Quantity.format(hugepages) },
    reservedOverhead: reservedOverhead && {
      addedOverhead: addedOverhead && quantity(Added, addedOverhead),
      memLock: memLock as never,
    },
  };
}
