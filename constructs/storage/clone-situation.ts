import { toBytes } from '../shared/quantity';
import { ClaimWriter, SettledClaim, settleClaim } from './claim-defaults';
import { VolumeMode } from './claim-modes';
import { inflatedBytes, overheadOf, usableBytes } from './claim-size';
import { CloneRequest } from './clone-outcome';
import { ClaimApi, ContentType } from './data-volume';
import { IDisk } from './disk';
import { CloneStrategy, StorageClassFacts, StorageFacts } from './storage-facts';

const MEBIBYTE = 2 ** 20;

/** A clone and everything that decides it. */
export interface Situation {
  readonly fromSnapshot: boolean;
  readonly source: IDisk;
  readonly target: IDisk;
  readonly contentType: ContentType;
  readonly sourceClass?: StorageClassFacts;
  readonly targetClass: StorageClassFacts;
  /** Whether a VolumeSnapshotClass serves source and clone. */
  readonly snapshotClassFits: boolean;
  /** The strategy that CDI is asked for; it is not looked at for a snapshot. */
  readonly wanted: CloneStrategy;
  /** Whether CDI's populators make the clone; its older controllers copy every byte. */
  readonly populates: boolean;
  /** Whether the clone may be smaller than its source. */
  readonly permissive: boolean;
  readonly sourceContentType: ContentType;
  readonly sourceBytes: number;
  /** What the DataVolume asks for; without a size, that of its source. */
  readonly askedBytes: number;
  readonly namesSize: boolean;
  /** What the source's volume has, which may be more than was asked for. */
  readonly capacityBytes: number;
  /** Whether CDI adds a file system's overhead to what the clone asks for. */
  readonly addsOverhead: boolean;
  /** What the clone's claim asks for, the overhead added where CDI adds it. */
  readonly targetBytes: number;
  readonly usableSource: number;
  readonly usableTarget: number;
  readonly overhead: number;
}

/** A clone with its facts, or what is missing to know them. */
export interface Survey {
  readonly situation?: Situation;
  /** Why CDI makes no claim of what the clone asks for. */
  readonly refusal?: SettledClaim['refusal'];
  readonly missing: readonly string[];
}

/** Looks up and works out everything that decides a clone. */
export function survey(facts: StorageFacts, request: CloneRequest): Survey {
  const settled = settleTarget(facts, request);
  const { source } = request;
  const target: IDisk = { ...request.target, ...settled, accessModes: undefined };
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
  if (settled.refusal !== undefined || request.target.storageClassName === '') {
    return { missing, refusal: settled.refusal ?? NO_CLASS };
  }
  if (targetClass === undefined || missing.length > 0) return { missing };
  return {
    situation: {
      ...measure(facts, { ...request, target }, targetClass.name),
      populates: request.usesPopulator ?? facts.csiDrivers?.includes(targetClass.provisioner) ?? true,
      targetClass,
      sourceClass,
      wanted,
      snapshotClassFits: hasSnapshotClass(facts, sourceClass, targetClass),
    },
    missing,
  };
}

const NO_CLASS = {
  rule: 'P2',
  reason: "the clone asks for the storage class ''",
  remedy: 'name a storage class, or leave it out for the default class',
};

/** Of the clone's claim what is left out, where the catalog or CDI fills it in. */
function settleTarget(facts: StorageFacts, { target, claimApi, contentType }: CloneRequest): SettledClaim {
  const { storageClassName, accessModes, volumeMode } = target;
  const isStorage = claimApi === ClaimApi.STORAGE;
  const writer = isStorage ? ClaimWriter.STORAGE : ClaimWriter.PVC;
  const settled = settleClaim(facts, { writer, storageClassName, accessModes, volumeMode, contentType });
  return isStorage ? settled : { ...settled, volumeMode };
}

type Measured = 'fromSnapshot' | 'source' | 'target' | 'addsOverhead' | 'contentType' | 'sourceContentType';
type Sizes =
  | 'namesSize'
  | 'askedBytes'
  | 'sourceBytes'
  | 'capacityBytes'
  | 'targetBytes'
  | 'usableSource'
  | 'usableTarget'
  | 'overhead';

