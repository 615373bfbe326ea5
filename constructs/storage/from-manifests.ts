import { isObject } from '../shared/checks';
import { Quantity, toBytes } from '../shared/quantity';
import { AccessMode, VolumeBindingMode, VolumeMode } from './claim-modes';
import {
  CdiFacts,
  ClaimPropertySet,
  CloneStrategy,
  PersistentVolumeFacts,
  SnapshotClassFacts,
  StorageClassFacts,
  StorageFacts,
} from './facts';

type Json = Record<string, unknown>;

/** The kinds that say something about the storage, the classes before what speaks of them. */
export const STORAGE_KINDS = [
  'StorageClass',
  'CSIDriver',
  'VolumeSnapshotClass',
  'StorageProfile',
  'CDI',
  'CDIConfig',
  'PersistentVolume',
] as const;

/** Whether claims that name no class get this one. */
export const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';
/** Whether the disks of VMs do: CDI, pkg/controller/common/util.go, AnnDefaultVirtStorageClass (v1.63.1). */
export const IS_VIRT_DEFAULT = 'storageclass.kubevirt.io/is-default-virt-class';
/** Whether snapshots of its driver that name no class get this one. */
export const IS_DEFAULT_SNAPSHOT = 'snapshot.storage.kubernetes.io/is-default-class';
const CLONE_STRATEGY = 'cdi.kubevirt.io/clone-strategy';
const MINIMUM_SIZE = 'cdi.kubevirt.io/minimumSupportedPvcSize';

/**
 * The facts after an object was applied; an object that has nothing to do with storage does not change them.
 * The `status` of a StorageProfile and of CDI says more than the `spec`.
 */
export function withObject(facts: StorageFacts, object: unknown): StorageFacts {
  if (!isObject(object)) return facts;
  const name = text(at(object, 'metadata', 'name')) ?? '';
  switch (object.kind as (typeof STORAGE_KINDS)[number]) {
    case 'StorageClass': {
      const known = facts.storageClasses.find((storageClass) => storageClass.name === name);
      return { ...facts, storageClasses: replaced(facts.storageClasses, storageClassOf(object, name, known)) };
    }
    case 'VolumeSnapshotClass':
      return { ...facts, snapshotClasses: replaced(facts.snapshotClasses ?? [], snapshotClassOf(object, name)) };
    case 'StorageProfile':
      return withProfile(facts, object, name);
    case 'CDI':
      return { ...facts, cdi: defined<CdiFacts>({ ...facts.cdi, ...cdiOf(object) }) };
    case 'CDIConfig':
      return { ...facts, cdi: defined<CdiFacts>({ ...facts.cdi, ...configOf(at(object, 'status') ?? object.spec) }) };
    case 'CSIDriver':
      return { ...facts, csiDrivers: [...new Set([...(facts.csiDrivers ?? []), name])].sort() };
    case 'PersistentVolume':
      return { ...facts, persistentVolumes: replaced(facts.persistentVolumes ?? [], volumeOf(object, name)) };
    default:
      return facts;
  }
}

/** The facts after an object was removed: what it said is again as it was at first. */
export function withoutObject(facts: StorageFacts, first: StorageFacts, kind: string, name: string): StorageFacts {
  const back = <T extends { readonly name: string }>(now: readonly T[] = [], then: readonly T[] = []): T[] => {
    const original = then.find((facts) => facts.name === name);
    return original === undefined ? now.filter((facts) => facts.name !== name) : replaced(now, original);
  };
  switch (kind) {
    case 'StorageClass':
    case 'StorageProfile':
      if (kind === 'StorageProfile' && !first.storageClasses.some((known) => known.name === name)) return facts;
      return { ...facts, storageClasses: back(facts.storageClasses, first.storageClasses) };
    case 'VolumeSnapshotClass':
      return { ...facts, snapshotClasses: back(facts.snapshotClasses, first.snapshotClasses) };
    case 'PersistentVolume':
      return { ...facts, persistentVolumes: back(facts.persistentVolumes, first.persistentVolumes) };
    default:
      return facts;
  }
}

