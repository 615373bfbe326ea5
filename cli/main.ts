#!/usr/bin/env node
import { printable } from '../constructs/shared/printable';
import type { Reviewed } from '../review/format';
import type { InputFault } from '../review/manifests/input';
import { Command, COMMANDS } from './help';
import { wrong, WrongUsage } from './option-values';
import { parseCommandLine, Request } from './usage';

/** What the command touches outside itself. */
export interface World {
  /** Where relative paths of the command line start. */
  readonly cwd: string;
  readonly stdin: (maxBytes?: number) => Promise<Buffer>;
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** Exit status of the command. */
export enum Status {
  GOOD = 0,
  /** Errors were found. */
  FOUND = 1,
  /** Something could not be read, or the command line is wrong. */
  FAILED = 2,
}

/** Runs the command and answers its exit status. */
export async function main(argv: readonly string[], world: World): Promise<Status> {
  let done = 'done';
  try {
    const request = parseCommandLine(argv);
    if (request.kind === 'check') done = 'reviewed';
    if (request.kind === 'inventory') done = 'counted';
    if (request.kind === 'diff') done = 'compared';
    if (request.kind === 'explain') done = 'explained';
    return await run(request, world);
  } catch (thrown) {
    if (thrown instanceof WrongUsage) world.complain(`${thrown.message}\n\n${thrown.usage}`);
    else world.complain(`nothing was ${done}: ${lines((thrown as Error).message)}\n`);
    return Status.FAILED;
  }
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
      world.say(`${ownVersion()}\n`);
      return Status.GOOD;
    case 'check':
      return check(request, world);
    case 'inventory':
      return countAll(request, world);
    case 'diff':
      return compare(request, world);
    case 'rules':
      world.say(listRules(request.format));
      return Status.GOOD;
    case 'explain':
      world.say(explain(request.rule));
      return Status.GOOD;
  }
}

/** The review is loaded when there is something to review: help and a wrong command line are quick. */
async function check(request: Extract<Request, { kind: 'check' }>, world: World): Promise<Status> {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { FORMATS } = require('../review/format') as typeof import('../review/format');
  const format = chosen(FORMATS, request.format, 'check');
  const { checkPaths } = require('./check') as typeof import('./check');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const reviewed = await checkPaths(request.paths, request.options, world, request.maxBytes);
  world.say(format(reviewed));
  return statusOf(reviewed, request.strict);
}

/** What could not be read is said on standard error: the inventory itself may be piped into a file. */
async function countAll(request: Extract<Request, { kind: 'inventory' }>, world: World): Promise<Status> {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { INVENTORY_FORMATS } = require('../review/inventory/formats') as typeof import('../review/inventory/formats');
  const format = chosen(INVENTORY_FORMATS, request.format, 'inventory');
  const { inventoryPaths } = require('./inventory') as typeof import('./inventory');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const { inventory, faults, documents } = await inventoryPaths(request, world);
  for (const fault of faults) world.complain(`${faultText(fault)}\n`);
  if (documents === 0) throw new Error(`no manifest stands in ${request.paths.join(', ')}`);
  world.say(format(inventory));
  return faults.some(({ severity }) => severity === 'error') ? Status.FAILED : Status.GOOD;
}

/** Several comparisons, of a folder of steps, follow one another under the names of their files. */
async function compare(request: Extract<Request, { kind: 'diff' }>, world: World): Promise<Status> {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { CHANGE_FORMATS } = require('../review/format/changes') as typeof import('../review/format/changes');
  const format = chosen(CHANGE_FORMATS, request.format, 'diff');
  const { diffPaths } = require('./diff') as typeof import('./diff');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const comparisons = await diffPaths(request, world);
  for (const { title, compared } of comparisons) {
    if (title !== undefined) world.say(`# ${printable(title)}\n`);
    world.say(format(compared));
  }
  if (comparisons.some(({ compared }) => compared.faults.length > 0)) return Status.FAILED;
  const isBad = comparisons.some(({ compared: { diff } }) =>
    diff.changes.some(({ consequence }) => request.failOn.has(consequence)),
  );
  return isBad ? Status.FOUND : Status.GOOD;
}

function listRules(format: string): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { RULE_FORMATS } = require('./rules') as typeof import('./rules');
  return chosen(RULE_FORMATS, format, 'rules')();
}

function explain(rule: string): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('./explain') as typeof import('./explain')).explainText(rule);
}

function chosen<T>(formats: Readonly<Record<string, T>>, word: string, command: Command): T {
  const format = Object.hasOwn(formats, word) ? formats[word] : undefined;
  if (format !== undefined) return format;
  throw wrong('--format', `be one of ${Object.keys(formats).join(', ')}`, word, COMMANDS[command]);
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

/** By the package's name: the compiled program stands deeper in it than the source. */
function ownVersion(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('cdk8s-kubevirt/package.json') as { readonly version: string }).version;
}

/** Runs the command in this process. */
export async function runInProcess(): Promise<void> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? undefined : Status.FAILED),
  );
  const isNpmScript = Object.hasOwn(COMMANDS, process.env.npm_lifecycle_event ?? '');
  process.exitCode = await main(process.argv.slice(2), {
    // npm runs scripts in the project's folder, and says where the user was.
    cwd: isNpmScript ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd(),
    stdin: (maxBytes) => stdinBytes(maxBytes),
    say: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
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
