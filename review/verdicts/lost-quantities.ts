import { isObject, textAt } from '../manifests/json';
import type { ReviewedManifest } from '../manifests/manifest';

/** Fields whose values are quantities, and maps of which every value is one. */
const QUANTITIES: ReadonlySet<string> = new Set(['guest', 'maxGuest', 'size', 'sizeLimit', 'storage', 'capacity']);
const MAPS: ReadonlySet<string> = new Set(['requests', 'limits', 'hard', 'capacity']);

/** A quantity that is not there any more. */
export interface LostQuantity {
  /** Name of its object; empty if it has none. */
  readonly name: string;
  /** Where it should stand. */
  readonly field: string;
  /** The file of the object; empty if it is not known. */
  readonly file: string;
}

/**
 * Quantities that became `null`: the generated classes write it for a plain text, and the API server takes it for nothing.
 */
export function lostQuantities(manifests: Iterable<ReviewedManifest>): LostQuantity[] {
  return [...manifests].flatMap(({ object, origin }) =>
    nullsIn(object, '', false).map((field) => ({
      name: textAt(object, 'metadata', 'name'),
      field,
      file: origin.file ?? '',
    })),
  );
}

function nullsIn(value: unknown, path: string, isQuantity: boolean): string[] {
  if (value === null) return isQuantity ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => nullsIn(item, `${path}[${index}]`, false));
  if (!isObject(value)) return [];
  const isMap = MAPS.has(path.split('.').at(-1) ?? '');
  return Object.entries(value).flatMap(([key, one]) =>
    nullsIn(one, path === '' ? key : `${path}.${key}`, isMap || QUANTITIES.has(key)),
  );
}
