/** Numbers and choices that follow from a seed alone: the same seed makes the same combination (mulberry32). */
export class Random {
  private state: number;

  /**
   * @param density How often what may be left out is given: with 1 as often as it is asked for, with less more seldom, so that a
   * fault stands alone.
   */
  public constructor(
    seed: number,
    private readonly density = 1,
  ) {
    this.state = seed >>> 0;
  }

  /** A number from 0, below 1. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Whether something of that probability happens. */
  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the values. */
  public pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)]!;
  }

  /** What is made, or undefined. */
  public maybe<T>(make: () => T, probability = 0.2): T | undefined {
    return this.chance(probability > 0.5 ? probability : probability * this.density) ? make() : undefined;
  }

  /** One of the values, or undefined. */
  public pickMaybe<T>(values: readonly T[], probability = 0.2): T | undefined {
    return this.maybe(() => this.pick(values), probability);
  }

  /** True, false or undefined. */
  public flag(probability = 0.2): boolean | undefined {
    return this.pickMaybe([true, false], probability);
  }

  /** At most so many of what is made. */
  public some<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: Math.floor(this.next() * (most + 1)) }, (_, index) => make(index));
  }
}
