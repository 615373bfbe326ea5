import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Reviewed } from '../review/format';
import { parseCommandLine, Request, USAGE, wrong, WrongUsage } from './usage';

/** What the command touches outside itself. */
export interface World {
  /** Where relative paths of the command line start. */
  readonly cwd: string;
  readonly stdin: () => Promise<Buffer>;
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
  try {
    return await run(parseCommandLine(argv), world);
  } catch (thrown) {
    if (thrown instanceof WrongUsage) world.complain(`${thrown.message}\n\n${USAGE}`);
    else world.complain(`nothing was reviewed: ${(thrown as Error).message}\n`);
    return Status.FAILED;
  }
}

async function run(request: Request, world: World): Promise<Status> {
  switch (request.kind) {
    case 'help':
      world.say(USAGE);
      return Status.GOOD;
    case 'version':
      world.say(`${ownVersion()}\n`);
      return Status.GOOD;
    case 'check':
      return check(request, world);
  }
}

/** The review is loaded when there is something to review: help and a wrong command line are quick. */
async function check(request: Extract<Request, { kind: 'check' }>, world: World): Promise<Status> {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { FORMATS } = require('../review/format') as typeof import('../review/format');
  const format = FORMATS[request.format];
  if (format === undefined) throw wrong('--format', `be one of ${Object.keys(FORMATS).join(', ')}`, request.format);
  const { checkPaths } = require('./check') as typeof import('./check');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const reviewed = await checkPaths(request.paths, request.options, world);
  world.say(format(reviewed));
  return statusOf(reviewed, request.strict);
}

function statusOf({ report, faults }: Reviewed, strict: boolean): Status {
  const isBad = ({ severity }: { readonly severity: string }): boolean => strict || severity === 'error';
  if (faults.some(({ severity }) => severity === 'error') || report.objects === 0) return Status.FAILED;
  return [...report.findings, ...faults].some(isBad) ? Status.FOUND : Status.GOOD;
}

function ownVersion(): string {
  const text = fs.readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Runs the command in this process. */
export async function runInProcess(): Promise<void> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? undefined : Status.FAILED),
  );
  process.exitCode = await main(process.argv.slice(2), {
    // npm runs scripts in the project's folder, and says where the user was.
    cwd: process.env.npm_lifecycle_event === 'check' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd(),
    stdin: readStdin,
    say: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  });
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
