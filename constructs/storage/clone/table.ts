import { fromBytes, Quantity } from '../../shared/quantity';
import { ContentType, VolumeMode } from '../claim-modes';
import { CloneStrategy, StorageClassFacts } from '../facts';
import { CloneOutcomeKind, Evidence } from './outcome';
import { Situation } from './situation';
import { fittingBytes, leastBytes } from './sizes';

/** What `docs/clone-outcomes.md` says of a rule: `npm run clone-table` prints it from here. */
export interface RuleWords {
  readonly rule: string;
  /** What the rule is about: the clone of a claim, of a snapshot, or both. */
  readonly source: CloneSource;
  /** When it applies, as a sentence for a table. */
  readonly situation: string;
  /** The way that the clone takes; undefined where it is the strategy that was asked for. */
  readonly outcome?: CloneOutcomeKind;
  readonly evidence: Evidence;
}

/** What is cloned. */
export type CloneSource = 'claim' | 'snapshot' | 'both';

/** One row of the decision table. */
export interface Row extends RuleWords {
  /** Whether a clone of such a source is in this situation. */
  readonly applies: (clone: Situation) => boolean;
  readonly reason?: (clone: Situation) => string;
  readonly remedy?: (clone: Situation) => string;
  /** Whether the class of the source must be known to say whether the row applies. */
  readonly asksSource?: true;
}

/** A row that stops a clone on its way. */
export interface Obstacle extends Row {
  /** The ways that it stops. */
  readonly stops: readonly CloneOutcomeKind[];
}

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
    applies: ({ contentType, sourceContentType }) => contentType !== sourceContentType,
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ contentType, sourceContentType }) => `the content types differ (${sourceContentType}, ${contentType})`,
    remedy: ({ sourceContentType }) => `ask for content type ${sourceContentType}`,
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
    applies: asksForLess,
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
    applies: ({ permissive, targetBytes, sourceBytes }) => !permissive && targetBytes < sourceBytes,
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

/**
 * What stops the way that CDI has taken (CDI: pkg/controller/clone-controller.go,
 * ValidateCanCloneSourceAndTargetSpec; pkg/controller/clone/planner.go, createTempSourceClaim; the backend: the CSI
 * driver, as measured in the lab).
 */
export const OBSTACLES: readonly Obstacle[] = [
  {
    rule: 'C1',
    source: 'both',
    stops: [COPY],
    situation: 'the volume modes differ, and the content is an archive',
    applies: (clone) => !sameVolumeMode(clone) && clone.contentType === ContentType.ARCHIVE,
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: () => 'a copy between volume modes converts the image of a disk, not an archive',
    remedy: ({ source }) => `ask for volume mode ${source.volumeMode}`,
  },
  {
    rule: 'C2',
    source: 'both',
    stops: [COPY],
    situation: "the clone's usable size is below that of the source, without `cdi.kubevirt.io/permissiveClone`",
    applies: ({ permissive, usableTarget, usableSource }) => !permissive && usableTarget < usableSource,
    outcome: NEVER_FINISHES,
    evidence: MEASURED,
    reason: ({ source, target, targetBytes, usableSource, usableTarget }) =>
      `of a ${target.volumeMode} claim of ${text(targetBytes)} ${text(usableTarget)} are usable, and the ${source.volumeMode} source holds ${text(usableSource)}`,
    remedy: (clone) => waysOut(clone).join(', or '),
  },
  {
    rule: 'B1',
    source: 'both',
    stops: [SNAPSHOT, CSI_CLONE],
    situation: 'the classes have no common backend',
    applies: ({ sourceClass, targetClass }) => !shareBackend(sourceClass, targetClass),
    outcome: NEVER_FINISHES,
    evidence: MEASURED,
    reason: ({ sourceClass, targetClass }) =>
      `${sourceClass?.name} and ${targetClass.name} have no common backend, and the CSI driver refuses to clone across backends`,
    remedy: ({ fromSnapshot, targetClass }) =>
      `${fromSnapshot ? 'clone the claim itself, and ' : ''}set the StorageProfile ${targetClass.name} to cloneStrategy 'copy'`,
  },
  {
    rule: 'B2',
    source: 'snapshot',
    stops: [COPY],
    situation:
      'the first class of its driver by name, into which CDI restores it first, has no common backend with its source',
    applies: ({ sourceClass, restoreClass }) => !shareBackend(sourceClass, restoreClass),
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: ({ sourceClass, restoreClass }) =>
      `it restores the snapshot into ${restoreClass?.name}, the first class of the driver by name, which has no common backend with ${sourceClass?.name}`,
    remedy: () => 'clone the claim itself',
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

/** The obstacle that stops a clone on that way; undefined if there is none. */
export function obstacleOn(way: CloneOutcomeKind, clone: Situation): Obstacle | undefined {
  return OBSTACLES.find((row) => row.stops.includes(way) && concerns(row, clone));
}

function concerns({ source, applies }: Row, clone: Situation): boolean {
  return (source === 'both' || (source === 'snapshot') === clone.fromSnapshot) && applies(clone);
}

/** Whether one CSI driver serves source and clone. */
function sameDriver({ sourceClass, targetClass }: Situation): boolean {
  return sourceClass?.provisioner === targetClass.provisioner;
}

/** Whether the bytes are presented alike. */
export function sameVolumeMode({ source, target }: Situation): boolean {
  return source.volumeMode === target.volumeMode;
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

/** Whether one storage holds both classes, as far as is known. */
function shareBackend(one: StorageClassFacts | undefined, other: StorageClassFacts | undefined): boolean {
  const backends = [one?.backend, other?.backend];
  return one?.name === other?.name || backends.includes(undefined) || backends[0] === backends[1];
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

/** What to do about a claim that is too small. QcowExporter reads a raw device with the image of a disk. */
function waysOut(clone: Situation): string[] {
  const { source, target, contentType, addsOverhead } = clone;
  const exports = source.volumeMode === VolumeMode.BLOCK && contentType === ContentType.KUBEVIRT;
  return [
    `ask for ${text(fittingBytes(target.volumeMode, clone))}`,
    ...(addsOverhead ? [] : ['write claimApi: ClaimApi.STORAGE']),
    ...(exports ? ['export the disk with QcowExporter and import it'] : []),
  ];
}

/** A size as Kubernetes writes it. */
function text(size: number): string {
  return Quantity.format(fromBytes(size));
}
