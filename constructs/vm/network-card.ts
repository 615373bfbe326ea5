import { aText, oneOf, PropCheck, PropChecks, wholeNumber } from '../shared/prop-checks';
import { checkMacAddress } from './mac-address';

/** What the guest's network card looks like. */
export enum InterfaceModel {
  /** Paravirtual, the fastest. */
  VIRTIO = 'virtio',
  /** Intel 82545EM. */
  E1000 = 'e1000',
  /** Intel 82574L. */
  E1000E = 'e1000e',
  /** Intel 82576. */
  IGB = 'igb',
  /** NE2000 on PCI. */
  NE2K_PCI = 'ne2k_pci',
  /** AMD PCnet. */
  PCNET = 'pcnet',
  /** Realtek 8139. */
  RTL8139 = 'rtl8139',
}

/** Whether the card is there, and its link. */
export enum InterfaceState {
  /** The link is up. */
  UP = 'up',
  /** The link is down. */
  DOWN = 'down',
  /** The card is unplugged from the running VM; of a secondary network with the binding `bridge` only. */
  ABSENT = 'absent',
}

/** A network card as the guest sees it. */
export interface NetworkCardOptions {
  /**
   * What the card looks like.
   *
   * @default - KubeVirt's own: virtio
   */
  readonly model?: InterfaceModel;

  /**
   * Hardware address: six octets, such as `02:00:00:00:00:01`.
   *
   * @default - one is made each time the VM starts
   */
  readonly macAddress?: string;

  /**
   * Address on the PCI bus, such as `0000:81:00.1`.
   *
   * @default - KubeVirt finds one
   */
  readonly pciAddress?: string;

  /**
   * Number by which the guest names the card (`eno1`), whatever its PCI address: 1 to 16383, no two alike.
   *
   * @default - none
   */
  readonly acpiIndex?: number;

  /**
   * Place in the order of boot devices, from 1, which no disk of the VM has: the guest then starts from the network.
   *
   * @default - none
   */
  readonly bootOrder?: number;

  /**
   * Whether the card is there, and its link.
   *
   * @default - KubeVirt's own: InterfaceState.UP
   */
  readonly state?: InterfaceState;

  /**
   * Text by which the guest finds the card, in its metadata.
   *
   * @default - none
   */
  readonly tag?: string;
}

const PCI_ADDRESS = /^[\da-f]{4}:[\da-f]{2}:[01][\da-f]\.[0-7]$/i;

/** An address on the PCI bus. KubeVirt v1.9.0: pkg/util/hardware, PCI_ADDRESS_PATTERN. */
export const aPciAddress: PropCheck = (faults, property, value) => {
  if (typeof value === 'string' && PCI_ADDRESS.test(value)) return;
  faults.add(property, "be an address such as '0000:81:00.1'", value);
};

const aMacAddress: PropCheck = checkMacAddress;

/** What `NetworkCardOptions` must be. */
export const NETWORK_CARD: PropChecks<NetworkCardOptions> = {
  model: oneOf(InterfaceModel),
  macAddress: aMacAddress,
  pciAddress: aPciAddress,
  acpiIndex: wholeNumber(1, 16383),
  bootOrder: wholeNumber(1),
  state: oneOf(InterfaceState),
  tag: aText,
};