/** What only a person knows (the backend, the volume modes) stays; so does the profile, an object of its own. */
function storageClassOf(object: Json, name: string, known: StorageClassFacts | undefined): StorageClassFacts {
  const annotations = at(object, 'metadata', 'annotations');
  return defined<StorageClassFacts>({
    ...known,
    name,
    provisioner: text(object.provisioner) ?? '',
    parameters: isObject(object.parameters) ? (object.parameters as Record<string, string>) : undefined,
    allowVolumeExpansion: object.allowVolumeExpansion === true,
    volumeBindingMode: text(object.volumeBindingMode) as VolumeBindingMode | undefined,
    isDefault: at(annotations, IS_DEFAULT) === 'true',
    isVirtDefault: at(annotations, IS_VIRT_DEFAULT) === 'true',
    created: text(at(object, 'metadata', 'creationTimestamp')),
    cloneStrategy: known?.cloneStrategy ?? (text(at(annotations, CLONE_STRATEGY)) as CloneStrategy | undefined),
  });
}

function volumeOf(object: Json, name: string): PersistentVolumeFacts {
  const size = text(at(object, 'spec', 'capacity', 'storage'));
  const claim = [at(object, 'spec', 'claimRef', 'namespace'), at(object, 'spec', 'claimRef', 'name')].map(text);
  return defined<PersistentVolumeFacts>({
    name,
    storageClassName: text(at(object, 'spec', 'storageClassName')),
    accessModes: at(object, 'spec', 'accessModes') as AccessMode[] | undefined,
    volumeMode: text(at(object, 'spec', 'volumeMode')) as VolumeMode | undefined,
    bytes: size === undefined ? undefined : toBytes(Quantity.parse(size)),
    claim: claim[1] === undefined ? undefined : `${claim[0] ?? ''}/${claim[1]}`,
  });
}

function snapshotClassOf(object: Json, name: string): SnapshotClassFacts {
  const isDefault = at(object, 'metadata', 'annotations', IS_DEFAULT_SNAPSHOT) === 'true';
  return { name, driver: text(object.driver) ?? '', isDefault };
}

function withProfile(facts: StorageFacts, object: Json, name: string): StorageFacts {
  const known = facts.storageClasses.find((storageClass) => storageClass.name === name);
  if (known === undefined) return facts;
  const least = text(at(object, 'metadata', 'annotations', MINIMUM_SIZE));
  const profiled = defined<StorageClassFacts>({
    ...known,
    cloneStrategy: strategyOf(facts, object, known) ?? known.cloneStrategy,
    snapshotClassName:
      text(at(object, 'status', 'snapshotClass')) ??
      text(at(object, 'spec', 'snapshotClass')) ??
      known.snapshotClassName,
    claimPropertySets:
      setsOf(
        at(object, 'status', 'claimPropertySets') ?? at(object, 'spec', 'claimPropertySets'),
        at(object, 'status'),
      ) ?? known.claimPropertySets,
    keepsImportsAsSnapshots: formatOf(object) ?? known.keepsImportsAsSnapshots,
    minimumClaimSize: least === undefined ? known.minimumClaimSize : Quantity.parse(least),
  });
  return { ...facts, storageClasses: replaced(facts.storageClasses, profiled) };
}

/** Whether imports of a cron become snapshots (CDI v1.63.1: pkg/controller/storageprofile-controller.go, reconcileDataImportCronSourceFormat). */
function formatOf(object: Json): boolean | undefined {
  const format =
    text(at(object, 'spec', 'dataImportCronSourceFormat')) ?? text(at(object, 'status', 'dataImportCronSourceFormat'));
  if (format !== undefined) return format === 'snapshot';
  return isObject(object.status) && Object.keys(object.status).length > 0 ? false : undefined;
}

