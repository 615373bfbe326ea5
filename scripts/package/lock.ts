import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/** A package in the lock file, as far as this script looks. */
interface Locked {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * `npm run lock`: fails where package-lock.json records where a package is downloaded from, which it must not, lacks a
 * package that is optional on this platform and needed on another, on which `npm ci` would then fail, or was not
 * written for this package.json: the next `npm install` would change it.
 */
function faults(packages: Readonly<Record<string, Locked>>): string[] {
  const paths = Object.keys(packages);
  const names = new Set(paths.map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)));
  return paths.flatMap((path) => {
    const { resolved, optionalDependencies } = packages[path]!;
    const absent = Object.keys(optionalDependencies ?? {}).filter((name) => !names.has(name));
    const found = absent.map((name) => `${path} may need ${name}, which is not in package-lock.json`);
    if (resolved?.includes('://')) found.push(`${path} has the address ${resolved}; none may be recorded`);
    return found;
  });
}

/** What the lock file repeats of package.json. */
const REPEATED = ['version', 'bin', 'dependencies', 'devDependencies', 'peerDependencies'];

function stale(root: Readonly<Record<string, unknown>>, project: Readonly<Record<string, unknown>>): string[] {
  return REPEATED.filter((key) => !isDeepStrictEqual(withoutDots(root[key]), withoutDots(project[key]))).map(
    (key) => `package-lock.json has other '${key}' than package.json; run 'npm install --package-lock-only'`,
  );
}

/** npm takes `./` off the paths of commands. */
function withoutDots(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null).replaceAll('"./', '"'));
}

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', file), 'utf8')) as Record<string, unknown>;
}

const packages = read('package-lock.json').packages as Record<string, Locked>;
for (const fault of [...faults(packages), ...stale({ ...packages[''] }, read('package.json'))]) {
  console.error(fault);
  process.exitCode = 1;
}
