import { Yaml } from 'cdk8s';
import { keyForm, numberForm, textForm } from './scalar-text';

const STEP = '  ';

/**
 * One manifest as YAML text, with the bytes that cdk8s gives it. What stands in nearly every
 * manifest is printed here, five times as fast; the rest is left to cdk8s's own printer, value by
 * value, or for what depends on its place, as a whole.
 */
export function manifestText(manifest: unknown): string {
  const printer = new Printer();
  const text = isMap(manifest) && Object.keys(manifest).length > 0 ? printer.map(manifest, '') : undefined;
  return text === undefined || printer.gaveUp ? Yaml.stringify(manifest) : `${text}\n`;
}

/** Prints one manifest, or gives up. */
class Printer {
  public gaveUp = false;

  /** An object that stands twice becomes an anchor and an alias. */
  private readonly seen = new Set<object>();

  /** The entries of a map; the first stands where the line already is. */
  public map(map: Record<string, unknown>, indent: string): string {
    this.see(map);
    let text = '';
    for (const key of Object.keys(map)) {
      text += `${text === '' ? '' : `\n${indent}`}${this.have(keyForm(key))}:${this.below(map[key], indent + STEP)}`;
    }
    return text;
  }

  private list(items: readonly unknown[], indent: string): string {
    this.see(items);
    return items.map((item) => `- ${this.item(item, indent + STEP)}`).join(`\n${indent}`);
  }

  /** What follows the colon of a key. */
  private below(value: unknown, indent: string): string {
    const isFilled = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    return isFilled ? `\n${indent}${this.item(value, indent)}` : ` ${this.item(value, indent)}`;
  }

  private item(value: unknown, indent: string): string {
    if (typeof value === 'string') return this.have(textForm(value, indent));
    if (typeof value === 'boolean' || value === null) return String(value);
    if (typeof value === 'number') return this.have(numberForm(value));
    if (Array.isArray(value)) return value.length === 0 ? '[]' : this.list(value, indent);
    if (isMap(value)) return Object.keys(value).length === 0 ? '{}' : this.map(value, indent);
    return this.have(undefined);
  }

  private have(form: string | undefined): string {
    if (form === undefined) this.gaveUp = true;
    return form ?? '';
  }

  private see(object: object): void {
    if (this.seen.has(object)) this.gaveUp = true;
    this.seen.add(object);
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
