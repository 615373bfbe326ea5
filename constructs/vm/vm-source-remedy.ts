import { isObject } from '../shared/checks';

/** What to write for a value that is no source of a clone or an export: by what it is, or the name that was given. */
export function vmSourceMeant(type: string, value: unknown): string {
  if (isObject(value) && typeof value.virtualMachineSnapshotName === 'string') return `${type}.snapshot(it)`;
  if (isObject(value) && typeof value.claimName === 'string') return `${type}.claim(it)`;
  if (isObject(value) && typeof value.name === 'string') return `${type}.vm(it)`;
  const name = typeof value === 'string' && value !== '' ? value : undefined;
  return `${name === undefined ? 'for example ' : ''}${type}.vm(VirtualMachine.fromName('${name ?? 'web'}'))`;
}
