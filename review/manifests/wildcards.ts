/** One place of a pattern with wildcards. */
export interface Place {
  /** Whether a character may stand here. */
  readonly fits: (character: string) => boolean;
  /** Whether any number of such characters may stand here, none as well. */
  readonly repeats?: boolean;
}

/**
 * Whether a whole text fits a pattern, in time that grows with both: a RegExp tries every way to share the text among the
 * stars of a pattern, and patterns are part of what is read.
 */
export function fitsWildcards(places: readonly Place[], text: string): boolean {
  let reached = new Set([0]);
  skipRepeated(places, reached);
  for (const character of text) {
    const next = new Set<number>();
    for (const index of reached) {
      const place = places[index];
      if (place?.fits(character) === true) next.add(place.repeats === true ? index : index + 1);
    }
    skipRepeated(places, next);
    reached = next;
  }
  return reached.has(places.length);
}

/** What may be left out is passed at once. A set is walked in the order in which it grows. */
function skipRepeated(places: readonly Place[], reached: Set<number>): void {
  for (const index of reached) if (places[index]?.repeats === true) reached.add(index + 1);
}
