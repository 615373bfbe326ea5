import { isObject } from '../shared/checks';

/** What to write for a value that is no `Instancetype`. */
export function instancetypeMeant(value: unknown): string {
  return matcherMeant('Instancetype', value, 'u1.medium');
}

/** What to write for a value that is no `Preference`. */
export function preferenceMeant(value: unknown): string {
  return matcherMeant('Preference', value, 'fedora');
}

/** By the name that was given, or by the matcher of a manifest: `{ inferFromVolume: rootdisk }`, `{ kind: …, name: … }`. */
function matcherMeant(type: string, value: unknown, usual: string): string {
  const { inferFromVolume, kind, name } = isObject(value)
    ? value
    : { inferFromVolume: undefined, kind: '', name: value };
  if (typeof inferFromVolume === 'string') return `${type}.inferredFrom(${JSON.stringify(inferFromVolume)})`;
  const factory = kind === `VirtualMachine${type}` ? 'namespaced' : 'cluster';
  if (typeof name === 'string' && name !== '') return `${type}.${factory}(${JSON.stringify(name)})`;
  return `for example ${type}.cluster('${usual}')`;
}
