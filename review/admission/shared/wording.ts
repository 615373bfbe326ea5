/** The longest value that a message repeats, in characters; a longer one is cut. */
const SHOWN_CHARACTERS = 120;

/** `'kind' must be 'VirtualMachine', got "VM"`: what a finding says of one value. */
export function must(property: string, what: string, value: unknown): string {
  return `'${property}' must ${what}, got ${show(value)}`;
}

/** A value as it stands in a message: JSON, cut where it is long. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** `'a'`, `'a' or 'b'`, `'a', 'b' or 'c'`: values as a message lists them. */
export function alternatives(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

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
