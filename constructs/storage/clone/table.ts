import { VolumeMode } from '../claim-modes';
import { CloneStrategy } from '../facts';
import { CloneOutcomeKind, Evidence } from './outcome';
import { concerns, contentTypesDiffer, differentTypes, Row, RuleWords, sameType, sameVolumeMode, text } from './row';
import { Situation } from './situation';
import { leastBytes } from './sizes';

const { COPY, CSI_CLONE, NEVER_FINISHES, SNAPSHOT } = CloneOutcomeKind;
const { MEASURED, READ_FROM_CODE } = Evidence;

/**
 * What CDI's controllers refuse before a way is chosen, and before they make a claim (pkg/controller/datavolume, v1.63.1).
 * `settleClaim` finds D1 and D2, `survey` finds P2.
 */
export const REFUSALS: readonly RuleWords[] = [
  {
    rule: 'D1',
    source: 'both',
    situation: '`spec.storage` asks for an archive on a device',
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
  },
  {
    rule: 'D2',
    source: 'both',
    situation: '`spec.storage` names no access modes, and the StorageProfile has no default for them',
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
  },
  {
    rule: 'P2',
    source: 'both',
    situation: "the storage class asked for is ''",
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
  },
];

/**
 * Which way CDI v1.63.1 takes; the first row that applies decides. D4 and D5 are what its controllers refuse before they
 * make a claim (pkg/controller/datavolume), L1 is the turn to the older controllers, P and S the order of its planner
 * (pkg/controller/clone/planner.go, ChooseStrategy). P1, P3, P4 and S2, S3, S5 of the planner are a class, a source or a
 * size that is missing: then the outcome is not known.
 */
export const WAYS: readonly Row[] = [
  {
    rule: 'D4',
    source: 'claim',
    situation: 'source and clone are of different content types',
    applies: (clone) => !clone.byClaim && contentTypesDiffer(clone),
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: differentTypes,
    remedy: sameType,
  },
  {
    rule: 'P0',
    source: 'both',
    situation: "the class cannot serve the clone's volume mode",
    applies: ({ target, targetClass }) => targetClass.volumeModes?.every((mode) => mode !== target.volumeMode) ?? false,
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ target, targetClass }) => `${targetClass.name} cannot serve volume mode ${target.volumeMode}`,
    remedy: ({ targetClass }) => `ask for volume mode ${targetClass.volumeModes?.join(' or ')}`,
  },
  {
    rule: 'D5',
    source: 'both',
    situation:
      "the DataVolume asks for less than the source's claim, or the snapshot's restoreSize (by `spec.storage` a claim that is a file system is not compared)",
    applies: (clone) => !clone.byClaim && asksForLess(clone),
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: () => 'the clone asks for less than its source',
    remedy: atLeast,
  },
  {
    rule: 'L1',
    source: 'both',
    situation: 'the provisioner has no CSIDriver object, or `cdi.kubevirt.io/storage.usePopulator` is false',
    applies: ({ populates }) => !populates,
    outcome: COPY,
    evidence: READ_FROM_CODE,
    reason: ({ targetClass, saysPopulator }) =>
      saysPopulator
        ? 'the annotation cdi.kubevirt.io/storage.usePopulator asks for no populator'
        : `the provisioner ${targetClass.provisioner} has no CSIDriver object`,
  },
  {
    rule: 'P5',
    source: 'claim',
    situation: "the clone's claim asks for less than that of its source, without `cdi.kubevirt.io/permissiveClone`",
    // CDI: pkg/controller/clone/planner.go, validateSourcePVC.
    applies: ({ permissive, heldBytes, sourceBytes }) => !permissive && heldBytes < sourceBytes,
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ targetBytes, sourceBytes }) =>
      `the clone's claim of ${text(targetBytes)} asks for less than that of its source, ${text(sourceBytes)}`,
    remedy: atLeast,
  },
  {
    rule: 'P6',
    source: 'claim',
    situation: 'the strategy asked for is copy',
    applies: ({ wanted }) => wanted === CloneStrategy.COPY,
    outcome: COPY,
    evidence: MEASURED,
  },
  {
    rule: 'P13',
    source: 'claim',
    situation: 'snapshot is asked for, and the VolumeSnapshotClass that both StorageProfiles name is not there',
    // CDI: pkg/controller/common/util.go, GetVolumeSnapshotClass: the clone fails, and is tried again.
    applies: ({ wanted, snapshotClass }) => wanted === CloneStrategy.SNAPSHOT && snapshotClass.missing !== undefined,
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ snapshotClass, sourceClass, targetClass }) =>
      `${sourceClass === targetClass ? `the StorageProfile ${targetClass.name} names` : `the StorageProfiles ${sourceClass?.name} and ${targetClass.name} name`} the VolumeSnapshotClass ${snapshotClass.missing}, which does not exist`,
    remedy: ({ snapshotClass, targetClass }) =>
      `make the VolumeSnapshotClass ${snapshotClass.missing}, or name another in the StorageProfile ${targetClass.name}`,
  },
  {
    rule: 'P7',
    source: 'claim',
    situation: 'snapshot is asked for, and no VolumeSnapshotClass fits',
    applies: ({ wanted, snapshotClass }) => wanted === CloneStrategy.SNAPSHOT && !snapshotClass.fits,
    outcome: COPY,
    evidence: MEASURED,
    reason: ({ targetClass }) => `no VolumeSnapshotClass fits the driver ${targetClass.provisioner}`,
    asksSource: true,
  },
  {
    rule: 'P8',
    source: 'claim',
    situation: 'the CSI drivers differ',
    applies: (clone) => !sameDriver(clone),
    outcome: COPY,
    evidence: READ_FROM_CODE,
    reason: driversDiffer,
    asksSource: true,
  },
  {
    rule: 'P9',
    source: 'claim',
    situation: 'the volume modes differ',
    applies: (clone) => !sameVolumeMode(clone),
    outcome: COPY,
    evidence: MEASURED,
    reason: volumeModesDiffer,
  },
  {
    rule: 'P10',
    source: 'claim',
    situation: "no volume is bound to the source's claim, so that it has no capacity",
    applies: ({ sourceIsBound }) => !sourceIsBound,
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: () => "no volume is bound to the source's claim, so that CDI does not know its capacity",
    remedy: () => 'start a VM that uses the source, or make it with bindImmediately',
  },
  {
    rule: 'P11',
    source: 'claim',
    situation: "the clone is larger than the source's capacity, and its class does not expand",
    applies: cannotGrow,
    outcome: COPY,
    evidence: READ_FROM_CODE,
    reason: noExpansion,
  },
  { rule: 'P12', source: 'claim', situation: 'otherwise', applies: () => true, evidence: MEASURED },
  {
    rule: 'S4',
    source: 'snapshot',
    situation: 'the CSI drivers differ',
    applies: (clone) => !sameDriver(clone),
    outcome: COPY,
    evidence: READ_FROM_CODE,
    reason: driversDiffer,
    asksSource: true,
  },
  {
    rule: 'S6',
    source: 'snapshot',
    situation: 'the clone is larger than restoreSize, and its class does not expand',
    applies: cannotGrow,
    outcome: COPY,
    evidence: READ_FROM_CODE,
    reason: noExpansion,
  },
  {
    rule: 'S7',
    source: 'snapshot',
    situation: 'the volume modes differ',
    applies: (clone) => !sameVolumeMode(clone),
    outcome: COPY,
    evidence: READ_FROM_CODE,
    reason: volumeModesDiffer,
  },
  {
    rule: 'S8',
    source: 'snapshot',
    situation: 'otherwise',
    applies: () => true,
    outcome: SNAPSHOT,
    evidence: MEASURED,
  },
];

