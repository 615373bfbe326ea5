import * as k from '../../constructs';
import { isObject, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, literal, options, record } from '../language/expression';
import { Entries, flagCode, memberCode, numberCode, objectOr, textCode, tried } from '../language/scalars';
import { isSame } from '../meaning/sameness';

const ENLIGHTENMENTS = [
  ...['evmcs', 'frequencies', 'ipi', 'reenlightenment', 'relaxed', 'reset', 'runtime', 'synic', 'vapic'].map(
    (key) => [key, key] as const,
  ),
  ['synicTimer', 'synictimer'],
  ['tlbFlush', 'tlbflush'],
  ['vpIndex', 'vpindex'],
] as const;

/** What of Hyper-V the guest finds. */
export function hyperv(value: unknown): Code | undefined {
  const from = objectOr(value);
  if (isOn(from.hypervPassthrough)) return call('HyperV', k.HyperV, 'passthrough');
  if (!isObject(from.hyperv)) return undefined;
  const given = from.hyperv;
  const flag = (below: unknown): Code | undefined => (isObject(below) ? literal(isOn(below)) : undefined);
  const all: Entries = [
    ...ENLIGHTENMENTS.map(([prop, key]) => [prop, flag(given[key])] as const),
    ['synicTimerDirect', flag(valueAt(given, 'synictimer', 'direct'))],
    ['tlbFlushDirect', flag(valueAt(given, 'tlbflush', 'direct'))],
    ['tlbFlushExtended', flag(valueAt(given, 'tlbflush', 'extended'))],
    ['spinlockRetries', numberCode(valueAt(given, 'spinlocks', 'spinlocks'))],
    ['vendorId', textCode(valueAt(given, 'vendorid', 'vendorid'))],
  ];
  if (isSame(k.HyperV.recommended()._render().hyperv, given, 'hyperv')) return call('HyperV', k.HyperV, 'recommended');
  return tried(() => call('HyperV', k.HyperV, 'of', record(all)));
}

function isOn(value: unknown): boolean {
  return isObject(value) && value.enabled !== false;
}

/** The clock of the guest. */
export function clock(value: unknown): Code | undefined {
  const { timezone, utc, timer: given } = objectOr(value);
  const timers = objectOr(given);
  const timer = (key: string): Code | undefined => {
    const from = timers[key];
    if (!isObject(from)) return undefined;
    return record([
      ['present', flagCode(from.present)],
      ['tickPolicy', memberCode('TickPolicy', k.TickPolicy, from.tickPolicy)],
      ['track', memberCode('RtcTrack', k.RtcTrack, from.track)],
    ]);
  };
  const flag = (key: string): Code | undefined =>
    isObject(timers[key]) ? literal(timers[key].present !== false) : undefined;
  const all: Entries = [
    [
      'timers',
      usualTimers(timers) ??
        options([
          ['hpet', timer('hpet')],
          ['hyperv', flag('hyperv')],
          ['kvm', flag('kvm')],
          ['pit', timer('pit')],
          ['rtc', timer('rtc')],
        ]),
    ],
  ];
  const zone = textCode(timezone);
  if (zone !== undefined) return tried(() => call('Clock', k.Clock, 'inTimezone', zone, options(all)));
  // The construct always says by what the clock is set.
  if (!isObject(utc)) return undefined;
  const offset = numberCode(utc.offsetSeconds);
  return tried(() => call('Clock', k.Clock, 'utc', options([['offsetSeconds', offset], ...all])));
}

/** `Clock.windowsTimers()`, where the timers are those. */
function usualTimers(timers: Json): Code | undefined {
  const windows = k.Clock.inTimezone('UTC', { timers: k.Clock.windowsTimers() })._render().timer;
  return isSame(windows, timers) ? call('Clock', k.Clock, 'windowsTimers') : undefined;
}
