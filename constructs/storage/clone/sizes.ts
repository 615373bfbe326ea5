import { toBytes } from '../../shared/quantity';
import { cdiIsAtLeast } from '../cdi-release';
import { ClaimApi, ContentType, VolumeMode } from '../claim-modes';
import { inflatedBytes, overheadOf, raisedBytes, requiredBytes, usableBytes } from '../claim-size';
import { IDisk } from '../disk';
import { StorageFacts } from '../facts';
import { CloneRequest } from './outcome';
import { CloneSizes } from './situation';

const MEBIBYTE = 2 ** 20;

/** The names of the classes whose overheads count. */
export interface MeasuredClasses {
  /** That of the claim that is read: of a snapshot, the one that it is restored into for a copy. */
  readonly source?: string;
  readonly target: string;
}

/**
 * Works out the sizes of a clone whose disks are settled.
 *
 * | the clone names | source | its claim asks for |
 * | --- | --- | --- |
 * | a size, by `spec.pvc` | any | that size |
 * | a size, by `spec.storage` | any | that size and the overhead, at least the smallest claim of the class |
 * | no size, by `spec.storage` | file system with the image of a disk, made by CDI | the image and the overhead |
 * | no size, by `spec.storage` | any other claim | the source's capacity and the overhead |
 * | no size, by `spec.storage` | snapshot | restoreSize as it is; from v1.66.0 on, of a device into a file system, with the overhead |
 *
 * From v1.64.0 on a size is raised to the smallest claim of its class before it is held against the source
 * (pkg/controller/common/util.go, GetEffectiveStorageResources).
 *
 * CDI v1.63.1 reads the size of the image with a pod: pkg/controller/datavolume/pvc-clone-controller.go,
 * detectCloneSize. Here it is what the file system can hold, which is how large CDI makes an image.
 */
export function measure(facts: StorageFacts, request: CloneRequest, classes: MeasuredClasses): CloneSizes {
  const { source, target, fromSnapshot = false } = request;
  const claimBytes = bytes(source) ?? 0;
  const capacityBytes = request.sourceCapacity === undefined ? claimBytes : toBytes(request.sourceCapacity);
  const sourceBytes = fromSnapshot ? capacityBytes : claimBytes;
  const usableSource = usableBytes(source.volumeMode, sourceBytes, overheadOf(facts, classes.source));
  const askedBytes = bytes(target);
  const addsOverhead = isStorage(request);
  const holdsImage = !fromSnapshot && addsOverhead && hasImage(request);
  const taken = holdsImage ? usableSource : capacityBytes;
  const targetBytes = askedBytes === undefined ? taking(taken) : asking(askedBytes);
  const overhead = overheadOf(facts, classes.target);
  return {
    sourceBytes,
    capacityBytes,
    askedBytes: askedBytes === undefined || !addsOverhead ? askedBytes : held(askedBytes),
    heldBytes: held(targetBytes),
    targetBytes,
    usableSource,
    usableTarget: usableBytes(target.volumeMode, targetBytes, overhead),
    overhead,
    addsOverhead,
    holdsImage,
    permissive: request.permissive === true || (holdsImage && measuresImage()),
  };

  function asking(size: number): number {
    return addsOverhead ? inflatedBytes(facts, target.volumeMode, size, classes.target) : size;
  }

  function taking(size: number): number {
    if (!addsOverhead) return sourceBytes;
    if (fromSnapshot && !inflatesRestore(facts, source.volumeMode)) return size;
    return requiredBytes(facts, target.volumeMode, size, classes.target);
  }

  function held(size: number): number {
    return cdiIsAtLeast(facts, 'v1.64.0') ? raisedBytes(facts, size, classes.target) : size;
  }

  /** CDI then annotates the claim itself, for the image fits. */
  function measuresImage(): boolean {
    if (askedBytes === undefined) return capacityBytes > usableSource;
    return target.volumeMode === VolumeMode.BLOCK && targetBytes >= usableSource;
  }
}

/**
 * Whether a clone of a snapshot that names no size gets the overhead of its file system: pkg/controller/datavolume/
 * snapshot-clone-controller.go, detectCloneSize (v1.66.0).
 */
export function inflatesRestore(facts: StorageFacts, sourceMode: VolumeMode | undefined): boolean {
  return sourceMode === VolumeMode.BLOCK && cdiIsAtLeast(facts, 'v1.66.0');
}

/** What the clone asks for by `spec.storage`. */
export function isStorage({ claimApi, target }: CloneRequest): boolean {
  return (claimApi ?? target.claimApi) === ClaimApi.STORAGE;
}

/** The smallest size, in whole Mi, to ask for so that the claim holds the source. */
export function fittingBytes(mode: VolumeMode | undefined, sizes: CloneSizes): number {
  const { usableSource, overhead, addsOverhead } = sizes;
  const whole = wholeMebibytes(usableSource);
  if (addsOverhead) return whole;
  let size = Math.max(whole, Math.floor((usableSource * (1 + overhead)) / MEBIBYTE - 1) * MEBIBYTE);
  while (usableBytes(mode, size, overhead) < usableSource) size += MEBIBYTE;
  return size;
}

/** The smallest size, in whole Mi, to ask for so that CDI does not find the clone smaller than its source. */
export function leastBytes(mode: VolumeMode | undefined, sizes: CloneSizes): number {
  const { sourceBytes, usableSource, overhead, addsOverhead, holdsImage } = sizes;
  if (!addsOverhead || (mode !== VolumeMode.FILESYSTEM && !holdsImage)) return wholeMebibytes(sourceBytes);
  const claim = mode === VolumeMode.FILESYSTEM ? sourceBytes / (1 + overhead) : 0;
  return wholeMebibytes(Math.max(usableSource, claim));
}

function wholeMebibytes(size: number): number {
  return Math.ceil(size / MEBIBYTE) * MEBIBYTE;
}

function hasImage({ source, sourceIsPlain, contentType, sourceContentType = contentType }: CloneRequest): boolean {
  const isPlain = sourceIsPlain ?? source.isPlain ?? false;
  return source.volumeMode === VolumeMode.FILESYSTEM && !isPlain && sourceContentType !== ContentType.ARCHIVE;
}

function bytes(disk: IDisk): number | undefined {
  return disk.size === undefined ? undefined : toBytes(disk.size);
}
