import { withoutLogins } from './sensitive';

/** The longest value that a message repeats, in characters; a longer one is cut. */
const SHOWN_CHARACTERS = 120;

/** A text that a message repeats, cut where it is long. A login goes first: the beginning of one is not known for one. */
export function shortened(text: string, most = SHOWN_CHARACTERS): string {
  if (text.length <= most) return text;
  const open = withoutLogins(text);
  return open.length > most ? `${open.slice(0, most)}…` : open;
}

/** `'a'`, `'a' or 'b'`, `'a', 'b' or 'c'`: values as a message lists them. */
export function alternatives(values: readonly unknown[]): string {
  const quoted = values.map((value) => `'${String(value)}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

/** `a, b and 3 more`: the first of many words. */
export function firstWords(words: readonly string[], most: number): string {
  const shown = words.slice(0, most).join(', ');
  return words.length > most ? `${shown} and ${words.length - most} more` : shown;
}

/** A text without some signs at its end. An expression such as `-+$` takes time by the square of their number. */
export function withoutEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Why YAML cannot be read, without the parts of the text that its parser repeats, which may be a secret: `unidentified alias`. */
export function yamlReason(reason: string): string {
  return reason.replace(/("|!?<|: )[^]*$/, '').trimEnd();
}

/** A class's name as a message says it: `a Disk`, `an Instancetype`. */
export function withArticle(name: string): string {
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}
