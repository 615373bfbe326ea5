import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Quantity } from '../../constructs';
import { isObject } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, list, literal, member } from './expression';

/** Values of the wire, as the constructs take them; undefined where they cannot say it. */

const UNITS = [
  ['Ti', 'tebibytes'],
  ['Gi', 'gibibytes'],
  ['Mi', 'mebibytes'],
  ['Ki', 'kibibytes'],
] as const;

/** `Size.gibibytes(10)`; a size that cdk8s writes otherwise is parsed. */
export function sizeCode(value: unknown): Code | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  const [, digits = '', suffix = ''] = /^([1-9]\d{0,14})([KMGT]i)$/.exec(text) ?? [];
  const unit = UNITS.findIndex(([name]) => name === suffix);
  if (unit >= 0) {
    // 4096Mi is 4Gi.
    const steps = UNITS.slice(0, unit + 1).findIndex((_, index) => Number(digits) % 1024 ** (unit - index) === 0);
    return call('Size', Size, UNITS[steps]![1], literal(Number(digits) / 1024 ** (unit - steps)));
  }
  return tried(() => call('Quantity', Quantity, 'parse', literal(text)));
}

/** Whole seconds, in the largest unit that says them. */
export function secondsCode(value: unknown): Code | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return undefined;
  const [factory, amount] =
    value > 0 && value % 3600 === 0
      ? ['hours', value / 3600]
      : value > 0 && value % 60 === 0
        ? ['minutes', value / 60]
        : ['seconds', value];
  return call('Duration', Duration, factory, literal(amount));
}

/** CPU time. */
export function cpuCode(value: unknown): Code | undefined {
  const [, amount, milli] = /^(\d+)(m?)$/.exec(String(value)) ?? [];
  if (amount === undefined) return undefined;
  return call('Cpu', Cpu, milli === 'm' ? 'millis' : 'units', literal(Number(amount)));
}

/** A value as it stands, if it is of a type. */
export function plainCode(value: unknown, type: 'string' | 'number' | 'boolean'): Code | undefined {
  return typeof value === type ? literal(value) : undefined;
}

export function textCode(value: unknown): Code | undefined {
  return value === '' ? undefined : plainCode(value, 'string');
}

export function numberCode(value: unknown): Code | undefined {
  return plainCode(value, 'number');
}

export function flagCode(value: unknown): Code | undefined {
  return plainCode(value, 'boolean');
}

/** A map of texts. */
export function textsCode(value: unknown): Code | undefined {
  if (!isObject(value) || Object.keys(value).length === 0) return undefined;
  return Object.values(value).every((one) => typeof one === 'string') ? literal(value) : undefined;
}

/** A list of which every item can be said. */
export function eachCode(value: unknown, of: (item: unknown) => Code | undefined): Code[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const items = value.map(of);
  return items.every((item) => item !== undefined) ? items : undefined;
}

/** A member of an enum. */
export function memberCode(name: string, members: object, value: unknown): Code | undefined {
  return member(name, members as Record<string, unknown>, value);
}

/** What can be said; undefined where the construct refuses it. */
export function tried<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** The props of an object, as far as they are said. */
export type Entries = readonly (readonly [string, Code | undefined])[];

/** A value as an object; empty if it is not one. */
export function objectOr(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** A list of which every item can be said. */
export function wholeList(items: Code[] | undefined): Code | undefined {
  return items && list(items);
}
