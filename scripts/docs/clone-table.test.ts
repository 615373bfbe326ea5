import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloneTables } from './clone-table';
import { withTables } from './page-tables';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'clone-outcomes.md'), 'utf8');

/** The cells of the row of a rule, as the page shows them. */
function cellsOf(rule: string): string[] | undefined {
  const line = PAGE.split('\n').find((text) => text.startsWith(`| ${rule} `));
  return line?.split('|').flatMap((cell) => (cell === '' ? [] : [cell.trim()]));
}

describe('docs/clone-outcomes.md', () => {
  test('is what the rows say', () => {
    expect(withTables('clone-table', PAGE, cloneTables())).toBe(PAGE);
  });

  test('has a row for every rule, in the order in which they are asked', () => {
    const rules = [...PAGE.matchAll(/^\| ([A-Z]\d+) /gm)].map(([, rule]) => rule);
    expect(rules.join(' ')).toBe(
      'D1 D2 P2 D4 P0 D5 L1 P5 P6 P13 P7 P8 P9 P10 P11 P12 S4 S6 S7 S8 U1 C1 C3 C4 C2 B1 B2',
    );
  });

  test.each([
    [
      'D2',
      'both',
      '`spec.storage` names no access modes, and the StorageProfile has no default for them',
      'never finishes',
      'read from code',
    ],
    ['P6', 'claim', 'the strategy asked for is copy', 'copy', 'measured'],
    ['P12', 'claim', 'otherwise', 'the strategy asked for', 'measured'],
    ['S8', 'snapshot', 'otherwise', 'snapshot', 'measured'],
    ['B1', 'snapshot, csi-clone', 'the classes have no common backend', 'measured'],
  ])('says of %s what it is', (...cells) => {
    expect(cellsOf(cells[0] ?? '')).toEqual(cells);
  });

  test('says of an obstacle of one kind of source which', () => {
    expect(cellsOf('B2')?.[1]).toBe('copy of a snapshot');
  });
});
