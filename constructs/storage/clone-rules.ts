import { fromBytes, Quantity, toBytes } from '../shared/quantity';
import { CloneOutcome, CloneOutcomeKind, CloneRequest, Evidence } from './clone-outcome';
import { fittingBytes, Situation, survey } from './clone-situation';
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
 * | P0 | both | the class cannot serve the clone's volume mode | never finishes |
 * | P5 | both | the clone asks for less than its source | never finishes |
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
    rule: 'P0',
    applies: ({ target, targetClass }) => targetClass.volumeModes?.every((mode) => mode !== target.volumeMode) ?? false,
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ target, targetClass }) => `${targetClass.name} cannot serve volume mode ${target.volumeMode}`,
    remedy: ({ targetClass }) => `ask for volume mode ${targetClass.volumeModes?.join(' or ')}`,
  },
  {
    rule: 'P5',
    applies: ({ sourceBytes, targetBytes }) => targetBytes < sourceBytes,
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: () => 'the clone asks for less than its source',
    remedy: ({ sourceBytes }) => `ask for at least ${text(sourceBytes)}`,
  },
  {
    rule: 'P6',
    applies: ({ fromSnapshot, wanted }) => !fromSnapshot && wanted === CloneStrategy.COPY,
    outcome: () => COPY,
    evidence: MEASURED,
  },
  {
    rule: 'P7',
    applies: ({ fromSnapshot, wanted, snapshotClass }) =>
      !fromSnapshot && wanted === CloneStrategy.SNAPSHOT && snapshotClass === undefined,
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
    applies: (clone) => way(clone) === COPY && clone.usableTarget < clone.usableSource,
    outcome: () => NEVER_FINISHES,
    evidence: MEASURED,
    reason: ({ source, target, usableSource, usableTarget }) =>
      `of a ${target.volumeMode} claim of ${text(toBytes(target.size ?? fromBytes(0)))} ${text(usableTarget)} are usable, and the ${source.volumeMode} source holds ${text(usableSource)}`,
    remedy: (clone) =>
      `ask for ${text(fittingBytes(clone))}, or write claimApi: ClaimApi.STORAGE, or export the disk with QcowExporter and import it`,
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
  const { situation, missing } = survey(facts, request);
  if (situation === undefined) return new CloneOutcome(UNKNOWN, READ_FROM_CODE, `not known: ${missing.join(', ')}`);
  const chosen = firstRow(WAYS, situation);
  const obstacle = chosen?.outcome(situation) === NEVER_FINISHES ? undefined : firstRow(OBSTACLES, situation);
  return conclude(situation, chosen, obstacle);
}

function conclude(clone: Situation, chosen: Row | undefined, obstacle: Row | undefined): CloneOutcome {
  const row = obstacle ?? chosen;
  const reasons = [chosen?.reason?.(clone), obstacle?.reason?.(clone)].filter((reason) => reason !== undefined);
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

/** The lab measured B1 for snapshots alone, and no copy between volume modes that comes to an end. */
function evidence(clone: Situation, chosen: Row | undefined, obstacle: Row | undefined): Evidence {
  if (obstacle?.rule === 'B1' && (clone.fromSnapshot || clone.wanted !== CloneStrategy.SNAPSHOT)) return READ_FROM_CODE;
  if (obstacle === undefined && chosen?.outcome(clone) === COPY && !sameVolumeMode(clone)) return READ_FROM_CODE;
  return [chosen, obstacle].some((row) => row?.evidence === READ_FROM_CODE) ? READ_FROM_CODE : MEASURED;
}

function way(clone: Situation): CloneOutcomeKind | undefined {
  return firstRow(WAYS, clone)?.outcome(clone);
}

function firstRow(rows: readonly Row[], clone: Situation): Row | undefined {
  return rows.find((row) => row.applies(clone));
}

function sameDriver({ sourceClass, targetClass }: Situation): boolean {
  return sourceClass?.provisioner === targetClass.provisioner;
}

function sameVolumeMode({ source, target }: Situation): boolean {
  return source.volumeMode === target.volumeMode;
}

function mustExpand({ sourceBytes, targetBytes }: Situation): boolean {
  return targetBytes > sourceBytes;
}

function commonBackend({ sourceClass, targetClass }: Situation): boolean {
  const backends = [sourceClass?.backend, targetClass.backend];
  return sourceClass?.name === targetClass.name || backends.includes(undefined) || backends[0] === backends[1];
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

function text(size: number): string {
  return Quantity.format(fromBytes(size));
}
