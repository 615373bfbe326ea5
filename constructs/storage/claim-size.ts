import { toBytes } from '../shared/quantity';
import { VolumeMode } from './claim-modes';
import { StorageFacts } from './facts';

const MEBIBYTE = 2 ** 20;

/** CDI: pkg/common/common.go, DefaultGlobalOverhead (v1.63.1). */
const DEFAULT_OVERHEAD = 0.06;

/**
 * The part of a Filesystem claim of a class that its file system takes; 0 for the class ''
 * (CDI: pkg/controller/common/util.go, GetFilesystemOverheadForStorageClass).
 */
export function overheadOf({ cdi }: StorageFacts, className: string | undefined): number {
  if (className === '') return 0;
  return cdi?.filesystemOverheadOf?.[className ?? ''] ?? cdi?.filesystemOverhead ?? DEFAULT_OVERHEAD;
}

/** What a claim must ask for so that it holds a disk image of a size, in a file system that takes its part. */
export function requiredBytes(
  facts: StorageFacts,
  mode: VolumeMode | undefined,
  size: number,
  className?: string,
): number {
  return mode === VolumeMode.FILESYSTEM ? required(size, overheadOf(facts, className)) : size;
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
  return raisedBytes(facts, requiredBytes(facts, mode, size, className), className);
}

/** A size, raised to the smallest claim of a class. */
export function raisedBytes({ storageClasses }: StorageFacts, size: number, className?: string): number {
  const least = storageClasses.find(({ name }) => name === className)?.minimumClaimSize;
  return least === undefined ? size : Math.max(size, toBytes(least));
}

/** What a claim holds of a disk image: all of a device, and of a file system what the overhead leaves, in whole Mi. */
export function usableBytes(mode: VolumeMode | undefined, size: number, overhead: number): number {
  return mode === VolumeMode.FILESYSTEM ? usable(size, overhead) : size;
}

/**
 * The claim of CDI's scratch space beside a claim: a file system that holds what the claim holds, in whole Mi
 * (pkg/controller/util.go, createScratchPersistentVolumeClaim).
 */
export function scratchBytes(
  facts: StorageFacts,
  mode: VolumeMode | undefined,
  size: number,
  className?: string,
): number {
  const image = usable(size, mode === VolumeMode.FILESYSTEM ? overheadOf(facts, className) : 0);
  const inScratch = required(image, overheadOf(facts, scratchClassName(facts, className)));
  return Math.ceil(inScratch / MEBIBYTE) * MEBIBYTE;
}

/**
 * The class of that scratch space: the one that CDI is told, else the cluster's default class, else that of the claim
 * (pkg/controller/config-controller.go, reconcileStorageClass; pkg/controller/util.go, GetScratchPvcStorageClass).
 */
export function scratchClassName({ cdi, storageClasses }: StorageFacts, className?: string): string | undefined {
  const byDefault = storageClasses.find(({ isDefault }) => isDefault === true)?.name;
  return cdi?.scratchSpaceStorageClassName ?? byDefault ?? className;
}

function usable(size: number, overhead: number): number {
  return Math.floor(Math.ceil(size / (1 + overhead)) / MEBIBYTE) * MEBIBYTE;
}

function required(size: number, overhead: number): number {
  return Math.ceil(Math.ceil(size / MEBIBYTE) * MEBIBYTE * (1 + overhead));
}
