import { releasesOf, RuleEntry, ruleEntry } from '../review/rules';
import { effectOf } from '../review/verdicts/effect';

/**
 * What there is to say of one rule.
 *
 * @throws if there is no such rule.
 */
export function explainText(id: string): string {
  const rule = ruleEntry(id);
  const lines = [
    `${rule.id} (${rule.severity})`,
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
  return `${lines.join('\n')}\n`;
}

function field(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${`${name}:`.padEnd(14)}${value}`];
}

function kindsOf({ kinds }: RuleEntry): string {
  return kinds.length === 0 ? 'every kind, or several objects together' : kinds.join(', ');
}
