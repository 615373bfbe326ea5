import { resolve } from 'node:path';
import { printable } from '../constructs/shared/printable';
import { report, reportWith } from '../review/engine';
import { Reviewed } from '../review/format';
import { Locator } from '../review/manifests/locator';
import type { SharedOptions } from '../review/settings/options-file';
import type { JudgementCache } from './cache/judgement-cache';
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
   * The folder in which findings are kept for the next run.
   *
   * @default - none are kept
   */
  readonly cache?: string;
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
  const cache = how.cache === undefined ? undefined : openCache(how.cache, world);
  const listing = await listPaths(paths, world, how, cache && ((bytes, content) => cache.meet(bytes, content)));
  const count = cache === undefined ? threadCount(listing.files.length, how.threads) : 1;
  const threads = count === 1 ? undefined : startThreads(listing, count);
  try {
    const { input, kustomize } = await readListed(listing, world, how, await threads?.read());
    const { manifests, faults, lines, textOf } = input;
    const asked = { ...options, storage };
    const others = cache ?? threads;
    const found = await (others === undefined ? report(manifests, asked) : reportWith(others, manifests, asked));
    cache?.keep();
    return { report: found, faults, kustomize, lines, textOf, ...(how.keepsManifests === true ? { manifests } : {}) };
  } finally {
    threads?.end();
  }
}

/* Threads are loaded where there are many files, a cache where one is named. */
/* eslint-disable @typescript-eslint/no-require-imports */
function startThreads(...given: ConstructorParameters<typeof import('./threads/threads').Threads>) {
  const { Threads } = require('./threads/threads') as typeof import('./threads/threads');
  return new Threads(...given);
}

function openCache(folder: string, { cwd, complain }: ReadingWorld): JudgementCache {
  const { openedCache } = require('./cache/opened-cache') as typeof import('./cache/opened-cache');
  return openedCache(resolve(cwd, folder), folder, (line) => complain?.(`${printable(line)}\n`));
}
/* eslint-enable @typescript-eslint/no-require-imports */
