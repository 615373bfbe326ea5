import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { generated } from '../generated';
import { checkObject, OBJECT_PROPS, objectName, objectNamespace, ObjectProps } from '../shared/api-object';
import { checkBoolean, checkListOf, checkOneOf, isObject } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { keysOf } from '../shared/prop-checks';
import { checkSize, quantity, sizeText, toBytes } from '../shared/quantity';
import { Faults, kindOf } from '../shared/refusal';
import { StorageCatalog } from '../storage/catalog';
import { ClaimWriter } from '../storage/claim-defaults';
import {
  AccessMode,
  checkAccessModes,
  checkClassName,
  ClaimApi,
  ContentType,
  VolumeMode,
} from '../storage/claim-modes';
import { annotated } from '../storage/clone/annotations';
import { IDisk } from '../storage/disk';
import { sourceRemedy } from '../storage/disk-remedy';
import { checkCatalog, checkOutcome, offeredModes, oneMode } from './catalog-check';
import { CLAIM_SELECTION, checkSelection, ClaimSelection, renderSelection } from './claim-selection';
import { DataVolumeClaim } from './data-volume-claim';
import { DataVolumeSource } from './data-volume-source';
import { DataVolumeSourceKind } from './data-volume-source-kind';
import { checkImport, IMPORT_OPTIONS, ImportOptions, renderImport } from './import-options';

