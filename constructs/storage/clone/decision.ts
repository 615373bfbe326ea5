import { fromBytes, Quantity, toBytes } from '../../shared/quantity';
import { ClaimApi, VolumeMode } from '../claim-modes';
import { CloneStrategy, StorageClassFacts, StorageFacts } from '../facts';
import { obstacleOn } from './obstacles';
import { CloneOutcome, CloneOutcomeKind, CloneRequest, Evidence } from './outcome';
import { Row, sameVolumeMode } from './row';
import { Situation } from './situation';
import { fittingBytes } from './sizes';
import { survey, unknownClass } from './survey';
import { chosenRow, waitOf, wayOf } from './table';

const { COPY, CSI_CLONE, NEVER_FINISHES, SNAPSHOT, UNKNOWN } = CloneOutcomeKind;
const { MEASURED, READ_FROM_CODE } = Evidence;

/**
 * Decides what a clone will do with this storage.
 *
 * @param isWhole Whether the facts hold all VolumeSnapshotClasses that there are.
 */
export function decideClone(facts: StorageFacts, request: CloneRequest, isWhole = true): CloneOutcome {
  const { situation, missing, refusal } = survey(facts, request, isWhole);
  if (refusal !== undefined) {
    return new CloneOutcome(NEVER_FINISHES, READ_FROM_CODE, refusal.reason, refusal.remedy, refusal.rule);
  }
  const chosen = situation && chosenRow(situation);
  if (situation === undefined || chosen === undefined) return notKnown(missing);
  const way = wayOf(chosen, situation);
  const unknown = unknownOf(facts, situation, chosen, way);
  if (unknown !== undefined) return notKnown([unknown]);
  const obstacle = obstacleOn(way, situation);
  const wait = obstacle === undefined && way !== NEVER_FINISHES ? waitOf(situation) : undefined;
  if (wait !== undefined) {
    const reason = `${wait.reason?.(situation)}; then it is a ${way}`;
    return new CloneOutcome(CloneOutcomeKind.WAITS, wait.evidence, reason, wait.remedy?.(situation), wait.rule);
  }
  return conclude(situation, { chosen, way, obstacle });
}

/** That CDI waits, for a clone of which no more is known. */
export const SOURCE_IN_USE: Pick<CloneOutcome, 'rule' | 'evidence' | 'reason' | 'remedy'> = {
  rule: 'U1',
  evidence: READ_FROM_CODE,
  reason: 'CDI waits until no pod writes to the source (CloneSourceInUse)',
  remedy: 'halt the VM that runs on the source, or clone from a VolumeSnapshot of it',
};

/**
 * What is certain of a clone whatever the storage is: that CDI refuses it, as it asks for less than its source. Undefined if
 * that depends on the storage.
 */
export function refusedAnywhere(request: CloneRequest): CloneOutcome | undefined {
  const { source, target, fromSnapshot, permissive, claimApi = target.claimApi } = request;
  if (fromSnapshot === true || permissive === true || source.size === undefined || target.size === undefined)
    return undefined;
  const isCompared = claimApi !== ClaimApi.STORAGE || source.volumeMode === VolumeMode.BLOCK;
  if (!isCompared || toBytes(target.size) >= toBytes(source.size)) return undefined;
  const sizes = [target.size, source.size].map((size) => Quantity.format(size));
  const reason = `the clone asks for ${sizes[0]}, less than its source, ${sizes[1]}`;
  return new CloneOutcome(NEVER_FINISHES, READ_FROM_CODE, reason, `ask for at least ${sizes[1]}`, 'D5');
}

/** The row that chose the way of a clone, and the one that stops it there. */
interface Decision {
  readonly chosen: Row;
  readonly way: CloneOutcomeKind;
  readonly obstacle?: Row;
}

function notKnown(missing: readonly string[]): CloneOutcome {
  return new CloneOutcome(UNKNOWN, READ_FROM_CODE, `not known: ${missing.join(', ')}`);
}

