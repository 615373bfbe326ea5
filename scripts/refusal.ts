/** What a script says no to: its message is all that the user needs, without a stack. */
export class Refusal extends Error {
  /** `[subject] what must …, got …; remedy`: how every refusal of this project reads. */
  public static of(subject: string, must: string, got: unknown, remedy?: string): Refusal {
    const shown = got === undefined ? 'nothing' : JSON.stringify(got);
    return new Refusal(`[${subject}] ${must}, got ${shown}${remedy === undefined ? '' : `; ${remedy}`}`);
  }
}

/** A refusal of the command line itself: exit code 2, where a refused input is 1. */
export class UsageRefusal extends Refusal {}

/** The message of what was thrown, in one line. */
export function reason(thrown: unknown): string {
  // Not by `instanceof`: what Node's own modules throw inside Jest is of another realm.
  const message = (thrown as { readonly message?: unknown } | null)?.message ?? thrown;
  return String(message).split('\n')[0] ?? '';
}

/** `1 other object`, `2 other objects`. */
export function others(count: number): string {
  return `${count} other ${count === 1 ? 'object' : 'objects'}`;
}
