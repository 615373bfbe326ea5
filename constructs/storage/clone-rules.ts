import { fromBytes, Quantity } from '../shared/quantity';
import { VolumeMode } from './claim-modes';
import { CloneOutcome, CloneOutcomeKind, CloneRequest, Evidence } from './clone-outcome';
import {
  backendIsKnown,
  commonBackend,
  fittingBytes,
  mustExpand,
  sameDriver,
  sameVolumeMode,
  Situation,
  survey,
} from './clone-situation';
import { ContentType } from './data-volume';
import { CloneStrategy, StorageFacts } from './storage-facts';

interface Row {
  readonly rule: string;
  readonly applies: (clone: Situation) => boolean;
  readonly outcome: (clone: Situation) => CloneOutcomeKind;
  readonly evidence: Evidence;
  readonly reason?: (clone: Situation) => string;
  readonly remedy?: (clone: Situation) => string;
}

const { COPY, NEVER_FINISHES, SNAPSHOT, UNKNOWN } = CloneOutcomeKind;
const { MEASURED, READ_FROM_CODE } = Evidence;

/**
 * Which way CDI v1.63.1 takes; the first row that applies decides (pkg/controller/clone/planner.go,
 * ChooseStrategy; the numbers are the order of its decisions).
 *
 * | rule | source | situation | way |
 * | --- | --- | --- | --- |
 * | D1 | both | `spec.storage` asks for an archive on a device | never finishes |
 * | D2 | both | `spec.storage` names no access modes, and the StorageProfile has none | never finishes |
 * | D4 | claim | source and clone are of different content types | never finishes |
 * | P0 | both | the class cannot serve the clone's volume mode | never finishes |
 * | P2 | both | the storage class asked for is '' | never finishes |
 * | P5 | both | the clone asks for less than its source (not with `cdi.kubevirt.io/permissiveClone`) | never finishes |
 * | L1 | both | the provisioner has no CSIDriver object, or `storage.usePopulator` is false | copy |
 * | P6 | claim | the strategy asked for is copy | copy |
 * | P7 | claim | snapshot is asked for, and no VolumeSnapshotClass fits | copy |
 * | P8 | claim | the CSI drivers differ | copy |
 * | P9 | claim | the volume modes differ | copy |
 * | P11 | claim | the clone is larger, and its class does not expand | copy |
 * | P12 | claim | otherwise | the strategy asked for |
 * | S4 | snapshot | the CSI drivers differ | copy |
 * | S6 | snapshot | the clone is larger, and its class does not expand | copy |
 * | S7 | snapshot | the volume modes differ | copy |
 * | S8 | snapshot | otherwise | snapshot |
 */
const WAYS: readonly Row[] = [
  {
    rule: 'D4',
    applies: ({ fromSnapshot, contentType, sourceContentType }) => !fromSnapshot && contentType !== sourceContentType,
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ contentType, sourceContentType }) => `the content types differ (${sourceContentType}, ${contentType})`,
    remedy: ({ sourceContentType }) => `ask for content type ${sourceContentType}`,
  },
  {
    rule: 'P0',
    applies: ({ target, targetClass }) => targetClass.volumeModes?.every((mode) => mode !== target.volumeMode) ?? false,
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ target, targetClass }) => `${targetClass.name} cannot serve volume mode ${target.volumeMode}`,
    remedy: ({ targetClass }) => `ask for volume mode ${targetClass.volumeModes?.join(' or ')}`,
  },
  {
    rule: 'P5',
    applies: ({ sourceBytes, targetBytes, permissive }) => !permissive && targetBytes < sourceBytes,
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: () => 'the clone asks for less than its source',
    remedy: ({ sourceBytes }) => `ask for at least ${text(sourceBytes)}`,
  },
  {
    rule: 'L1',
    applies: ({ populates }) => !populates,
    outcome: () => COPY,
    evidence: READ_FROM_CODE,
    reason: ({ targetClass }) => `the provisioner ${targetClass.provisioner} has no CSIDriver object`,
  },
  {
    rule: 'P6',
    applies: ({ fromSnapshot, wanted }) => !fromSnapshot && wanted === CloneStrategy.COPY,
    outcome: () => COPY,
    evidence: MEASURED,
  },
  {
    rule: 'P7',
    applies: ({ fromSnapshot, wanted, snapshotClassFits }) =>
      !fromSnapshot && wanted === CloneStrategy.SNAPSHOT && !snapshotClassFits,
    outcome: () => COPY,
    evidence: MEASURED,
    reason: ({ targetClass }) => `no VolumeSnapshotClass fits the driver ${targetClass.provisioner}`,
  },
  {
    rule: 'P8',
    applies: (clone) => !clone.fromSnapshot && !sameDriver(clone),
    outcome: () => COPY,
    evidence: READ_FROM_CODE,
    reason: driversDiffer,
  },
  {
    rule: 'P9',
    applies: (clone) => !clone.fromSnapshot && !sameVolumeMode(clone),
    outcome: () => COPY,
    evidence: MEASURED,
    reason: volumeModesDiffer,
  },
  {
    rule: 'P11',
    applies: (clone) => !clone.fromSnapshot && mustExpand(clone) && !clone.targetClass.allowVolumeExpansion,
    outcome: () => COPY,
    evidence: READ_FROM_CODE,
    reason: noExpansion,
  },
  {
    rule: 'P12',
    applies: ({ fromSnapshot }) => !fromSnapshot,
    outcome: ({ wanted }) => (wanted === CloneStrategy.CSI_CLONE ? CloneOutcomeKind.CSI_CLONE : SNAPSHOT),
    evidence: MEASURED,
  },
  {
    rule: 'S4',
    applies: (clone) => !sameDriver(clone),
    outcome: () => COPY,
    evidence: READ_FROM_CODE,
    reason: driversDiffer,
  },
  {
    rule: 'S6',
    applies: (clone) => mustExpand(clone) && !clone.targetClass.allowVolumeExpansion,
    outcome: () => COPY,
    evidence: READ_FROM_CODE,
    reason: noExpansion,
  },
  {
    rule: 'S7',
    applies: (clone) => !sameVolumeMode(clone),
    outcome: () => COPY,
    evidence: READ_FROM_CODE,
    reason: volumeModesDiffer,
  },
  { rule: 'S8', applies: () => true, outcome: () => SNAPSHOT, evidence: MEASURED },
];

