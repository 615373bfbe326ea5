import { ContentType, VolumeMode } from '../claim-modes';
import { StorageClassFacts } from '../facts';
import { CloneOutcomeKind, Evidence } from './outcome';
import { concerns, contentTypesDiffer, differentTypes, Obstacle, sameType, sameVolumeMode, text } from './row';
import { Situation } from './situation';
import { fittingBytes } from './sizes';

const { COPY, CSI_CLONE, NEVER_FINISHES, SNAPSHOT } = CloneOutcomeKind;
const { MEASURED, READ_FROM_CODE } = Evidence;

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
    rule: 'C3',
    source: 'claim',
    stops: [COPY],
    situation: 'source and clone are of different content types, and no DataVolume asks for the clone',
    applies: contentTypesDiffer,
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: differentTypes,
    remedy: sameType,
  },
  {
    rule: 'C4',
    source: 'snapshot',
    stops: [COPY],
    situation: "CDI's older controllers copy an archive: they take what is in the snapshot for the image of a disk",
    // CDI: pkg/controller/datavolume/smart-clone-controller.go, newPvcFromSnapshot.
    applies: ({ populates, contentType }) => !populates && contentType === ContentType.ARCHIVE,
    outcome: NEVER_FINISHES,
    evidence: READ_FROM_CODE,
    reason: () => 'the content types differ (kubevirt, archive)',
    remedy: () => 'clone the claim itself',
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

/** The obstacle that stops a clone on that way; undefined if there is none. */
export function obstacleOn(way: CloneOutcomeKind, clone: Situation): Obstacle | undefined {
  return OBSTACLES.find((row) => row.stops.includes(way) && concerns(row, clone));
}

/** Whether one storage holds both classes, as far as is known. */
function shareBackend(one: StorageClassFacts | undefined, other: StorageClassFacts | undefined): boolean {
  const backends = [one?.backend, other?.backend];
  return one?.name === other?.name || backends.includes(undefined) || backends[0] === backends[1];
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
