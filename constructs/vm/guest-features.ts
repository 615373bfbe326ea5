import { aBoolean, PropChecks } from '../shared/prop-checks';

/**
 * What the virtual board of the guest can do. Hyper-V's features are `hyperv`, system management mode comes with
 * `Firmware.secureBoot()`.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/#features
 */
export interface GuestFeatures {
  /**
   * Whether the guest has ACPI, which an orderly shutdown needs.
   *
   * @default - KubeVirt's own: it has
   */
  readonly acpi?: boolean;

  /**
   * Whether the guest has a local interrupt controller (APIC).
   *
   * @default - KubeVirt's own: it has none in the domain's XML; QEMU gives one
   */
  readonly apic?: boolean;

  /**
   * Whether the guest tells the APIC when an interrupt is done, which `apic` needs.
   *
   * @default - KubeVirt's own: false
   */
  readonly apicEndOfInterrupt?: boolean;

  /**
   * Whether the guest may not see that it runs on KVM.
   *
   * @default - KubeVirt's own: it may
   */
  readonly kvmHidden?: boolean;

  /**
   * Whether spin locks are paravirtual.
   *
   * @default - QEMU's own: they are
   */
  readonly pvSpinlock?: boolean;

  /**
   * Whether the guest has system management mode; secure boot brings it.
   *
   * @default - with secure boot it has
   */
  readonly smm?: boolean;
}

/** What `GuestFeatures` must be. */
export const GUEST_FEATURES: PropChecks<GuestFeatures> = {
  acpi: aBoolean,
  apic: aBoolean,
  apicEndOfInterrupt: aBoolean,
  kvmHidden: aBoolean,
  pvSpinlock: aBoolean,
  smm: aBoolean,
};

/** The part of `domain.features` that they make; `true` is KubeVirt's default of a feature that is there. */
export function renderFeatures(features: GuestFeatures): Record<string, unknown> {
  const { acpi, apic, apicEndOfInterrupt: endOfInterrupt, kvmHidden, pvSpinlock, smm } = features;
  return {
    acpi: enabled(acpi),
    apic: apic === undefined && endOfInterrupt === undefined ? undefined : { ...enabled(apic), endOfInterrupt },
    kvm: kvmHidden === undefined ? undefined : { hidden: kvmHidden },
    pvspinlock: enabled(pvSpinlock),
    smm: enabled(smm),
  };
}

function enabled(feature: boolean | undefined): { enabled?: boolean } | undefined {
  return feature === undefined ? undefined : { enabled: feature };
}
