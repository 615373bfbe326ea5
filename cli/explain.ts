import { Paint, PLAIN, Tone } from '../review/format/paint';
import { releasesOf, RuleEntry, ruleEntry } from '../review/rules';
import { effectOf } from '../review/verdicts/effect';

/**
 * What there is to say of one rule.
 *
 * @throws if there is no such rule.
 */
export function explainText(id: string, paint: Paint = PLAIN): string {
  const rule = ruleEntry(id);
  const lines = [
    paint(Tone.TITLE, `${rule.id} (${rule.severity})`),
    '',
    rule.sentence,
    '',
    ...field('asked of', kindsOf(rule)),
    ...field('releases', releasesOf(rule)),
    ...field('written in', rule.source),
    ...field('see', rule.help),
    ...field('effect', effectOf(rule.id, rule.severity)),
    ...field(
      'to accept it',
      `--accept '${rule.id}@KIND/NAME=REASON', or the annotation accept.cdk8s-kubevirt/${rule.id}: REASON`,
    ),
    ...field('example', `docs/rules.md#${rule.id}`),
  ];
  return `${lines.map((line) => line.replace(/^[a-z ]+: +(?=\S)/, (name) => paint(Tone.QUIET, name))).join('\n')}\n`;
}

function field(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${`${name}:`.padEnd(14)}${value}`];
}

function kindsOf({ kinds }: RuleEntry): string {
  return kinds.length === 0 ? 'every kind, or several objects together' : kinds.join(', ');
}
