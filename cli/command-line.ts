import { parseArgs, ParseArgsConfig } from 'node:util';
import { wordsMeant } from '../constructs/shared/likeness';
import type { Command } from './help';
import { WrongUsage } from './option-values';

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
    if (unknown === undefined) throw new WrongUsage(message.split('\n')[0]!);
    throw noOption(command, unknown, Object.keys(options));
  }
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
