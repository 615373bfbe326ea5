import { isObject } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { addKind, Faults } from '../shared/refusal';
import { withArticle } from '../shared/wording';

/** Notes a value that is not an object, and each unknown key; returns whether it is an object. */
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

/** Notes a value that is given and is not an instance of the class. */
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
