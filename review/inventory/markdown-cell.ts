import { printable } from '../../constructs/shared/printable';

/** Text that a reader of Markdown would make a link, an image, a mention or HTML of. */
const ACTS = /[[\]<>@`]|https?:|ftp:|mailto:|xmpp:|www\.|&#?\w+;/i;

/** What stands in a cell as it is: letters, digits and some signs, no two spaces, and no address. */
const PLAIN = /^(?:[\w,;()'/+%-]|(?<![wW])\.| (?! ))*$/;

/**
 * A text in a cell: as code where it would be anything but text. Of the inventory of ten thousand machines, in which most cells are
 * plain, looking for the rest was a tenth.
 */
export function cell(text: string): string {
  return PLAIN.test(text) ? text : guardedCell(text);
}

/** The same for any text. */
export function guardedCell(text: string): string {
  const shown = printable(text.replace(/\s+/g, ' '));
  return ACTS.test(shown) ? code(shown) : shown.replace(/[\\|]/g, (sign) => `\\${sign}`);
}

/** A text as code; in a table `|` is escaped there too. */
export function code(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${text.replaceAll('|', '\\|')}${space}${fence}`;
}
