import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects garbage; undefined unless a text is so large that memory matters more than time. */
let collect: (() => void) | undefined;

/**
 * Lets the compiler of V8 put few functions into others. Most functions here are short and are called from many places, in a
 * process that ends after a second or two: compiling them into each of these took up to a third of the time of a review
 * (Node.js 20; a sixth on 24), and the code that it made was no faster.
 */
export function compileLess(): void {
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');
}

/**
 * Lets the heap grow in smaller steps: garbage is collected earlier, so that a text at the limit of size takes at most six times
 * its size, where it would else take nine times (`npm run bench -- memory`). It costs up to a third of the time.
 */
export function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=15');
  setFlagsFromString('--expose-gc');
  collect = runInNewContext('gc') as () => void;
}

/** Collects at once what a large text has left, before another large one is made. */
export function collectNow(): void {
  collect?.();
}
