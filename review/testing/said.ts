import { report, ReviewOptions } from '../engine';
import type { Finding } from '../finding';
import { parseManifests } from '../manifests/program-input';

/** A text of YAML, all that some rules say of it (`RULE KIND NAME FIELD`, a line each), and a part of one of the messages. */
export type TextCase = readonly [title: string, text: string, expected: readonly string[], part?: string];

/** Cases for `test.each`, which wants every part of each. */
export function eachOf(cases: readonly TextCase[]): readonly (readonly [string, string, readonly string[], string])[] {
  return cases.map(([title, text, expected, part = '']) => [title, text, expected, part]);
}

/** What a review says of a text of YAML by some rules: `RULE KIND NAME FIELD`, a line each. */
export function said(text: string, rules: readonly string[], options: ReviewOptions = {}): string[] {
  return findings(text, rules, options).map(
    ({ rule, object, field }) => `${rule} ${object.kind} ${object.name} ${field}`,
  );
}

/** The release that the engine adds to a message. */
const RELEASE = / \((KubeVirt|CDI) v[\d.]+\)$/;

/** The messages of the same findings with their remedies, a line each. */
export function messages(text: string, rules: readonly string[], options: ReviewOptions = {}): string {
  return findings(text, rules, options)
    .map(({ message, remedy = '' }) => `${message.replace(RELEASE, '')}; ${remedy}`)
    .join('\n');
}

function findings(text: string, rules: readonly string[], options: ReviewOptions): readonly Finding[] {
  return report(parseManifests(text), options).findings.filter(({ rule }) => rules.includes(rule));
}
