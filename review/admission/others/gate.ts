import { gateIsOn } from '../../config';
import { Severity } from '../../finding';
import { Rule } from '../../rule';

/** How a gate is turned on. */
export function listGate(gate: string): string {
  return `list '${gate}' in spec.configuration.developerConfiguration.featureGates of the KubeVirt object`;
}

/** The rule that objects of a kind are not made while a feature gate is off. */
export function gateRule(id: string, kind: string, gate: string, source: string): Rule {
  return {
    id,
    source,
    severity: Severity.ERROR,
    check: ({ old, config }, note) => {
      if (old !== undefined || gateIsOn(config, gate)) return;
      note('kind', `'${kind}' must have the feature gate '${gate}', which is not listed`, listGate(gate));
    },
  };
}
