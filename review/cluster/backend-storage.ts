import type { StorageFacts } from '../../constructs/storage/facts';
import { objectAt, textAt } from '../manifests/json';
import type { Json } from '../rule';
import { Claim, dataVolumeClaim, withoutOverhead } from './claim';
import { Machine } from './machine';

/** KubeVirt: pkg/storage/backend-storage/backend-storage.go, PVCSize, and the label and prefix PVCPrefix (v1.6.2). */
const STATE_SIZE = '10Mi';
const STATE = 'persistent-state-for';

/** The machine whose state a claim holds, where the claim was read from a cluster; empty for any other claim. */
export function machineOfState(claim: Json): string {
  return textAt(claim, 'metadata', 'labels', STATE);
}

/** What the claim for the state of a machine is called; the cluster gives the end of the name. */
export function stateClaimName(machine: string): string {
  return `${STATE}-${machine}-*`;
}

/** Whether a machine has TPM or EFI that is persistent: its state is kept in a claim of its own. */
export function keepsState(guest: Json): boolean {
  return STATES.some((path) => objectAt(guest, 'domain', ...path)?.persistent === true);
}

const STATES = [
  ['devices', 'tpm'],
  ['firmware', 'bootloader', 'efi'],
] as const;

/**
 * The claim that KubeVirt makes for the persistent state of TPM and EFI; undefined if the machine keeps no state. The
 * StorageProfile decides its modes, and nothing is added to its size (KubeVirt v1.6.2:
 * pkg/storage/backend-storage/backend-storage.go, IsBackendStorageNeededForVMI, getStorageClass).
 *
 * @param storageClass The class that KubeVirt is set to: empty for the default class, undefined if it is not known.
 */
export function stateClaim(facts: StorageFacts, machine: Machine, storageClass: string | undefined): Claim | undefined {
  const { guest, namespace, kind, name } = machine;
  if (!keepsState(guest)) return undefined;
  const storage = { storageClassName: storageClass || undefined, resources: { requests: { storage: STATE_SIZE } } };
  const written = { metadata: { name: stateClaimName(name) }, spec: { storage } };
  const claim = withoutOverhead(dataVolumeClaim(facts, written, namespace, { kind, name }));
  const storageClassName = storageClass === undefined ? undefined : claim.settled.storageClassName;
  const missing = ['the modes, which the StorageProfile decides'];
  const settled = { storageClassName, missing: storageClassName === undefined ? ['the class', ...missing] : missing };
  return { ...claim, source: { made: 'state of TPM and EFI', scratch: 'none' }, settled };
}
