import { Yaml } from 'cdk8s';

const STEP = '  ';

/** What begins a document or ends one is printed by its place. */
const MARKER = /^(?:---|\.\.\.)/;

/**
 * Text that needs no quotes in YAML 1.1, whatever stands around it. A word that means something
 * else (true, yes, null: each has at most SHORT_WORD letters) never has this form.
 */
const PLAIN = /^[A-Za-z/][\w./@=+-]*(?::[\w./@=+-]+)*\w$/;
const SHORT_WORD = 5;

/**
 * Text of several lines that is printed as it is below a `|`: it begins with no blank, ends with
 * at most one newline after no blank, and holds no sign that has to be escaped.
 */
const LINES = /^[^\s\x00-\x1f\x7f-\x9f\u{d800}-\u{dfff}][^\x00-\x08\x0b-\x1f\x7f-\x9f\u{d800}-\u{dfff}]*\S\n?$/u;

/** How many texts, and how long ones, are remembered with the form that they are printed in. */
const REMEMBERED = 20_000;
const REMEMBERED_LENGTH = 200;

const printed = new Map<string, string>();

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
      text += `${text === '' ? '' : `\n${indent}`}${this.key(key)}:${this.below(map[key], indent + STEP)}`;
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
    if (typeof value === 'string') return this.text(value, indent);
    if (typeof value === 'boolean' || value === null || Number.isSafeInteger(value)) {
      if (Object.is(value, -0)) this.gaveUp = true;
      return String(value);
    }
    if (Array.isArray(value)) return value.length === 0 ? '[]' : this.list(value, indent);
    if (isMap(value)) return Object.keys(value).length === 0 ? '{}' : this.map(value, indent);
    this.gaveUp = true;
    return '';
  }

  private key(key: string): string {
    if (key.includes('\n') || key.length > REMEMBERED_LENGTH) this.gaveUp = true;
    return this.text(key, '');
  }

  private text(text: string, indent: string): string {
    if (text.length > SHORT_WORD && PLAIN.test(text)) return text;
    if (text.includes('\n')) return this.lines(text, indent);
    if (MARKER.test(text)) this.gaveUp = true;
    return quotedWhereNeeded(text);
  }

  private lines(text: string, indent: string): string {
    if (!LINES.test(text)) {
      this.gaveUp = true;
      return '';
    }
    const ends = text.endsWith('\n');
    const body = (ends ? text.slice(0, -1) : text).replace(/\n+/g, `$&${indent}`);
    return `${ends ? '|' : '|-'}\n${indent}${body}`;
  }

  private see(object: object): void {
    if (this.seen.has(object)) this.gaveUp = true;
    this.seen.add(object);
  }
}

/** Text of one line, as cdk8s prints it; that does not depend on its place. */
function quotedWhereNeeded(text: string): string {
  const known = printed.get(text);
  if (known !== undefined) return known;
  const form = Yaml.stringify(text).slice(0, -1);
  if (printed.size >= REMEMBERED) printed.clear();
  if (text.length <= REMEMBERED_LENGTH) printed.set(text, form);
  return form;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
