import { printable, shellWord } from '../../constructs/shared/printable';
import { Finding } from '../finding';
import { InputFault } from '../manifests/input';
import { Unchecked } from '../report';
import { Format, Reviewed } from './reviewed';
import { byReason, groups, releases, sentence, titleOf, totals, upgrade } from './words';

/** For people: by file and object, each finding with its line, severity, field and rule. */
export const table: Format = (reviewed) => {
  const { report, faults } = reviewed;
  const parts = [
    [printable(releases(report))],
    ...section('Input', faults.map(faultLine)),
    ...groups(report.findings, fileOf).map((inFile) => fileLines(inFile, reviewed)),
    ...section('Accepted', report.accepted.map(acceptedLine)),
    ...section('Unchecked', uncheckedLines(report.unchecked)),
    ...section('Missing', missingLines(report.findings)),
    ...section('Upgrade', report.upgrades.map(upgrade)),
    [totals(report)],
  ];
  return parts.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');
};

function section(title: string, lines: readonly string[]): string[][] {
  return lines.length === 0 ? [] : [[title, ...lines.map((line) => `  ${line}`)]];
}

function fileLines(findings: readonly Finding[], reviewed: Reviewed): string[] {
  const objects = groups(findings, ({ object, path }) => `${titleOf(object)}\0${object.document}\0${path}`);
  return [printable(fileOf(findings[0]!)), ...objects.flatMap((inObject) => objectLines(inObject, reviewed))];
}

function objectLines(findings: readonly Finding[], { place }: Reviewed): string[] {
  const { object, path } = findings[0]!;
  const made = path === undefined ? '' : ` (construct ${path})`;
  const cells = findings.map((finding) => {
    const at = place(finding);
    return [at === undefined ? '' : `${at.line}:${at.column}`, finding.severity, finding.field, `[${finding.rule}]`];
  });
  const widths = [0, 1, 2].map((column) => Math.min(60, Math.max(...cells.map((row) => (row[column] ?? '').length))));
  const lines = findings.flatMap((finding, index) => {
    const row = cells[index]!.map((cell, column) => printable(cell).padEnd(widths[column] ?? 0));
    const only = finding.releases === undefined ? '' : ` (${finding.releases.join(', ')})`;
    return [`    ${row.join('  ').trimEnd()}`, `      ${printable(sentence(finding))}${only}`];
  });
  return [`  ${printable(titleOf(object) + made)}`, ...lines];
}

function fileOf({ object }: Finding): string {
  return object.file ?? 'manifests';
}

function faultLine({ file, line, column, severity, message }: InputFault): string {
  const at = [file, line, column].filter((part) => part !== undefined).join(':');
  return printable(`${at}  ${severity}  ${message}`);
}

function acceptedLine(finding: Finding): string {
  const { object, field, rule, accepted } = finding;
  return printable(`${fileOf(finding)}: ${titleOf(object)}  ${field}  [${rule}]  accepted: ${accepted}`);
}

/** What may exist without the manifests, as the command line takes it. */
function missingLines(findings: readonly Finding[]): string[] {
  const options = findings.flatMap(({ missing }) => {
    if (missing === undefined) return [];
    const { kind, namespace, name } = missing;
    return [`--external ${shellWord([kind, namespace, name].filter((part) => part !== undefined).join('/'))}`];
  });
  const all = [...new Set(options)].sort().join(' ');
  return all === '' ? [] : [printable(`what exists without the manifests is declared: ${all}`)];
}

function uncheckedLines(unchecked: readonly Unchecked[]): string[] {
  return byReason(unchecked).map(({ first, title, more, reason }) => {
    const where = `${first.file ?? ''} ${title}`.trim() || 'manifests';
    return printable(`${where}${more}: ${reason}`);
  });
}
