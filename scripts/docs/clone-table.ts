import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OBSTACLES } from '../../constructs/storage/clone/obstacles';
import { RuleWords } from '../../constructs/storage/clone/row';
import { REFUSALS, WAITS, WAYS } from '../../constructs/storage/clone/table';
import { alignedTable, withTables } from './page-tables';

const PAGE = join(__dirname, '..', '..', 'docs', 'clone-outcomes.md');

/** `npm run clone-table`: prints the rules of the clones, as the library decides by them, into docs/clone-outcomes.md. */
function main(): void {
  writeFileSync(PAGE, withTables('clone-table', readFileSync(PAGE, 'utf8'), cloneTables()));
}

/** The tables of the page by name. */
export function cloneTables(): Record<'ways' | 'obstacles', string> {
  const ways = [...REFUSALS, ...WAYS, ...WAITS].map((row) => [
    row.rule,
    row.source,
    row.situation,
    row.outcome ?? 'the strategy asked for',
    row.evidence,
  ]);
  const obstacles = OBSTACLES.map((row) => [row.rule, stopped(row), row.situation, row.evidence]);
  return {
    ways: alignedTable(['rule', 'source', 'situation', 'outcome', 'evidence'], ways),
    obstacles: alignedTable(['rule', 'stops', 'situation', 'evidence'], obstacles),
  };
}

function stopped({ stops, source }: RuleWords & { readonly stops: readonly string[] }): string {
  return `${stops.join(', ')}${source === 'both' ? '' : ` of a ${source}`}`;
}

if (require.main === module) main();
