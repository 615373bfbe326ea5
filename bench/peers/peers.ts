import { checkTime } from './process-cost';
import { measured } from './row';
import { ROWS } from './rows';
import { Workshop } from './workshop';

/** Measures the built package against the tools that people know, and prints the table of goals, or some of its rows. */
export function peers(asked: readonly string[] = []): void {
  checkTime();
  const unknown = asked.find((word) => !Object.hasOwn(ROWS, word));
  if (unknown !== undefined) throw new Error(`rows must be of ${Object.keys(ROWS).join(', ')}, got '${unknown}'`);
  const workshop = new Workshop();
  try {
    const lines = Object.entries(ROWS)
      .filter(([word]) => asked.length === 0 || asked.includes(word))
      .flatMap(([, rows]) => rows(workshop))
      .map((row) => {
        const line = measured(row);
        console.log(line);
        return line;
      });
    console.log(
      ['', '| work | ours / peer | figure | goal | |', '| --- | --- | --- | --- | --- |', ...lines].join('\n'),
    );
  } finally {
    workshop.remove();
  }
}
