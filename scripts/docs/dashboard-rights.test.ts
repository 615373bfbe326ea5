import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboardTables } from './dashboard-rights';
import { withTables } from './page-tables';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'dashboard.md'), 'utf8');

/** The cells of the rows of an access that name a resource, as the page shows them. */
function cellsOf(access: string, resource: string): string[][] {
  const rows = PAGE.split('\n').filter((line) => line.startsWith(`| ${access} `) && line.includes(`\`${resource}\``));
  return rows.map((line) => line.split('|').flatMap((cell) => (cell === '' ? [] : [cell.trim()])));
}

describe('docs/dashboard.md', () => {
  test('has the rights that the construct gives', () => {
    expect(withTables('dashboard-rights', PAGE, dashboardTables())).toBe(PAGE);
  });

  test('says of a right whose it is, what it is, whether a Role can give it, and why', () => {
    expect(cellsOf('view', 'nodes')).toEqual([
      ['view', '`nodes`', 'list', 'no', 'the start page and the page of nodes'],
    ]);
    expect(cellsOf('operate', 'virtualmachines/start')).toEqual([
      [
        'operate',
        '`virtualmachines/start`, `virtualmachines/stop`, `virtualmachines/restart` of subresources.kubevirt.io',
        'update',
        'yes',
        'the buttons to start, stop and restart',
      ],
    ]);
    expect(cellsOf('administer', 'persistentvolumeclaims').map((cells) => cells.slice(2, 4))).toEqual([
      ['patch', 'yes'],
      ['delete', 'no'],
    ]);
  });

  test('names no right on Secrets', () => {
    for (const access of ['view', 'operate', 'administer']) expect(cellsOf(access, 'secrets')).toEqual([]);
  });
});
