import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow in smaller steps: garbage is collected earlier, so that a text of machines at the limit of size takes
 * six times its size, where it would else take nine times; one of many small claims takes up to eleven times, for the model of each.
 * It costs up to a third of the time.
 */
export function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=15');
}
