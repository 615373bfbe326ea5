import { Subject } from '../rule';

/** What is selected by the keys of which one must stand in an object. */
export interface Selectable {
  /** @default - it is always selected */
  readonly about?: readonly string[];
}

/** More collections than this nobody writes into a machine: then the search would take longer than the rules. */
export const MOST_COLLECTIONS = 2000;

const BITS = 16;

/**
 * The rules of a kind, and which of them may say anything of an object: those without keys, and those one of whose keys
 * stands somewhere in it. Objects with the same keys share one answer.
 */
export class Selection<T extends Selectable> {
  private readonly numbers = new Map<string, number>();
  private readonly answers = new Map<string, readonly T[]>();
  /** The numbers of each rule's keys. */
  private readonly wanted: readonly (readonly number[] | undefined)[];
  /** A bit for each key. */
  private readonly found: Uint16Array;
  private collections = 0;

  constructor(public readonly rules: readonly T[]) {
    this.wanted = rules.map(({ about }) => about?.map((key) => this.numberOf(key)));
    this.found = new Uint16Array(Math.ceil(this.numbers.size / BITS));
  }

  /** The rules to ask about an object; all of them about an update, which is two objects. */
  public of({ raw, defaulted, old }: Subject): readonly T[] {
    if (old !== undefined || this.numbers.size === 0) return this.rules;
    this.found.fill(0);
    this.collections = 0;
    this.collect(raw, undefined);
    this.collect(defaulted, raw);
    if (this.collections > MOST_COLLECTIONS) return this.rules;
    const key = String.fromCharCode(...this.found);
    let answer = this.answers.get(key);
    if (answer === undefined) this.answers.set(key, (answer = this.rules.filter(this.isAsked)));
    return answer;
  }

  /** Goes through everything but what stands at the same place in another object, which was gone through before. */
  private collect(value: object, known: object | undefined): void {
    if (++this.collections > MOST_COLLECTIONS) return;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) this.below(value[index], itemOf(known, index));
      return;
    }
    for (const key in value) {
      const number = this.numbers.get(key);
      if (number !== undefined) this.found[Math.floor(number / BITS)]! |= 1 << (number % BITS);
      this.below((value as Record<string, unknown>)[key], itemOf(known, key));
    }
  }

  private below(value: unknown, known: unknown): void {
    if (typeof value !== 'object' || value === null || value === known) return;
    this.collect(value, typeof known === 'object' && known !== null ? known : undefined);
  }

  private readonly isAsked = (_rule: T, index: number): boolean => {
    const wanted = this.wanted[index];
    return wanted === undefined || wanted.some(this.isFound);
  };

  private readonly isFound = (number: number): boolean =>
    (this.found[Math.floor(number / BITS)]! & (1 << (number % BITS))) !== 0;

  private numberOf(key: string): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.numbers.size);
    return this.numbers.size - 1;
  }
}

function itemOf(value: object | undefined, key: string | number): unknown {
  return value === undefined ? undefined : (value as Record<string | number, unknown>)[key];
}
