import * as fs from 'node:fs';
import * as path from 'node:path';
import { allPairs, Finding, report, Severity } from '../../review';
import { readManifests } from '../../review/manifests/reader';

/** How the table begins. */
const HEAD = 'KubeVirt / CDI';

/** Where it stands. */
export const PAGE = 'docs/another-release.md';

/** The page with its table of releases written anew: what the review says of each chapter under each pair, errors/warnings. */
export function withReleaseTable(page: string, rows: readonly (readonly string[])[]): string {
  const lines = page.split('\n');
  const first = lines.findIndex((line) => line.startsWith(`| ${HEAD} `));
  if (first < 0) throw new Error(`[${PAGE}] must hold a table that begins with '| ${HEAD} |'`);
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  const [head, ...body] = rows.map(line);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  lines.splice(first, length, head!, rule, ...body);
  return lines.join('\n');
}

/** The rows of the table, its head first. */
export function releaseRows(root: string): string[][] {
  const dist = path.join(root, 'dist');
  const folders = fs.readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).sort();
  const { manifests } = readManifests(['.'], { cwd: dist, stdin: () => Buffer.alloc(0) });
  const rows = allPairs().map((pair) => {
    const { findings } = report(manifests, pair);
    const of = (name: string) => findings.filter(({ object }) => object.file?.startsWith(`${name}/`));
    return [`${pair.kubevirt} / ${pair.cdi}`, ...names.map((name) => counts(of(name)))];
  });
  return [[HEAD, ...names.map((name) => /^[\d-]*\d/.exec(name)?.[0] ?? name)], ...rows];
}

/** Errors and warnings: `0/2`. */
function counts(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === Severity.ERROR).length;
  return `${errors}/${findings.length - errors}`;
}
