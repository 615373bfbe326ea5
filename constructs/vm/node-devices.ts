import { aBoolean, aLabel, aName, aText, listOf, part, PropCheck, PropChecks, required } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/**
 * A device of the node that the guest has for itself: a GPU, or another PCI or USB device that the KubeVirt object permits. It is
 * found by `deviceName`, or by a resource claim of the VM (`claimName` and `requestName`).
 */
export interface NodeDevice {
  /** Name of the device in the VM. */
  readonly name: string;

  /**
   * The resource by which the node offers it, such as `nvidia.com/GP102GL_Tesla_P40`.
   *
   * @default - the device of a resource claim
   */
  readonly deviceName?: string;

  /**
   * Name of one of the VM's `resourceClaims`; it needs the feature gate `GPUsWithDRA` or `HostDevicesWithDRA`.
   *
   * @default - the device is found by `deviceName`
   */
  readonly claimName?: string;

  /**
   * Which request of that resource claim it is.
   *
   * @default - the device is found by `deviceName`
   */
  readonly requestName?: string;

  /**
   * Text by which the guest finds the device, in its metadata.
   *
   * @default - none
   */
  readonly tag?: string;
}

/** A GPU of the node, or a share of one (vGPU). */
export interface GuestGpu extends NodeDevice {
  /**
   * Whether the vGPU has a screen of its own.
   *
   * @default - KubeVirt's own: true for a vGPU
   */
  readonly display?: boolean;

  /**
   * Whether the screen shows something before the guest has loaded the driver; of one GPU only.
   *
   * @default - KubeVirt's own: true with a `display`
   */
  readonly ramFb?: boolean;
}

/**
 * Devices of the node that the guest has for itself.
 *
 * @see https://kubevirt.io/user-guide/compute/host-devices/
 */
export interface NodeDevices {
  /**
   * GPUs of the node.
   *
   * @default - none
   */
  readonly gpus?: GuestGpu[];

  /**
   * Other devices of the node, PCI and USB alike; it needs the feature gate `HostDevices`.
   *
   * @default - none
   */
  readonly hostDevices?: NodeDevice[];
}

const NODE_DEVICE: PropChecks<NodeDevice> = {
  name: required(aName),
  deviceName: aText,
  claimName: aLabel,
  requestName: aLabel,
  tag: aText,
};
const GPU: PropChecks<GuestGpu> = { ...NODE_DEVICE, display: aBoolean, ramFb: aBoolean };

/** What `NodeDevices` must be. */
export const NODE_DEVICES: PropChecks<NodeDevices> = {
  gpus: allOf(listOf(found(part(GPU))), atMostOneRamFb, notMixed),
  hostDevices: listOf(found(part(NODE_DEVICE))),
};

/** The part of `domain.devices` that they make. */
export function renderNodeDevices({ gpus = [], hostDevices = [] }: NodeDevices): Record<string, unknown> {
  return {
    gpus: gpus.length > 0 ? gpus.map(renderGpu) : undefined,
    hostDevices: hostDevices.length > 0 ? hostDevices.map((device) => ({ ...device })) : undefined,
  };
}

/** The screen of a vGPU. */
export function renderGpuDisplay(display: boolean | undefined, ramFb: boolean | undefined): object | undefined {
  if (display === undefined && ramFb === undefined) return undefined;
  return { display: { enabled: display, ramFb: ramFb === undefined ? undefined : { enabled: ramFb } } };
}

function renderGpu({ display, ramFb, ...device }: GuestGpu): Record<string, unknown> {
  const virtualGpuOptions = renderGpuDisplay(display, ramFb);
  return virtualGpuOptions === undefined ? { ...device } : { ...device, virtualGpuOptions };
}

/** KubeVirt v1.9.0: pkg/dra/admitter/dra_admitter.go, validateCreationDRA. */
function found(check: PropCheck): PropCheck {
  return (faults, property, value) => {
    const before = faults.count;
    check(faults, property, value);
    if (faults.count > before) return;
    const { deviceName, claimName, requestName } = value as NodeDevice;
    const [byName, byClaim] = [deviceName !== undefined, claimName !== undefined || requestName !== undefined];
    if (byName === byClaim) {
      faults.add(`${property}.deviceName`, "be given, or 'claimName' and 'requestName', not both", deviceName);
    } else if (byClaim && (claimName === undefined || requestName === undefined)) {
      faults.add(`${property}.requestName`, "be given together with 'claimName'", requestName);
    }
  };
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, validateMDEVRamFB. */
function atMostOneRamFb(faults: Faults, property: string, value: unknown): void {
  const gpus = Array.isArray(value) ? (value as (GuestGpu | null)[]) : [];
  const shown = gpus.filter((gpu) => gpu?.display !== undefined || gpu?.ramFb !== undefined);
  const lit = shown.filter((gpu) => gpu?.display !== false && gpu?.ramFb !== false);
  if (lit.length < 2) return;
  const names = lit.map((gpu) => gpu?.name);
  faults.add(property, "have one display with 'ramFb'", names, "write 'ramFb: false' on the others");
}

/** KubeVirt v1.9.0: pkg/dra/admitter/dra_admitter.go, validateDRAGPUs. */
function notMixed(faults: Faults, property: string, value: unknown): void {
  const gpus = Array.isArray(value) ? (value as (GuestGpu | null)[]) : [];
  if (new Set(gpus.map((gpu) => typeof gpu?.claimName)).size < 2) return;
  const names = gpus.map((gpu) => gpu?.name);
  faults.add(property, "all have a 'deviceName', or all a 'claimName'", names);
}

function allOf(...checks: readonly PropCheck[]): PropCheck {
  return (faults, property, value) => checks.forEach((check) => check(faults, property, value));
}
