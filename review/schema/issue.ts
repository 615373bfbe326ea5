import { editsBetween } from '../../constructs/shared/likeness';
import { shortened } from '../../constructs/shared/wording';

export { alternatives } from '../../constructs/shared/wording';

/** What a schema may find wrong. */
export enum SchemaRule {
  /** The API server prunes it, or drops it when it decodes the object. */
  UNKNOWN_FIELD = 'schema-unknown-field',
  TYPE = 'schema-type',
  REQUIRED = 'schema-required',
  ENUM = 'schema-enum',
  PATTERN = 'schema-pattern',
  QUANTITY = 'schema-quantity',
  FORMAT = 'schema-format',
  RANGE = 'schema-range',
  LENGTH = 'schema-length',
  DUPLICATE = 'schema-duplicate',
  /** No release serves this version of its kind. */
  VERSION = 'schema-version',
  /** Its group has no such kind. */
  KIND = 'schema-kind',
  /** A rule in CEL. */
  EXPRESSION = 'schema-expression',
}

/** The way to a field, by names and by the indexes of lists. */
export type FieldPath = readonly (string | number)[];

/** What is wrong with one field. */
export interface Issue {
  readonly rule: SchemaRule;
  readonly field: string;
  readonly message: string;
  readonly remedy?: string;
  /** Of an unknown field the way to it. */
  readonly path?: FieldPath;
}

/** A value as a message of the schema shows it: a text as it is, a list and an object by their kind. */
export function briefly(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return value !== null && typeof value === 'object' ? 'an object' : String(value);
}

/** The most letters that a name is mistyped in. */
const MOST_EDITS = 2;

/** The name that is most like a mistyped one: at most two letters, and a third of them, differ. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  if (name.length > 64) return undefined;
  let best: string | undefined;
  let most = Math.max(1, Math.min(MOST_EDITS, Math.floor(name.length / 3)));
  for (const other of names) {
    const distance = editsBetween(name.toLowerCase(), other.toLowerCase(), most);
    if (distance <= most) [best, most] = [other, distance - 1];
  }
  return best;
}