/** Any value asks for it (CDI: doc/waitforfirstconsumer-storage-handling.md). */
export const BIND_IMMEDIATELY = { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true' };

/** CDI refuses less: pkg/apiserver/webhooks/datavolume-validate.go, validateStorageSize (v1.63.1). */
const LEAST_SIZE = Size.mebibytes(1);

/** What a DataVolume is: where its bytes come from, and the claim that takes them. */
export interface DataVolumeOptions extends DataVolumeClaim, ClaimSelection, ImportOptions {
  /** Where the bytes come from. */
  readonly source: DataVolumeSource;

  /**
   * What the bytes are.
   *
   * @default - CDI's own: ContentType.KUBEVIRT
   */
  readonly contentType?: ContentType;

  /**
   * Provision the volume before a pod asks for it. Without it an upload or an import into a class
   * of binding mode `WaitForFirstConsumer` waits until a VM starts that uses the disk.
   *
   * @default false
   */
  readonly bindImmediately?: boolean;

  /**
   * What the cluster's storage can do. With it a claim that would never be bound, and a clone that would never finish, are
   * refused; and with `ClaimApi.PVC` the modes that are left out are those that the class offers.
   *
   * @default - what becomes of the disk is not predicted
   */
  readonly catalog?: StorageCatalog;
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
  catalog: true,
  ...keysOf(CLAIM_SELECTION),
  ...keysOf(IMPORT_OPTIONS),
};

/** The props of `DataVolumeImportProps`, for `checkKeys`. */
export const DATA_VOLUME_PROPS: KnownKeys<DataVolumeImportProps> = { ...OBJECT_PROPS, ...DATA_VOLUME_OPTIONS };

/** Settles the props of a DataVolume, and notes what is wrong with them. */
export function dataVolumeShape(faults: Faults, scope: Construct, id: string, props: DataVolumeImportProps): IDisk {
  checkObject(faults, id, props);
  const namespace = objectNamespace(faults, scope, props);
  checkDataVolume(faults, props);
  const claimName = objectName(id, props);
  sourceOf(props)?._checkTarget(faults, claimName, namespace);
  return { claimName, namespace, ...settledClaim(props) };
}

/** Notes what is wrong with what a DataVolume is, wherever it stands. */
export function checkDataVolume(faults: Faults, props: DataVolumeOptions): void {
  const source = checkSource(faults, props.source);
  checkSelection(faults, props, props);
  checkImport(faults, props, source);
  checkDataVolumeSize(faults, props, source);
  if (isExact(props)) checkListOf(faults, 'accessModes', props.accessModes, AccessMode);
  else checkAccessModes(faults, 'accessModes', props.accessModes);
  checkOneOf(faults, 'volumeMode', props.volumeMode, VolumeMode);
  checkOneOf(faults, 'contentType', props.contentType, ContentType);
  checkOneOf(faults, 'claimApi', props.claimApi, ClaimApi);
  checkBoolean(faults, 'bindImmediately', props.bindImmediately);
  checkClassName(faults, props.storageClassName);
  if (isExact(props) && Array.isArray(props.accessModes) && props.accessModes.length > 1) {
    faults.add('accessModes', 'be one mode', props.accessModes, 'or write claimApi: ClaimApi.STORAGE');
  }
  if (props.contentType === ContentType.ARCHIVE) checkArchive(faults, props, source);
  checkCatalog(faults, props.catalog);
  const { storageClassName, accessModes, volumeMode } = settledClaim(props);
  const writer = isExact(props) ? ClaimWriter.PVC : ClaimWriter.STORAGE;
  const { contentType } = props;
  const needsScratch = source?._needsScratch(contentType);
  const asked = { writer, storageClassName, accessModes, volumeMode, contentType, size: props.size, needsScratch };
  checkOutcome(faults, props.catalog, asked);
}

/**
 * The options of a DataVolume that is a clone: what they leave out is taken from the source, as far as that is known.
 * CDI itself takes over only the size, and only by `spec.storage`; without a word a clone into the default class would be
 * a copy, or never finish.
 */
export function likeSource<T extends DataVolumeOptions>(options: T): T {
  const disk = isObject(options) && options.source instanceof DataVolumeSource ? options.source.disk : undefined;
  if (disk === undefined) return options;
  const claimApi = given(options.claimApi, disk.claimApi);
  const isLeft = claimApi === ClaimApi.STORAGE && disk.claimApi !== ClaimApi.STORAGE;
  const left = isLeft ? undefined : disk;
  const modes = claimApi === ClaimApi.STORAGE ? left?.accessModes : oneOf(left?.accessModes);
  return {
    ...options,
    claimApi,
    accessModes: given(options.accessModes, modes),
    volumeMode: given(options.volumeMode, left?.volumeMode),
    storageClassName: given(options.storageClassName, disk.storageClassName),
  };
}

/** The `spec` of a DataVolume, of a standalone one and of a VM's template alike. */
export function renderDataVolumeSpec(props: DataVolumeOptions, namespace: string | undefined): Record<string, unknown> {
  const { size, accessModes, volumeMode, storageClassName } = settledClaim(props);
  const { DataVolumeSpecPvcResourcesRequests: Request, DataVolumeSpecPvcResourcesLimits: Limit } = generated.cdi;
  const requests = size && { storage: quantity(Request, size) };
  const limits = props.sizeLimit && { storage: quantity(Limit, props.sizeLimit) };
  return {
    [props.claimApi ?? ClaimApi.PVC]: {
      accessModes: accessModes && [...accessModes],
      resources: requests || limits ? { requests, limits } : undefined,
      ...renderSelection(props),
      ...props.source._renderClaim(),
      storageClassName,
      volumeMode,
    },
    contentType: props.contentType,
    ...renderImport(props),
    ...props.source._renderSpec(namespace),
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
  const offered = exact && props.contentType !== ContentType.ARCHIVE ? offeredModes(props.catalog, props) : undefined;
  return {
    size: props.size ?? (exact ? sourceOf(props)?.disk?.size : undefined),
    accessModes:
      props.accessModes ?? (offered && oneMode(offered)) ?? (exact ? [AccessMode.READ_WRITE_MANY] : undefined),
    volumeMode: props.volumeMode ?? offered?.volumeMode ?? (exact ? VolumeMode.BLOCK : undefined),
    storageClassName: props.storageClassName,
    claimApi: props.claimApi,
  };
}

/** `spec.pvc` takes one mode: of several, the one that live migration needs. */
function oneOf(modes: readonly AccessMode[] | undefined): AccessMode[] | undefined {
  const first = modes?.includes(AccessMode.READ_WRITE_MANY) ? AccessMode.READ_WRITE_MANY : modes?.[0];
  return first && [first];
}

/** A `null` of JavaScript is something that was given, and wrong. */
function given<T>(asked: T | undefined, known: T | undefined): T | undefined {
  return asked === undefined ? known : asked;
}

function sourceOf({ source }: DataVolumeOptions): DataVolumeSource | undefined {
  return source instanceof DataVolumeSource ? source : undefined;
}

function checkSource(faults: Faults, source: unknown): DataVolumeSource | undefined {
  if (source instanceof DataVolumeSource) return source;
  faults.note(`'source' must be a DataVolumeSource, got ${kindOf(source)}; ${sourceRemedy(source)}`);
  return undefined;
}

function checkDataVolumeSize(faults: Faults, props: DataVolumeOptions, source: DataVolumeSource | undefined): void {
  const before = faults.count;
  checkSize(faults, 'size', props.size, LEAST_SIZE);
  if (faults.count > before) return;
  const { size } = props;
  const disk = source?.disk;
  if (size === undefined) {
    const isAsked = source?.isClone || source?.kind === DataVolumeSourceKind.DATA_SOURCE;
    const taken = isAsked && (!isExact(props) || disk?.size !== undefined);
    if (!taken) faults.add('size', 'be given', undefined, 'write for example Size.gibibytes(10)');
    else if (isExact(props) && claimOutgrows(disk)) {
      const must = "be given (the source's claim is larger than the source's size, by the file system's overhead)";
      faults.add('size', must, undefined, 'or write claimApi: ClaimApi.STORAGE, and CDI asks for the size');
    }
    return;
  }
  // CDI: pkg/controller/datavolume/pvc-clone-controller.go, validateClone (v1.63.1).
  const least = disk?.size;
  if (least !== undefined && toBytes(size) * mostInflation(props, source) < toBytes(least)) {
    const must = `be at least '${sizeText(least)}' (the source disk)`;
    faults.add('size', must, sizeText(size), 'a clone cannot shrink');
  }
}

/** Whether the claim is larger than what was asked for. */
function claimOutgrows(disk: IDisk | undefined): boolean {
  return disk?.claimApi === ClaimApi.STORAGE && disk.volumeMode === VolumeMode.FILESYSTEM;
}

/**
 * By how much what is asked for may grow before CDI holds it against the source: of a claim that may be a file system
 * `spec.storage` compares the claims, if it is not told not to, and adds an overhead to the one that is asked for, of
 * at most all of it.
 */
function mostInflation(props: DataVolumeOptions, source: DataVolumeSource | undefined): number {
  const ofClaim = source?.kind === DataVolumeSourceKind.CLAIM && source.disk?.volumeMode !== VolumeMode.BLOCK;
  if (!ofClaim || isExact(props)) return 1;
  return annotated((props as ObjectProps).annotations).permissive ? Infinity : 2;
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
