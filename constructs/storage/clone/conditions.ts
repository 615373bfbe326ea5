import { VolumeMode } from '../claim-modes';
import { StorageClassFacts } from '../facts';
import { Situation } from './situation';

/** Whether one CSI driver serves source and clone. */
export function sameDriver({ sourceClass, targetClass }: Situation): boolean {
  return sourceClass?.provisioner === targetClass.provisioner;
}

/** Whether the bytes are presented alike. */
export function sameVolumeMode({ source, target }: Situation): boolean {
  return source.volumeMode === target.volumeMode;
}

/**
 * Whether CDI's controllers refuse what the DataVolume asks for as less than its source: pkg/controller/datavolume,
 * validateClone of pvc-clone-controller.go and validateSnapshotClone of snapshot-clone-controller.go. They do not look
 * at what `spec.storage` asks for of a file system.
 */
export function asksForLess(clone: Situation): boolean {
  const { fromSnapshot, addsOverhead, source, sourceBytes, targetBytes } = clone;
  const isCompared = fromSnapshot || !addsOverhead || source.volumeMode === VolumeMode.BLOCK;
  const asked = clone.askedBytes ?? (addsOverhead ? undefined : targetBytes);
  return isCompared && asked !== undefined && asked < sourceBytes;
}

/** Whether CDI's planner refuses the clone's claim as less than that of its source (validateSourcePVC). */
export function claimIsSmaller({ fromSnapshot, permissive, targetBytes, sourceBytes }: Situation): boolean {
  return !fromSnapshot && !permissive && targetBytes < sourceBytes;
}

/** Whether the clone's volume must grow once it is made, and cannot. */
export function cannotGrow({ capacityBytes, targetBytes, targetClass }: Situation): boolean {
  return targetBytes > capacityBytes && targetClass.allowVolumeExpansion !== true;
}

/** Whether one storage holds both classes, as far as is known. */
export function shareBackend(one: StorageClassFacts | undefined, other: StorageClassFacts | undefined): boolean {
  const backends = [one?.backend, other?.backend];
  return one?.name === other?.name || backends.includes(undefined) || backends[0] === backends[1];
}

/** Whether it is known that one storage holds both classes. */
export function backendIsKnown(one: StorageClassFacts | undefined, other: StorageClassFacts | undefined): boolean {
  return one?.name === other?.name || (one?.backend !== undefined && other?.backend !== undefined);
}
