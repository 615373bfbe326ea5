import { spawnSync, SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';

/** The project's folder. */
export const ROOT = join(__dirname, '..');

/**
 * Runs a script of this folder in a process of its own, without ts-node: as the package's compiled JavaScript would run.
 *
 * @returns What it wrote on standard output.
 */
export function run(script: string, ...args: readonly string[]): string {
  const command = [
    '-C',
    'cdk8s-kubevirt-source',
    '--require',
    join(ROOT, 'cli', 'cdk8s-kubevirt.cjs'),
    join(__dirname, script),
    ...args,
  ];
  const done = spawnSync(process.execPath, command, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (done.status !== 0) throw failure(script, done);
  return done.stdout;
}

/** Why a process came to no end of its own: a signal (a kill, no memory) leaves neither a status nor a word. */
export function failure(script: string, { error, signal, status, stderr }: SpawnSyncReturns<string>): Error {
  const reason = error?.message ?? (signal === null ? `exit status ${status}` : `ended by ${signal}`);
  return new Error(`${script} failed: ${reason}${stderr ? `\n${stderr}` : ''}`);
}

/** The median of some numbers, with two decimal places. */
export function median(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(2);
}
