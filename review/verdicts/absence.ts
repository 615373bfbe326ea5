import { Finding } from '../finding';
import { Reviewed } from '../manifests/manifest';
import { isForServerSideApply, isOneOf } from '../manifests/partial';
import { ExternalObject } from '../references';
import { SchemaRule } from '../schema';

/** What is said of a field. */
type Said = Pick<Finding, 'rule' | 'message'>;

/** Whether it says that something is not there: what a patch, or another owner of the object, may add. */
export function isOfAbsence({ rule, message }: Said): boolean {
  if (rule.startsWith('schema-')) return rule === String(SchemaRule.REQUIRED);
  return !/, got /.test(message) || /, got (nothing|none|no |"")/.test(message);
}

/** Whether a field is one that a patch writes, or stands above or below it: what is there now may never be applied. */
export function isTouched({ touched = [] }: Reviewed, field: string): boolean {
  if (touched.length === 0) return false;
  const own = field.replace(/\[\d+\]/g, '.*').split('.');
  return touched.some((one) => {
    const other = one.split('.');
    return own.slice(0, other.length).every((key, index) => key === other[index]);
  });
}

/** The objects that are parts of others, and what each of them lacks: right only if somebody else holds the rest. */
export class PartialObjects {
  private readonly lacking = new Map<Reviewed, Set<string>>();

  /** @param named Those that the options name, besides those that say so of themselves. */
  constructor(private readonly named: readonly ExternalObject[] = []) {}

  /** Whether an object is only a part, so that what it lacks is no fault; notes the field. */
  public lacks(reviewed: Reviewed, field: string): boolean {
    if (!isForServerSideApply(reviewed.object) && !isOneOf(reviewed.object, this.named)) return false;
    const fields = this.lacking.get(reviewed);
    if (fields === undefined) this.lacking.set(reviewed, new Set([field]));
    else fields.add(field);
    return true;
  }

  /** What is to be said of each. */
  public *notes(): Generator<readonly [reviewed: Reviewed, reason: string]> {
    for (const [reviewed, fields] of this.lacking) {
      const names = [...fields].map((field) => `'${field}'`).join(', ');
      yield [reviewed, `only a part of an object: without ${names} it is right if another owner holds the rest`];
    }
  }
}
