/** Items in the order of a text of each, by its code units; those of one text stay as they are. */
export function inOrderOf<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  const byText = new Map<string, T[]>();
  for (const item of items) {
    const text = textOf(item);
    const known = byText.get(text);
    if (known === undefined) byText.set(text, [item]);
    else known.push(item);
  }
  return [...byText.keys()].sort().flatMap((text) => byText.get(text)!);
}
