/** A page with its tables, each between its two marks; what stands around them is written by hand. */
export function withTables(command: string, page: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const [before, rest] = [text.indexOf(begin), text.indexOf(end)];
    if (before < 0 || rest < before) throw new Error(`[${command}] the page must have '${begin}' and then '${end}'`);
    return `${text.slice(0, before)}${begin}\n\n${table}\n\n${text.slice(rest)}`;
  }, page);
}

/** A Markdown table, its columns aligned. */
export function alignedTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
