import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package in the lock file, as far as this script looks. */
interface Locked {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * `npm run lock`: fails where package-lock.json records where a package is downloaded from, which it must not, or lacks a
 * package that is optional on this platform and needed on another: `npm ci` would then fail there.
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

const { packages } = JSON.parse(readFileSync(join(__dirname, '..', 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
for (const fault of faults(packages)) {
  console.error(fault);
  process.exitCode = 1;
}
