#!/usr/bin/env node
import { once } from 'node:events';
import { dirname } from 'node:path';
import { printable } from '../constructs/shared/printable';
import type { Reviewed } from '../review/format';
import type { Paint } from '../review/format/paint';
import type { InputFault } from '../review/manifests/input';
import { remedy } from './command-line';
import { compileLess } from './engine-flags';
import { COMMANDS } from './help';
import { comparisonHtml, inventoryHtml, reviewHtml } from './html-formats';
import type { OwnPackage } from './init';
import { wrong, WrongUsage } from './option-values';
import { CheckCommand, parseCommandLine, Request } from './usage';

/** What the command touches outside itself. */
export interface World {
  /** Where relative paths of the command line start. */
  readonly cwd: string;
  readonly stdin: (maxBytes?: number) => Promise<Buffer>;
  readonly say: (text: string) => void;
  /**
   * Ends when what was said has been taken: of a text in many pieces, no more wait than a reader is behind.
   *
   * @default - it is taken as it is said
   */
  readonly taken?: () => Promise<unknown>;
  readonly complain: (text: string) => void;
  /**
   * What stands behind both streams.
   *
   * @default - files or pipes: no colours, and no line that says what was done
   */
  readonly terminal?: Terminal;
  /**
   * The environment of the process, in whose path kustomize is looked for.
   *
   * @default - no process is started
   */
  readonly env?: NodeJS.ProcessEnv;
}

/** Which streams a person reads. */
export interface Terminal {
  readonly out: boolean;
  readonly err: boolean;
  /** Whether standard output shows colours. */
  readonly colours: boolean;
}

/** Exit status of the command. */
export enum Status {
  GOOD = 0,
  /** Errors were found. */
  FOUND = 1,
  /** Something could not be read, or the command line is wrong. */
  FAILED = 2,
}

/** What a command that failed did not do. */
const DONE: Readonly<Partial<Record<Request['kind'], string>>> = {
  check: 'reviewed',
  inventory: 'counted',
  diff: 'compared',
  explain: 'explained',
  init: 'written',
  import: 'imported',
};

/** Runs the command and answers its exit status. */
export async function main(argv: readonly string[], world: World): Promise<Status> {
  let done = 'done';
  try {
    const request = parseCommandLine(argv);
    done = DONE[request.kind] ?? done;
    return await run(request, world);
  } catch (thrown) {
    if (thrown instanceof WrongUsage) world.complain(`${lines(thrown.message)}; see ${helpFor(argv)}\n`);
    else world.complain(`nothing was ${done}: ${lines((thrown as Error).message)}\n`);
    return Status.FAILED;
  }
}

/** Where the usage is said: never unasked. */
function helpFor(argv: readonly string[]): string {
  const command = argv.find((word) => Object.hasOwn(COMMANDS, word));
  return command === undefined ? 'cdk8s-kubevirt --help' : `cdk8s-kubevirt ${command} --help`;
}

/** A message of several lines, each as it is printed. */
function lines(message: string): string {
  return message.split('\n').map(printable).join('\n');
}

async function run(request: Request, world: World): Promise<Status> {
  switch (request.kind) {
    case 'help':
      world.say(request.text);
      return Status.GOOD;
    case 'version':
      world.say(`${ownPackage().version}\n`);
      return Status.GOOD;
    case 'init':
      return initialize(request, world);
    case 'check':
      return check(request, world);
    case 'inventory':
      return countAll(request, world);
    case 'diff':
      return compare(request, world);
    case 'import':
      return importAll(request, world);
    case 'rules':
      return listRules(request.format, world);
    case 'explain':
      world.say(explain(request.rule, world));
      return Status.GOOD;
  }
}

/** A command that is not asked for is not loaded: help and a wrong command line are quick. */
/* eslint-disable @typescript-eslint/no-require-imports */
async function check(request: CheckCommand, world: World): Promise<Status> {
  const { FORMATS } = require('../review/format') as typeof import('../review/format');
  const format = chosen({ ...FORMATS, html: reviewHtml }, request.format);
  const { totals } = require('../review/format/words') as typeof import('../review/format/words');
  const { checkPaths } = require('./check') as typeof import('./check');
  const { withFolderOptions } = require('./folder-options') as typeof import('./folder-options');
  const asked = { ...request.options, strict: request.strict };
  const { options, strict, sources } = withFolderOptions(asked, world.cwd);
  const how = { ...request, keepsManifests: request.format === 'html' };
  const review = (paths: readonly string[]) => checkPaths(paths, options, world, how);
  const reviewed = await (request.changed === undefined
    ? review(request.paths)
    : changedOnly(request.changed, request.paths, world.cwd, review));
  await sayPieces(world, format({ ...reviewed, sources, paint: paintOf(world), isVerbose: request.isVerbose }));
  tell(world, request.format === 'table', totals(reviewed.report));
  return statusOf(reviewed, strict);
}

