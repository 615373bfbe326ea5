import { withoutLogins } from './sensitive';

/**
 * A text as it is printed: without the logins of addresses, and with escapes (`\u001b`) for the characters that act on a
 * terminal, end a line or turn the direction of what follows, so that no text shows itself as another. A text that would
 * be a command of a CI runner at the start of a line is broken, too.
 *
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function printable(text: string): string {
  return escaped(withoutLogins(text)).replace(/^(\s*)(?=::|##\[)/, '$1\\');
}

/** A value as JSON, by the same rules: JSON has escapes of its own. */
export function printableJson(value: unknown): string {
  let text = JSON.stringify(value, undefined, 2);
  // With a function for each value it takes four times as long: only a text with such a sign may hold a login or a query.
  if (text.includes('//') && /[@?#]/.test(text)) {
    text = JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? withoutLogins(one) : one), 2);
  }
  return escaped(text, UNSEEN_IN_JSON);
}

const UNSEEN_IN_JSON =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** Control characters, and those of Unicode that are not seen or turn the direction of a text. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

function escaped(text: string, unseen = UNSEEN): string {
  return text.replace(unseen, (signs) => SHORT.get(signs) ?? signs.split('').map(codeOf).join(''));
}

function codeOf(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\b', '\\b'],
  ['\f', '\\f'],
]);

/** A word of a command that somebody copies into a shell: in single quotes where it is not plain. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
