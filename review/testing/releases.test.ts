import { readCases, readLaterCases, runCase, totals } from './cases';

const LATER = { kubevirt: 'v1.9.0', cdi: 'v1.66.0' };

describe('the review against the verdicts of the webhooks of KubeVirt v1.9.0 and CDI v1.66.0', () => {
  const cases = readLaterCases();
  const all = totals(cases.map((test) => runCase(test, LATER)));

  test('has other verdicts than those of v1.6.2', () => {
    const before = readCases();
    expect(cases.filter(({ verdict }, index) => verdict !== before[index]!.verdict)).toHaveLength(20);
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
