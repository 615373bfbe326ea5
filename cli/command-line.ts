import { parseArgs, ParseArgsConfig } from 'node:util';
import { wordsMeant } from '../constructs/shared/likeness';
import type { Command } from './help';
import { wrong, WrongUsage } from './option-values';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The values of options by name, and what stands beside them. */
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true }>>;

/** What every command takes. */
export const EVERYWHERE = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/**
 * Reads the options of a command, and what stands beside them.
 *
 * @throws one line for an option that the command does not have, with the one that was meant, and for one without its value.
 */
export function parseOptions<T extends Options>(
  command: Command | undefined,
  argv: readonly string[],
  options: T,
): Parsed<T> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (thrown) {
    const { message } = thrown as Error;
    const [, unknown] = /^Unknown option '(-[^']+)'/.exec(message) ?? [];
    throw unknown === undefined ? wrongValue(message, argv) : noOption(command, unknown, Object.keys(options));
  }
}

/** Of an option that lacks its value, or has one that it does not take; the texts are those of Node.js (v20 to v24). */
function wrongValue(message: string, argv: readonly string[]): WrongUsage {
  const [, named = ''] = /^Option '(?:-\w, )?(--?[\w-]+)/.exec(message) ?? [];
  if (/does not take an argument/.test(message)) {
    const given = argv.find((word) => word.startsWith(`${named}=`))?.slice(named.length + 1);
    return new WrongUsage(`${wrong(named, 'stand without a value', given).message}; write '${named}'`);
  }
  const next = /ambiguous/.test(message) ? argv[argv.indexOf(named) + 1] : undefined;
  const remedy = next === undefined ? '' : `; write '${named}=${next}' if that is meant`;
  return new WrongUsage(`${wrong(named, 'have a value', next).message}${remedy}`);
}

function noOption(command: Command | undefined, option: string, names: readonly string[]): WrongUsage {
  const of = command === undefined ? 'cdk8s-kubevirt' : command;
  return new WrongUsage(`'${option}' is no option of '${of}'${remedy(option.replace(/^-+/, ''), names, '--')}`);
}

/** `; write 'check'`: the words that one may be meant for, if any. */
export function remedy(word: string, words: readonly string[], before = ''): string {
  const meant = wordsMeant(word, words);
  if (meant.length === 0 || meant.length > MOST_MEANT) return '';
  return `; write ${meant.map((one) => `'${before}${one}'`).join(' or ')}`;
}

/** More than these are no answer. */
const MOST_MEANT = 3;
