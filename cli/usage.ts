import type { SharedOptions } from '../review/settings/options-file';
import { EVERYWHERE, parseOptions, remedy } from './command-line';
import { DiffCommand, parseDiff } from './diff-command-line';
import { Command, COMMANDS, USAGE } from './help';
import type { ImportRequest } from './import';
import type { InitRequest } from './init';
import type { InventoryRequest } from './inventory';
import { byteLimit, threadNumber, wrong, WrongUsage } from './option-values';
import type { ReadingOptions } from './reading';
import { REVIEW_OPTIONS, reviewOptions } from './review-options';

/** A review that is asked for. */
export interface CheckCommand extends ReadingOptions {
  readonly kind: 'check';
  readonly paths: readonly string[];
  readonly options: SharedOptions;
  readonly format: string;
  /** Undefined where the command line does not say. */
  readonly strict?: boolean;
  /** What stands behind `--changed`: a revision, or else the first path. Empty if nothing does. */
  readonly changed?: string;
  /** Whether the table lists all that was not checked. */
  readonly isVerbose: boolean;
  /** Undefined where the command line does not say. */
  readonly threads?: number;
  /** Where findings are kept for the next run. */
  readonly cache?: string;
}

/** What is asked for. */
export type Request =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | CheckCommand
  | ({ readonly kind: 'inventory'; readonly format: string } & InventoryRequest)
  | DiffCommand
  | { readonly kind: 'rules'; readonly format: string }
  | { readonly kind: 'explain'; readonly rule: string }
  | ({ readonly kind: 'init' } & InitRequest)
  | ({ readonly kind: 'import' } & ImportRequest);

/** What reads the words behind each command. */
const PARSERS: Readonly<Record<Command, (argv: readonly string[]) => Request>> = {
  init: parseInit,
  check: parseCheck,
  inventory: parseInventory,
  diff: parseDiff,
  import: parseImport,
  rules: parseRules,
  explain: parseExplain,
};

/** Reads a command line. */
export function parseCommandLine(argv: readonly string[]): Request {
  if (argv.includes('--version')) return { kind: 'version' };
  const at = argv[0]?.startsWith('-') === true ? argv.findIndex(isCommand) : 0;
  const word = argv[at];
  if (word === 'help') return { kind: 'help', text: helpOf(argv[at + 1]) };
  if (argv.includes('--help') || argv.includes('-h')) return { kind: 'help', text: helpOf(word) };
  if (word === undefined) parseOptions(undefined, argv, EVERYWHERE);
  if (!isCommand(word)) throw noCommand(word);
  return PARSERS[word]([...argv.slice(0, at), ...argv.slice(at + 1)]);
}

function helpOf(word: string | undefined): string {
  if (word === undefined || word.startsWith('-')) return USAGE;
  if (!isCommand(word)) throw noCommand(word);
  return COMMANDS[word];
}

function noCommand(word: string | undefined): WrongUsage {
  const names = Object.keys(COMMANDS);
  const must = `be ${names.map((name) => `'${name}'`).join(', ')} or 'help'`;
  const { message } = wrong('command', must, word);
  return new WrongUsage(word === undefined ? message : `${message}${remedy(word, [...names, 'help'])}`);
}

function isCommand(word: string | undefined): word is Command {
  return word !== undefined && Object.hasOwn(COMMANDS, word);
}

/** How files are read, by every command that asks what is applied together. */
const OF_READING = {
  'max-size': { type: 'string' },
  'no-kustomize': { type: 'boolean' },
} as const;

function readingOptions(values: { readonly 'max-size'?: string; readonly 'no-kustomize'?: boolean }): ReadingOptions {
  return { maxBytes: byteLimit(values['max-size']), kustomize: values['no-kustomize'] !== true };
}

const OF_CHECK = {
  format: { type: 'string' },
  ...OF_READING,
  ...REVIEW_OPTIONS,
  storage: { type: 'string' },
  backend: { type: 'string', multiple: true },
  'all-releases': { type: 'boolean' },
  strict: { type: 'boolean' },
  changed: { type: 'string' },
  verbose: { type: 'boolean' },
  threads: { type: 'string' },
  cache: { type: 'string' },
  ...EVERYWHERE,
} as const;

