import { alternatives, must } from '../shared/wording';

/** `'prop' must be 'a' or 'b', got …`. */
export function mustBeOneOf(property: string, words: Iterable<string>, value: unknown): string {
  return must(property, `be ${alternatives([...words])}`, value);
}

/** What a field needs while its feature gate is off. */
export function needsGate(property: string, gate: string): string {
  return `'${property}' must have the feature gate '${gate}', which is not listed`;
}

/** How a gate is turned on. */
export function listGate(gate: string): string {
  return `list '${gate}' in spec.configuration.developerConfiguration.featureGates of the KubeVirt object`;
}
