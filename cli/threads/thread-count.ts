import { availableParallelism } from 'node:os';

/** Fewer files are read before another thread has started. */
const LEAST_FILES = 300;

/** On two processors the compiler and the garbage collector of one thread have work for the other. */
const LEAST_PROCESSORS = 3;

/** More threads than these gain little: the rules of whole roots are asked in one. */
const MOST_UNASKED = 4;

/** How many threads read so many files and judge what they hold, the first among them. */
export function threadCount(files: number, asked?: number, processors = availableParallelism()): number {
  const isWorthwhile = files >= LEAST_FILES && processors >= LEAST_PROCESSORS;
  const count = asked ?? (isWorthwhile ? Math.min(processors, MOST_UNASKED) : 1);
  return Math.max(1, Math.min(count, files));
}
