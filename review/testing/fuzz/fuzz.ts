import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dice, hostileText } from './inputs';
import { faultOf } from './property';

const CORPUS = join(__dirname, 'corpus');

/**
 * `npm run fuzz -- SECONDS [SEED]`: reviews hostile inputs for that long. An input that breaks the review is made as small as
 * it can be and written to the corpus, which a test reads: mend it, and leave it there.
 */
function main(seconds: number, seed: number): number {
  const end = Date.now() + seconds * 1000;
  const known = new Set<string>();
  let inputs = 0;
  for (; Date.now() < end; inputs++) {
    const text = hostileText(new Dice(seed + inputs));
    const fault = faultOf(text);
    if (fault === undefined) continue;
    const kind = kindOf(fault);
    if (known.has(kind)) continue;
    known.add(kind);
    const small = smallest(text, kind);
    const file = join(CORPUS, `${seed + inputs}.txt`);
    writeFileSync(file, small);
    console.log(`${file}: seed ${seed + inputs}\n${fault.split('\n').slice(0, 4).join('\n')}\n`);
  }
  console.log(`${inputs} inputs from seed ${seed}, ${known.size} kinds of faults`);
  return known.size === 0 ? 0 : 1;
}

/** Faults from the same place are one. */
function kindOf(fault: string): string {
  const [first = '', ...stack] = fault.split('\n');
  return (stack.find((line) => /\bat /.test(line)) ?? first).replace(/\d{3,}|".*"/g, '');
}

/** How often a smaller text is tried. */
const MOST_TRIES = 600;

/** A text that still has the fault, with as many lines and then characters left out as can be. */
function smallest(text: string, kind: string): string {
  const isFaulty = (part: string): boolean => {
    const fault = faultOf(part);
    return fault !== undefined && kindOf(fault) === kind;
  };
  let left = text;
  let tries = MOST_TRIES;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < left.length && tries > 0; tries--) {
      const shorter = left.slice(0, at) + left.slice(at + size);
      if (isFaulty(shorter)) left = shorter;
      else at += size;
    }
  }
  return left;
}

const [, , seconds = '60', seed = String(Date.now() % 1_000_000_000)] = process.argv;
process.exitCode = main(Number(seconds), Number(seed));