/** As a review of all that is named, of the files alone that have changed. */
function changedOnly(...asked: Parameters<typeof import('./changed').checkChanged>): Promise<Reviewed> {
  return (require('./changed') as typeof import('./changed')).checkChanged(...asked);
}

/** What could not be read is said on standard error: the inventory itself may be piped into a file. */
async function countAll(request: Extract<Request, { kind: 'inventory' }>, world: World): Promise<Status> {
  const { INVENTORY_FORMATS } = require('../review/inventory/formats') as typeof import('../review/inventory/formats');
  const format = chosen({ ...INVENTORY_FORMATS, html: inventoryHtml }, request.format);
  const { inventoryPaths } = require('./inventory') as typeof import('./inventory');
  const { count } = require('../review/format/words') as typeof import('../review/format/words');
  const { withFolderOptions } = require('./folder-options') as typeof import('./folder-options');
  const { options } = withFolderOptions(request.options ?? {}, world.cwd);
  const { inventory, faults, documents } = await inventoryPaths({ ...request, options }, world);
  for (const fault of faults) world.complain(`${faultText(fault)}\n`);
  if (documents === 0) throw new Error(`no manifest stands in ${request.paths.join(', ')}`);
  const makers = inventory.uncounted.filter(({ makes }) => makes !== undefined);
  if (inventory.total.vms + inventory.total.claims + makers.length === 0) {
    const { COUNTED_KINDS } = require('../review/cluster/kinds') as typeof import('../review/cluster/kinds');
    throw new Error(`no VM and no claim stands in ${request.paths.join(', ')}: looked for ${COUNTED_KINDS.join(', ')}`);
  }
  const { paintedMarkdown } = require('./painted-markdown') as typeof import('./painted-markdown');
  const pieces = format(inventory);
  await sayPieces(world, request.format === 'markdown' ? paintedMarkdown(pieces, paintOf(world)) : pieces);
  const { vms, total } = inventory;
  tell(world, false, `${count(vms.length, 'VM')}, ${count(total.claims, 'claim')} in ${count(documents, 'document')}`);
  return faults.some(({ severity }) => severity === 'error') ? Status.FAILED : Status.GOOD;
}

/** Several comparisons, of a folder of steps, follow one another under the names of their files. */
async function compare(request: Extract<Request, { kind: 'diff' }>, world: World): Promise<Status> {
  const { CHANGE_FORMATS, planOf, severalComparisons } =
    require('../review/format/changes') as typeof import('../review/format/changes');
  const format = chosen({ ...CHANGE_FORMATS, html: comparisonHtml }, request.format);
  if (request.format === 'html' && request.steps !== undefined)
    throw new WrongUsage("'--format html' is one page: leave out '--steps'");
  const { diffPaths } = require('./diff') as typeof import('./diff');
  const { withFolderOptions } = require('./folder-options') as typeof import('./folder-options');
  const asked = { ...request.options, storage: request.storage };
  const { options: held, sources } = withFolderOptions(asked, world.cwd);
  const { storage, ...options } = held;
  const comparisons = await diffPaths({ ...request, storage, options }, world);
  const told = comparisons.map(({ title, compared }) => {
    const basis = [compared.basis, ...sources.map((source) => `options of ${source}`)].join('; ');
    return { title, compared: { ...compared, basis, paint: paintOf(world) } };
  });
  const steps = told.flatMap(({ title, compared }) => (title === undefined ? [] : [{ title, compared }]));
  if (steps.length > 0) await sayPieces(world, severalComparisons(request.format, format, steps));
  else for (const { compared } of told) await sayPieces(world, format(compared));
  for (const { compared } of told) tell(world, request.format === 'table', planOf(compared.diff));
  if (comparisons.some(({ compared }) => compared.faults.length > 0)) return Status.FAILED;
  const isBad = comparisons.some(({ compared: { diff } }) =>
    diff.changes.some(({ consequence }) => request.failOn.has(consequence)),
  );
  return isBad ? Status.FOUND : Status.GOOD;
}

function initialize(request: Extract<Request, { kind: 'init' }>, world: World): Status {
  const { init } = require('./init') as typeof import('./init');
  const { folder, files, next } = init(request, world.cwd, packageRoot(), ownPackage());
  const { Tone } = require('../review/format/paint') as typeof import('../review/format/paint');
  const done = paintOf(world)(Tone.GOOD, `${files.length} files → ${folder}/`);
  world.say(`${done}; next: ${next}\n`);
  return Status.GOOD;
}

