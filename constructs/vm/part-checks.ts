import { isObject } from '../shared/checks';
import { Faults, show } from '../shared/refusal';
import { checkKeys } from './cloud-init-text';

/** Notes what is of another kind than it must be. An object goes by its class alone: it may hold a secret. */
export function addKind(faults: Faults, property: string, must: string, value: unknown, remedy?: string): void {
  faults.note(`'${property}' must ${must}, got ${kindOrScalar(value)}${remedy === undefined ? '' : `; ${remedy}`}`);
}

/** Notes what is no object, and the keys that it should not have; says whether it is an object. */
export function checkPart<T>(
  faults: Faults,
  property: string,
  value: unknown,
  known: { readonly [key in keyof Required<T>]: true },
  remedy?: string,
): value is T {
  if (isObject(value)) return checkKeys(faults, property, value, known);
  addKind(faults, property, 'be an object', value, remedy);
  return false;
}

/** Notes what is given and no instance of the class. */
export function checkInstance(
  faults: Faults,
  property: string,
  value: unknown,
  { prototype, name }: { readonly prototype: object; readonly name: string },
  example: string,
): void {
  if (value === undefined || (isObject(value) && Object.prototype.isPrototypeOf.call(prototype, value))) return;
  addKind(faults, property, `be ${withArticle(name)}`, value, `write for example ${example}`);
}

function kindOrScalar(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (!isObject(value)) return show(value);
  const name = typeof value.constructor === 'function' ? value.constructor.name : '';
  return name === '' || name === 'Object' ? 'an object' : withArticle(name);
}

function withArticle(name: string): string {
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}
