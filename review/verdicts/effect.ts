import { Severity } from '../finding';

const EFFECT: Readonly<Record<Severity, string>> = {
  [Severity.ERROR]: 'the API server or a webhook refuses it, or drops what was meant',
  [Severity.WARNING]: 'it is accepted, and will not do what was meant',
};

/** Rules whose warning is a refusal that the rest of the cluster may lift. */
const OF_RULE: ReadonlyMap<string, string> = new Map([
  ['namespace-exists', 'the API server refuses every object of a namespace that does not exist'],
]);

/** What the cluster does with an object that breaks a rule. */
export function effectOf(rule: string, severity: Severity): string {
  return OF_RULE.get(rule) ?? EFFECT[severity];
}
