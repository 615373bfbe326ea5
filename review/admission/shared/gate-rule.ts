import { gateIsOn } from '../../cluster/config';
import { Severity } from '../../finding';
import { Rule } from '../../rule';
import { listGate, needsGate } from './wording';

/** The rule that objects of a kind are not made while a feature gate is off. */
export function gateRule(id: string, kind: string, gate: string, source: string): Rule {
  return {
    id,
    source,
    severity: Severity.ERROR,
    check: ({ old, config }, note) => {
      if (old !== undefined || gateIsOn(config, gate)) return;
      note('kind', needsGate(kind, gate), listGate(gate));
    },
  };
}
