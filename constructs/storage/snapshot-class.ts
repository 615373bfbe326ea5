import { StorageKnowledge } from './claim-outcome';

/** The VolumeSnapshotClass that a disk of a class is snapshotted by; with neither, that is not known. */
export interface SnapshotClass {
  readonly name?: string;
  /** Why there is none. */
  readonly reason?: string;
  /** Whether KubeVirt gives up for it; else it leaves the disk out. */
  readonly fails?: boolean;
}

/**
 * By which class KubeVirt takes a snapshot of a disk: the one that the StorageProfile names, else the only one of the driver,
 * else the one of it that is the default (KubeVirt v1.6.2: pkg/storage/snapshot/snapshot.go, getVolumeSnapshotClassName).
 */
export function snapshotClassFor({ facts, isWhole }: StorageKnowledge, storageClassName: string): SnapshotClass {
  const storageClass = facts.storageClasses.find(({ name }) => name === storageClassName);
  if (storageClass === undefined) return {};
  const { provisioner, snapshotClassName } = storageClass;
  const classes = facts.snapshotClasses ?? [];
  if (snapshotClassName !== undefined) {
    if (classes.some(({ name }) => name === snapshotClassName)) return { name: snapshotClassName };
    return isWhole
      ? { reason: `the VolumeSnapshotClass ${snapshotClassName} of its StorageProfile does not exist` }
      : {};
  }
  const matches = classes.filter(({ driver }) => driver === provisioner);
  const chosen = matches.length === 1 ? matches[0] : matches.find(({ isDefault }) => isDefault === true);
  if (chosen !== undefined) return { name: chosen.name };
  if (!isWhole) return {};
  const reason =
    matches.length === 0
      ? `no VolumeSnapshotClass fits the class ${storageClassName} (${provisioner})`
      : `${matches.length} VolumeSnapshotClasses fit the class ${storageClassName}, and none of them is the default`;
  return matches.length === 0 ? { reason } : { reason, fails: true };
}