/** What the row asks for and the catalog does not hold. */
function unknownOf(facts: StorageFacts, clone: Situation, chosen: Row, way: CloneOutcomeKind): string | undefined {
  const restores = clone.fromSnapshot && way === COPY;
  const asks = chosen.asksSource === true || restores;
  if (asks && clone.sourceClass === undefined) return unknownClass(facts, 'source', clone.source);
  if (restores && !clone.populates && !sameVolumeMode(clone)) {
    const { source, target } = clone;
    return `whether the driver restores a snapshot of volume mode ${source.volumeMode} into a claim of ${target.volumeMode}, which CDI's older controllers ask for`;
  }
  return chosen.rule === 'P7' ? clone.snapshotClass.unknown : undefined;
}

function conclude(clone: Situation, decision: Decision): CloneOutcome {
  const { chosen, way, obstacle } = decision;
  const row = obstacle ?? chosen;
  const reasons = [chosen.reason?.(clone), obstacle?.reason?.(clone)].filter((reason) => reason !== undefined);
  const kind = obstacle === undefined ? way : NEVER_FINISHES;
  const said = [
    ...(reasons.length > 0 ? [reasons.join(': CDI falls back to a copy; ')] : []),
    ...(kind === NEVER_FINISHES ? [] : assumptions(clone, way)),
  ];
  const fits = obstacle?.rule === 'C2' ? fromBytes(fittingBytes(clone.target.volumeMode, clone)) : undefined;
  return new CloneOutcome(
    kind,
    evidenceOf(clone, decision),
    said.length > 0 ? said.join('; ') : undefined,
    row.remedy?.(clone),
    row.rule,
    fits,
  );
}

function evidenceOf(clone: Situation, decision: Decision): Evidence {
  const { chosen, obstacle } = decision;
  const rowsMeasured = chosen.evidence === MEASURED && (obstacle === undefined || obstacle.evidence === MEASURED);
  return rowsMeasured && isLikeTheLab(clone, decision) ? MEASURED : READ_FROM_CODE;
}

/**
 * The lab cloned block devices into claims of the same size: the CSI driver's own clone only within one class, a missing
 * common backend only with the strategy snapshot; no copy between volume modes finished.
 */
function isLikeTheLab(clone: Situation, { way, obstacle }: Decision): boolean {
  const { source, sourceClass, targetClass, sourceBytes, targetBytes, fromSnapshot, wanted } = clone;
  if (source.volumeMode !== VolumeMode.BLOCK || targetBytes !== sourceBytes) return false;
  if (obstacle?.rule === 'B1') return !fromSnapshot && wanted === CloneStrategy.SNAPSHOT;
  if (obstacle === undefined && !sameVolumeMode(clone)) return false;
  return way !== CSI_CLONE || sourceClass?.name === targetClass.name;
}

/** What is assumed because it is not known; if it is not so, the clone never finishes. */
function assumptions(clone: Situation, way: CloneOutcomeKind): string[] {
  const { fromSnapshot, sourceClass, targetClass, restoreClass, target, assumesModes } = clone;
  const usesDriver = way === SNAPSHOT || way === CSI_CLONE;
  return [
    ...(usesDriver ? sharing(sourceClass, targetClass) : []),
    ...(fromSnapshot && way === COPY ? sharing(sourceClass, restoreClass) : []),
    ...(assumesModes
      ? [
          `that the StorageProfile ${targetClass.name} names access modes for volume mode ${target.volumeMode} is assumed: without them no claim is made`,
        ]
      : []),
  ];
}

/** The driver is asked, and may refuse. */
function sharing(one: StorageClassFacts | undefined, other: StorageClassFacts | undefined): string[] {
  if (backendIsKnown(one, other)) return [];
  return [`that ${one?.name} and ${other?.name} have a common backend is assumed: without one it never finishes`];
}

/** Whether it is known that one storage holds both classes. */
function backendIsKnown(one: StorageClassFacts | undefined, other: StorageClassFacts | undefined): boolean {
  return one?.name === other?.name || (one?.backend !== undefined && other?.backend !== undefined);
}