/** The summary stands on standard error: the code itself may be piped into a file. */
async function importAll(request: Extract<Request, { kind: 'import' }>, world: World): Promise<Status> {
  const { importPaths } = require('./import') as typeof import('./import');
  const { withFolderOptions } = require('./folder-options') as typeof import('./folder-options');
  const { options } = withFolderOptions(request.options, world.cwd);
  const place = { root: packageRoot(), own: ownPackage() };
  const { objects, text, summary, faults } = await importPaths({ ...request, options }, world, place);
  for (const fault of faults) world.complain(`${faultText(fault)}\n`);
  if (objects === 0) throw new Error(`no object stands in ${request.paths.join(', ')}`);
  world.say(text);
  for (const line of summary) world.complain(`${line}\n`);
  return faults.some(({ severity }) => severity === 'error') ? Status.FAILED : Status.GOOD;
}

function listRules(format: string, world: World): Status {
  const { RULE_FORMATS } = require('./rules') as typeof import('./rules');
  const { ruleEntries } = require('../review/rules') as typeof import('../review/rules');
  world.say(chosen(RULE_FORMATS, format)(paintOf(world)));
  tell(world, false, `${ruleEntries().size} rules`);
  return Status.GOOD;
}

function explain(rule: string, world: World): string {
  return (require('./explain') as typeof import('./explain')).explainText(rule, paintOf(world));
}

/** The colours of standard output. */
function paintOf({ terminal }: World): Paint {
  const { COLOURED, PLAIN } = require('../review/format/paint') as typeof import('../review/format/paint');
  return terminal?.colours === true ? COLOURED : PLAIN;
}

/** By the package's name: the compiled program stands deeper in it than the source. */
function ownPackage(): OwnPackage {
  return require('cdk8s-kubevirt/package.json') as OwnPackage;
}

function packageRoot(): string {
  return dirname(require.resolve('cdk8s-kubevirt/package.json'));
}
/* eslint-enable @typescript-eslint/no-require-imports */

/** Pieces are said together up to this length. */
const LONGEST_SAID = 65_536;

/** Says a text that comes in pieces, as fast as it is taken. */
async function sayPieces({ say, taken }: World, pieces: Iterable<string>): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < LONGEST_SAID) continue;
    say(text);
    await taken?.();
    text = '';
  }
  if (text !== '') say(text);
}

/** Says on a terminal, in one line, what was done, unless what was just printed there ends with that line. */
function tell({ terminal, complain }: World, endsWithIt: boolean, line: string): void {
  if (terminal?.err === true && !(endsWithIt && terminal.out)) complain(`${line}\n`);
}

function chosen<T>(formats: Readonly<Record<string, T>>, word: string): T {
  const format = Object.hasOwn(formats, word) ? formats[word] : undefined;
  if (format !== undefined) return format;
  const words = Object.keys(formats);
  throw new WrongUsage(`${wrong('--format', `be one of ${words.join(', ')}`, word).message}${remedy(word, words)}`);
}

function faultText({ file, line, column, severity, message }: InputFault): string {
  const at = [file, line, column].filter((part) => part !== undefined).join(':');
  return printable(`${at}: ${severity}: ${message}`);
}

function statusOf({ report, faults }: Reviewed, strict: boolean): Status {
  const isBad = ({ severity }: { readonly severity: string }): boolean => strict || severity === 'error';
  if (faults.some(({ severity }) => severity === 'error') || report.objects === 0) return Status.FAILED;
  return [...report.findings, ...faults].some(isBad) ? Status.FOUND : Status.GOOD;
}

/** Runs the command in this process. */
export async function runInProcess(): Promise<void> {
  compileLess();
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? undefined : Status.FAILED),
  );
  const isNpmScript = Object.hasOwn(COMMANDS, process.env.npm_lifecycle_event ?? '');
  process.exitCode = await main(process.argv.slice(2), {
    // npm runs scripts in the project's folder, and says where the user was.
    cwd: isNpmScript ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd(),
    stdin: (maxBytes) => stdinBytes(maxBytes),
    env: process.env,
    say: (text) => process.stdout.write(text),
    taken: async () => process.stdout.writableNeedDrain && once(process.stdout, 'drain'),
    complain: (text) => process.stderr.write(text),
    terminal: {
      out: process.stdout.isTTY === true,
      err: process.stderr.isTTY === true,
      // https://no-color.org
      colours: process.stdout.isTTY === true && !process.env.NO_COLOR && process.stdout.hasColors(),
    },
  });
}

/** What reads bytes is loaded when there is something to read. */
async function stdinBytes(maxBytes?: number): Promise<Buffer> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { streamBytes } = require('../review/manifests/bytes') as typeof import('../review/manifests/bytes');
  return streamBytes(process.stdin, maxBytes);
}

// The compiled program; in a clone cdk8s-kubevirt.cjs starts it.
if (require.main === module) void runInProcess();
