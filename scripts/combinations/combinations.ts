import { alarmsOf, missesOf } from './judgement';
import { Trial, tryCombination } from './trial';

/** Tries so many combinations of props from a seed on, and prints where constructs and rules disagree. */
function main(count: number, first: number): void {
  const disagreements = new Map<string, Trial[]>();
  const tally = { made: 0, refused: 0 };
  for (let seed = first; seed < first + count; seed++) {
    const trial = tryCombination(seed);
    tally[trial.faults.length > 0 ? 'refused' : 'made']++;
    for (const kind of [...missesOf(trial), ...alarmsOf(trial)]) {
      disagreements.set(kind, [...(disagreements.get(kind) ?? []), trial]);
    }
  }
  console.log(`${count} combinations: the constructs made ${tally.made} and refused ${tally.refused}`);
  for (const [kind, trials] of [...disagreements].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`${String(trials.length).padStart(6)}  ${kind} (seed ${trials[0]!.seed})`);
  }
  if (disagreements.size > 0) process.exitCode = 1;
}

main(Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 1));
