import { objectAt, objectsAt, textAt } from '../manifests/json';
import type { Json } from '../rule';
import { kindOf } from './kinds';

/** A machine: a VirtualMachine, one of a pool, or a VirtualMachineInstance of its own. */
export interface Machine {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The `spec` of the VirtualMachineInstance. */
  readonly guest: Json;
  /** Annotations that the VirtualMachineInstance gets. */
  readonly annotations: Json;
  /** The VirtualMachine's own `spec`. */
  readonly spec: Json;
}

/** The machine that an object is; nothing where it is none. */
export function machineOf(object: Json): Machine | undefined {
  const kind = kindOf(object);
  if (kind !== 'VirtualMachine' && kind !== 'VirtualMachineInstance') return undefined;
  const template = kind === 'VirtualMachine' ? objectAt(object, 'spec', 'template') : object;
  return {
    kind,
    namespace: textAt(object, 'metadata', 'namespace'),
    name: textAt(object, 'metadata', 'name'),
    guest: objectAt(template, 'spec') ?? {},
    annotations: objectAt(template, 'metadata', 'annotations') ?? {},
    spec: objectAt(object, 'spec') ?? {},
  };
}

/** The controller that made an object, by kind and name; nothing where it names none. */
export function controllerOf(object: Json): { readonly kind: string; readonly name: string } | undefined {
  const owner = objectsAt(object, 'metadata', 'ownerReferences').find(({ controller }) => controller === true);
  return owner && { kind: textAt(owner, 'kind'), name: textAt(owner, 'name') };
}

/** KubeVirt: pkg/storage/backend-storage/backend-storage.go, PVCSize, and the label and prefix PVCPrefix (v1.6.2). */
const STATE_SIZE = '10Mi';
const STATE = 'persistent-state-for';

/** The machine whose state a claim holds that was read from a cluster. */
export function stateOf(claim: Json): string {
  return textAt(claim, 'metadata', 'labels', STATE);
}

/** What the claim for the state of a machine is called, whose end the cluster gives. */
export function stateName(machine: string): string {
  return `${STATE}-${machine}-*`;
}

/**
 * The claim that KubeVirt makes for the persistent state of TPM and EFI, as a template of a DataVolume would ask for it;
 * nothing where a machine has none. (KubeVirt v1.6.2: pkg/storage/backend-storage/backend-storage.go,
 * IsBackendStorageNeededForVMI, getStorageClass; the StorageProfile decides the modes.)
 */
export function stateClaim({ guest, namespace, name }: Machine, storageClass = ''): Json | undefined {
  const isKept = [
    ['devices', 'tpm'],
    ['firmware', 'bootloader', 'efi'],
  ].some((path) => objectAt(guest, 'domain', ...path)?.persistent === true);
  if (!isKept) return undefined;
  const storage = { storageClassName: storageClass || undefined, resources: { requests: { storage: STATE_SIZE } } };
  return { kind: 'DataVolume', metadata: { name: stateName(name), namespace }, spec: { storage } };
}
