import * as k from '../../constructs';
import { isObject } from '../../review/manifests/json';
import { call, Code, list, literal, record } from '../language/expression';
import { Entries, objectOr } from '../language/scalars';
import { withDefaults } from './defaults';
import { isNothing, isSame } from './sameness';

/** What `overrides` say of a value. */
export interface Difference {
  readonly code: Code;
  /** Where the two differ. */
  readonly paths: readonly string[];
  /** Whether something is taken away that a construct always writes. */
  readonly removes: boolean;
  /** Of an object, its fields that differ. */
  readonly entries?: Entries;
}

/** What makes the one of the other by `overrides`, with the paths at which they differ; undefined if they mean the same. */
export function overridesFor(made: unknown, wanted: unknown, path = '', key = ''): Difference | undefined {
  if (isSame(made, wanted, key)) return undefined;
  if (isNothing(wanted, key)) return { code: literal(null), paths: [path], removes: true };
  if (Array.isArray(wanted)) return listOverrides(made, wanted, path);
  if (!isObject(wanted) || !isObject(made)) return { code: literal(wanted), paths: [path], removes: false };
  const entries: [string, Code][] = [];
  const paths: string[] = [];
  let removes = false;
  const [had, asked] = [withDefaults(made, key), withDefaults(wanted, key)];
  for (const below of new Set([...Object.keys(had), ...Object.keys(asked)])) {
    const found = overridesFor(had[below], asked[below], path === '' ? below : `${path}.${below}`, below);
    if (found === undefined) continue;
    entries.push([below, found.code]);
    paths.push(...found.paths);
    removes ||= found.removes;
  }
  return { code: record(entries), paths, removes, entries };
}

function listOverrides(made: unknown, wanted: readonly unknown[], path: string): Difference {
  const before = Array.isArray(made) ? made : [];
  const names = (items: readonly unknown[]): (string | undefined)[] =>
    items.map(objectOr).map(({ name }) => (typeof name === 'string' ? name : undefined));
  const [had, asked] = [names(before), names(wanted)];
  const isOrdered =
    had.length === asked.length && had.every((name, index) => name === asked[index] && name !== undefined);
  const whole = { paths: [path], removes: false };
  if (before.length === 0) return { code: literal(wanted), ...whole };
  if (!isOrdered) return { code: call('Overrides', k.Overrides, 'replaceList', literal(wanted)), ...whole };
  const paths: string[] = [];
  let removes = false;
  const items = wanted.flatMap((item, index) => {
    const found = overridesFor(before[index], item, `${path}[${index}]`);
    if (found === undefined) return [];
    paths.push(...found.paths);
    removes ||= found.removes;
    return [record([['name', literal(asked[index])], ...(found.entries ?? [])])];
  });
  return { code: list(items), paths, removes };
}
