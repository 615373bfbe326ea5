import * as fs from 'node:fs';
import * as path from 'node:path';
import { Deletion } from './root';

/** A name that says which step it is: `1-disk.yaml`, `02_vm.yaml`. */
const NUMBERED = /^(\d+)[-_. ]/;

/** Whether these files are the steps of their folder: two or more, and each name begins with a number. */
export function areSteps(files: readonly string[]): boolean {
  return files.length > 1 && files.every((file) => NUMBERED.test(path.basename(file)));
}

/**
 * The first two steps that `kubectl apply -f FOLDER`, which takes files by name, takes in another order than that of their
 * numbers; undefined if both orders are the same.
 */
export function misplacedSteps(files: readonly string[]): readonly [first: string, second: string] | undefined {
  const names = files.map((file) => path.basename(file)).sort();
  const pairs = names.slice(1).map((name, index) => [names[index]!, name] as const);
  return pairs.find(([first, second]) => numberOf(second) < numberOf(first));
}

function numberOf(name: string): number {
  return Number(NUMBERED.exec(name)?.[1]);
}

/** What the runbooks of a folder (its Markdown files) delete between the steps, by `kubectl delete`. */
export function deletionsOf(folder: string, files: readonly string[]): Deletion[] {
  return doneBetween(folder, files, (line) => deleted(/\bkubectl delete ([^`#|;&]*)/.exec(line)?.[1] ?? ''));
}

/** What they halt between the steps, by `virtctl stop`. */
export function haltsOf(folder: string, files: readonly string[]): Deletion[] {
  return doneBetween(folder, files, (line) => {
    const words = /\bvirtctl stop ([^`#|;&]*)/.exec(line)?.[1] ?? '';
    return words === '' ? [] : deleted(`vm ${words}`);
  });
}

type Done = Omit<Deletion, 'after'>;

function doneBetween(folder: string, files: readonly string[], doneBy: (line: string) => readonly Done[]): Deletion[] {
  const names = new Map(files.map((file) => [path.basename(file), file]));
  return runbooks(folder).flatMap((text) => {
    let after = '';
    return text.split('\n').flatMap((line) => {
      const [, behind = ''] = /\bkubectl apply (.*)/.exec(line) ?? [];
      const [applied = ''] = behind.split(/[/\s`]/).flatMap((word) => /^.+\.(?:ya?ml|json)/.exec(word) ?? []);
      after = names.get(applied) ?? after;
      return doneBy(line).map((object) => ({ ...object, after }));
    });
  });
}

function deleted(words: string): Done[] {
  const given = words.replace(/\s(-n|--namespace|-f|--filename|-l)[ =]\S+/g, ' ').split(/\s+/);
  const [first = '', ...others] = given.filter((word) => word !== '' && !word.startsWith('-'));
  const pairs = first.includes('/') ? [first, ...others] : others.map((name) => `${first}/${name}`);
  return pairs.flatMap((pair) => {
    const [kind = '', name = ''] = pair.split('/');
    return name === '' ? [] : [{ kind: kind.toLowerCase().replace(/\..*/, ''), name }];
  });
}

/** Longer ones are not read. */
const LONGEST_RUNBOOK = 2 ** 20;

/** What is no file, a pipe say, may never end. */
function isShort(stats: fs.Stats): boolean {
  return stats.isFile() && stats.size <= LONGEST_RUNBOOK;
}

function runbooks(folder: string): string[] {
  try {
    const files = fs.readdirSync(folder).filter((name) => name.toLowerCase().endsWith('.md'));
    const paths = files.sort().map((name) => path.join(folder, name));
    return paths.filter((at) => isShort(fs.statSync(at))).map((at) => fs.readFileSync(at, 'utf8'));
  } catch {
    return [];
  }
}
