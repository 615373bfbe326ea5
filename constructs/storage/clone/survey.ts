import { fromBytes, toBytes } from '../../shared/quantity';
import { ClaimWriter, settleClaim, SettledClaim } from '../claim-defaults';
import { ClaimApi, ContentType } from '../claim-modes';
import { inflatedBytes } from '../claim-size';
import { IDisk } from '../disk';
import { CloneStrategy, StorageClassFacts, StorageFacts } from '../facts';
import { CloneRequest } from './outcome';
import { Situation, SnapshotClassChoice } from './situation';
import { isStorage, measure } from './sizes';

/** A clone with its facts, or what is missing to know them. */
export interface Survey {
  readonly situation?: Situation;
  /** Why CDI makes no claim of what the clone asks for. */
  readonly refusal?: SettledClaim['refusal'];
  readonly missing: readonly string[];
}

/** Looks up and works out everything that decides a clone. */
export function survey(facts: StorageFacts, request: CloneRequest, isWhole: boolean): Survey {
  const settled = settleTarget(facts, request);
  const source = settleSource(facts, request);
  const target: IDisk = { ...request.target, ...settled, accessModes: undefined };
  const targetClass = classOf(facts, target);
  const missing = [
    targetClass === undefined && unknownClass(facts, 'target', target),
    source.size === undefined && 'the size of the source',
    source.volumeMode === undefined && 'the volume mode of the source',
    target.volumeMode === undefined && 'the volume mode of the target',
  ].filter((fact) => fact !== false);
  if (settled.refusal !== undefined || request.target.storageClassName === '') {
    return { missing, refusal: settled.refusal ?? NO_CLASS };
  }
  if (targetClass === undefined || missing.length > 0) return { missing };
  const assumesModes = isStorage(request) && (settled.accessModes ?? []).length === 0;
  const settledRequest = { ...request, source, target };
  return { situation: situationOf(facts, settledRequest, { targetClass, assumesModes, isWhole }), missing };
}

/** What is known already. */
interface Known {
  readonly targetClass: StorageClassFacts;
  readonly assumesModes: boolean;
  readonly isWhole: boolean;
}

function situationOf(
  facts: StorageFacts,
  request: CloneRequest,
  { targetClass, assumesModes, isWhole }: Known,
): Situation {
  const { source, target, fromSnapshot = false, contentType = ContentType.KUBEVIRT, usesPopulator } = request;
  const { byClaim = false } = request;
  const sourceClass = classOf(facts, source);
  const restoreClass = fromSnapshot && sourceClass ? firstOfDriver(facts, sourceClass) : undefined;
  const readFrom = restoreClass?.name ?? source.storageClassName;
  return {
    ...measure(facts, request, { source: readFrom, target: targetClass.name }),
    fromSnapshot,
    source,
    target,
    contentType,
    sourceContentType: request.sourceContentType ?? contentType,
    sourceClass,
    targetClass,
    restoreClass,
    snapshotClass: snapshotClassOf(facts, isWhole, sourceClass, targetClass),
    wanted: facts.cdi?.cloneStrategyOverride ?? targetClass.cloneStrategy ?? CloneStrategy.SNAPSHOT,
    populates: byClaim || (usesPopulator ?? facts.csiDrivers?.includes(targetClass.provisioner) ?? true),
    byClaim,
    saysPopulator: usesPopulator !== undefined,
    sourceIsBound: request.sourceIsBound ?? true,
    sourceIsInUse: request.sourceIsInUse ?? false,
    assumesModes,
  };
}

const NO_CLASS = {
  rule: 'P2',
  reason: "the clone asks for the storage class ''",
  remedy: 'name a storage class, or leave it out for the default class',
};

/** The clone's claim, with what the catalog or CDI fills in where it is left out. */
function settleTarget(facts: StorageFacts, request: CloneRequest): SettledClaim {
  const { storageClassName, accessModes, volumeMode } = request.target;
  const writer = isStorage(request) ? ClaimWriter.STORAGE : ClaimWriter.PVC;
  const { contentType } = request;
  const settled = settleClaim(facts, { writer, storageClassName, accessModes, volumeMode, contentType });
  return isStorage(request) ? settled : { ...settled, volumeMode };
}

