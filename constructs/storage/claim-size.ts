import { toBytes } from '../shared/quantity';
import { VolumeMode } from './claim-modes';
import { StorageFacts } from './storage-facts';

const MEBIBYTE = 2 ** 20;

/** CDI: pkg/common/common.go, DefaultGlobalOverhead (v1.63.1). */
const DEFAULT_OVERHEAD = 0.06;

/** The part of a Filesystem claim of a class that its file system takes. */
export function overheadOf({ cdi }: StorageFacts, className: string | undefined): number {
  return cdi?.filesystemOverheadOf?.[className ?? ''] ?? cdi?.filesystemOverhead ?? DEFAULT_OVERHEAD;
}

/**
 * What CDI asks for where it adds the overhead, and raises the claim to the smallest of its class:
 * pkg/controller/datavolume/util.go, renderPvcSpecVolumeSize (v1.63.1).
 */
export function inflatedBytes(
  facts: StorageFacts,
  mode: VolumeMode | undefined,
  size: number,
  className?: string,
): number {
  const overhead = overheadOf(facts, className);
  const least = facts.storageClasses.find(({ name }) => name === className)?.minimumClaimSize;
  const inflated = mode === VolumeMode.FILESYSTEM ? required(size, overhead) : size;
  return least === undefined ? inflated : Math.max(inflated, toBytes(least));
}

/** What a claim holds of a disk image: all of a device, and of a file system what the overhead leaves, in whole Mi. */
export function usableBytes(mode: VolumeMode | undefined, size: number, overhead: number): number {
  if (mode !== VolumeMode.FILESYSTEM) return size;
  return Math.floor(Math.ceil(size / (1 + overhead)) / MEBIBYTE) * MEBIBYTE;
}

/**
 * The claim of CDI's scratch space beside a claim: a file system that holds what the claim holds
 * (pkg/controller/util.go, createScratchPersistentVolumeClaim).
 */
export function scratchBytes(
  facts: StorageFacts,
  mode: VolumeMode | undefined,
  size: number,
  className?: string,
): number {
  const image = usableBytes(mode, size, overheadOf(facts, className));
  const inScratch = required(image, overheadOf(facts, facts.cdi?.scratchSpaceStorageClassName ?? className));
  return Math.ceil(inScratch / MEBIBYTE) * MEBIBYTE;
}

function required(size: number, overhead: number): number {
  return Math.ceil(Math.ceil(size / MEBIBYTE) * MEBIBYTE * (1 + overhead));
}
