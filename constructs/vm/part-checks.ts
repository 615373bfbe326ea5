import { isObject } from '../shared/checks';
import { Example, FactoryClass } from '../shared/factory-remedy';
import { checkKeys } from '../shared/known-keys';
import { instanceOf } from '../shared/prop-checks';
import { addKind, Faults } from '../shared/refusal';

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
  type: FactoryClass,
  example: Example,
): void {
  if (value !== undefined) instanceOf(type, example)(faults, property, value);
}
