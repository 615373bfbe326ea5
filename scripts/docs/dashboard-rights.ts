import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DASHBOARD_RULES, DashboardRule } from '../../constructs/platform/dashboard-rules';
import { alignedTable, withTables } from './page-tables';

const PAGE = join(__dirname, '..', '..', 'docs', 'dashboard.md');

/** `npm run dashboard-rights`: prints the rights of the dashboard's accesses, as the construct gives them, into docs/dashboard.md. */
function main(): void {
  writeFileSync(PAGE, withTables('dashboard-rights', readFileSync(PAGE, 'utf8'), dashboardTables()));
}

/** The table of the page by its name. */
export function dashboardTables(): Record<'rights', string> {
  const seen: DashboardRule[] = [];
  const rows = Object.entries(DASHBOARD_RULES).flatMap(([access, rules]) => {
    const own = rules.filter((rule) => !seen.includes(rule));
    seen.push(...own);
    return own.map((rule) => row(access, rule));
  });
  return { rights: alignedTable(['access', 'resources', 'verbs', 'in a namespace', 'what needs it'], rows) };
}

function row(access: string, { apiGroup, resources, verbs, ofCluster, reason }: DashboardRule): string[] {
  const names = resources.map((resource) => `\`${resource}\``).join(', ');
  return [
    access,
    apiGroup === '' ? names : `${names} of ${apiGroup}`,
    verbs.join(', '),
    ofCluster ? 'no' : 'yes',
    reason,
  ];
}

if (require.main === module) main();
