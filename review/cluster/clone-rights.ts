import { objectsAt, textAt } from '../manifests/json';
import type { ClonedObject } from './claim-source';
import type { CloneLookup } from './clone';
import { Machine } from './machine';

/**
 * The ServiceAccount with whose rights KubeVirt clones the disk templates of a machine: that of its volume, else the default one
 * of its namespace (KubeVirt v1.6.2: pkg/virt-api/webhooks/validating-webhook/admitters/vms-admitter.go, authorizeVirtualMachineSpec).
 */
export function serviceAccountOf({ guest }: Machine): string {
  const named = objectsAt(guest, 'volumes').map((volume) => textAt(volume, 'serviceAccount', 'serviceAccountName'));
  return named.find((name) => name !== '') ?? 'default';
}

/** The namespace of what is cloned in the end: a DataSource stands for an object of its own or of another namespace. */
export function namespaceOfSource(cloned: ClonedObject, lookup: Pick<CloneLookup, 'pointer'>, depth = 0): string {
  const { kind, namespace, name } = cloned;
  if ((kind !== 'DataSource' && kind !== 'VolumeCloneSource') || depth > 2) return namespace;
  const next = lookup.pointer(kind, namespace, name);
  return next === undefined ? namespace : namespaceOfSource(next, lookup, depth + 1);
}
