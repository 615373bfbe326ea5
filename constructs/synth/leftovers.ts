import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { carryOver } from './carry-over';
import { WrittenFiles } from './written-files';

/** The folder beside `outdir` in which a process renders. */
export function stagingFolder(outdir: string, process: number): string {
  return join(dirname(outdir), `.${basename(outdir)}.synth-${process}`);
}

/** Where a process sets the old `outdir` aside while it puts the new one in place. */
export function asideFolder(outdir: string, process: number): string {
  return `${stagingFolder(outdir, process)}-old`;
}

/** Mends what a synth that was killed left beside `outdir`. */
export function healLeftovers(outdir: string): void {
  for (const process of deadProcesses(outdir)) {
    const [staging, aside] = [stagingFolder(outdir, process), asideFolder(outdir, process)];
    if (existsSync(aside)) {
      if (!existsSync(outdir)) renameSync(aside, outdir);
      // With the staging folder still there the swap was not finished: somebody else made `outdir` anew.
      else if (existsSync(staging)) mergeAside(aside, outdir);
    }
    removeFolder(staging);
    removeFolder(aside);
  }
}

/** Removes a folder that was set aside, after what others put into it was brought over to `outdir`. */
export function mergeAside(aside: string, outdir: string): void {
  carryOver(new WrittenFiles(aside).foreign(), aside, outdir);
  removeFolder(aside);
}

/** Removes a folder where that is allowed; what stays is tried again at the next synth. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
}

function deadProcesses(outdir: string): Set<number> {
  const prefix = `.${basename(outdir)}.synth-`;
  const names = existsSync(dirname(outdir)) ? readdirSync(dirname(outdir)) : [];
  const processes = names
    .filter((name) => name.startsWith(prefix) && /^\d+(-old)?$/.test(name.slice(prefix.length)))
    .map((name) => parseInt(name.slice(prefix.length), 10));
  return new Set(processes.filter((id) => id === process.pid || !isAlive(id)));
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
