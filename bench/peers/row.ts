import { median } from '../process';
import { Command, cost, Cost } from './process-cost';

/** What of a cost a row compares. */
export type Figure = 'cpu' | 'wall' | 'peak';

/** A line of the table: what we take, against what a peer takes or against a number. */
export interface Row {
  readonly work: string;
  readonly figure: Figure;
  /** The most that ours may be: of the peer's, or in MiB where there is no peer. */
  readonly goal: number;
  readonly ours: Command;
  readonly peer?: Command;
  /** What is done before each round, unmeasured. */
  readonly before?: () => void;
  /** What is said where both did not do the same; undefined where they did. */
  readonly differs?: (ours: string, peer: string) => string | undefined;
  /**
   * How often both run.
   *
   * @default 5
   */
  readonly rounds?: number;
}

const ROUNDS = 5;

const WORDS: Readonly<Record<Figure, string>> = { cpu: 's CPU', wall: 's wall', peak: 'MiB' };

/** Runs both sides of a row in turn, and answers its line. */
export function measured({ work, figure, goal, ours, peer, before, differs, rounds = ROUNDS }: Row): string {
  const [own, others, ratios]: [Cost[], Cost[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    before?.();
    const mine = cost(ours);
    own.push(mine);
    if (peer === undefined) continue;
    const its = cost(peer);
    others.push(its);
    ratios.push(mine[figure] / its[figure]);
    const difference = differs?.(mine.output, its.output);
    if (difference !== undefined) throw new Error(`${work}: ${difference}`);
  }
  const of = (costs: readonly Cost[]): string => median(costs.map((one) => one[figure]));
  const result = peer === undefined ? of(own) : median(ratios);
  const sides = peer === undefined ? `${of(own)} ${WORDS[figure]}` : `${of(own)} / ${of(others)} ${WORDS[figure]}`;
  const verdict = Number(result) <= goal ? 'reached' : 'not reached';
  return `| ${work} | ${sides} | ${result} | ≤ ${goal} | ${verdict} |`;
}
