import { fromBytes } from '../../shared/quantity';
import { VolumeMode } from '../claim-modes';
import { CloneStrategy, StorageClassFacts, StorageFacts } from '../facts';
import { backendIsKnown, sameVolumeMode } from './conditions';
import { CloneOutcome, CloneOutcomeKind, CloneRequest, Evidence } from './outcome';
import { Situation, survey, unknownClass } from './situation';
import { fittingBytes } from './sizes';
import { firstRow, OBSTACLES, Row, WAYS } from './table';

const { COPY, CSI_CLONE, NEVER_FINISHES, SNAPSHOT, UNKNOWN } = CloneOutcomeKind;
const { MEASURED, READ_FROM_CODE } = Evidence;

/** Decides what a clone will do with this storage. */
export function decideClone(facts: StorageFacts, request: CloneRequest): CloneOutcome {
  const { situation, missing, refusal } = survey(facts, request);
  if (refusal !== undefined) {
    return new CloneOutcome(NEVER_FINISHES, READ_FROM_CODE, refusal.reason, refusal.remedy, refusal.rule);
  }
  if (situation === undefined) return notKnown(missing);
  const chosen = firstRow(WAYS, situation);
  const unknown = chosen && unknownOf(facts, situation, chosen);
  if (unknown !== undefined) return notKnown([unknown]);
  const obstacle = chosen?.outcome(situation) === NEVER_FINISHES ? undefined : firstRow(OBSTACLES, situation);
  return conclude(situation, chosen, obstacle);
}

function notKnown(missing: readonly string[]): CloneOutcome {
  return new CloneOutcome(UNKNOWN, READ_FROM_CODE, `not known: ${missing.join(', ')}`);
}

/** What the row asks for and the catalog does not hold. */
function unknownOf(facts: StorageFacts, clone: Situation, chosen: Row): string | undefined {
  const restores = clone.fromSnapshot && chosen.outcome(clone) === COPY;
  const asks = chosen.asksSource === true || restores;
  if (asks && clone.sourceClass === undefined) return unknownClass(facts, 'source', clone.source);
  return chosen.rule === 'P7' ? clone.snapshotClass.unknown : undefined;
}

function conclude(clone: Situation, chosen: Row | undefined, obstacle: Row | undefined): CloneOutcome {
  const row = obstacle ?? chosen;
  const reasons = [chosen?.reason?.(clone), obstacle?.reason?.(clone)].filter((reason) => reason !== undefined);
  const kind = row?.outcome(clone) ?? UNKNOWN;
  const said = [
    ...(reasons.length > 0 ? [reasons.join(': CDI falls back to a copy; ')] : []),
    ...(kind === NEVER_FINISHES ? [] : assumptions(clone, chosen?.outcome(clone))),
  ];
  const fits = obstacle?.rule === 'C2' ? fromBytes(fittingBytes(clone.target.volumeMode, clone)) : undefined;
  return new CloneOutcome(
    kind,
    evidence(clone, chosen, obstacle),
    said.length > 0 ? said.join('; ') : undefined,
    row?.remedy?.(clone),
    row?.rule,
    fits,
  );
}

function evidence(clone: Situation, chosen: Row | undefined, obstacle: Row | undefined): Evidence {
  const rowsMeasured = [chosen, obstacle].every((row) => row?.evidence !== READ_FROM_CODE);
  return rowsMeasured && isLikeTheLab(clone, chosen, obstacle) ? MEASURED : READ_FROM_CODE;
}

/**
 * The lab cloned block devices into claims of the same size; the CSI driver's own clone in one class
 * alone, the missing backend with the strategy snapshot alone, and no copy between volume modes came to an end.
 */
function isLikeTheLab(clone: Situation, chosen: Row | undefined, obstacle: Row | undefined): boolean {
  const { source, sourceClass, targetClass, sourceBytes, targetBytes, fromSnapshot, wanted } = clone;
  if (source.volumeMode !== VolumeMode.BLOCK || targetBytes !== sourceBytes) return false;
  if (obstacle?.rule === 'B1') return !fromSnapshot && wanted === CloneStrategy.SNAPSHOT;
  if (obstacle === undefined && !sameVolumeMode(clone)) return false;
  return chosen?.outcome(clone) !== CSI_CLONE || sourceClass?.name === targetClass.name;
}

/** What is not known and taken to be so; otherwise the clone would never finish. */
function assumptions(clone: Situation, way: CloneOutcomeKind | undefined): string[] {
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
