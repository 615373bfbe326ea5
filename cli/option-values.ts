import type { Acceptance, ExternalObject } from '../review';
import { HIGHEST_MAX_BYTES } from '../review/manifests/bytes';
import { parseQuantity } from '../review/manifests/quantity';

/** A wrong command line: an unknown command, an unknown option, or a value that an option does not take. */
export class WrongUsage extends Error {}

/** An object of the command line: `KIND/NAME`, `KIND/NAMESPACE/NAME`. */
export function external(given: string, option = '--external'): ExternalObject {
  const [kind, ...names] = given.split('/');
  const [name, namespace] = names.reverse();
  const complete = kind && name && namespace !== '' && names.length <= 2;
  if (!complete) throw wrong(option, 'be KIND/NAME or KIND/NAMESPACE/NAME', given);
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** An acceptance of the command line. */
export function acceptance(given: string): Acceptance {
  const [, rule, object, reason] = /^([^@=]+)(?:@([^=]+))?=(.*\S.*)$/s.exec(given) ?? [];
  if (rule === undefined || reason === undefined) {
    throw wrong('--accept', 'be RULE=REASON or RULE@KIND/[NAMESPACE/]NAME=REASON', given);
  }
  return { rule, object: object === undefined ? {} : external(object), reason: reason.trim() };
}

/** A refusal of a value of the command line. */
export function wrong(option: string, must: string, got: string | undefined): WrongUsage {
  return new WrongUsage(`'${option}' must ${must}, got ${got === undefined ? 'nothing' : JSON.stringify(got)}`);
}

/** The value of `--max-size` in bytes. */
export function byteLimit(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const bytes = parseQuantity(given);
  if (bytes !== undefined && Number.isInteger(bytes) && bytes > 0 && bytes <= HIGHEST_MAX_BYTES) return bytes;
  throw wrong('--max-size', "be a size from 1 to 500Mi, such as '256Mi'", given);
}

/** More threads than any machine has use for. */
const MOST_THREADS = 64;

/** The value of `--threads`. */
export function threadNumber(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const number = /^\d+$/.test(given) ? Number(given) : 0;
  if (number >= 1 && number <= MOST_THREADS) return number;
  throw wrong('--threads', `be a number from 1 to ${MOST_THREADS}`, given);
}
