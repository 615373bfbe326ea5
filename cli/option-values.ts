import type { Acceptance, ExternalObject } from '../review';
import { COMMANDS } from './help';

/** A command line that asks for nothing that there is. */
export class WrongUsage extends Error {
  constructor(
    message: string,
    /** How it is meant to be used. */
    public readonly usage: string,
  ) {
    super(message);
  }
}

/** An object of the command line: `KIND/NAME`, `KIND/NAMESPACE/NAME`. */
export function external(given: string): ExternalObject {
  const [kind, ...names] = given.split('/');
  const [name, namespace] = names.reverse();
  const complete = kind && name && namespace !== '' && names.length <= 2;
  if (!complete) throw wrong('--external', 'be KIND/NAME or KIND/NAMESPACE/NAME', given, COMMANDS.check);
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** An acceptance of the command line. */
export function acceptance(given: string): Acceptance {
  const [, rule, object, reason] = /^([^@=]+)(?:@([^=]+))?=(.*\S.*)$/s.exec(given) ?? [];
  if (rule === undefined || reason === undefined) {
    throw wrong('--accept', 'be RULE=REASON or RULE@KIND/[NAMESPACE/]NAME=REASON', given, COMMANDS.check);
  }
  return { rule, object: object === undefined ? {} : external(object), reason: reason.trim() };
}

/** A refusal of a value of the command line. */
export function wrong(option: string, must: string, got: string | undefined, usage: string): WrongUsage {
  return new WrongUsage(`'${option}' must ${must}, got ${got === undefined ? 'nothing' : JSON.stringify(got)}`, usage);
}
