import { aBoolean, PropChecks, wholeNumber } from '../shared/prop-checks';

/** Hyper-V's enlightenments about processors and what they do with each other, each by KubeVirt's name. */
export interface HyperVProcessors {
  /**
   * Interrupts between processors are sent by one call.
   *
   * @default false
   */
  readonly ipi?: boolean;

  /**
   * Retries before a spin lock tells the hypervisor, at least 4096.
   *
   * @default - none
   */
  readonly spinlockRetries?: number;

  /**
   * Address caches of other processors are flushed by one call.
   *
   * @default false
   */
  readonly tlbFlush?: boolean;

  /**
   * Whether a guest that runs guests of its own flushes their address caches directly; it needs `tlbFlush`.
   *
   * @default false
   */
  readonly tlbFlushDirect?: boolean;

  /**
   * Whether parts of an address cache can be flushed; it needs `tlbFlush`.
   *
   * @default false
   */
  readonly tlbFlushExtended?: boolean;

  /**
   * The interrupt controller is paravirtual.
   *
   * @default false
   */
  readonly vapic?: boolean;

  /**
   * Each processor reads its own number.
   *
   * @default false
   */
  readonly vpIndex?: boolean;
}

/** What `HyperVProcessors` must be. */
export const HYPERV_PROCESSORS: PropChecks<HyperVProcessors> = {
  ipi: aBoolean,
  spinlockRetries: wholeNumber(4096),
  tlbFlush: aBoolean,
  tlbFlushDirect: aBoolean,
  tlbFlushExtended: aBoolean,
  vapic: aBoolean,
  vpIndex: aBoolean,
};