function measure(
  facts: StorageFacts,
  request: CloneRequest,
  className: string,
): Pick<Situation, Measured | Sizes | 'permissive'> {
  const { source, target, contentType = ContentType.KUBEVIRT } = request;
  const sourceBytes = bytes(source);
  const overhead = overheadOf(facts, className);
  const usableSource = usableBytes(source.volumeMode, sourceBytes, overheadOf(facts, source.storageClassName));
  const addsOverhead = request.claimApi === ClaimApi.STORAGE;
  const takesSize = addsOverhead && target.size === undefined && request.fromSnapshot !== true;
  const detectsSize = takesSize && source.volumeMode === VolumeMode.FILESYSTEM;
  const taken = detectsSize ? usableSource : sourceBytes;
  const asked = target.size === undefined ? taken : bytes(target);
  const targetBytes = addsOverhead ? inflatedBytes(facts, target.volumeMode, asked, className) : asked;
  return {
    fromSnapshot: request.fromSnapshot ?? false,
    source,
    target,
    addsOverhead,
    permissive: request.permissive ?? detectsSize,
    contentType,
    sourceContentType: request.sourceContentType ?? contentType,
    sourceBytes,
    askedBytes: asked,
    namesSize: target.size !== undefined,
    capacityBytes: request.sourceCapacity === undefined ? sourceBytes : toBytes(request.sourceCapacity),
    targetBytes,
    usableSource,
    usableTarget: usableBytes(target.volumeMode, targetBytes, overhead),
    overhead,
  };
}

/**
 * Whether there is a VolumeSnapshotClass of the one driver. Which of several CDI takes (the one that
 * both profiles name, else the default, else the first by name) does not change the outcome:
 * pkg/controller/common/util.go, GetCompatibleVolumeSnapshotClass (v1.63.1).
 */
function hasSnapshotClass(
  { snapshotClasses }: StorageFacts,
  source: StorageClassFacts | undefined,
  target: StorageClassFacts,
): boolean {
  const ofDriver = snapshotClasses?.some(({ driver }) => driver === target.provisioner) ?? false;
  return ofDriver && source?.provisioner === target.provisioner;
}

function classOf(facts: StorageFacts, disk: IDisk): StorageClassFacts | undefined {
  return facts.storageClasses.find(({ name }) => name === disk.storageClassName);
}

function nameOfClass(role: string, disk: IDisk): string {
  const name = disk.storageClassName;
  return name === undefined ? `the storage class of the ${role}` : `the storage class ${name} of the ${role}`;
}

/** Whether one CSI driver serves source and clone. */
export function sameDriver({ sourceClass, targetClass }: Situation): boolean {
  return sourceClass?.provisioner === targetClass.provisioner;
}

/** Whether the bytes are presented alike. */
export function sameVolumeMode({ source, target }: Situation): boolean {
  return source.volumeMode === target.volumeMode;
}

/**
 * Whether CDI refuses the clone as smaller than its source: what is asked for, in its controllers
 * (pkg/controller/datavolume/pvc-clone-controller.go, validateClone; snapshot-clone-controller.go,
 * validateSnapshotClone), then the claims, in its planner.
 */
export function shrinks(clone: Situation): boolean {
  const { fromSnapshot, addsOverhead, namesSize, source, askedBytes, sourceBytes, targetBytes, permissive } = clone;
  const compared = fromSnapshot || !addsOverhead || (namesSize && source.volumeMode === VolumeMode.BLOCK);
  if (compared && askedBytes < sourceBytes) return true;
  return !fromSnapshot && !permissive && targetBytes < sourceBytes;
}

/** Whether the clone's volume must grow once it is made. */
export function mustExpand({ capacityBytes, targetBytes }: Situation): boolean {
  return targetBytes > capacityBytes;
}

/** Whether one storage holds both, as far as is known. */
export function commonBackend({ sourceClass, targetClass }: Situation): boolean {
  const backends = [sourceClass?.backend, targetClass.backend];
  return sourceClass?.name === targetClass.name || backends.includes(undefined) || backends[0] === backends[1];
}

/** The smallest size, in whole Mi, to ask for so that the claim holds the source. */
export function fittingBytes({ target, usableSource, overhead, addsOverhead }: Situation): number {
  const whole = Math.ceil(usableSource / MEBIBYTE) * MEBIBYTE;
  if (addsOverhead) return whole;
  let size = Math.max(whole, Math.floor((usableSource * (1 + overhead)) / MEBIBYTE - 1) * MEBIBYTE);
  while (usableBytes(target.volumeMode, size, overhead) < usableSource) size += MEBIBYTE;
  return size;
}

/** Whether it is known that one storage holds both. */
export function backendIsKnown({ sourceClass, targetClass }: Situation): boolean {
  const isOne = sourceClass?.name === targetClass.name;
  return isOne || (sourceClass?.backend !== undefined && targetClass.backend !== undefined);
}

function bytes(disk: IDisk): number {
  return disk.size === undefined ? 0 : toBytes(disk.size);
}