/**
 * What stops the way that CDI has taken (CDI: pkg/controller/clone-controller.go,
 * ValidateCanCloneSourceAndTargetSpec; the backend: the CSI driver, as measured in the lab).
 *
 * | rule | way | situation |
 * | --- | --- | --- |
 * | C1 | copy | the volume modes differ, and the content is an archive |
 * | C2 | copy | the clone's usable size is below that of the source |
 * | B1 | snapshot, csi-clone | the classes have no common backend |
 */
const OBSTACLES: readonly Row[] = [
  {
    rule: 'C1',
    applies: (clone) => way(clone) === COPY && !sameVolumeMode(clone) && clone.contentType === ContentType.ARCHIVE,
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: () => 'a copy between volume modes converts the image of a disk, no archive',
    remedy: ({ source }) => `ask for volume mode ${source.volumeMode}`,
  },
  {
    rule: 'C2',
    applies: (clone) => way(clone) === COPY && !clone.permissive && clone.usableTarget < clone.usableSource,
    outcome: () => NEVER_FINISHES,
    evidence: MEASURED,
    reason: ({ source, target, targetBytes, usableSource, usableTarget }) =>
      `of a ${target.volumeMode} claim of ${text(targetBytes)} ${text(usableTarget)} are usable, and the ${source.volumeMode} source holds ${text(usableSource)}`,
    remedy: (clone) => waysOut(clone).join(', or '),
  },
  {
    rule: 'B1',
    applies: (clone) => way(clone) !== COPY && !commonBackend(clone),
    outcome: () => NEVER_FINISHES,
    evidence: MEASURED,
    reason: ({ sourceClass, targetClass }) =>
      `${sourceClass?.name} and ${targetClass.name} have no common backend, and the CSI driver refuses to clone across backends`,
    remedy: ({ fromSnapshot, targetClass }) =>
      `${fromSnapshot ? 'clone the claim itself, and ' : ''}set the StorageProfile ${targetClass.name} to cloneStrategy 'copy'`,
  },
];

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
  const usesDriver = [SNAPSHOT, CloneOutcomeKind.CSI_CLONE].some((kind) => kind === chosen?.outcome(clone));
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
  return chosen?.outcome(clone) !== CloneOutcomeKind.CSI_CLONE || sourceClass?.name === targetClass.name;
}

function way(clone: Situation): CloneOutcomeKind | undefined {
  return firstRow(WAYS, clone)?.outcome(clone);
}

function firstRow(rows: readonly Row[], clone: Situation): Row | undefined {
  return rows.find((row) => row.applies(clone));
}

/** What is not known: the driver is asked, and may refuse. */
function backendsToSay({ sourceClass, targetClass }: Situation): string {
  return `that ${sourceClass?.name} and ${targetClass.name} have a common backend is assumed: without one it never finishes`;
}

function driversDiffer({ sourceClass, targetClass }: Situation): string {
  return `the CSI drivers differ (${sourceClass?.provisioner}, ${targetClass.provisioner})`;
}

function volumeModesDiffer({ source, target }: Situation): string {
  return `the volume modes differ (${source.volumeMode}, ${target.volumeMode})`;
}

function noExpansion({ targetClass }: Situation): string {
  return `the clone is larger than its source, and ${targetClass.name} does not expand volumes`;
}

/** What QcowExporter reads is a raw device with the image of a disk. */
function waysOut(clone: Situation): string[] {
  const { source, contentType, addsOverhead } = clone;
  const exports = source.volumeMode === VolumeMode.BLOCK && contentType === ContentType.KUBEVIRT;
  return [
    `ask for ${text(fittingBytes(clone))}`,
    ...(addsOverhead ? [] : ['write claimApi: ClaimApi.STORAGE']),
    ...(exports ? ['export the disk with QcowExporter and import it'] : []),
  ];
}

function text(size: number): string {
  return Quantity.format(fromBytes(size));
}
