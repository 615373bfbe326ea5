import { report } from '../engine';
import { SharedTexts } from './shared-texts';

describe('SharedTexts', () => {
  test('answers each text as it is, however many there are', () => {
    const texts = new SharedTexts();
    const all = Array.from({ length: 25_000 }, (_item, index) => `text ${index}`);
    expect([...all, ...all].map((text) => texts.shared(text))).toEqual([...all, ...all]);
  });
});

test('objects with the same fault, and more of them than are kept in mind, each have their finding without what is secret', () => {
  const secrets = Array.from({ length: 2500 }, (_item, index) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `s${index}`, namespace: 'default' },
    data: { password: `hunter-${index}-secret!` },
  }));
  const { findings } = report([...secrets, { ...secrets[0], metadata: { name: 'last', namespace: 'default' } }]);
  const about = findings.filter(({ field }) => field.startsWith('data'));
  expect(new Set(about.map(({ object }) => object.name)).size).toBe(2501);
  expect(JSON.stringify(findings)).not.toContain('hunter');
});
