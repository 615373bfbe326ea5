import { printable } from '../../constructs/shared/printable';
import { Finding, Severity } from '../finding';
import { fileOfOption } from './options-source';
import { Format, Reviewed } from './reviewed';
import { byReason, kustomizeUse, releases, sentence, titleOf, totals } from './words';

/**
 * For GitHub Actions: each finding as an annotation of its line.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export const github: Format = function* (reviewed) {
  const { report, faults, kustomize, sources = [] } = reviewed;
  for (const { file, line, column, severity, message } of faults) {
    yield `${command(severity, { file, line, col: column, title: 'cdk8s-kubevirt' }, message)}\n`;
  }
  for (const finding of report.findings) yield `${annotation(finding, reviewed)}\n`;
  for (const { first, title, more, reason } of byReason(report.unchecked)) {
    const what = `${title}${more}`.trim();
    const message = what === '' ? reason : `${what}: ${reason}`;
    yield `${command('notice', { file: first.file, title: 'unchecked' }, message)}\n`;
  }
  const last = [
    totals(report),
    releases(report),
    ...(kustomize === undefined ? [] : [kustomizeUse(kustomize)]),
    ...sources.map((source) => `options of ${source}`),
  ];
  yield `${data(last.join('; '))}\n`;
};

function annotation(finding: Finding, { place, sources }: Reviewed): string {
  const { object, field, rule, severity, missing } = finding;
  const closed = missing === undefined ? undefined : fileOfOption(sources, 'closed');
  const rests = closed === undefined ? '' : ` ('closed' stands in ${closed})`;
  const at = place(finding);
  const properties = { file: object.file, line: at?.line, col: at?.column, title: rule };
  return command(severity, properties, `${titleOf(object)} ${field}: ${sentence(finding)}${rests}`);
}

type Properties = Readonly<Record<string, string | number | undefined>>;

export function command(name: `${Severity}` | 'notice', properties: Properties, message: string): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return `::${name} ${given.map(([key, value]) => `${key}=${property(String(value))}`).join(',')}::${data(message)}`;
}

function data(text: string): string {
  const lines = text.split('\n').map((line) => printable(line).replaceAll('%', '%25'));
  return lines.join('%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