/**
 * Drivers for which CDI itself says copy, with a VolumeSnapshotClass and without; PowerStore over NFS is not one of them
 * (pkg/storagecapabilities/storagecapabilities.go, CloneStrategyByProvisionerKey and storageProvisionerKey).
 */
const COPYING = ['topolvm.cybozu.com', 'topolvm.io', 'csi-powerstore.dellemc.com'];

function alwaysCopies({ provisioner, parameters }: StorageClassFacts): boolean {
  const fileSystem = parameters?.['csi.storage.k8s.io/fstype']?.toLowerCase();
  return COPYING.includes(provisioner) && !(provisioner === 'csi-powerstore.dellemc.com' && fileSystem === 'nfs');
}

/**
 * A `copy` in the status that nobody asked for stands there because no VolumeSnapshotClass does; CDI works it out
 * again once there is one. Left out, it is a snapshot that falls back to a copy: the same, and it follows. A status that
 * names a VolumeSnapshotClass and no strategy asks for a snapshot by it: pkg/controller/clone/planner.go,
 * computeStrategyForSourcePVC (v1.63.1).
 */
function strategyOf(facts: StorageFacts, object: Json, known: StorageClassFacts): CloneStrategy | undefined {
  const asked = text(at(object, 'spec', 'cloneStrategy')) as CloneStrategy | undefined;
  const status = text(at(object, 'status', 'cloneStrategy')) as CloneStrategy | undefined;
  if (asked === undefined && status === undefined && known.cloneStrategy === undefined) {
    return text(at(object, 'status', 'snapshotClass')) === undefined ? undefined : CloneStrategy.SNAPSHOT;
  }
  if (asked !== undefined || status !== CloneStrategy.COPY || known.cloneStrategy !== undefined) return asked ?? status;
  const snapshots = facts.snapshotClasses?.some(({ driver }) => driver === known.provisioner) ?? false;
  return snapshots || alwaysCopies(known) ? status : undefined;
}

/** An empty list if the status of the StorageProfile names no sets; undefined if it has no status. */
function setsOf(sets: unknown, status: unknown): ClaimPropertySet[] | undefined {
  if (!Array.isArray(sets)) return isObject(status) && Object.keys(status).length > 0 ? [] : undefined;
  return sets.map((set) => ({
    accessModes: (at(set, 'accessModes') as AccessMode[] | undefined) ?? [],
    volumeMode: (text(at(set, 'volumeMode')) as VolumeMode | undefined) ?? VolumeMode.FILESYSTEM,
  }));
}

function cdiOf(object: Json): CdiFacts {
  const cloneStrategyOverride = text(at(object, 'spec', 'cloneStrategyOverride')) as CloneStrategy | undefined;
  const release = text(at(object, 'status', 'observedVersion'));
  return defined<CdiFacts>({ ...configOf(at(object, 'spec', 'config')), cloneStrategyOverride, release });
}

function configOf(config: unknown): CdiFacts {
  const byClass = at(config, 'filesystemOverhead', 'storageClass');
  const overheads = isObject(byClass)
    ? Object.entries(byClass).map(([name, part]) => [name, numberOf(part)])
    : undefined;
  const overhead = at(config, 'filesystemOverhead', 'global');
  return defined<CdiFacts>({
    filesystemOverhead: overhead === undefined ? undefined : numberOf(overhead),
    filesystemOverheadOf: overheads === undefined ? undefined : Object.fromEntries(overheads),
    scratchSpaceStorageClassName: text(at(config, 'scratchSpaceStorageClass')),
  });
}

function replaced<T extends { readonly name: string }>(all: readonly T[], one: T): T[] {
  return all.some(({ name }) => name === one.name)
    ? all.map((other) => (other.name === one.name ? one : other))
    : [...all, one];
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), value);
}

/** The number of a text; `Number` fails for an object that cannot be text. */
function numberOf(value: unknown): number {
  return typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
}

/** Text that is not empty. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
