import { report, reportWith } from '../review/engine';
import { Reviewed } from '../review/format';
import { Locator } from '../review/manifests/locator';
import type { SharedOptions } from '../review/settings/options-file';
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
}

/** Reviews what stands in files, folders and standard input. */
export async function checkPaths(
  paths: readonly string[],
  { storage: file, ...options }: SharedOptions,
  world: ReadingWorld,
  how: CheckOptions = {},
): Promise<Reviewed> {
  const storage = storageOf({ storage: file, backends: options.backends }, world.cwd, how.maxBytes)?.text;
  const listing = await listPaths(paths, world, how);
  const count = threadCount(listing.files.length, how.threads);
  const threads = count === 1 ? undefined : startThreads(listing, count);
  try {
    const { input, kustomize } = await readListed(listing, world, how, await threads?.read());
    const { manifests, faults, lines, textOf } = input;
    const asked = { ...options, storage };
    const found = await (threads === undefined ? report(manifests, asked) : reportWith(threads, manifests, asked));
    const locator = new Locator(textOf, (name) => lines.get(name) ?? []);
    const places = locator.places([...found.findings, ...found.accepted]);
    return { report: found, faults, kustomize, manifests, place: (finding) => places.get(finding) };
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
