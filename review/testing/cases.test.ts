import { readCases, runCase, Totals, totals } from './cases';

const cases = readCases();

describe('the review against the verdicts of the webhooks', () => {
  const all = totals(cases.map((test) => runCase(test)));

  test('says how often it agrees', () => {
    process.stdout.write(summary(all));
    expect(all.cases).toBe(cases.length);
  });

  test('raises no false alarm', () => {
    expect(all.falseAlarms).toEqual([]);
  });

  test('finds at least 98 % of the refusals that the manifest and the configuration decide', () => {
    expect(all.missed.length).toBeLessThanOrEqual(all.refusals * 0.02);
  });

  test('names the same fields in at least 95 % of them', () => {
    expect(all.otherField.length).toBeLessThanOrEqual(all.withFields * 0.05);
  });

  test('warns of what is refused when the VM starts', () => {
    expect(all.startMissed).toEqual([]);
  });
});

function summary(all: Totals): string {
  const lines = [
    `${all.cases} cases: ${all.refusals} refusals decidable, ${all.found} found, ${all.missed.length} missed;`,
    `${all.accepted} accepted, ${all.falseAlarms.length} false alarms;`,
    `${all.withFields} with fields, ${all.sameField} with the same; ${all.undecidable.length} need the cluster's state`,
  ];
  const lists = process.env.CASES === undefined ? [] : details(all);
  return `${[...lines, ...lists].join('\n')}\n`;
}

/** CASES=missed,otherField npx jest review/testing lists them. */
function details(all: Totals): string[] {
  const wanted = (process.env.CASES ?? '').split(',') as (keyof Totals)[];
  return wanted.flatMap((key) => {
    const list = all[key];
    return Array.isArray(list) ? [`${key}:`, ...list.map((line: string) => `  ${line}`)] : [];
  });
}
