import { aBoolean, PropChecks } from '../shared/prop-checks';

/** Hyper-V's enlightenments about time and interrupts, each by KubeVirt's name. */
export interface HyperVTimers {
  /**
   * The frequencies of the processor and the APIC timer are readable.
   *
   * @default false
   */
  readonly frequencies?: boolean;

  /**
   * The guest learns when its clock's frequency changes, as it does by a migration.
   *
   * @default false
   */
  readonly reenlightenment?: boolean;

  /**
   * The guest reads how long each processor has run.
   *
   * @default false
   */
  readonly runtime?: boolean;

  /**
   * The synthetic interrupt controller, which the synthetic timer needs.
   *
   * @default false
   */
  readonly synic?: boolean;

  /**
   * The synthetic timer, which costs less than an emulated one.
   *
   * @default false
   */
  readonly synicTimer?: boolean;

  /**
   * Whether the synthetic timer delivers its interrupts directly; it needs `synicTimer`.
   *
   * @default false
   */
  readonly synicTimerDirect?: boolean;
}

/** What `HyperVTimers` must be. */
export const HYPERV_TIMERS: PropChecks<HyperVTimers> = {
  frequencies: aBoolean,
  reenlightenment: aBoolean,
  runtime: aBoolean,
  synic: aBoolean,
  synicTimer: aBoolean,
  synicTimerDirect: aBoolean,
};
