import { Duration, Size } from 'cdk8s';
import type { VirtualMachinePreferenceSpec } from '../../imports/instancetype.kubevirt.io';
import { generated } from '../generated';
import { checkAnnotations } from '../shared/checks';
import { aDuration, aName, aSize, checkGiven, oneOf, part, PropChecks, wholeNumber } from '../shared/prop-checks';
import { quantity } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { Architecture } from './architecture';
import { checkPreferredBoard, PREFERRED_BOARD, PreferredBoard, renderPreferredBoard } from './preferred-board';
import { checkSpread, PREFERRED_CPU, PreferredCpu, renderPreferredCpu } from './preferred-cpu';
import { PREFERRED_DEVICES, PreferredDevices, renderPreferredDevices } from './preferred-devices';

/** What a VM must have at the least. */
export interface PreferenceRequirements {
  /**
   * Processors.
   *
   * @default - any number
   */
  readonly cpu?: number;

  /**
   * Memory.
   *
   * @default - any
   */
  readonly memory?: Size;

  /**
   * Architecture.
   *
   * @default - any
   */
  readonly architecture?: Architecture;
}

/**
 * What a preference brings to its VMs, where they do not say otherwise.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/#virtualmachinepreference
 */
export interface PreferenceSpec extends PreferredBoard {
  /**
   * Processors.
   *
   * @default - those of the VM
   */
  readonly cpu?: PreferredCpu;

  /**
   * Devices.
   *
   * @default - those of the VM
   */
  readonly devices?: PreferredDevices;

  /**
   * Domain below which the guest is found.
   *
   * @default - that of the VM
   */
  readonly subdomain?: string;

  /**
   * How long the guest has to shut down before it is turned off.
   *
   * @default - that of the VM
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Storage class of the DataVolumes that the VM makes.
   *
   * @default - that of the VM
   */
  readonly storageClassName?: string;

  /**
   * What a VM must have at the least, or it is refused.
   *
   * @default - nothing
   */
  readonly requirements?: PreferenceRequirements;

  /**
   * Annotations of the running instance and its pod.
   *
   * @default - none
   */
  readonly templateAnnotations?: { readonly [key: string]: string };
}

/** What `PreferenceSpec` must be. */
export const PREFERENCE_SPEC: PropChecks<PreferenceSpec> = {
  cpu: part(PREFERRED_CPU),
  devices: part(PREFERRED_DEVICES),
  ...PREFERRED_BOARD,
  subdomain: aName,
  terminationGracePeriod: aDuration(),
  storageClassName: aName,
  requirements: part<PreferenceRequirements>({
    cpu: wholeNumber(1),
    memory: aSize(),
    architecture: oneOf(Architecture),
  }),
  templateAnnotations: checkAnnotations,
};

/** Notes what is wrong with what a preference brings. */
export function checkPreferenceSpec(faults: Faults, spec: PreferenceSpec): void {
  const before = faults.count;
  checkGiven(faults, '', spec, PREFERENCE_SPEC);
  if (faults.count > before) return;
  checkSpread(faults, spec.cpu ?? {});
  checkPreferredBoard(faults, spec);
}

/** The `spec` of a VirtualMachinePreference and of a VirtualMachineClusterPreference. */
export function renderPreferenceSpec(spec: PreferenceSpec): VirtualMachinePreferenceSpec {
  const { cpu, devices, requirements, terminationGracePeriod, storageClassName } = spec;
  return {
    cpu: cpu && renderPreferredCpu(cpu),
    devices: devices && renderPreferredDevices(devices),
    ...renderPreferredBoard(spec),
    preferredSubdomain: spec.subdomain,
    preferredTerminationGracePeriodSeconds: terminationGracePeriod?.toSeconds(),
    volumes: storageClassName === undefined ? undefined : { preferredStorageClassName: storageClassName },
    requirements: requirements && renderRequirements(requirements),
    annotations: spec.templateAnnotations && { ...spec.templateAnnotations },
  };
}

function renderRequirements({ cpu, memory, architecture }: PreferenceRequirements): Record<string, unknown> {
  const { VirtualMachinePreferenceSpecRequirementsMemoryGuest: Guest } = generated.instancetype;
  return {
    cpu: cpu === undefined ? undefined : { guest: cpu },
    memory: memory && { guest: quantity(Guest, memory) },
    architecture,
  };
}
