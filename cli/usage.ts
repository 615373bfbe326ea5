import { parseArgs } from 'node:util';
import type { ReviewOptions } from '../review';
import { DiffCommand, parseDiff } from './diff-command-line';
import { Command, COMMANDS, USAGE } from './help';
import type { InventoryRequest } from './inventory';
import { byteLimit, wrong, WrongUsage } from './option-values';
import { REVIEW_OPTIONS, reviewOptions } from './review-options';

/** What is asked for. */
export type Request =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'check';
      readonly paths: readonly string[];
      readonly options: ReviewOptions;
      readonly format: string;
      readonly strict: boolean;
      readonly maxBytes?: number;
    }
  | ({ readonly kind: 'inventory'; readonly format: string } & InventoryRequest)
  | DiffCommand
  | { readonly kind: 'rules'; readonly format: string }
  | { readonly kind: 'explain'; readonly rule: string };

const EVERYWHERE = {
  format: { type: 'string' },
  'max-size': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const OF_CHECK = {
  ...REVIEW_OPTIONS,
  'all-releases': { type: 'boolean' },
  strict: { type: 'boolean' },
} as const;

const OF_INVENTORY = {
  storage: { type: 'string' },
  backend: { type: 'string', multiple: true },
} as const;

/** The options that a command does not have. */
const FOREIGN = {
  check: OF_INVENTORY,
  inventory: OF_CHECK,
  diff: OF_INVENTORY,
  rules: { ...OF_CHECK, ...OF_INVENTORY, 'max-size': true },
  explain: { ...OF_CHECK, ...OF_INVENTORY, 'max-size': true, format: true },
} satisfies Record<Command, object>;

/** Reads a command line. */
export function parseCommandLine(argv: readonly string[]): Request {
  const asksForHelp = argv.some((word) => word === '--help' || word === '-h' || word === '--version');
  if (argv[0] === 'diff' && !asksForHelp) return parseDiff(argv.slice(1));
  const { values, positionals } = parsed(argv);
  const [command, ...paths] = positionals;
  if (values.version === true) return { kind: 'version' };
  if (values.help === true) return { kind: 'help', text: isCommand(command) ? COMMANDS[command] : USAGE };
  if (!isCommand(command))
    throw wrong('command', "be 'check', 'inventory', 'diff', 'rules' or 'explain'", command, USAGE);
  const usage = COMMANDS[command];
  const others = Object.keys(FOREIGN[command]);
  const foreign = Object.keys(values).find((name) => others.includes(name));
  if (foreign !== undefined) throw new WrongUsage(`'--${foreign}' is no option of '${command}'`, usage);
  if (command === 'rules') {
    if (paths.length > 0) throw wrong('rules', 'have no argument', paths[0], usage);
    return { kind: 'rules', format: values.format ?? 'table' };
  }
  if (command === 'explain') {
    const [rule] = paths;
    if (rule === undefined || paths.length > 1)
      throw wrong('RULE', 'be one id of a rule', paths.join(' ') || undefined, usage);
    return { kind: 'explain', rule };
  }
  if (paths.length === 0) throw new WrongUsage('name a file, a folder, or - for standard input', usage);
  const maxBytes = byteLimit(values['max-size'], usage);
  if (command === 'inventory') {
    const { format = 'markdown', storage, backend: backends } = values;
    return { kind: 'inventory', paths, format, storage, backends, maxBytes };
  }
  const options: ReviewOptions = {
    ...reviewOptions(values, usage),
    allReleases: values['all-releases'],
  };
  const { format = 'table', strict = false } = values;
  return { kind: 'check', paths, options, format, strict, maxBytes };
}

function isCommand(word: string | undefined): word is Command {
  return word !== undefined && Object.hasOwn(COMMANDS, word);
}

function parsed(argv: readonly string[]) {
  const options = { ...EVERYWHERE, ...OF_CHECK, ...OF_INVENTORY };
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (thrown) {
    const command = argv.find(isCommand);
    throw new WrongUsage((thrown as Error).message, command === undefined ? USAGE : COMMANDS[command]);
  }
}
