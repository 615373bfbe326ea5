import { join } from 'node:path';
import { diff } from '../review/changes';
import { readManifests } from '../review/manifests/reader';

/** Milliseconds of the processor. */
export interface DiffFigures {
  readonly read: number;
  readonly compared: number;
  readonly changes: number;
}

const folder = process.argv[2] ?? '.';
const world = { cwd: process.cwd(), stdin: () => Buffer.alloc(0) };

function timed<T>(work: () => T): readonly [result: T, milliseconds: number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1000];
}

const [sides, read] = timed(() => ['old', 'new'].map((side) => readManifests([join(folder, side)], world).manifests));
const [{ changes }, compared] = timed(() => diff(sides[0]!, sides[1]!));
process.stdout.write(JSON.stringify({ read, compared, changes: changes.length } satisfies DiffFigures));
