import { printable, shellWord } from '../../constructs/shared/printable';
import { Finding, Severity } from '../finding';
import { InputFault } from '../manifests/input';
import { STDIN_NAME } from '../manifests/reader';
import { Paint, PLAIN, Tone } from './paint';
import { Format, Reviewed } from './reviewed';
import { uncheckedLines } from './unchecked';
import { groups, kustomizeUse, releases, sentence, titleOf, totals, upgrade } from './words';

/** For people: by file and object, each finding with its line, severity, field and rule. */
export const table: Format = function* (reviewed) {
  const { report, faults, paint = PLAIN, isVerbose = false } = reviewed;
  const section = (title: string, lines: readonly string[]): Iterable<string> => sectionLines(title, lines, paint);
  for (const line of [releases(report), ...basis(reviewed)]) yield `${printable(line)}\n`;
  yield* section(
    'Input',
    faults.map((fault) => faultLine(fault, paint)),
  );
  for (const inFile of groups(report.findings, fileOf)) yield* fileLines(inFile, reviewed);
  yield* section('Accepted', report.accepted.map(acceptedLine));
  yield* section('Unchecked', uncheckedLines(report.unchecked, isVerbose));
  yield* section('Missing', missingLines(report.findings));
  yield* section('Upgrade', report.upgrades.map(upgrade));
  yield `\n${paint(toneOf(report), totals(report))}\n`;
};

/** A title, with an empty line before it, and what stands below it; nothing if that is nothing. */
function* sectionLines(title: string, lines: readonly string[], paint: Paint): Generator<string> {
  if (lines.length > 0) yield `\n${paint(Tone.TITLE, title)}\n`;
  for (const line of lines) yield `  ${line}\n`;
}

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

function* fileLines(findings: readonly Finding[], reviewed: Reviewed): Generator<string> {
  const objects = groups(findings, ({ object, path }) => `${titleOf(object)}\0${object.document}\0${path}`);
  const { paint = PLAIN } = reviewed;
  yield `\n${paint(Tone.TITLE, printable(fileOf(findings[0]!)))}\n`;
  for (const inObject of objects) for (const line of objectLines(inObject, reviewed)) yield `${line}\n`;
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
  const widths = [0, 1, 2].map((column) =>
    cells.reduce((widest, row) => Math.min(60, Math.max(widest, (row[column] ?? '').length)), 0),
  );
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
