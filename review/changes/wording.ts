import { isDeepStrictEqual } from 'node:util';
import { withoutSensitive } from '../../constructs/shared/sensitive';
import { firstWords, shortened } from '../../constructs/shared/wording';
import { isObject } from '../manifests/json';

/** The longest value that a message shows. */
const LONGEST = 60;

/** `2Gi → 4Gi`: a value before and after, as they were written. */
export function fromTo(before: unknown, after: unknown): string {
  return `${plainly(before)} → ${plainly(after)}`;
}

/** A value in a message: a text without quotes, an object by its keys. */
export function plainly(value: unknown): string {
  if (value === undefined || value === null) return '(absent)';
  const text = typeof value === 'string' ? value : (JSON.stringify(withoutSensitive(value)) ?? typeof value);
  return text.length > LONGEST ? shortened(text, LONGEST - 1) : text;
}

/** Whether two values are the same, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

/** The paths at which two canonical values differ: down to single values, a list as a whole. */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (isSame(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  return [path];
}

/** `pvc.storageClassName fast → slow, url a → b and 2 more`: the values that differ, by their paths. */
export function changesIn(before: unknown, after: unknown): string {
  const changes = valuesThatDiffer(before, after, '');
  const texts = changes.map(([path, was, is]) => `${path} ${fromTo(was, is)}`.trim());
  return firstWords(texts, MOST_CHANGES);
}

/** The most changes of an object that a message shows. */
const MOST_CHANGES = 3;

type ValueChange = readonly [path: string, was: unknown, is: unknown];

/** Single values; an item of a list by its place, where the lists are equally long. */
function valuesThatDiffer(before: unknown, after: unknown, path: string): ValueChange[] {
  if (isSame(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => valuesThatDiffer(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => valuesThatDiffer(item, after[index], `${path}[${index}]`));
  }
  return [[path, before, after]];
}
