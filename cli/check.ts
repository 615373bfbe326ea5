import { report, reportWith } from '../review/engine';
import { Reviewed } from '../review/format';
import { Locator } from '../review/manifests/locator';
import type { SharedOptions } from '../review/settings/options-file';
import { collectNow } from './engine-flags';
import { listPaths, ReadingOptions, ReadingWorld, readListed } from './reading';
import { storageOf } from './storage';
import { threadCount } from './threads/thread-count';

/** How much is done at a time. */
export interface CheckOptions extends ReadingOptions {
  /**
   * How many threads read and judge, with the first one.
   *
   * @default - as many as there are processors, at most four, where there are many files
   */
  readonly threads?: number;
  /**
   * Whether the format shows the manifests themselves.
   *
   * @default false
   */
  readonly keepsManifests?: boolean;
}

/** Reviews what stands in files, folders and standard input. */
export async function checkPaths(
  paths: readonly string[],
  options: SharedOptions,
  world: ReadingWorld,
  how: CheckOptions = {},
): Promise<Reviewed> {
  const { lines, textOf, ...judged } = await judgedPaths(paths, options, world, how);
  const { findings, accepted } = judged.report;
  collectNow();
  const places = new Locator(textOf, (file) => lines.get(file) ?? []).places([...findings, ...accepted]);
  return { ...judged, place: (finding) => places.get(finding) };
}

/** By itself: a million manifests are gone when their text is read again for the lines of findings. */
async function judgedPaths(
  paths: readonly string[],
  { storage: file, ...options }: SharedOptions,
  world: ReadingWorld,
  how: CheckOptions,
) {
  const storage = storageOf({ storage: file, backends: options.backends }, world.cwd, how.maxBytes)?.text;
  const listing = await listPaths(paths, world, how);
  const count = threadCount(listing.files.length, how.threads);
  const threads = count === 1 ? undefined : startThreads(listing, count);
  try {
    const { input, kustomize } = await readListed(listing, world, how, await threads?.read());
    const { manifests, faults, lines, textOf } = input;
    const asked = { ...options, storage };
    const found = await (threads === undefined ? report(manifests, asked) : reportWith(threads, manifests, asked));
    return { report: found, faults, kustomize, lines, textOf, ...(how.keepsManifests === true ? { manifests } : {}) };
  } finally {
    threads?.end();
  }
}

/** Threads are loaded where there are many files. */
function startThreads(...given: ConstructorParameters<typeof import('./threads/threads').Threads>) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Threads } = require('./threads/threads') as typeof import('./threads/threads');
  return new Threads(...given);
}
