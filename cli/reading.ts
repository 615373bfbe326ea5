import { printable } from '../constructs/shared/printable';
import type { KustomizeUse } from '../review/format';
import { handedOver } from '../review/manifests/bytes';
import type { Input, ParsedText } from '../review/manifests/input';
import { InputWorld, Listing, Reading, STDIN } from '../review/manifests/reader';
import { RepeatedValues } from '../review/manifests/repeated-values';
import { collectEarly } from './engine-flags';
import { buildAll, findKustomize } from './kustomize';

/** Where relative paths start, and what standard input holds. */
export interface ReadingWorld {
  readonly cwd: string;
  readonly stdin: (maxBytes?: number) => Promise<Buffer>;
  /**
   * Writes a line on standard error.
   *
   * @default - the line is dropped
   */
  readonly complain?: (text: string) => void;
  /**
   * The environment of the process, in whose path kustomize is looked for.
   *
   * @default - no process is started
   */
  readonly env?: NodeJS.ProcessEnv;
}

/** How files are read. */
export interface ReadingOptions {
  /**
   * The most bytes that one file or stream may have.
   *
   * @default 256 MiB
   */
  readonly maxBytes?: number;
  /**
   * Whether Kustomizations are built by kustomize, if it is installed.
   *
   * @default true
   */
  readonly kustomize?: boolean;
}

/** What is named, as it is applied. */
export interface ReadInput {
  readonly input: Input;
  /** Which kustomize said so; undefined if it was not asked. */
  readonly kustomize?: KustomizeUse;
}

/** What files, folders and standard input hold. */
export async function readPaths(
  paths: readonly string[],
  world: ReadingWorld,
  options: ReadingOptions = {},
): Promise<ReadInput> {
  return readListed(await listPaths(paths, world, options), world, options);
}

/** The files that are to be read, and what stands on standard input. */
export async function listPaths(
  paths: readonly string[],
  { cwd, stdin, complain }: ReadingWorld,
  { maxBytes }: ReadingOptions,
  onRead?: InputWorld['onRead'],
): Promise<Listing> {
  const listing = new Listing(paths, {
    cwd,
    stdin: handedOver(paths.includes(STDIN) ? await stdin(maxBytes) : Buffer.alloc(0)),
    maxBytes,
    onLarge: collectEarly,
    onRead,
    repeated: new RepeatedValues(),
    onCutOff: (line) => complain?.(`${printable(line)}\n`),
  });
  if (listing.files.length > MANY_FILES) collectEarly();
  return listing;
}

/** What so many files hold takes a gigabyte: better a fifth more time than half as much memory again. */
const MANY_FILES = 30_000;

/** @param ahead What was read already. */
export async function readListed(
  listing: Listing,
  { env }: Pick<ReadingWorld, 'env'>,
  { kustomize = true }: ReadingOptions,
  ahead?: ReadonlyMap<string, ParsedText>,
): Promise<ReadInput> {
  const reading = new Reading(listing, ahead);
  const builds = env === undefined || !kustomize ? [] : reading.builds;
  if (env === undefined || builds.length === 0) return { input: reading.placed() };
  const program = await findKustomize(env);
  if (program === undefined) return { input: reading.placed(), kustomize: { built: 0, asked: builds.length } };
  const outputs = await buildAll(program, builds, env);
  const built = [...outputs.values()].filter((output) => !('failure' in output)).length;
  const { binary, version } = program;
  return { input: reading.placed(outputs), kustomize: { binary, version, built, asked: builds.length } };
}
