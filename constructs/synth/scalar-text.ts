import { Yaml } from 'cdk8s';

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

/** A text as cdk8s prints it in a block; undefined where that depends on what stands around it. */
export function textForm(text: string, indent: string): string | undefined {
  if (text.length > SHORT_WORD && PLAIN.test(text)) return text;
  if (text.includes('\n')) return linesForm(text, indent);
  return MARKER.test(text) ? undefined : quotedWhereNeeded(text);
}

/** A key as cdk8s prints it in a block; undefined where that depends on what stands around it. */
export function keyForm(key: string): string | undefined {
  return key.includes('\n') || key.length > REMEMBERED_LENGTH ? undefined : textForm(key, '');
}

/** A number as cdk8s prints it; undefined of one that is not whole, which has several forms. */
export function numberForm(number: number): string | undefined {
  return Number.isSafeInteger(number) && !Object.is(number, -0) ? String(number) : undefined;
}

function linesForm(text: string, indent: string): string | undefined {
  if (!LINES.test(text)) return undefined;
  const ends = text.endsWith('\n');
  const body = (ends ? text.slice(0, -1) : text).replace(/\n+/g, `$&${indent}`);
  return `${ends ? '|' : '|-'}\n${indent}${body}`;
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
