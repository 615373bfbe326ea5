import { Duration } from 'cdk8s';
import { aBoolean, aDuration, PropCheck, PropChecks, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** How KubeVirt tells that a migration no longer moves on; experimental, of KubeVirt v1.9 and newer. */
export interface StallDetector {
  /**
   * By how many percent less memory than before must be left, or the migration stalls: 0 to 100.
   *
   * @default - KubeVirt's own: 4
   */
  readonly stallMargin?: number;

  /**
   * How much the newest measure of the bandwidth counts, above 0 and at most 1.
   *
   * @default - KubeVirt's own: 0.4
   */
  readonly ewmaAlpha?: number;

  /**
   * For how long the memory that is left is compared, in whole seconds.
   *
   * @default - KubeVirt's own: 40 seconds
   */
  readonly stallProgressTimeout?: Duration;

  /**
   * How long the guest may take to go over to its target, in whole seconds; then the migration is given up.
   *
   * @default - KubeVirt's own: 60 seconds
   */
  readonly switchoverTimeout?: Duration;

  /**
   * By which factor the guest may stand still longer than `maxDowntime`, at least 1.
   *
   * @default - KubeVirt's own: 1.5
   */
  readonly precopyPossibleFactor?: number;

  /**
   * By which factor KubeVirt waits less after each time that it lowers its hopes, 0 to 1.
   *
   * @default - KubeVirt's own: 0.5
   */
  readonly patienceWindowDecayFactor?: number;

  /**
   * Whether KubeVirt waits until little memory is left before it acts.
   *
   * @default - KubeVirt's own: true
   */
  readonly searchLocalMinima?: boolean;

  /**
   * By which factor a migration may take longer than `completionTimeoutPerGiB` where the guest is about to go over, at least 1.
   *
   * @default - KubeVirt's own: 2
   */
  readonly completionTimeoutFactor?: number;
}

/** KubeVirt v1.9.0: migrationpolicy-admitter.go, validateStallDetectorFactor; pkg/virt-config/virt-config.go, ParseFactor. */
function aFactor(words: string, isWithin: (factor: number) => boolean): PropCheck {
  return (faults: Faults, property, value) => {
    const isRight = typeof value === 'number' && isWithin(value) && Number(value.toFixed(3)) === value;
    if (!isRight) faults.add(property, `be a number ${words}, of at most three decimals`, value);
  };
}

const fromOne = aFactor('of at least 1', (factor) => factor >= 1 && factor < 1e21);

/** What `StallDetector` must be. */
export const STALL_DETECTOR: PropChecks<StallDetector> = {
  stallMargin: wholeNumber(0, 100),
  ewmaAlpha: aFactor('above 0 and at most 1', (factor) => factor > 0 && factor <= 1),
  stallProgressTimeout: aDuration(),
  switchoverTimeout: aDuration(),
  precopyPossibleFactor: fromOne,
  patienceWindowDecayFactor: aFactor('from 0 to 1', (factor) => factor >= 0 && factor <= 1),
  searchLocalMinima: aBoolean,
  completionTimeoutFactor: fromOne,
};

/** The `stallDetector` of a MigrationPolicy, whose factors are text. */
export function renderStallDetector(detector: StallDetector): Record<string, unknown> {
  return {
    stallMargin: detector.stallMargin,
    ewmaAlpha: text(detector.ewmaAlpha),
    stallProgressTimeout: detector.stallProgressTimeout?.toSeconds(),
    switchoverTimeout: detector.switchoverTimeout?.toSeconds(),
    precopyPossibleFactor: text(detector.precopyPossibleFactor),
    patienceWindowDecayFactor: text(detector.patienceWindowDecayFactor),
    searchLocalMinima: detector.searchLocalMinima,
    completionTimeoutFactor: text(detector.completionTimeoutFactor),
  };
}

function text(factor: number | undefined): string | undefined {
  return factor === undefined ? undefined : String(factor);
}
