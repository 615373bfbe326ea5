import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { DataVolumeSpecPvcResourcesRequests } from '../../imports/cdi.kubevirt.io';
import { checkObject, OBJECT_PROPS, objectName, objectNamespace, ObjectProps } from '../shared/api-object';
import { checkBoolean, checkListOf, checkName, checkOneOf, isObject } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { checkSize, quantity, Quantity, toBytes } from '../shared/quantity';
import { Faults, kindOf } from '../shared/refusal';
import { AccessMode, VolumeMode } from './claim-modes';
import { DataVolumeSource, DataVolumeSourceKind } from './data-volume-source';
import { IDisk } from './disk';

/** Any value asks for it (CDI: doc/waitforfirstconsumer-storage-handling.md). */
export const BIND_IMMEDIATELY = { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true' };

/** CDI refuses less: pkg/apiserver/webhooks/datavolume-validate.go, validateStorageSize (v1.63.1). */
const LEAST_SIZE = Size.mebibytes(1);

/**
 * What the bytes of a DataVolume are.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/datavolumes.md#content-type
 */
export enum ContentType {
  /** The image of one disk. */
  KUBEVIRT = 'kubevirt',
  /** A tar archive, unpacked into a file system. */
  ARCHIVE = 'archive',
}

/**
 * Which of its two ways a DataVolume asks for its claim.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/datavolumes.md#storage-vs-pvc
 */
export enum ClaimApi {
  /** `spec.pvc`: the claim is exactly as written. */
  PVC = 'pvc',
  /**
   * `spec.storage`: what is left out comes from the StorageProfile of the class, and a file
   * system's overhead is added to the size.
   */
  STORAGE = 'storage',
}

/** What a DataVolume is: where its bytes come from, and the claim that takes them. */
export interface DataVolumeOptions {
  /** Where the bytes come from. */
  readonly source: DataVolumeSource;

  /**
   * Size of the disk, at least 1Mi; of a clone at least that of its source.
   *
   * @default - of a clone, the size of its source, as far as it is known (`ClaimApi.STORAGE` asks
   * CDI for it); else a size must be given
   */
  readonly size?: Size;

  /**
   * Access modes; with `ClaimApi.PVC` exactly one.
   *
   * @default [AccessMode.READ_WRITE_MANY], which live migration needs; with `ClaimApi.STORAGE`
   * the StorageProfile decides
   */
  readonly accessModes?: AccessMode[];

  /**
   * Volume mode.
   *
   * @default VolumeMode.BLOCK; with `ClaimApi.STORAGE` the StorageProfile decides
   */
  readonly volumeMode?: VolumeMode;

  /**
   * Storage class.
   *
   * @default - the cluster's default class for VM disks, else its default class
   */
  readonly storageClassName?: string;

  /**
   * What the bytes are.
   *
   * @default - CDI's own: ContentType.KUBEVIRT
   */
  readonly contentType?: ContentType;

  /**
   * Whether the claim is written exactly (`spec.pvc`) or left to the StorageProfile (`spec.storage`).
   *
   * @default ClaimApi.PVC
   */
  readonly claimApi?: ClaimApi;

  /**
   * Provision the volume before a pod asks for it. Without it an upload or an import into a class
   * of binding mode `WaitForFirstConsumer` waits until a VM starts that uses the disk.
   *
   * @default false
   */
  readonly bindImmediately?: boolean;
}

/** A disk that is filled as it is made. */
export interface DataVolumeImportProps extends ObjectProps, DataVolumeOptions {}

/** The options of `DataVolumeOptions`, for `checkKeys`. */
export const DATA_VOLUME_OPTIONS: KnownKeys<DataVolumeOptions> = {
  source: true,
  size: true,
  accessModes: true,
  volumeMode: true,
  storageClassName: true,
  contentType: true,
  claimApi: true,
  bindImmediately: true,
};

/** The props of `DataVolumeImportProps`, for `checkKeys`. */
export const DATA_VOLUME_PROPS: KnownKeys<DataVolumeImportProps> = { ...OBJECT_PROPS, ...DATA_VOLUME_OPTIONS };

/** Settles the props of a DataVolume, and notes what is wrong with them. */
export function dataVolumeShape(faults: Faults, scope: Construct, id: string, props: DataVolumeImportProps): IDisk {
  checkObject(faults, id, props);
  const namespace = objectNamespace(scope, props);
  checkDataVolume(faults, props);
  const claimName = objectName(id, props);
  sourceOf(props)?._checkTarget(faults, claimName, namespace);
  return { claimName, namespace, ...settledClaim(props) };
}

/** Notes what is wrong with what a DataVolume is, wherever it stands. */
export function checkDataVolume(faults: Faults, props: DataVolumeOptions): void {
  const source = checkSource(faults, props.source);
  checkDataVolumeSize(faults, props, source);
  checkListOf(faults, 'accessModes', props.accessModes, AccessMode);
  checkOneOf(faults, 'volumeMode', props.volumeMode, VolumeMode);
  checkOneOf(faults, 'contentType', props.contentType, ContentType);
  checkOneOf(faults, 'claimApi', props.claimApi, ClaimApi);
  checkBoolean(faults, 'bindImmediately', props.bindImmediately);
  if (props.storageClassName !== undefined) checkName(faults, 'storageClassName', props.storageClassName);
  if (isExact(props) && Array.isArray(props.accessModes) && props.accessModes.length > 1) {
    faults.add('accessModes', 'be one mode', props.accessModes, 'or write claimApi: ClaimApi.STORAGE');
  }
  if (props.contentType === ContentType.ARCHIVE) checkArchive(faults, props, source);
}

/** The `spec` of a DataVolume, of a standalone one and of a VM's template alike. */
export function renderDataVolumeSpec(props: DataVolumeOptions, namespace: string | undefined): Record<string, unknown> {
  const { size, accessModes, volumeMode, storageClassName } = settledClaim(props);
  const requests = size && { storage: quantity(DataVolumeSpecPvcResourcesRequests, size) };
  return {
    [props.claimApi ?? ClaimApi.PVC]: {
      accessModes: accessModes && [...accessModes],
      resources: requests && { requests },
      storageClassName,
      volumeMode,
    },
    contentType: props.contentType,
    source: props.source._render(namespace),
  };
}

/** The annotations that the props of a DataVolume ask for. */
export function dataVolumeAnnotations(props: DataVolumeOptions): Record<string, string> {
  return props.bindImmediately ? BIND_IMMEDIATELY : {};
}

function isExact(props: DataVolumeOptions): boolean {
  return (props.claimApi ?? ClaimApi.PVC) === ClaimApi.PVC;
}

/** The claim that a DataVolume asks for: its options with their defaults. */
export function settledClaim(props: DataVolumeOptions): Omit<IDisk, 'claimName' | 'namespace'> {
  const exact = isExact(props);
  return {
    size: props.size ?? (exact ? sourceOf(props)?.disk?.size : undefined),
    accessModes: props.accessModes ?? (exact ? [AccessMode.READ_WRITE_MANY] : undefined),
    volumeMode: props.volumeMode ?? (exact ? VolumeMode.BLOCK : undefined),
    storageClassName: props.storageClassName,
  };
}

function sourceOf({ source }: DataVolumeOptions): DataVolumeSource | undefined {
  return source instanceof DataVolumeSource ? source : undefined;
}

function checkSource(faults: Faults, source: unknown): DataVolumeSource | undefined {
  if (source instanceof DataVolumeSource) return source;
  const remedy =
    isObject(source) && 'claimName' in source
      ? 'write DataVolumeSource.claim(disk)'
      : 'write for example DataVolumeSource.blank()';
  faults.note(`'source' must be a DataVolumeSource, got ${kindOf(source)}; ${remedy}`);
  return undefined;
}

function checkDataVolumeSize(faults: Faults, props: DataVolumeOptions, source: DataVolumeSource | undefined): void {
  const before = faults.count;
  checkSize(faults, 'size', props.size, LEAST_SIZE);
  if (faults.count > before) return;
  const { size } = props;
  if (size === undefined) {
    const taken = source?.isClone && (!isExact(props) || source.disk?.size !== undefined);
    if (!taken) faults.add('size', 'be given', undefined, 'write for example Size.gibibytes(10)');
    return;
  }
  // CDI: pkg/controller/datavolume/pvc-clone-controller.go, validateClone (v1.63.1).
  const least = source?.disk?.size;
  if (least !== undefined && toBytes(size) < toBytes(least)) {
    const must = `be at least '${Quantity.format(least)}' (the source disk)`;
    faults.add('size', must, Quantity.format(size), 'a clone cannot shrink');
  }
}

function checkArchive(faults: Faults, props: DataVolumeOptions, source: DataVolumeSource | undefined): void {
  const kind = source?.kind;
  if (kind === DataVolumeSourceKind.BLANK || kind === DataVolumeSourceKind.REGISTRY) {
    const remedy = 'use an http or upload source for an archive';
    faults.add('contentType', `be '${ContentType.KUBEVIRT}' for a ${kind} source`, props.contentType, remedy);
  }
  if (settledClaim(props).volumeMode === VolumeMode.BLOCK) {
    faults.add('volumeMode', `be '${VolumeMode.FILESYSTEM}' for an archive`, VolumeMode.BLOCK);
  }
}
