import { Severity } from '../../finding';
import { Rule, Subject } from '../../rule';

/** What the rules of a topic have in common. */
export interface TopicDefaults {
  readonly kinds: readonly string[];
  readonly about?: readonly string[];
  /** @default Severity.ERROR */
  readonly severity?: Severity;
}

/** A rule as it stands in its topic: what it does not say it has from the topic. */
export type TopicRule<View> = Omit<Rule<View>, 'kinds' | 'severity'> & Partial<Pick<Rule<View>, 'kinds' | 'severity'>>;

/** The rules of one topic, each complete. */
export function topic<View = Subject>(
  defaults: TopicDefaults,
  rules: readonly TopicRule<View>[],
): readonly Rule<View>[] {
  return rules.map((rule) => ({ severity: Severity.ERROR, ...defaults, ...rule }));
}
