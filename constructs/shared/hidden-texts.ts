/** What stands in a message in place of a hidden part. */
export const HIDDEN = '…';

/** Shorter texts are words that stand in any sentence: they are hidden in quotes alone. */
const SHORTEST = 6;

/**
 * Texts that no sentence may show: whole, as JSON writes them, or their beginning, where a sentence cuts them. The time that a
 * sentence takes grows with its length, and not with the number of the texts.
 */
export class HiddenTexts {
  /** What stands in the place of each text. */
  private readonly shown = new Map<string, string>();
  /** The lengths of the texts that begin alike, the longest first. */
  private lengths: ReadonlyMap<string, readonly number[]> | undefined;
  /** The texts that are hidden wherever they stand, by their code units. */
  private sorted: readonly string[] = [];

  /** @param shown What stands in its place. */
  public add(text: string, shown = HIDDEN): void {
    if (text === '') return;
    this.lengths = undefined;
    this.shown.set(text, shown);
    const escaped = JSON.stringify(text).slice(1, -1);
    if (escaped !== text) this.shown.set(escaped, JSON.stringify(shown).slice(1, -1));
  }

  /** A sentence without the texts. */
  public hide(sentence: string): string {
    if (this.shown.size === 0) return sentence;
    this.lengths ??= this.index();
    return this.withoutWhole(this.withoutCut(sentence), this.lengths);
  }

  private index(): ReadonlyMap<string, readonly number[]> {
    const lengths = new Map<string, Set<number>>();
    for (const text of this.shown.keys()) {
      const beginning = beginningOf(text);
      const known = lengths.get(beginning);
      if (known === undefined) lengths.set(beginning, new Set([text.length]));
      else known.add(text.length);
    }
    this.sorted = [...this.shown.keys()].filter((text) => text.length >= SHORTEST).sort();
    return new Map([...lengths].map(([beginning, known]) => [beginning, [...known].sort((a, b) => b - a)]));
  }

  private withoutWhole(sentence: string, lengths: ReadonlyMap<string, readonly number[]>): string {
    let hidden = '';
    let from = 0;
    for (let at = 0; at < sentence.length; at++) {
      const text = this.textAt(sentence, at, lengths);
      if (text === undefined) continue;
      hidden += `${sentence.slice(from, at)}${this.shown.get(text)!}`;
      from = at + text.length;
      at = from - 1;
    }
    return from === 0 ? sentence : hidden + sentence.slice(from);
  }

  /** The longest text that stands at a place; a short one in quotes. */
  private textAt(sentence: string, at: number, lengths: ReadonlyMap<string, readonly number[]>): string | undefined {
    const long = lengths.get(sentence.slice(at, at + SHORTEST)) ?? [];
    const length = long.find((one) => one >= SHORTEST && this.shown.has(sentence.slice(at, at + one)));
    if (length !== undefined) return sentence.slice(at, at + length);
    if (sentence[at - 1] !== '"') return undefined;
    for (let end = at + 1; end < at + SHORTEST; end++) {
      const short = sentence.slice(at, end);
      if (sentence[end] === '"' && this.shown.has(short)) return short;
    }
    return undefined;
  }

  /** Long values are cut in messages: `"#cloud-config pass…`. */
  private withoutCut(sentence: string): string {
    let hidden = sentence;
    for (let cut = hidden.indexOf(HIDDEN); cut >= 0; cut = hidden.indexOf(HIDDEN, cut + 1)) {
      // Forward, since a text may repeat its own beginning.
      for (let at = 0; at <= cut - SHORTEST; at++) {
        if (!this.isBeginning(hidden.slice(at, cut))) continue;
        hidden = hidden.slice(0, at) + hidden.slice(cut);
        cut = at;
        break;
      }
    }
    return hidden;
  }

  /** Whether a text begins so. */
  private isBeginning(beginning: string): boolean {
    if (this.lengths?.has(beginningOf(beginning)) !== true) return false;
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle]! < beginning) low = middle + 1;
      else high = middle;
    }
    return this.sorted[low]?.startsWith(beginning) === true;
  }
}

function beginningOf(text: string): string {
  return text.slice(0, SHORTEST);
}
