import { printable, shellWord } from '../../constructs/shared/printable';
import { Finding, Severity } from '../finding';
import { InputFault } from '../manifests/input';
import { STDIN_NAME } from '../manifests/reader';
import { Paint, PLAIN, Tone } from './paint';
import { Format, Reviewed } from './reviewed';
import { uncheckedLines } from './unchecked';
import { groups, kustomizeUse, releases, sentence, titleOf, totals, upgrade } from './words';

/** For people: by file and object, each finding with its line, severity, field and rule. */
export const table: Format = (reviewed) => {
  const { report, faults, paint = PLAIN, isVerbose = false } = reviewed;
  const section = (title: string, lines: readonly string[]): string[][] =>
    lines.length === 0 ? [] : [[paint(Tone.TITLE, title), ...lines.map((line) => `  ${line}`)]];
  const parts = [
    [printable(releases(report)), ...basis(reviewed).map(printable)],
    ...section(
      'Input',
      faults.map((fault) => faultLine(fault, paint)),
    ),
    ...groups(report.findings, fileOf).map((inFile) => fileLines(inFile, reviewed)),
    ...section('Accepted', report.accepted.map(acceptedLine)),
    ...section('Unchecked', uncheckedLines(report.unchecked, isVerbose)),
    ...section('Missing', missingLines(report.findings)),
    ...section('Upgrade', report.upgrades.map(upgrade)),
    [paint(toneOf(report), totals(report))],
  ];
  return parts.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');
};

/** Who built the Kustomizations, where the options come from, and what the findings were narrowed to. */
function basis({ sources = [], scope, kustomize }: Reviewed): string[] {
  return [
    ...(kustomize === undefined ? [] : [kustomizeUse(kustomize)]),
    ...(sources.length === 0 ? [] : [`options of ${sources.join(' and ')}`]),
    ...(scope === undefined ? [] : [`only ${scope}`]),
  ];
}

function toneOf({ findings }: Reviewed['report']): Tone {
  if (findings.length === 0) return Tone.GOOD;
  return findings.some(({ severity }) => severity === Severity.ERROR) ? Tone.BAD : Tone.DOUBTFUL;
}

const TONES: Readonly<Record<Severity, Tone>> = { [Severity.ERROR]: Tone.BAD, [Severity.WARNING]: Tone.DOUBTFUL };

function fileLines(findings: readonly Finding[], reviewed: Reviewed): string[] {
  const objects = groups(findings, ({ object, path }) => `${titleOf(object)}\0${object.document}\0${path}`);
  const { paint = PLAIN } = reviewed;
  return [
    paint(Tone.TITLE, printable(fileOf(findings[0]!))),
    ...objects.flatMap((inObject) => objectLines(inObject, reviewed)),
  ];
}

/** Each finding begins with its place as editors and terminals open it: `dist/web.k8s.yaml:12:5`. */
function objectLines(findings: readonly Finding[], { place, paint = PLAIN }: Reviewed): string[] {
  const { object, path } = findings[0]!;
  const made = path === undefined ? '' : ` (construct ${path})`;
  const cells = findings.map((finding) => {
    const at = place(finding);
    const where = at === undefined ? '' : [...fileOfPlace(object), at.line, at.column].join(':');
    return [where, finding.severity, finding.field, `[${finding.rule}]`];
  });
  const widths = [0, 1, 2].map((column) => Math.min(60, Math.max(...cells.map((row) => (row[column] ?? '').length))));
  const lines = findings.flatMap((finding, index) => {
    const tones = [undefined, TONES[finding.severity], undefined, Tone.QUIET];
    const row = cells[index]!.map((cell, column) => {
      const padded = printable(cell).padEnd(widths[column] ?? 0);
      const tone = tones[column];
      return tone === undefined ? padded : paint(tone, padded);
    });
    return [`    ${row.join('  ').trimEnd()}`, `      ${printable(sentence(finding))}`];
  });
  return [`  ${printable(titleOf(object) + made)}`, ...lines];
}

/** Standard input is no file that an editor opens. */
function fileOfPlace({ file }: Finding['object']): string[] {
  return file === undefined || file === STDIN_NAME ? [] : [file];
}

function fileOf({ object }: Finding): string {
  return object.file ?? 'manifests';
}

function faultLine({ file, line, column, severity, message }: InputFault, paint: Paint): string {
  const at = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${printable(at)}  ${paint(TONES[severity], severity)}  ${printable(message)}`;
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