/** The claim of the source: what `spec.storage` asks for is not yet what the claim has. */
function settleSource(
  facts: StorageFacts,
  { source, contentType, sourceContentType = contentType }: CloneRequest,
): IDisk {
  if (source.claimApi !== ClaimApi.STORAGE) return source;
  const { storageClassName, accessModes, volumeMode } = source;
  const written = { writer: ClaimWriter.STORAGE, storageClassName, accessModes, volumeMode };
  const settled = settleClaim(facts, { ...written, contentType: sourceContentType });
  const className = settled.storageClassName;
  const size = source.size && fromBytes(inflatedBytes(facts, settled.volumeMode, toBytes(source.size), className));
  return { ...source, size, storageClassName: className, volumeMode: settled.volumeMode };
}

/**
 * The VolumeSnapshotClass that CDI takes: the one that both StorageProfiles name, which must be of the driver, else
 * any of the driver (which of several does not change the outcome): pkg/controller/clone/common.go,
 * GetCompatibleVolumeSnapshotClass, and pkg/controller/common/util.go, GetVolumeSnapshotClass.
 */
function snapshotClassOf(
  { snapshotClasses = [], cdi }: StorageFacts,
  isWhole: boolean,
  source: StorageClassFacts | undefined,
  target: StorageClassFacts,
): SnapshotClassChoice {
  const driver = target.provisioner;
  if (source?.provisioner !== driver) return {};
  const named = source.snapshotClassName;
  if (named === undefined || named !== target.snapshotClassName) {
    return { fits: snapshotClasses.some((found) => found.driver === driver) };
  }
  const found = snapshotClasses.find(({ name }) => name === named);
  if (found !== undefined) return { fits: found.driver === driver };
  const isAsked = cdi?.cloneStrategyOverride !== undefined || target.cloneStrategy !== undefined;
  // CDI itself says copy where the driver has no VolumeSnapshotClass: then nothing asks for one.
  const isKnown = isAsked || snapshotClasses.some((other) => other.driver === driver);
  if (isWhole && isKnown && snapshotClasses.length > 0) return { missing: named };
  const unknown = `the VolumeSnapshotClass ${named}, which the StorageProfiles name${held(snapshotClasses)}`;
  return { unknown };
}

/** CDI: pkg/controller/clone/planner.go, getStorageClassNameForTempSourceClaim. */
function firstOfDriver({ storageClasses }: StorageFacts, { provisioner }: StorageClassFacts): StorageClassFacts {
  const ofDriver = storageClasses.filter((storageClass) => storageClass.provisioner === provisioner);
  const [first] = ofDriver.map(({ name }) => name).sort();
  return ofDriver.find(({ name }) => name === first)!;
}

function classOf(facts: StorageFacts, disk: IDisk): StorageClassFacts | undefined {
  return facts.storageClasses.find(({ name }) => name === disk.storageClassName);
}

/** A storage class that the catalog does not hold, in words. */
export function unknownClass({ storageClasses }: StorageFacts, role: string, disk: IDisk): string {
  const name = disk.storageClassName;
  if (name === undefined) return `the storage class of the ${role}`;
  return `the storage class ${name} of the ${role}${held(storageClasses)}`;
}

/** How many classes of a catalog a message names. */
const MOST_NAMES = 8;

function held(classes: readonly { readonly name: string }[]): string {
  const names = classes.map(({ name }) => name).sort();
  const [shown, hidden] = [names.slice(0, MOST_NAMES), names.slice(MOST_NAMES)];
  if (hidden.length > 0) shown.push(`${hidden.length} more`);
  return shown.length === 0 ? ' (the catalog has no classes)' : ` (the catalog holds ${shown.join(', ')})`;
}
