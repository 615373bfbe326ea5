import { Finding, Severity } from '../../finding';
import { inventory } from '../../inventory/inventory';
import { Reviewed } from '../reviewed';
import { releases, sentence, titleOf } from '../words';
import { capacityBars, inventoryCards, inventoryGraph, inventoryTables } from './objects';
import { htmlPage, Problem, Weight } from './page';

const WEIGHTS: Readonly<Record<Severity, Weight>> = { [Severity.ERROR]: 'bad', [Severity.WARNING]: 'doubtful' };

/** A review as one page that people look at: what will not work, then what the manifests make. */
export function checkHtml(reviewed: Reviewed): Iterable<string> {
  const { report, faults, manifests = [], sources = [], scope } = reviewed;
  const { findings, accepted, unchecked } = report;
  const { kubevirt, cdi } = report.release;
  const counted = inventory(manifests, { kubevirt, cdi });
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity);
  const inWords = (finding: Finding): Problem => ({
    weight: WEIGHTS[finding.severity],
    object: titleOf(finding.object),
    text: `${finding.field}: ${sentence(finding)}`,
    place: placeOf(finding, reviewed),
  });
  const unread = faults.map(({ file, line, severity, message }): Problem => ({
    weight: WEIGHTS[severity],
    object: file,
    text: message,
    place: line === undefined ? undefined : `${file}:${line}`,
  }));
  return htmlPage({
    title: 'Review of manifests',
    basis: [
      releases(report),
      ...(sources.length === 0 ? [] : [`options of ${sources.join(' and ')}`]),
      ...(scope === undefined ? [] : [`only ${scope}`]),
    ],
    problemsTitle: 'What will not work',
    problems: [...unread, ...[...of(Severity.ERROR), ...of(Severity.WARNING)].map(inWords)],
    fine: 'The review finds nothing.',
    cards: [
      {
        label: 'errors',
        value: String(of(Severity.ERROR).length),
        weight: of(Severity.ERROR).length > 0 ? 'bad' : 'good',
      },
      {
        label: 'warnings',
        value: String(of(Severity.WARNING).length),
        weight: of(Severity.WARNING).length > 0 ? 'doubtful' : 'good',
      },
      { label: 'accepted', value: String(accepted.length) },
      { label: 'objects', value: String(report.objects) },
      ...inventoryCards(counted).slice(0, 3),
    ],
    bars: capacityBars(counted),
    graph: inventoryGraph(counted),
    tables: [
      {
        title: 'Findings',
        columns: ['severity', 'object', 'field', 'rule', 'what is wrong', 'place'],
        count: findings.length,
        rows: fewOfEachRule(findings).map((finding) => [
          { text: finding.severity, weight: WEIGHTS[finding.severity] },
          titleOf(finding.object),
          finding.field,
          finding.rule,
          sentence(finding),
          placeOf(finding, reviewed) ?? '',
        ]),
      },
      {
        title: 'Accepted',
        columns: ['object', 'field', 'rule', 'reason'],
        rows: accepted.map((finding) => [titleOf(finding.object), finding.field, finding.rule, finding.accepted ?? '']),
      },
      {
        title: 'Unchecked',
        columns: ['object', 'why'],
        rows: unchecked.map(({ object, file, reason }) => [
          object === undefined ? (file ?? '') : titleOf(object),
          reason,
        ]),
      },
      ...inventoryTables(counted),
    ],
  });
}

/** As many findings of a rule as these are shown: a rule that everything breaks does not push out the others. */
const MOST_OF_A_RULE = 1000;

function fewOfEachRule(findings: readonly Finding[]): Finding[] {
  const shown = new Map<string, number>();
  return findings.filter(({ rule }) => {
    const before = shown.get(rule) ?? 0;
    shown.set(rule, before + 1);
    return before < MOST_OF_A_RULE;
  });
}

function placeOf(finding: Finding, { place }: Reviewed): string | undefined {
  const at = place(finding);
  const { file } = finding.object;
  return at === undefined ? file : [file, at.line, at.column].filter((part) => part !== undefined).join(':');
}
