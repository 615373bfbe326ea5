import { fromBytes } from '../shared/quantity';
import { VolumeMode } from './claim-modes';
import { CloneOutcome, CloneOutcomeKind, CloneRequest, Evidence } from './clone-outcome';
import { backendIsKnown, fittingBytes, sameVolumeMode, Situation, survey } from './clone-situation';
import { firstRow, OBSTACLES, Row, WAYS } from './clone-table';
import { CloneStrategy, StorageFacts } from './storage-facts';

const { CSI_CLONE, NEVER_FINISHES, SNAPSHOT, UNKNOWN } = CloneOutcomeKind;
const { MEASURED, READ_FROM_CODE } = Evidence;

/** Decides what a clone will do with this storage. */
export function decideClone(facts: StorageFacts, request: CloneRequest): CloneOutcome {
  const { situation, missing, refusal } = survey(facts, request);
  if (refusal !== undefined) {
    return new CloneOutcome(NEVER_FINISHES, READ_FROM_CODE, refusal.reason, refusal.remedy, refusal.rule);
  }
  if (situation === undefined) return new CloneOutcome(UNKNOWN, READ_FROM_CODE, `not known: ${missing.join(', ')}`);
  const chosen = firstRow(WAYS, situation);
  const obstacle = chosen?.outcome(situation) === NEVER_FINISHES ? undefined : firstRow(OBSTACLES, situation);
  return conclude(situation, chosen, obstacle);
}

function conclude(clone: Situation, chosen: Row | undefined, obstacle: Row | undefined): CloneOutcome {
  const row = obstacle ?? chosen;
  const reasons = [chosen?.reason?.(clone), obstacle?.reason?.(clone)].filter((reason) => reason !== undefined);
  const usesDriver = [SNAPSHOT, CSI_CLONE].some((kind) => kind === chosen?.outcome(clone));
  if (usesDriver && !backendIsKnown(clone)) reasons.push(backendsToSay(clone));
  const fits = obstacle?.rule === 'C2' ? fromBytes(fittingBytes(clone)) : undefined;
  return new CloneOutcome(
    row?.outcome(clone) ?? UNKNOWN,
    evidence(clone, chosen, obstacle),
    reasons.length > 0 ? reasons.join(': CDI falls back to a copy; ') : undefined,
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

/** What is not known: the driver is asked, and may refuse. */
function backendsToSay({ sourceClass, targetClass }: Situation): string {
  return `that ${sourceClass?.name} and ${targetClass.name} have a common backend is assumed: without one it never finishes`;
}
