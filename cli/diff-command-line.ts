import { Consequence } from '../review/changes/consequence';
import { RolloutStrategy } from '../review/cluster/rollout-strategy';
import { EVERYWHERE, parseOptions, remedy } from './command-line';
import type { DiffRequest } from './diff';
import { byteLimit, wrong, WrongUsage } from './option-values';
import { REVIEW_OPTIONS, reviewOptions } from './review-options';

/** A comparison that is asked for. */
export interface DiffCommand extends DiffRequest {
  readonly kind: 'diff';
  readonly format: string;
  /** Consequences that fail the command. */
  readonly failOn: ReadonlySet<string>;
}

const OPTIONS = {
  format: { type: 'string' },
  'fail-on': { type: 'string', multiple: true },
  live: { type: 'string' },
  steps: { type: 'string' },
  storage: { type: 'string' },
  prune: { type: 'boolean' },
  running: { type: 'string' },
  migratable: { type: 'string' },
  bound: { type: 'string' },
  'rollout-strategy': { type: 'string' },
  ...REVIEW_OPTIONS,
  'max-size': { type: 'string' },
  ...EVERYWHERE,
} as const;

/** Reads a command line of `diff`, without its first word. */
export function parseDiff(argv: readonly string[]): DiffCommand {
  const dashes = argv.indexOf('--');
  const [head, paths] = dashes < 0 ? [argv, undefined] : [argv.slice(0, dashes), argv.slice(dashes + 1)];
  const { values, positionals: words } = parseOptions('diff', head, OPTIONS);
  const { live, steps, storage } = values;
  checkWords(words, paths, live, steps);
  return {
    kind: 'diff',
    words,
    paths,
    live,
    steps,
    storage,
    maxBytes: byteLimit(values['max-size']),
    format: values.format ?? 'table',
    failOn: failOn(values['fail-on'] ?? []),
    options: {
      prune: values.prune,
      running: flag('--running', values.running),
      migratable: flag('--migratable', values.migratable),
      bound: flag('--bound', values.bound),
      rolloutStrategy: rollout(values['rollout-strategy']),
      ...reviewOptions(values),
    },
  };
}

function checkWords(
  words: readonly string[],
  paths: readonly string[] | undefined,
  live: string | undefined,
  steps: string | undefined,
): void {
  if (steps !== undefined) {
    if (words.length === 0 && paths === undefined && live === undefined) return;
    throw new WrongUsage("'--steps' compares the files of one folder: name nothing else");
  }
  if (live !== undefined) {
    if (words.length > 0 && paths === undefined) return;
    throw new WrongUsage("beside '--live' name the new files or folders");
  }
  if (paths !== undefined && words.length === 1) return;
  if (paths === undefined && words.length === 2) return;
  if (paths === undefined && words.length === 1 && words[0]!.includes('..')) return;
  throw new WrongUsage('name OLD and NEW, or a revision and -- PATH');
}

function flag(option: string, value: string | undefined): boolean | undefined {
  if (value === undefined || value === 'yes' || value === 'no')
    return value === undefined ? undefined : value === 'yes';
  throw wrong(option, "be 'yes' or 'no'", value);
}

function rollout(value: string | undefined): RolloutStrategy | undefined {
  const found = Object.values(RolloutStrategy).find((one) => String(one) === value);
  if (value === undefined || found !== undefined) return found;
  throw wrong('--rollout-strategy', `be ${Object.values(RolloutStrategy).join(' or ')}`, value);
}

function failOn(given: readonly string[]): ReadonlySet<string> {
  const words = given
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const known: readonly string[] = Object.values(Consequence);
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return new Set(words);
  const { message } = wrong('--fail-on', `name consequences: ${known.join(', ')}`, unknown);
  throw new WrongUsage(`${message}${remedy(unknown, known)}`);
}
