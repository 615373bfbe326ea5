import { aText, instanceOf, oneOf, part, PropChecks } from '../shared/prop-checks';
import { Architecture } from './architecture';
import { Chassis, CHASSIS } from './chassis';
import { Clock } from './clock';
import { GUEST_FEATURES, GuestFeatures } from './guest-features';
import { HyperV } from './hyperv';
import { Tpm } from './tpm';

/**
 * The virtual board: what the guest is built on.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export interface BoardProps {
  /**
   * Architecture of the guest; the VM runs on nodes that have it.
   *
   * @default - that of the cluster
   */
  readonly architecture?: Architecture;

  /**
   * Type of the machine by QEMU's name, such as `q35` or `pc-q35-rhel9.2.0`, with the version if it must stay the same.
   *
   * @default - that of the KubeVirt object, else follows from the architecture
   */
  readonly machineType?: string;

  /**
   * What the virtual board can do.
   *
   * @default - KubeVirt's own
   */
  readonly features?: GuestFeatures;

  /**
   * What of Hyper-V the guest finds.
   *
   * @default - nothing
   */
  readonly hyperv?: HyperV;

  /**
   * The clock of the guest.
   *
   * @default - KubeVirt's own: UTC
   */
  readonly clock?: Clock;

  /**
   * A trusted platform module.
   *
   * @default - none
   */
  readonly tpm?: Tpm;

  /**
   * What the SMBIOS of the guest says about its case.
   *
   * @default - KubeVirt's own
   */
  readonly chassis?: Chassis;
}

/** What `BoardProps` must be. */
export const BOARD_PROPS: PropChecks<BoardProps> = {
  architecture: oneOf(Architecture),
  machineType: aText,
  features: part(GUEST_FEATURES),
  hyperv: instanceOf(HyperV, 'HyperV.recommended()'),
  clock: instanceOf(Clock, 'Clock.utc()'),
  tpm: instanceOf(Tpm, 'Tpm.persistent()'),
  chassis: part(CHASSIS),
};
