import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import { holdsIn, sourceIn } from '../../review/admission/rule-source';
import { sourcedRules } from '../../review/rules';
import { reason } from '../refusal';
import { GoPackage } from './go-package';
import { SourcedRule } from './rule-sources';

const USAGE = `Usage: npm run rules:drift -- PROJECT REPOSITORY FROM TO

Prints the functions that differ between two tags of a project, of those that rules are written from and of what these call in
their package, with the rules: these must be read again. PROJECT is KubeVirt or CDI, REPOSITORY a clone with both tags.

  npm run rules:drift -- KubeVirt ../kubevirt v1.8.4 v1.9.0
`;

/** The Go files of a folder at a tag by their names, without tests; empty if there is none. */
export type ReadFolder = (tag: string, folder: string) => ReadonlyMap<string, string>;

/** A function that differs. */
export interface Drift {
  /** Its folder and its name: `pkg/storage/admitters:validatePatches`. */
  readonly place: string;
  /** The rules that are written from it. */
  readonly rules: readonly string[];
  /** The rules that are written from functions which call it. */
  readonly above: readonly string[];
}

/** Compares what the rules of a project are written from at one tag with the same at another. */
export function driftOf(
  project: string,
  rules: readonly SourcedRule[],
  read: ReadFolder,
  [from, to]: readonly [string, string],
): Drift[] {
  const packages = new Map<string, GoPackage>();
  const reach = (tag: string, { folder, file, name }: Place): ReadonlyMap<string, string> => {
    const key = `${tag}:${folder}`;
    let known = packages.get(key);
    if (known === undefined) packages.set(key, (known = new GoPackage(read(tag, folder))));
    return known.reach(file, name);
  };
  const found = new Map<string, { rules: Set<string>; above: Set<string> }>();
  for (const rule of rules) {
    if (!rule.source.startsWith(`${project}, `) || !holdsIn(rule, { release: to, cdi: to })) continue;
    const before = placesOf(rule, project, from);
    for (const [index, place] of placesOf(rule, project, to).entries()) {
      const [old, now] = [reach(from, before[index] ?? before[0] ?? place), reach(to, place)];
      for (const name of differing(old, now, place)) {
        const key = `${place.folder}:${name}`;
        const known = found.get(key) ?? { rules: new Set(), above: new Set() };
        found.set(key, known);
        (place.name === undefined || name === place.name ? known.rules : known.above).add(rule.id);
      }
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, drift]) => ({
      place,
      rules: [...drift.rules],
      above: [...drift.above].filter((id) => !drift.rules.has(id)),
    }));
}

interface Place {
  readonly folder: string;
  readonly file: string;
  /** The function; undefined where the rule names none, but the file. */
  readonly name: string | undefined;
}

/** The functions that a rule names at a tag. */
function placesOf(rule: SourcedRule, project: string, tag: string): Place[] {
  const source = sourceIn(rule, { release: tag, cdi: tag }).replace(`${project} ${tag}, `, '');
  let folder = '';
  return source.split(/; |, (?=\w+\.go)/).flatMap((part): Place[] => {
    const [, file = '', names = ''] = /^([\w./-]+\.go)(?::([\w, ]+))?/.exec(part) ?? [];
    if (file === '') return [];
    if (file.includes('/')) folder = posix.dirname(file);
    const place = { folder, file: posix.basename(file) };
    const functions = names.split(', ').filter((name) => /^\w+$/.test(name));
    return functions.length === 0 ? [{ ...place, name: undefined }] : functions.map((name) => ({ ...place, name }));
  });
}

/** The functions that are not the same, or not on both sides; the place itself if it is gone. */
function differing(old: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>, { file, name }: Place): string[] {
  if (now.size === 0) return [`${name ?? file} (gone)`];
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].filter((one) => old.get(one) !== now.get(one));
}

/** Reads folders from a clone. */
function clone(repository: string): ReadFolder {
  const git = (...args: readonly string[]): string | undefined => {
    const done = spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return done.status === 0 ? done.stdout : undefined;
  };
  return (tag, folder) => {
    const files = git('ls-tree', '--name-only', tag, `${folder}/`)?.split('\n') ?? [];
    const own = files.filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'));
    return new Map(own.map((file) => [posix.basename(file), git('show', `${tag}:${file}`) ?? '']));
  };
}

function main(argv: readonly string[]): number {
  const [project = '', repository = '', from = '', to = ''] = argv;
  if (argv.length !== 4) {
    process.stderr.write(USAGE);
    return 2;
  }
  const drifts = driftOf(project, sourcedRules(), clone(repository), [from, to]);
  for (const { place, rules, above } of drifts) {
    process.stdout.write(`${place}\n`);
    if (rules.length > 0) process.stdout.write(`  rules of it: ${rules.join(', ')}\n`);
    if (above.length > 0) process.stdout.write(`  rules of what calls it: ${above.join(', ')}\n`);
  }
  process.stdout.write(`${drifts.length} functions differ\n`);
  return 0;
}

if (require.main === module) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (thrown) {
    process.stderr.write(`${reason(thrown)}\n`);
    process.exitCode = 1;
  }
}
