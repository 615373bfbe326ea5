import { ContentType } from '../../disks/data-volume';
import { CloneStrategy } from '../facts';
import { asksForLess, cannotGrow, claimIsSmaller, sameDriver, sameVolumeMode, shareBackend } from './conditions';
import { CloneOutcomeKind, Evidence } from './outcome';
import { Situation } from './situation';
import { atLeast, driversDiffer, noExpansion, text, volumeModesDiffer, waysOut } from './words';

/** One row of the decision table. */
export interface Row {
  readonly rule: string;
  readonly applies: (clone: Situation) => boolean;
  readonly outcome: (clone: Situation) => CloneOutcomeKind;
  readonly evidence: Evidence;
  readonly reason?: (clone: Situation) => string;
  readonly remedy?: (clone: Situation) => string;
  /** Whether the class of the source must be known to say whether the row applies. */
  readonly asksSource?: true;
}

const { COPY, NEVER_FINISHES, SNAPSHOT } = CloneOutcomeKind;
const { MEASURED, READ_FROM_CODE } = Evidence;

/**
 * Which way CDI v1.63.1 takes; the first row that applies decides. D1 to D5 are what its controllers refuse before they
 * make a claim (pkg/controller/datavolume), L1 is the turn to the older controllers, P and S the order of its planner
 * (pkg/controller/clone/planner.go, ChooseStrategy). P1, P3, P4 and S2, S3, S5 are a class, a source or a size that is
 * not there: then the outcome is not known. D1, D2 and P2 are found before the table is asked (`settleClaim`, `survey`).
 *
 * | rule | source | situation | way | evidence |
 * | --- | --- | --- | --- | --- |
 * | D1 | both | `spec.storage` asks for an archive on a device | never finishes | read from code |
 * | D2 | both | `spec.storage` names no access modes, and the StorageProfile has none for it | never finishes | read from code |
 * | P2 | both | the storage class asked for is '' | never finishes | read from code |
 * | D4 | claim | source and clone are of different content types | never finishes | read from code |
 * | P0 | both | the class cannot serve the clone's volume mode | never finishes | read from code |
 * | D5 | both | the DataVolume asks for less than the source's claim, or the snapshot's restoreSize; by `spec.storage`, of a claim that is a file system, not looked at | never finishes | read from code |
 * | L1 | both | the provisioner has no CSIDriver object, or `cdi.kubevirt.io/storage.usePopulator` is false | copy | read from code |
 * | P5 | claim | the clone's claim asks for less than that of its source, without `cdi.kubevirt.io/permissiveClone` | never finishes | read from code |
 * | P6 | claim | the strategy asked for is copy | copy | measured |
 * | P7 | claim | snapshot is asked for, and no VolumeSnapshotClass fits | copy | measured |
 * | P8 | claim | the CSI drivers differ | copy | read from code |
 * | P9 | claim | the volume modes differ | copy | measured |
 * | P10 | claim | no volume is bound to the source's claim, so that it has no capacity | never finishes | read from code |
 * | P11 | claim | the clone is larger than the source's capacity, and its class does not expand | copy | read from code |
 * | P12 | claim | otherwise | the strategy asked for | measured |
 * | S4 | snapshot | the CSI drivers differ | copy | read from code |
 * | S6 | snapshot | the clone is larger than restoreSize, and its class does not expand | copy | read from code |
 * | S7 | snapshot | the volume modes differ | copy | read from code |
 * | S8 | snapshot | otherwise | snapshot | measured |
 */
