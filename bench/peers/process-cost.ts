import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../process';

/** A process that is measured. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * How often it runs one after the other: a short one is measured many times over.
   *
   * @default 1
   */
  readonly times?: number;
}

/** What a process took, from its start to its end, with what it started itself. */
export interface Cost {
  /** Seconds of the processor. */
  readonly cpu: number;
  /** Seconds of the clock. */
  readonly wall: number;
  /** The most memory that it held, in MiB. */
  readonly peak: number;
  /** What it wrote on standard output. */
  readonly output: string;
}

const MEBIBYTE_IN_KIBIBYTES = 1024;

/** GNU time: Node.js says only what it took itself, not what a process that it waits for took. */
const TIME = '/usr/bin/time';

/** @throws where GNU time is not installed. */
export function checkTime(): void {
  const { error, stderr } = spawnSync(TIME, ['-f', '%M', 'true'], { encoding: 'utf8' });
  if (error !== undefined || !/^\d+\n$/.test(stderr)) throw new Error(`${TIME} must be GNU time: apt-get install time`);
}

/** Runs a command, several times if it says so, and answers what one run of it took. */
export function cost({ program, args, cwd, env, times = 1 }: Command): Cost {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  const [written, told] = [join(folder, 'stdout'), join(folder, 'time')];
  const stdout = openSync(written, 'w');
  try {
    const one = [program, ...args];
    const all = times === 1 ? one : ['sh', '-c', REPEATED, String(times), ...one];
    const done = spawnSync(TIME, ['-o', told, '-f', '%U %S %e %M', ...all], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', stdout, 'pipe'],
      encoding: 'utf8',
    });
    // 1 stands for findings, as of a tool that found some.
    if (done.status !== 0 && done.status !== 1) throw failure(program, done);
    const [user = NaN, system = NaN, wall = NaN, peak = NaN] = (
      readFileSync(told, 'utf8').trim().split('\n').at(-1) ?? ''
    )
      .split(' ')
      .map(Number);
    return {
      cpu: (user + system) / times,
      wall: wall / times,
      peak: peak / MEBIBYTE_IN_KIBIBYTES,
      output: readFileSync(written, 'utf8'),
    };
  } finally {
    closeSync(stdout);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs what follows as often as its own name says. */
const REPEATED = 'i=0; while [ $i -lt $0 ]; do "$@" || exit $?; i=$((i+1)); done';
