import { pairsText, withVersions } from './release-pairs';
import { PAGE, withReleaseTable } from './release-table';

const OLD = { kubevirt: 'v1.6.2', cdi: 'v1.63.1', hco: 'v1.16.0' };
const NEW = { kubevirt: 'v1.7.4', cdi: 'v1.64.0', hco: 'v1.17.3' };

describe('withVersions', () => {
  test.each<[string, Record<string, string>, unknown]>([
    ['leaves a pair that is there', { kubevirt: 'v1.6.2', cdi: 'v1.63.1' }, [OLD, NEW]],
    ['leaves the pair of a release that comes alone', { cdi: 'v1.64.0' }, [OLD, NEW]],
    ['adds to a pair what is named with it', { kubevirt: 'v1.6.2', ssp: 'v0.24.1' }, [{ ...OLD, ssp: 'v0.24.1' }, NEW]],
    [
      'makes a pair in its place, with what goes with the same minor version',
      { kubevirt: 'v1.6.9', cdi: 'v1.63.2' },
      [OLD, { kubevirt: 'v1.6.9', cdi: 'v1.63.2', hco: 'v1.16.0' }, NEW],
    ],
    [
      'makes a pair of a later minor version with what goes with the one before',
      { kubevirt: 'v1.10.0', cdi: 'v1.67.0', ssp: 'v0.28.0' },
      [OLD, NEW, { kubevirt: 'v1.10.0', cdi: 'v1.67.0', hco: 'v1.17.3', ssp: 'v0.28.0' }],
    ],
    ['takes no pair from what goes with others alone', { hco: 'v1.18.1' }, [OLD, NEW]],
  ])('%s', (_title, named, pairs) => {
    expect(withVersions([OLD, NEW], named)).toEqual({ pairs });
  });

  test('says which release is missing when a new one comes alone', () => {
    expect(withVersions([OLD, NEW], { kubevirt: 'v1.7.5' })).toEqual({ missing: 'cdi' });
    expect(withVersions([OLD, NEW], { cdi: 'v1.67.0' })).toEqual({ missing: 'kubevirt' });
  });
});

test('the pairs are written one a line', () => {
  expect(pairsText([OLD, NEW])).toBe(
    '[\n  {"kubevirt":"v1.6.2","cdi":"v1.63.1","hco":"v1.16.0"},\n  {"kubevirt":"v1.7.4","cdi":"v1.64.0","hco":"v1.17.3"}\n]\n',
  );
});

describe('the table of releases', () => {
  const rows = [
    ['KubeVirt / CDI', '0'],
    ['v1.10.0 / v1.67.0', '0/12'],
  ];
  const table = '| KubeVirt / CDI    | 0    |\n| ----------------- | ---- |\n| v1.10.0 / v1.67.0 | 0/12 |';

  test('takes the place of the old one', () => {
    const old = 'before\n\n| KubeVirt / CDI | 0 |\n| --- | --- |\n| a | b |\n| c | d |\n\nafter\n';
    expect(withReleaseTable(old, rows)).toBe(`before\n\n${table}\n\nafter\n`);
  });

  test('fails when the page has no such table', () => {
    expect(() => withReleaseTable('# a\n', rows)).toThrow(`[${PAGE}] must hold a table`);
  });
});
