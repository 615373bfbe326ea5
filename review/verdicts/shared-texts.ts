/** As many texts as these are kept at a time: a text that names its object never comes again. */
const MOST_KEPT = 10_000;

/** Equal texts as one: a million objects with the same fault take one sentence, and not a million. */
export class SharedTexts {
  private readonly kept = new Map<string, string>();

  public shared(text: string): string {
    const known = this.kept.get(text);
    if (known !== undefined) return known;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(text, text);
    return text;
  }
}