export const WAYS: readonly Row[] = [
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
    rule: 'D5',
    applies: asksForLess,
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: () => 'the clone asks for less than its source',
    remedy: atLeast,
  },
  {
    rule: 'L1',
    applies: ({ populates }) => !populates,
    outcome: () => COPY,
    evidence: READ_FROM_CODE,
    reason: ({ targetClass, saysPopulator }) =>
      saysPopulator
        ? 'the annotation cdi.kubevirt.io/storage.usePopulator asks for no populator'
        : `the provisioner ${targetClass.provisioner} has no CSIDriver object`,
  },
  {
    rule: 'P5',
    applies: claimIsSmaller,
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ targetBytes, sourceBytes }) =>
      `the clone's claim of ${text(targetBytes)} asks for less than that of its source, ${text(sourceBytes)}`,
    remedy: atLeast,
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
      !fromSnapshot && wanted === CloneStrategy.SNAPSHOT && !snapshotClass.fits,
    outcome: () => COPY,
    evidence: MEASURED,
    reason: ({ targetClass }) => `no VolumeSnapshotClass fits the driver ${targetClass.provisioner}`,
    asksSource: true,
  },
  {
    rule: 'P8',
    applies: (clone) => !clone.fromSnapshot && !sameDriver(clone),
    outcome: () => COPY,
    evidence: READ_FROM_CODE,
    reason: driversDiffer,
    asksSource: true,
  },
  {
    rule: 'P9',
    applies: (clone) => !clone.fromSnapshot && !sameVolumeMode(clone),
    outcome: () => COPY,
    evidence: MEASURED,
    reason: volumeModesDiffer,
  },
  {
    rule: 'P10',
    applies: ({ fromSnapshot, sourceIsBound }) => !fromSnapshot && !sourceIsBound,
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: () => "no volume is bound to the source's claim, so that CDI does not know its capacity",
    remedy: () => 'start a VM that uses the source, or make it with bindImmediately',
  },
  {
    rule: 'P11',
    applies: (clone) => !clone.fromSnapshot && cannotGrow(clone),
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
    asksSource: true,
  },
  { rule: 'S6', applies: cannotGrow, outcome: () => COPY, evidence: READ_FROM_CODE, reason: noExpansion },
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
 * ValidateCanCloneSourceAndTargetSpec; pkg/controller/clone/planner.go, createTempSourceClaim; the backend: the CSI
 * driver, as measured in the lab).
 *
 * | rule | way | situation | evidence |
 * | --- | --- | --- | --- |
 * | C1 | copy | the volume modes differ, and the content is an archive | read from code |
 * | C2 | copy | the clone's usable size is below that of the source, without `cdi.kubevirt.io/permissiveClone` | measured |
 * | B1 | snapshot, csi-clone | the classes have no common backend | measured |
 * | B2 | copy of a snapshot | the first class of its driver by name, into which CDI restores it first, has no common backend with its source | read from code |
 */
export const OBSTACLES: readonly Row[] = [
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
    applies: (clone) => way(clone) !== COPY && !shareBackend(clone.sourceClass, clone.targetClass),
    outcome: () => NEVER_FINISHES,
    evidence: MEASURED,
    reason: ({ sourceClass, targetClass }) =>
      `${sourceClass?.name} and ${targetClass.name} have no common backend, and the CSI driver refuses to clone across backends`,
    remedy: ({ fromSnapshot, targetClass }) =>
      `${fromSnapshot ? 'clone the claim itself, and ' : ''}set the StorageProfile ${targetClass.name} to cloneStrategy 'copy'`,
  },
  {
    rule: 'B2',
    applies: (clone) =>
      clone.fromSnapshot && way(clone) === COPY && !shareBackend(clone.sourceClass, clone.restoreClass),
    outcome: () => NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ sourceClass, restoreClass }) =>
      `it restores the snapshot into ${restoreClass?.name}, the first class of the driver by name, which has no common backend with ${sourceClass?.name}`,
    remedy: () => 'clone the claim itself',
  },
];

function way(clone: Situation): CloneOutcomeKind | undefined {
  return firstRow(WAYS, clone)?.outcome(clone);
}

/** The row that decides. */
export function firstRow(rows: readonly Row[], clone: Situation): Row | undefined {
  return rows.find((row) => row.applies(clone));
}
