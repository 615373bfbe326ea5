import { instanceOf, listOf, part, PropChecks } from '../shared/prop-checks';
import { BOARD_PROPS, BoardProps } from './board-props';
import { GUEST_DEVICES, GuestDevices } from './guest-devices';
import { MEMORY_PROPS, MemoryProps } from './guest-memory';
import { IoThreads } from './io-threads';
import { LaunchSecurity } from './launch-security';
import { ResourceClaim } from './resource-claim';

/**
 * What the virtual hardware is beside processors, memory, disks and networks.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export interface MachineProps extends MemoryProps, BoardProps {
  /**
   * Devices beside disks and networks.
   *
   * @default - KubeVirt's own
   */
  readonly devices?: GuestDevices;

  /**
   * Threads that do the input and output of disks.
   *
   * @default - QEMU's main loop does it
   */
  readonly ioThreads?: IoThreads;

  /**
   * Memory that the node cannot read.
   *
   * @default - the node can
   */
  readonly launchSecurity?: LaunchSecurity;

  /**
   * Resource claims of the VM's pod, which GPUs, host devices and networks name.
   *
   * @default - none
   */
  readonly resourceClaims?: ResourceClaim[];
}

/** What `MachineProps` must be. */
export const MACHINE_PROPS: PropChecks<MachineProps> = {
  ...BOARD_PROPS,
  devices: part(GUEST_DEVICES),
  ioThreads: instanceOf(IoThreads, 'IoThreads.auto()'),
  launchSecurity: instanceOf(LaunchSecurity, 'LaunchSecurity.sev()'),
  resourceClaims: listOf(instanceOf(ResourceClaim, "ResourceClaim.fromClaimName('gpus', 'my-gpus')")),
  ...MEMORY_PROPS,
};
