import { aBoolean, aText, checkEach, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { HYPERV_PROCESSORS, HyperVProcessors } from './hyperv-processors';
import { HYPERV_TIMERS, HyperVTimers } from './hyperv-timers';

/** Hyper-V's enlightenments, each by KubeVirt's name. */
export interface HyperVFeatures extends HyperVTimers, HyperVProcessors {
  /**
   * Nested virtualization by Hyper-V's own control structure; of Intel's processors only.
   *
   * @default false
   */
  readonly evmcs?: boolean;

  /**
   * The guest does not take a long pause for a fault.
   *
   * @default false
   */
  readonly relaxed?: boolean;

  /**
   * The guest resets itself by a register.
   *
   * @default false
   */
  readonly reset?: boolean;

  /**
   * Text that the guest sees as the hypervisor's vendor, at most 12 characters.
   *
   * @default - none
   */
  readonly vendorId?: string;
}

const FEATURES: PropChecks<HyperVFeatures> = {
  ...HYPERV_TIMERS,
  ...HYPERV_PROCESSORS,
  evmcs: aBoolean,
  relaxed: aBoolean,
  reset: aBoolean,
  vendorId: aText,
};

/** What KubeVirt's common templates give every Windows since 10 and Server 2016. */
const RECOMMENDED: HyperVFeatures = {
  frequencies: true,
  ipi: true,
  reenlightenment: true,
  relaxed: true,
  reset: true,
  runtime: true,
  spinlockRetries: 8191,
  synic: true,
  synicTimer: true,
  synicTimerDirect: true,
  tlbFlush: true,
  vapic: true,
  vpIndex: true,
};

/**
 * What of Hyper-V the guest finds: a Windows guest is slow without it.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/windows_virtio_drivers/
 */
export class HyperV {
  /**
   * What Windows wants: all enlightenments but those that only some processors have (`evmcs`, `tlbFlushDirect` …).
   * `reenlightenment` is among them: the VM then migrates live only in a cluster that gives the frequency of the TSC
   * (its nodes, or `minimumClusterTSCFrequency` of the KubeVirt object). For another cluster name them one by one with
   * `HyperV.of`, without `reenlightenment`.
   */
  public static recommended(): HyperV {
    return new HyperV({ hyperv: render(RECOMMENDED) });
  }

  /**
   * Enlightenments one by one.
   *
   * @throws if one is not what it must be, or lacks one that it needs; all faults in one error.
   */
  public static of(features: HyperVFeatures): HyperV {
    const faults = new Faults('HyperV.of');
    if (checkEach<HyperVFeatures>(faults, 'features', features, FEATURES)) checkTogether(faults, features);
    faults.refuse();
    return new HyperV({ hyperv: render(features) });
  }

  /** All enlightenments that the node can give. The VM then runs only where the node gives the same. */
  public static passthrough(): HyperV {
    return new HyperV({ hypervPassthrough: { enabled: true } });
  }

  private constructor(private readonly rendered: Record<string, unknown>) {}

  /**
   * The part of `domain.features` that it makes.
   *
   * @internal
   */
  public _render(): Record<string, unknown> {
    return { ...this.rendered };
  }
}

/** KubeVirt v1.9.0: pkg/virt-api/webhooks/hyperv.go. What an enlightenment needs and is left out, KubeVirt turns on itself. */
const NEEDS: readonly (readonly [keyof HyperVFeatures, keyof HyperVFeatures])[] = [
  ['evmcs', 'vapic'],
  ['ipi', 'vpIndex'],
  ['tlbFlush', 'vpIndex'],
  ['synicTimer', 'synic'],
  ['synic', 'vpIndex'],
];

function checkTogether(faults: Faults, features: HyperVFeatures): void {
  const { synicTimer, synicTimerDirect, tlbFlush, tlbFlushDirect, tlbFlushExtended, vendorId } = features;
  if (synicTimerDirect !== undefined && synicTimer !== true) {
    faults.add('features.synicTimerDirect', "be left out without 'synicTimer'", synicTimerDirect);
  }
  for (const [property, value] of Object.entries({ tlbFlushDirect, tlbFlushExtended })) {
    if (value === undefined || tlbFlush === true) continue;
    faults.add(`features.${property}`, "be left out without 'tlbFlush'", value);
  }
  const isOn = new Set(Object.entries(features).flatMap(([name, value]) => (value === true ? [name] : [])));
  for (const [feature, needed] of NEEDS) {
    if (!isOn.has(feature)) continue;
    if (features[needed] === false)
      faults.add(`features.${needed}`, `be left out or true with '${feature}'`, features[needed]);
    isOn.add(needed);
  }
  // libvirt: qemuValidateDomainDefHypervFeatures, VIR_DOMAIN_HYPERV_VENDOR_ID_MAX.
  if (typeof vendorId === 'string' && vendorId.length > 12) {
    faults.add('features.vendorId', 'be at most 12 characters', vendorId);
  }
}

function render(features: HyperVFeatures): Record<string, unknown> {
  const { spinlockRetries, synicTimerDirect, synicTimer, tlbFlush, ...rest } = features;
  const { tlbFlushDirect: direct, tlbFlushExtended: extended, vendorId, vpIndex, ...others } = rest;
  const plain = Object.entries(others).map(([name, given]) => [name, flag(given)]);
  return {
    ...(Object.fromEntries(plain) as Record<string, unknown>),
    spinlocks: spinlockRetries === undefined ? undefined : { spinlocks: spinlockRetries },
    synictimer: synicTimer === undefined ? undefined : { ...flag(synicTimer), direct: flag(synicTimerDirect) },
    tlbflush:
      tlbFlush === undefined ? undefined : { ...flag(tlbFlush), direct: flag(direct), extended: flag(extended) },
    vendorid: vendorId === undefined ? undefined : { vendorid: vendorId },
    vpindex: flag(vpIndex),
  };
}

/** An empty object is an enlightenment that is on. */
function flag(given: boolean | undefined): object | undefined {
  if (given === undefined) return undefined;
  return given ? {} : { enabled: false };
}
