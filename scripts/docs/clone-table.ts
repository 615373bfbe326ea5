import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OBSTACLES, REFUSALS, RuleWords, WAYS } from '../../constructs/storage/clone/table';

const PAGE = join(__dirname, '..', '..', 'docs', 'clone-outcomes.md');

/** `npm run clone-table`: prints the rules of the clones, as the library decides by them, into docs/clone-outcomes.md. */
function main(): void {
  writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')));
}

/** The page with the tables that the rows give, each between its two marks; what stands around them is written by hand. */
export function withTables(page: string): string {
  return Object.entries(cloneTables()).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const [before, rest] = [text.indexOf(begin), text.indexOf(end)];
    if (before < 0 || rest < before) throw new Error(`[clone-table] the page must have '${begin}' and then '${end}'`);
    return `${text.slice(0, before)}${begin}\n\n${table}\n\n${text.slice(rest)}`;
  }, page);
}

/** The tables of the page by name. */
export function cloneTables(): Record<'ways' | 'obstacles', string> {
  const ways = [...REFUSALS, ...WAYS].map((row) => [
    row.rule,
    row.source,
    row.situation,
    row.outcome ?? 'the strategy asked for',
    row.evidence,
  ]);
  const obstacles = OBSTACLES.map((row) => [row.rule, stopped(row), row.situation, row.evidence]);
  return {
    ways: table(['rule', 'source', 'situation', 'outcome', 'evidence'], ways),
    obstacles: table(['rule', 'stops', 'situation', 'evidence'], obstacles),
  };
}

function stopped({ stops, source }: RuleWords & { readonly stops: readonly string[] }): string {
  return `${stops.join(', ')}${source === 'both' ? '' : ` of a ${source}`}`;
}

/** A Markdown table, its columns aligned. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

if (require.main === module) main();
