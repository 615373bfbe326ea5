import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { mutated, Mutation, mutationsOf } from './mutations';
import { TypeCheck } from './type-check';

const USAGE = `Usage: npm run mutate -- [--only N] [--seed SEED] [--skip N] [--near] FILE[:LINE]|DIR ...

Swaps one operator at a time (=== and !==, < and <=, && and ||, + and -, true and false, a ! left out), checks the types of the
file, and runs every test that the file is related to, the nearest first, until one of them notices.

  --only N     N places at random of all that there are   (else each)
  --seed SEED  which ones                                 (else by the clock)
  --skip N     not the first N of these: where a run was stopped
  --near       the tests of its folder, of those in it, and of the one above alone: what these do not notice, others may

The file is changed where it stands and put back after each run: commit first. Exit status: 0 all were noticed, 1 some were not.
`;

const ROOT = join(__dirname, '..', '..');

interface Place extends Mutation {
  readonly file: string;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      only: { type: 'string' },
      seed: { type: 'string' },
      skip: { type: 'string', default: '0' },
      near: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  if (positionals.length === 0 || values.help === true) {
    console.error(USAGE);
    return 2;
  }
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const all = positionals.flatMap(placesAt);
  const skipped = Number(values.skip);
  const places = (values.only === undefined ? all : chosen(all, Number(values.only), seed)).slice(skipped);
  console.log(`${places.length} of ${all.length} places, seed ${seed}`);
  const types = new TypeCheck(ROOT, [...new Set(places.map(({ file }) => file))]);
  let noticed = 0;
  for (const [index, place] of places.entries()) {
    const by = await noticedBy(place, types, values.near);
    if (by !== undefined) noticed += 1;
    console.log(
      `${skipped + index + 1}  ${placeText(place)}  ${place.from} -> ${place.to || '(left out)'}  ${by ?? 'NOT NOTICED'}`,
    );
  }
  console.log(`${noticed} of ${places.length} were noticed`);
  return noticed === places.length ? 0 : 1;
}

function placesAt(given: string): Place[] {
  const [, path = given, line] = /^(.*\.ts):(\d+)$/.exec(given) ?? [];
  return sourcesAt(path).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return mutationsOf(text)
      .filter(({ start }) => line === undefined || text.slice(0, start).split('\n').length === Number(line))
      .map((mutation): Place => ({ file, ...mutation }));
  });
}

function sourcesAt(given: string): string[] {
  if (!statSync(given).isDirectory()) return [given];
  return readdirSync(given, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing(\/|\.ts$)/.test(name))
    .map((name) => join(given, name))
    .sort();
}

/** What notices a mutation; undefined if nothing does. */
async function noticedBy(place: Place, types: TypeCheck, isNear: boolean): Promise<string | undefined> {
  const text = readFileSync(place.file, 'utf8');
  const changed = mutated(text, place);
  if (types.fails(place.file, changed)) return 'type check';
  const restore = (): void => writeFileSync(place.file, text);
  const stop = (): never => {
    restore();
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    writeFileSync(place.file, changed);
    return isNear
      ? await failedTest(place.file, testsNear(place.file), PATIENCE_NEAR)
      : await failedTest(place.file, ['--findRelatedTests', place.file], PATIENCE);
  } finally {
    restore();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function testsNear(file: string): string[] {
  const folder = relative(ROOT, dirname(resolve(file)));
  return [`^${join(ROOT, folder)}/`, ...(dirname(folder) === '.' ? [] : [`^${join(ROOT, dirname(folder))}/[^/]*$`])];
}

const JEST = require.resolve('jest/bin/jest');
const QUIET = ['--bail', '--silent', '--passWithNoTests', '--maxWorkers=2', '--testTimeout=60000'];
const NEAREST_FIRST = ['--testSequencer', join(__dirname, 'nearest-first.cjs')];

/** How long all tests, and the nearest alone, may take, in milliseconds: a test that does not end has noticed, too. */
const PATIENCE = 1_200_000;
const PATIENCE_NEAR = 180_000;

/** The test that fails; undefined if none does. */
async function failedTest(file: string, which: readonly string[], patience: number): Promise<string | undefined> {
  const jest = spawn(process.execPath, [JEST, ...QUIET, ...NEAREST_FIRST, ...which], {
    cwd: ROOT,
    env: { ...process.env, MUTATED: resolve(file) },
    stdio: ['ignore', 'ignore', 'pipe'],
    // With its workers a group of processes: one in an endless loop would outlive jest.
    detached: true,
  });
  const kill = (): unknown => process.kill(-jest.pid!, 'SIGKILL');
  const clock = setTimeout(kill, patience);
  process.prependListener('exit', kill);
  const [said, [status]] = await Promise.all([textOf(jest.stderr), once(jest, 'exit')]);
  process.off('exit', kill);
  clearTimeout(clock);
  if (status === 0) return undefined;
  return /^FAIL (\S+)/m.exec(said)?.[1] ?? 'a test that does not end';
}

function placeText({ file, start }: Place): string {
  const before = readFileSync(file, 'utf8').slice(0, start).split('\n');
  return `${relative(ROOT, join(ROOT, file))}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** Some of a list at random: the same for the same seed (mulberry32). */
function chosen<T>(all: readonly T[], count: number, seed: number): T[] {
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const rest = [...all];
  return Array.from({ length: Math.min(count, all.length) }, () => {
    const [one] = rest.splice(Math.floor(random() * rest.length), 1);
    return one!;
  });
}

void main().then((status) => (process.exitCode = status));
