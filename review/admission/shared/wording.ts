import { alternatives, shortened } from '../../../constructs/shared/wording';

export { alternatives };

/** `'kind' must be 'VirtualMachine', got "VM"`: what a finding says of one value. */
export function must(property: string, what: string, value: unknown): string {
  return `'${property}' must ${what}, got ${show(value)}`;
}

/** A value as it stands in a message: JSON, cut where it is long. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  return shortened(JSON.stringify(value));
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

const NOT_LISTED = 'which is not listed';

/** The same, where nothing is known of the cluster: that it is by default, and the way out. */
export function byDefault(message: string, remedy?: string): { readonly message: string; readonly remedy?: string } {
  if (!message.endsWith(NOT_LISTED)) return { message, remedy };
  const [, gate = ''] = /feature gate '(\w+)'/.exec(message) ?? [];
  const why = "which the release's defaults leave off (no KubeVirt object stands among the manifests)";
  const wayOut = `say that the cluster lists it (--feature-gate ${gate}), put the KubeVirt object beside the manifests, or accept this`;
  return {
    message: message.slice(0, -NOT_LISTED.length) + why,
    remedy: remedy?.replace(listGate(gate), wayOut),
  };
}

/** The same, where HyperConverged lists the gates. */
export function byOperator(message: string, remedy?: string): { readonly message: string; readonly remedy?: string } {
  if (!message.endsWith(NOT_LISTED)) return { message, remedy };
  const [, gate = ''] = /feature gate '(\w+)'/.exec(message) ?? [];
  const wayOut = `let the HyperConverged object set '${gate}': by its own feature gates, where it has one for it, else by its annotation kubevirt.kubevirt.io/jsonpatch`;
  return {
    message: `${message.slice(0, -NOT_LISTED.length)}which HyperConverged does not list`,
    remedy: remedy?.replace(listGate(gate), wayOut),
  };
}

/** How a gate is turned on. */
export function listGate(gate: string): string {
  return `list '${gate}' in spec.configuration.developerConfiguration.featureGates of the KubeVirt object`;
}