function parseCheck(argv: readonly string[]): CheckCommand {
  const { values, positionals: paths } = parseOptions('check', withValueOfChanged(argv), OF_CHECK);
  const { format = 'table', strict, changed, verbose: isVerbose = false, storage, backend: backends } = values;
  if (paths.length === 0 && changed === undefined) throw new WrongUsage(NAME_ONE);
  const options = { ...reviewOptions(values), allReleases: values['all-releases'], storage, backends };
  const { cache } = values;
  if (cache === '') throw wrong('--cache', 'name a folder', cache);
  const threads = threadNumber(values.threads);
  if (cache !== undefined && threads !== undefined && threads > 1)
    throw wrong('--threads', "be 1 beside '--cache', which one thread reads and writes", values.threads);
  const how = { isVerbose, threads, cache, ...readingOptions(values) };
  return { kind: 'check', paths, options, format, strict, changed, ...how };
}

const NAME_ONE = 'name a file, a folder, or - for standard input';

/** `--changed` may stand alone: what follows it is its value unless that is an option. */
function withValueOfChanged(argv: readonly string[]): string[] {
  const at = argv.indexOf('--changed');
  if (at < 0) return [...argv];
  const next = argv[at + 1];
  if (next !== undefined && !next.startsWith('-')) {
    return [...argv.slice(0, at), `--changed=${next}`, ...argv.slice(at + 2)];
  }
  return [...argv.slice(0, at), '--changed=', ...argv.slice(at + 1)];
}

const OF_INVENTORY = {
  format: { type: 'string' },
  ...OF_READING,
  kubevirt: { type: 'string' },
  cdi: { type: 'string' },
  'feature-gate': { type: 'string', multiple: true },
  storage: { type: 'string' },
  backend: { type: 'string', multiple: true },
  ...EVERYWHERE,
} as const;

function parseInventory(argv: readonly string[]): Request {
  const { values, positionals: paths } = parseOptions('inventory', argv, OF_INVENTORY);
  if (paths.length === 0) throw new WrongUsage(NAME_ONE);
  const { format = 'markdown', kubevirt, cdi, storage, backend: backends } = values;
  const options = { kubevirt, cdi, featureGates: values['feature-gate'], storage, backends };
  return { kind: 'inventory', paths, format, options, ...readingOptions(values) };
}

const OF_IMPORT = {
  out: { type: 'string' },
  storage: { type: 'string' },
  backend: { type: 'string', multiple: true },
  esm: { type: 'boolean' },
  ...OF_READING,
  ...REVIEW_OPTIONS,
  ...EVERYWHERE,
} as const;

function parseImport(argv: readonly string[]): Request {
  const { values, positionals: paths } = parseOptions('import', argv, OF_IMPORT);
  if (paths.length === 0) throw new WrongUsage(NAME_ONE);
  const { out, esm = false, storage, backend: backends } = values;
  if (out === undefined && esm) throw wrong('--esm', "stand beside '--out'", 'no --out');
  if (out === '') throw wrong('--out', 'name a folder', out);
  return {
    kind: 'import',
    paths,
    out,
    esm,
    options: { ...reviewOptions(values), storage, backends },
    ...readingOptions(values),
  };
}

function parseRules(argv: readonly string[]): Request {
  const { values, positionals } = parseOptions('rules', argv, { format: { type: 'string' }, ...EVERYWHERE });
  if (positionals.length > 0) {
    const { message } = wrong('rules', 'have no argument', positionals[0]);
    throw new WrongUsage(`${message}; write 'explain ${positionals[0]}'`);
  }
  return { kind: 'rules', format: values.format ?? 'table' };
}

function parseExplain(argv: readonly string[]): Request {
  const { positionals } = parseOptions('explain', argv, EVERYWHERE);
  const [rule] = positionals;
  if (rule === undefined || positionals.length > 1)
    throw wrong('RULE', 'be one id of a rule', positionals.join(' ') || undefined);
  return { kind: 'explain', rule };
}

function parseInit(argv: readonly string[]): Request {
  const { values, positionals } = parseOptions('init', argv, { esm: { type: 'boolean' }, ...EVERYWHERE });
  const [folder] = positionals;
  if (positionals.length > 1) throw wrong('NAME', 'be one folder', positionals.join(' '));
  return { kind: 'init', folder, esm: values.esm === true };
}
