/** The most letters that a misspelt word may differ in. */
const MOST_EDITS = 2;

/** The word that the text is but for case, '-' and '_': `ssh_authorized_keys`, `SSHAuthorizedKeys` and `sshAuthorizedKeys` alike. */
export function sameWord(text: string, words: readonly string[]): string | undefined {
  return words.find((word) => bare(word) === bare(text));
}

/** The words that a text may be meant for: the same one; else those that it begins; else the nearest misspelt ones. */
export function wordsMeant(text: string, words: readonly string[]): string[] {
  const same = sameWord(text, words);
  if (same !== undefined) return [same];
  const begun = words.filter((word) => bare(word).startsWith(bare(text)));
  return begun.length > 0 ? begun : nearest(text, words);
}

function nearest(text: string, words: readonly string[]): string[] {
  // Of a short word half the letters make another word.
  const most = Math.min(MOST_EDITS, Math.ceil(bare(text).length / 2) - 1);
  const near = words
    .map((word) => ({ word, edits: editsBetween(bare(text), bare(word), most) }))
    .filter(({ edits }) => edits <= most);
  const fewest = Math.min(...near.map(({ edits }) => edits));
  return near.filter(({ edits }) => edits === fewest).map(({ word }) => word);
}

/** The Levenshtein distance between two texts where it is `most` or less; else some number above `most`. */
export function editsBetween(from: string, to: string, most: number): number {
  // A key may be text of any length.
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let row = Array.from({ length: to.length + 1 }, (_, edits) => edits);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}

function bare(text: string): string {
  return text.replace(/[-_]/g, '').toLowerCase();
}
