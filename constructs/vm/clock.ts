import { aBoolean, aText, checkEach, oneOf, part, PropCheck, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** What happens to ticks that the guest has missed. */
export enum TickPolicy {
  /** They come later, at the usual rate: the guest's time is behind. */
  DELAY = 'delay',
  /** They come faster until the guest has caught up. */
  CATCHUP = 'catchup',
  /** They come as one; of the HPET only. */
  MERGE = 'merge',
  /** They are lost; not of the RTC. */
  DISCARD = 'discard',
}

/** What the real time clock follows. */
export enum RtcTrack {
  /** The clock of the guest. */
  GUEST = 'guest',
  /** The clock of the node. */
  WALL = 'wall',
}

/** A timer of the guest. */
export interface GuestTimer {
  /**
   * Whether the guest has it.
   *
   * @default true
   */
  readonly present?: boolean;

  /**
   * What happens to ticks that the guest has missed.
   *
   * @default - QEMU's own
   */
  readonly tickPolicy?: TickPolicy;
}

/** The real time clock of the guest. */
export interface RtcTimer extends GuestTimer {
  /**
   * What it follows.
   *
   * @default - QEMU's own: RtcTrack.GUEST
   */
  readonly track?: RtcTrack;
}

/** The timers of the guest. */
export interface GuestTimers {
  /**
   * The high precision event timer.
   *
   * @default - KubeVirt's own
   */
  readonly hpet?: GuestTimer;

  /**
   * Hyper-V's clock, which Windows reads without leaving the guest.
   *
   * @default - the guest has no such timer
   */
  readonly hyperv?: boolean;

  /**
   * KVM's clock, which Linux reads.
   *
   * @default - QEMU's own: the guest has it
   */
  readonly kvm?: boolean;

  /**
   * The programmable interval timer.
   *
   * @default - KubeVirt's own
   */
  readonly pit?: GuestTimer;

  /**
   * The real time clock.
   *
   * @default - KubeVirt's own
   */
  readonly rtc?: RtcTimer;
}

/** What a clock may have besides. */
export interface ClockOptions {
  /**
   * Timers of the guest.
   *
   * @default - KubeVirt's own
   */
  readonly timers?: GuestTimers;
}

/** What a clock that shows UTC may have besides. */
export interface UtcClockOptions extends ClockOptions {
  /**
   * By how many seconds the hardware clock is ahead of UTC; a clock that the guest sets then stays so.
   *
   * @default - none: the clock is set at each start
   */
  readonly offsetSeconds?: number;
}

/** Another value is refused by libvirt when the VM starts: qemuValidateDomainDefClockTimers. */
const timer = (...policies: TickPolicy[]): PropChecks<GuestTimer> => ({
  present: aBoolean,
  tickPolicy: oneOf(Object.fromEntries(policies.map((policy) => [policy, policy]))),
});
const { DELAY, CATCHUP, MERGE, DISCARD } = TickPolicy;
const TIMERS: PropChecks<GuestTimers> = {
  hpet: part(timer(DELAY, CATCHUP, MERGE, DISCARD)),
  hyperv: aBoolean,
  kvm: aBoolean,
  pit: part(timer(DELAY, CATCHUP, DISCARD)),
  rtc: part<RtcTimer>({ ...timer(DELAY, CATCHUP), track: oneOf(RtcTrack) }),
};
const OPTIONS: PropChecks<ClockOptions> = { timers: part(TIMERS) };
const aWholeNumber: PropCheck = (faults, property, value) => {
  if (!Number.isSafeInteger(value)) faults.add(property, 'be a whole number', value);
};
const UTC_OPTIONS: PropChecks<UtcClockOptions> = { ...OPTIONS, offsetSeconds: aWholeNumber };

/** What KubeVirt's common templates give Windows guests. */
const WINDOWS: GuestTimers = {
  hpet: { present: false },
  hyperv: true,
  pit: { tickPolicy: DELAY },
  rtc: { tickPolicy: CATCHUP },
};

/**
 * The clock of the guest: what its hardware clock shows at the start, and its timers.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/#clock
 */
export class Clock {
  /**
   * The hardware clock shows UTC, as Linux wants it.
   *
   * @throws if an option is not what it must be.
   */
  public static utc(options: UtcClockOptions = {}): Clock {
    const faults = new Faults('Clock.utc');
    checkEach<UtcClockOptions>(faults, 'options', options, UTC_OPTIONS);
    faults.refuse();
    const { offsetSeconds, timers } = options;
    return new Clock({ utc: { offsetSeconds } }, { timers });
  }

  /**
   * The hardware clock shows the time of a place, as Windows wants it.
   *
   * @param timezone A name of the tz database, such as `Europe/Zurich`.
   * @throws if it is not such a name, or an option is not what it must be.
   */
  public static inTimezone(timezone: string, options: ClockOptions = {}): Clock {
    const faults = new Faults('Clock.inTimezone');
    aText(faults, 'timezone', timezone);
    checkEach<ClockOptions>(faults, 'options', options, OPTIONS);
    faults.refuse();
    return new Clock({ timezone }, options);
  }

  /** The timers that Windows wants: Hyper-V's clock, no HPET, ticks that are caught up. */
  public static windowsTimers(): GuestTimers {
    return { ...WINDOWS };
  }

  private readonly timers?: Record<string, unknown>;

  private constructor(
    private readonly offset: Record<string, unknown>,
    options: ClockOptions,
  ) {
    this.timers = options.timers && renderTimers(options.timers);
  }

  /** @internal */
  public _render(): Record<string, unknown> {
    return { ...this.offset, timer: this.timers };
  }
}

function renderTimers({ hpet, hyperv, kvm, pit, rtc }: GuestTimers): Record<string, unknown> {
  return { hpet: copied(hpet), hyperv: flag(hyperv), kvm: flag(kvm), pit: copied(pit), rtc: copied(rtc) };
}

function copied(given: GuestTimer | undefined): object | undefined {
  return given && { ...given };
}

/** An empty object is a timer that is there. */
function flag(given: boolean | undefined): object | undefined {
  if (given === undefined) return undefined;
  return given ? {} : { present: false };
}
