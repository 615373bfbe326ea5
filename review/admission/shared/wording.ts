import { show } from '../../../constructs/shared/shown-value';
import { alternatives } from '../../../constructs/shared/wording';

export { alternatives, show };

/** `'kind' must be 'VirtualMachine', got "VM"`: what a finding says of one value. */
export function must(property: string, what: string, value: unknown): string {
  return `'${property}' must ${what}, got ${show(value)}`;
}

/** `'prop' must be 'a' or 'b', got …`. */
export function mustBeOneOf(property: string, words: Iterable<string>, value: unknown): string {
  return must(property, `be ${alternatives([...words])}`, value);
}

/** What a field, or a thing in words of its own, needs while its feature gate is off. */
export function needsGate(property: string, gate: string): string {
  const what = /['"]/.test(property) ? property : `'${property}'`;
  return `${what} must have the feature gate '${gate}', ${NOT_LISTED}`;
}

/** How a message ends that is about a gate which is off. */
export const NOT_LISTED = 'which is not listed';

/** A message that rests on the settings in the KubeVirt object of a file, with that file; any other as it is. */
export function restingOn(file: string | undefined, rule: string, message: string): string {
  return file !== undefined && RULES_OF_SETTINGS.has(rule) ? `${message} (by the KubeVirt object of ${file})` : message;
}

/** Rules, besides those of gates, whose verdict follows from the settings of the cluster. */
const RULES_OF_SETTINGS: ReadonlySet<string> = new Set([
  'machine-type-supported',
  'interface-default-binding-permitted',
  'interface-bridge-pod-permitted',
]);

/** How a gate is turned on. */
export function listGate(gate: string): string {
  return `list '${gate}' in spec.configuration.developerConfiguration.featureGates of the KubeVirt object`;
}
