import { aBoolean, aText, listOf, part, PropChecks, required } from '../shared/prop-checks';

/** A kind of PCI device of the nodes that VMs may have. */
export interface PermittedPciDevice {
  /** Vendor and product, as `lspci -n` prints them: `10DE:1EB8`. */
  readonly pciVendorSelector: string;

  /** Name by which a VM asks for one: `nvidia.com/TU104GL_Tesla_T4`. */
  readonly resourceName: string;

  /**
   * Whether a device plug-in of somebody else hands the devices out.
   *
   * @default - KubeVirt's own: false
   */
  readonly externalResourceProvider?: boolean;
}

/** A kind of mediated device (a part of a GPU) of the nodes that VMs may have. */
export interface PermittedMediatedDevice {
  /** Name of its type: `GRID T4-1Q`. */
  readonly mdevNameSelector: string;

  /** Name by which a VM asks for one: `nvidia.com/GRID_T4-1Q`. */
  readonly resourceName: string;

  /**
   * Whether a device plug-in of somebody else hands the devices out.
   *
   * @default - KubeVirt's own: false
   */
  readonly externalResourceProvider?: boolean;
}

/** Vendor and product of a USB device, as `lsusb` prints them. */
export interface UsbSelector {
  /** Vendor: four hexadecimal digits. */
  readonly vendor: string;

  /** Product: four hexadecimal digits. */
  readonly product: string;
}

/** USB devices of the nodes that a VM may have; several selectors are handed out together. */
export interface PermittedUsbDevice {
  /** Name by which a VM asks for them. */
  readonly resourceName: string;

  /**
   * Which devices they are.
   *
   * @default - none
   */
  readonly selectors?: UsbSelector[];

  /**
   * Whether a device plug-in of somebody else hands the devices out.
   *
   * @default - KubeVirt's own: false
   */
  readonly externalResourceProvider?: boolean;
}

/**
 * Devices of the nodes that VMs may have for themselves.
 *
 * @see https://kubevirt.io/user-guide/compute/host-devices/
 */
export interface PermittedHostDevices {
  /**
   * PCI devices.
   *
   * @default - none
   */
  readonly pciHostDevices?: PermittedPciDevice[];

  /**
   * Mediated devices.
   *
   * @default - none
   */
  readonly mediatedDevices?: PermittedMediatedDevice[];

  /**
   * USB devices.
   *
   * @default - none
   */
  readonly usb?: PermittedUsbDevice[];
}

/** What `PermittedHostDevices` must be. */
export const PERMITTED_DEVICES: PropChecks<PermittedHostDevices> = {
  pciHostDevices: listOf(
    part<PermittedPciDevice>({
      pciVendorSelector: required(aText),
      resourceName: required(aText),
      externalResourceProvider: aBoolean,
    }),
  ),
  mediatedDevices: listOf(
    part<PermittedMediatedDevice>({
      mdevNameSelector: required(aText),
      resourceName: required(aText),
      externalResourceProvider: aBoolean,
    }),
  ),
  usb: listOf(
    part<PermittedUsbDevice>({
      resourceName: required(aText),
      selectors: listOf(part<UsbSelector>({ vendor: required(aText), product: required(aText) })),
      externalResourceProvider: aBoolean,
    }),
  ),
};

/** The `permittedHostDevices` of a KubeVirt object. */
export function renderPermitted({ pciHostDevices, mediatedDevices, usb }: PermittedHostDevices): {
  pciHostDevices?: PermittedPciDevice[];
  mediatedDevices?: PermittedMediatedDevice[];
  usb?: PermittedUsbDevice[];
} {
  return {
    pciHostDevices: pciHostDevices?.map((device) => ({ ...device })),
    mediatedDevices: mediatedDevices?.map((device) => ({ ...device })),
    usb: usb?.map((device) => ({ ...device, selectors: device.selectors?.map((selector) => ({ ...selector })) })),
  };
}
