import { fromBytes, toBytes } from '../shared/quantity';
import { VolumeMode } from './claim-modes';
import { CloneRequest } from './clone-outcome';
import { ClaimApi, ContentType } from './data-volume';
import { IDisk } from './disk';
import { CloneStrategy, SnapshotClassFacts, StorageClassFacts, StorageFacts } from './storage-facts';

const MEBIBYTE = 2 ** 20;

/** CDI: pkg/common/common.go, DefaultGlobalOverhead (v1.63.1). */
const DEFAULT_OVERHEAD = 0.06;

/** A clone and everything that decides it. */
export interface Situation {
  readonly fromSnapshot: boolean;
  readonly source: IDisk;
  readonly target: IDisk;
  readonly contentType: ContentType;
  readonly sourceClass?: StorageClassFacts;
  readonly targetClass: StorageClassFacts;
  readonly snapshotClass?: SnapshotClassFacts;
  /** The strategy that CDI is asked for; it is not looked at for a snapshot. */
  readonly wanted: CloneStrategy;
  readonly sourceBytes: number;
  /** What the clone's claim asks for, a file system's overhead added where CDI adds it. */
  readonly targetBytes: number;
  readonly usableSource: number;
  readonly usableTarget: number;
  readonly overhead: number;
}

/** A clone with its facts, or what is missing to know them. */
export interface Survey {
  readonly situation?: Situation;
  readonly missing: readonly string[];
}

/** Looks up and works out everything that decides a clone. */
export function survey(facts: StorageFacts, request: CloneRequest): Survey {
  const { source, target } = request;
  const targetClass = classOf(facts, target);
  const sourceClass = classOf(facts, source);
  const wanted = facts.cdi?.cloneStrategyOverride ?? targetClass?.cloneStrategy ?? CloneStrategy.SNAPSHOT;
  const asksSource = request.fromSnapshot === true || wanted !== CloneStrategy.COPY;
  const missing = [
    targetClass === undefined && nameOfClass('target', target),
    asksSource && sourceClass === undefined && nameOfClass('source', source),
    source.size === undefined && 'the size of the source',
    source.volumeMode === undefined && 'the volume mode of the source',
    target.volumeMode === undefined && 'the volume mode of the target',
  ].filter((fact) => fact !== false);
  if (targetClass === undefined || missing.length > 0) return { missing };
  return {
    situation: {
      ...measure(facts, request, targetClass.name),
      targetClass,
      sourceClass,
      wanted,
      snapshotClass: fittingSnapshotClass(facts, sourceClass, targetClass),
    },
    missing,
  };
}

type Sizes = Omit<Situation, 'targetClass' | 'sourceClass' | 'wanted' | 'snapshotClass'>;

function measure(facts: StorageFacts, request: CloneRequest, targetClassName: string): Sizes {
  const { source, target } = request;
  const sourceBytes = bytes(source);
  const asked = target.size === undefined ? sourceBytes : bytes(target);
  const overhead = overheadOf(facts, targetClassName);
  const targetBytes = request.claimApi === ClaimApi.STORAGE ? inflated(target, asked, overhead) : asked;
  return {
    fromSnapshot: request.fromSnapshot ?? false,
    source,
    target: { ...target, size: fromBytes(asked) },
    contentType: request.contentType ?? ContentType.KUBEVIRT,
    sourceBytes,
    targetBytes,
    usableSource: usable(source, sourceBytes, overheadOf(facts, source.storageClassName)),
    usableTarget: usable(target, targetBytes, overhead),
    overhead,
  };
}

/**
 * CDI: pkg/controller/common/util.go, GetCompatibleVolumeSnapshotClass (v1.63.1): the one that both
 * StorageProfiles name, else the driver's default, else its first by name.
 */
function fittingSnapshotClass(
  facts: StorageFacts,
  source: StorageClassFacts | undefined,
  target: StorageClassFacts,
): SnapshotClassFacts | undefined {
  if (source?.provisioner !== target.provisioner) return undefined;
  const ofDriver = (facts.snapshotClasses ?? [])
    .filter(({ driver }) => driver === target.provisioner)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const named = source.snapshotClassName === target.snapshotClassName ? target.snapshotClassName : undefined;
  return (
    ofDriver.find(({ name }) => name === named) ?? ofDriver.find(({ isDefault }) => isDefault === true) ?? ofDriver[0]
  );
}

function classOf(facts: StorageFacts, disk: IDisk): StorageClassFacts | undefined {
  return facts.storageClasses.find(({ name }) => name === disk.storageClassName);
}

function nameOfClass(role: string, disk: IDisk): string {
  const name = disk.storageClassName;
  return name === undefined ? `the storage class of the ${role}` : `the storage class ${name} of the ${role}`;
}

function overheadOf(facts: StorageFacts, className: string | undefined): number {
  return facts.cdi?.filesystemOverheadOf?.[className ?? ''] ?? facts.cdi?.filesystemOverhead ?? DEFAULT_OVERHEAD;
}

/** What CDI asks for where it adds the overhead: pkg/controller/datavolume/util.go, renderPvcSpecVolumeSize. */
function inflated(disk: IDisk, size: number, overhead: number): number {
  if (disk.volumeMode !== VolumeMode.FILESYSTEM) return size;
  return Math.ceil(Math.ceil(size / MEBIBYTE) * MEBIBYTE * (1 + overhead));
}

/** What a claim holds of a disk image: all of a device, and of a file system what the overhead leaves, in whole Mi. */
function usable(disk: IDisk, size: number, overhead: number): number {
  if (disk.volumeMode !== VolumeMode.FILESYSTEM) return size;
  return Math.floor(Math.ceil(size / (1 + overhead)) / MEBIBYTE) * MEBIBYTE;
}

/** The smallest claim, in whole Mi, that holds the source. */
export function fittingBytes({ target, usableSource, overhead }: Situation): number {
  let size = Math.ceil(usableSource / MEBIBYTE) * MEBIBYTE;
  while (usable(target, size, overhead) < usableSource) size += MEBIBYTE;
  return size;
}

function bytes(disk: IDisk): number {
  return disk.size === undefined ? 0 : toBytes(disk.size);
}
