/**
 * What every Mermaid flowchart here is made of: keys of boxes, shapes, and texts that Mermaid takes as plain text.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */

import { printable } from '../../constructs/shared/printable';
import { withoutLogins } from '../../constructs/shared/sensitive';

/** The keys of boxes: readable, and no two alike. */
export class Keys {
  private readonly known = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** The key of what has this name; empty parts of it are not shown. */
  public of(...names: readonly string[]): string {
    const identity = names.join('\0');
    const known = this.known.get(identity);
    if (known !== undefined) return known;
    const readable = names
      .filter((name) => name !== '')
      .map(withoutLogins)
      .join('_')
      .replace(/\W/g, '_');
    let chosen = readable;
    for (let next = 2; this.taken.has(chosen); next += 1) chosen = `${readable}_${next}`;
    this.known.set(identity, chosen);
    this.taken.add(chosen);
    return chosen;
  }
}

/** A disk. */
export function cylinder(...lines: readonly string[]): string {
  return `[(${label(lines)})]`;
}

/** A machine. */
export function rounded(...lines: readonly string[]): string {
  return `([${label(lines)}])`;
}

/** Anything else. */
export function box(...lines: readonly string[]): string {
  return `[${label(lines)}]`;
}

/** An arrow, with an optional text. */
export function arrow(from: string, to: string, text = ''): string {
  return text === '' ? `${from} --> ${to}` : `${from} -->|${quoted(text)}| ${to}`;
}

/** An arrow of the second rank. */
export function dotted(from: string, to: string): string {
  return `${from} -.-> ${to}`;
}

/** A text between quotes: a title. */
export function quoted(text: string): string {
  return label([text]);
}

function label(lines: readonly string[]): string {
  return `"${lines.map((line) => escape(shortened(printable(line)))).join('<br/>')}"`;
}

/** Mermaid wraps a text at its blanks and hyphens, and makes a box as wide as a text without them. */
const LONGEST = 80;

/** A long name without its middle: it begins with what it is and ends with what tells it from others. */
function shortened(text: string): string {
  const signs = [...text];
  if (signs.length <= LONGEST) return text;
  return `${signs.slice(0, 48).join('')}…${signs.slice(-(LONGEST - 49)).join('')}`;
}

/**
 * Mermaid's own escapes. It takes `%%` for a comment wherever it stands, and the `;` away that ends
 * a line with `style`, a colon and an escape in it: the colon is escaped with all else.
 */
function escape(text: string): string {
  const asCode = (sign: string): string => `#${sign.codePointAt(0)};`;
  const special = /[&"<>#;`%\\\s]/.test(text.replace(/ /g, ''));
  return special ? text.replace(/[&"<>#;`%\\:]|[^\S ]/g, asCode) : text;
}
