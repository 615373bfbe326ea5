import { fromBytes, Quantity } from '../shared/quantity';
import { VolumeMode } from './claim-modes';
import { CloneOutcomeKind, Evidence } from './clone-outcome';
import {
  commonBackend,
  fittingBytes,
  mustExpand,
  sameDriver,
  sameVolumeMode,
  shrinks,
  Situation,
} from './clone-situation';
import { ContentType } from './data-volume';
import { CloneStrategy } from './storage-facts';

/** One row of the decision table. */
export interface Row {
  readonly rule: string;
  readonly applies: (clone: Situation) => boolean;
  readonly outcome: (clone: Situation) => CloneOutcomeKind;
  readonly evidence: Evidence;
  readonly reason?: (clone: Situation) => string;
  readonly remedy?: (clone: Situation) => string;
}

const { COPY, NEVER_FINISHES, SNAPSHOT } = CloneOutcomeKind;
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
 * | P5 | both | the clone asks for less than its source; of a file system by `spec.storage`, the claim is the smaller one, without `cdi.kubevirt.io/permissiveClone` | never finishes |
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
    rule: 'P5',
    applies: shrinks,
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
    applies: (clone) => way(clone) !== COPY && !commonBackend(clone),
    outcome: () => NEVER_FINISHES,
    evidence: MEASURED,
    reason: ({ sourceClass, targetClass }) =>
      `${sourceClass?.name} and ${targetClass.name} have no common backend, and the CSI driver refuses to clone across backends`,
    remedy: ({ fromSnapshot, targetClass }) =>
      `${fromSnapshot ? 'clone the claim itself, and ' : ''}set the StorageProfile ${targetClass.name} to cloneStrategy 'copy'`,
  },
];

function way(clone: Situation): CloneOutcomeKind | undefined {
  return firstRow(WAYS, clone)?.outcome(clone);
}

/** The row that decides. */
export function firstRow(rows: readonly Row[], clone: Situation): Row | undefined {
  return rows.find((row) => row.applies(clone));
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
