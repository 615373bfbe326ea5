import { AccessMode, ContentType, VolumeMode } from './claim-modes';
import { ClaimPropertySet, StorageClassFacts, StorageFacts } from './facts';

/** What wrote a claim: Kubernetes fills in less than CDI does. */
export enum ClaimWriter {
  /** A PersistentVolumeClaim of its own. */
  CLAIM = 'claim',
  /** `spec.pvc` of a DataVolume. */
  PVC = 'pvc',
  /** `spec.storage` of a DataVolume. */
  STORAGE = 'storage',
}

/** A claim as it is written. */
export interface WrittenClaim {
  readonly writer: ClaimWriter;
  readonly storageClassName?: string;
  readonly accessModes?: readonly AccessMode[];
  readonly volumeMode?: VolumeMode;
  readonly contentType?: ContentType;
}

/** A claim as it will be, as far as is known. */
export interface SettledClaim {
  readonly storageClassName?: string;
  readonly accessModes?: readonly AccessMode[];
  readonly volumeMode?: VolumeMode;
  /** What is not known, in words. */
  readonly missing: readonly string[];
  /** Whether no class is named, and none of the catalog is the default. */
  readonly hasNoDefault?: boolean;
  /** Why CDI makes no claim of it, and what to do. */
  readonly refusal?: { readonly rule: string; readonly reason: string; readonly remedy: string };
}

/**
 * What becomes of what a claim leaves out (CDI v1.63.1: pkg/controller/datavolume/util.go,
 * renderPvcSpecVolumeModeAndAccessModesAndStorageClass; read from the code).
 *
 * | left out | claim, `spec.pvc` | `spec.storage` |
 * | --- | --- | --- |
 * | class | the default class | of the image of a disk the default class of VM disks, else the default class |
 * | volume mode | Filesystem | of an archive Filesystem; that of the first property set with one of the access modes, else Filesystem |
 * | access modes | not allowed | those of the first property set with the volume mode; without one no claim is made |
 * | both | not allowed | those of the first property set; without access modes there: no claim is made |
 *
 * CDI falls back to nothing else: https://github.com/kubevirt/containerized-data-importer/pull/3709
 */
export function settleClaim(facts: StorageFacts, written: WrittenClaim): SettledClaim {
  const { name, missing, hasNoDefault } = classOf(facts, written);
  const isStorage = written.writer === ClaimWriter.STORAGE;
  const asked = { ...written, storageClassName: name, volumeMode: askedMode(written), hasNoDefault };
  if (isStorage && written.contentType === ContentType.ARCHIVE && written.volumeMode === VolumeMode.BLOCK) {
    return { ...asked, missing, refusal: ARCHIVE_ON_BLOCK };
  }
  const { accessModes, volumeMode } = asked;
  if (!isStorage || (has(accessModes) && volumeMode !== undefined)) return { ...asked, missing };
  const known = facts.storageClasses.find((storageClass) => storageClass.name === name);
  if (known?.claimPropertySets === undefined) {
    const unknown = [!has(accessModes) && 'the access modes', volumeMode === undefined && 'the volume mode'];
    const parts = unknown.filter((part) => part !== false).join(' and ');
    const profile = name === undefined ? 'the StorageProfile' : `the StorageProfile ${name}`;
    return { ...asked, missing: [...missing, `${parts}, which ${profile} decides`] };
  }
  return fromProfile(asked, known, known.claimPropertySets);
}

function fromProfile(
  asked: WrittenClaim,
  { name }: StorageClassFacts,
  sets: readonly ClaimPropertySet[],
): SettledClaim {
  const { storageClassName, accessModes = [], volumeMode } = asked;
  if (accessModes.length > 0) {
    const fitting = sets.find((set) => set.accessModes.some((mode) => accessModes.includes(mode)));
    return { storageClassName, accessModes, volumeMode: fitting?.volumeMode ?? VolumeMode.FILESYSTEM, missing: [] };
  }
  const hasModes = (set: ClaimPropertySet): boolean => set.accessModes.length > 0;
  const chosen =
    volumeMode === undefined
      ? sets.slice(0, 1).find(hasModes)
      : sets.find((set) => set.volumeMode === volumeMode && hasModes(set));
  if (chosen !== undefined) {
    const { accessModes } = chosen;
    return { storageClassName, accessModes, volumeMode: volumeMode ?? chosen.volumeMode, missing: [] };
  }
  const what = volumeMode === undefined ? 'access modes' : `access modes for volume mode ${volumeMode}`;
  const reason = `the StorageProfile ${name} names no ${what}, and the DataVolume does not ask for any`;
  const remedy = `ask for access modes, or give the StorageProfile ${name} claimPropertySets with them`;
  return { storageClassName, volumeMode, missing: [], refusal: { rule: 'D2', reason, remedy } };
}

const ARCHIVE_ON_BLOCK = {
  rule: 'D1',
  reason: 'an archive is unpacked into a file system, and volume mode Block is asked for',
  remedy: `ask for volume mode ${VolumeMode.FILESYSTEM}`,
};

function askedMode({ writer, volumeMode, contentType }: WrittenClaim): VolumeMode | undefined {
  if (volumeMode !== undefined || writer !== ClaimWriter.STORAGE) return volumeMode ?? VolumeMode.FILESYSTEM;
  return contentType === ContentType.ARCHIVE ? VolumeMode.FILESYSTEM : undefined;
}

function has(modes: readonly AccessMode[] | undefined): boolean {
  return (modes ?? []).length > 0;
}

/** The class of a claim, or why it is not known. */
interface Default {
  readonly name?: string;
  readonly missing: string[];
  readonly hasNoDefault?: boolean;
}

/**
 * CDI: pkg/controller/common/util.go, GetStorageClassByNameWithVirtFallback (v1.63.1), which only serves `spec.storage`;
 * for `spec.pvc` and for a claim Kubernetes fills the class in.
 */
function classOf({ storageClasses }: StorageFacts, written: WrittenClaim): Default {
  if (written.storageClassName !== undefined) return { name: written.storageClassName, missing: [] };
  const forVms = written.writer === ClaimWriter.STORAGE && written.contentType !== ContentType.ARCHIVE;
  const virtual = forVms ? storageClasses.filter(({ isVirtDefault }) => isVirtDefault === true) : [];
  const defaults = virtual.length > 0 ? virtual : storageClasses.filter(({ isDefault }) => isDefault === true);
  if (defaults.length === 1) return { name: defaults[0]?.name, missing: [] };
  if (defaults.length === 0) {
    return { missing: ['the storage class (no class of the catalog is the default)'], hasNoDefault: true };
  }
  const newest = newestOf(defaults);
  if (newest !== undefined) return { name: newest, missing: [] };
  const names = defaults.map(({ name }) => name).join(', ');
  return { missing: [`the storage class (the newest of the default classes ${names})`] };
}

/**
 * CDI as Kubernetes: of classes that are as new the first by name; undefined where one does not say when it was made
 * (pkg/controller/common/util.go, GetPlatformDefaultStorageClass, v1.63.1).
 */
function newestOf(classes: readonly StorageClassFacts[]): string | undefined {
  const times = classes.map(({ created }) => Date.parse(created ?? ''));
  const newest = times.reduce((one, other) => Math.max(one, other));
  const names = classes.filter((_, index) => times[index] === newest).map(({ name }) => name);
  return names.sort()[0];
}
