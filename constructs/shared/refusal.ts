import { Size } from 'cdk8s/lib/size';
import { printable } from './printable';
import { isSensitiveField } from './sensitive';
import { show as showValue } from './shown-value';
import { userError } from './user-error';
import { withArticle } from './wording';

/**
 * Collects all faults of one object and refuses them in one error, a line each:
 * `[construct/path] 'prop' must …, got …; remedy`.
 */
export class Faults {
  private readonly lines: string[] = [];

  /** @param subject What is refused: the path of a construct, or the name of a factory. */
  public constructor(private readonly subject: string) {}

  /** How many faults have been noted. */
  public get count(): number {
    return this.lines.length;
  }

  /** Notes that `property` must be something that `value` is not. */
  public add(property: string, must: string, value: unknown, remedy?: string): void {
    const isHidden = isSensitiveField('', property) && value !== undefined;
    const got = isHidden ? kindOf(value) : show(value);
    // A remedy that writes the value in the right form would repeat it.
    const repeats = isHidden && typeof value === 'string' && remedy?.includes(value) === true;
    this.note(`'${property}' must ${must}, got ${got}${remedy === undefined || repeats ? '' : `; ${remedy}`}`);
  }

  /** Notes a fault that no single value shows. */
  public note(sentence: string): void {
    this.lines.push(`[${this.subject}] ${printable(sentence)}`);
  }

  /** @throws if any fault has been noted, with all of them. */
  public refuse(): void {
    if (this.lines.length > 0) throw userError(this.lines.join('\n'), 'node-do-not-add-exception-line');
  }
}

/** Refuses one fault at once. */
export function refuse(subject: string, property: string, must: string, value: unknown, remedy?: string): never {
  const faults = new Faults(subject);
  faults.add(property, must, value, remedy);
  faults.refuse();
  throw new Error('unreachable');
}

/** Notes a value of the wrong kind. Of an object the message names only the class: it may hold a secret. */
export function addKind(faults: Faults, property: string, must: string, value: unknown, remedy?: string): void {
  const got = typeof value === 'object' ? kindOf(value) : show(value);
  faults.note(`'${property}' must ${must}, got ${got}${remedy === undefined ? '' : `; ${remedy}`}`);
}

/** A value as it is in a message: JSON, cut where it is long; a size as a manifest writes it. */
export function show(value: unknown): string {
  return showValue(value instanceof Size ? value.asString() : value);
}

/** What kind of value it is, an object by its class: for a message that must not repeat it. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'boolean') return String(value);
  if (value === '') return 'empty text';
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object') return `a value of type '${typeof value}'`;
  const name = typeof value.constructor === 'function' ? value.constructor.name : '';
  return name === '' || name === 'Object' ? 'an object' : withArticle(name);
}