/** What CDI waits for before it goes a way that comes to an end. */
export const WAITS: readonly Row[] = [
  {
    rule: 'U1',
    source: 'claim',
    situation: 'a pod writes to the source, as that of a VM which runs does',
    // CDI: pkg/controller/clone/common.go, IsSourceClaimReady; pkg/controller/clone-controller.go, reconcileSourcePod.
    applies: ({ sourceIsInUse }) => sourceIsInUse,
    outcome: CloneOutcomeKind.WAITS,
    evidence: READ_FROM_CODE,
    reason: () => 'CDI waits until no pod writes to the source (CloneSourceInUse)',
    remedy: () => 'halt the VM that runs on the source, or clone from a VolumeSnapshot of it',
  },
];

/** The row that makes a clone wait; undefined if it starts at once. */
export function waitOf(clone: Situation): Row | undefined {
  return WAITS.find((row) => concerns(row, clone));
}

/** The row that chooses the way of a clone. */
export function chosenRow(clone: Situation): Row | undefined {
  return WAYS.find((row) => concerns(row, clone));
}

/** The way that a row says. */
export function wayOf({ outcome }: Row, { wanted }: Situation): CloneOutcomeKind {
  return outcome ?? (wanted === CloneStrategy.CSI_CLONE ? CSI_CLONE : SNAPSHOT);
}

/** Whether one CSI driver serves source and clone. */
function sameDriver({ sourceClass, targetClass }: Situation): boolean {
  return sourceClass?.provisioner === targetClass.provisioner;
}

/**
 * Whether CDI's controllers refuse what the DataVolume asks for as less than its source: pkg/controller/datavolume,
 * validateClone of pvc-clone-controller.go and validateSnapshotClone of snapshot-clone-controller.go. They do not look
 * at what `spec.storage` asks for of a file system.
 */
function asksForLess(clone: Situation): boolean {
  const { fromSnapshot, addsOverhead, source, sourceBytes, targetBytes } = clone;
  const isCompared = fromSnapshot || !addsOverhead || source.volumeMode === VolumeMode.BLOCK;
  const asked = clone.askedBytes ?? (addsOverhead ? undefined : targetBytes);
  return isCompared && asked !== undefined && asked < sourceBytes;
}

/** Whether the clone's volume must grow once it is made, and cannot. */
function cannotGrow({ capacityBytes, targetBytes, targetClass }: Situation): boolean {
  return targetBytes > capacityBytes && targetClass.allowVolumeExpansion !== true;
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

function atLeast(clone: Situation): string {
  const least = clone.fromSnapshot ? clone.sourceBytes : leastBytes(clone.target.volumeMode, clone);
  return `ask for at least ${text(least)}`;
}
