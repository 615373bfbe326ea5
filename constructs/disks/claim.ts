import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addObject, checkObject, OBJECT_PROPS, objectName, objectNamespace, ObjectProps } from '../shared/api-object';
import { checkOneOf } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { checkSize, fromBytes, quantity } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { StorageCatalog } from '../storage/catalog';
import { ClaimWriter } from '../storage/claim-defaults';
import { AccessMode, checkAccessModes, checkClassName, VolumeMode } from '../storage/claim-modes';
import { IDisk } from '../storage/disk';
import { checkCatalog, checkOutcome, offeredModes, oneMode } from './catalog-check';

/** What a claim asks of its storage class. */
export interface ClaimProps extends ObjectProps {
  /** Size of the disk. */
  readonly size: Size;

  /**
   * Access modes.
   *
   * @default - with a catalog what the class offers; else `[AccessMode.READ_WRITE_MANY]`, which live migration needs
   */
  readonly accessModes?: AccessMode[];

  /**
   * Volume mode.
   *
   * @default - with a catalog what the class offers; else VolumeMode.BLOCK
   */
  readonly volumeMode?: VolumeMode;

  /**
   * Storage class; `''` asks for a volume that has none, and that somebody made by hand.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * What the cluster's storage can do. With it a claim that would never be bound is refused.
   *
   * @default - not known
   */
  readonly catalog?: StorageCatalog;
}

/** The props of `ClaimProps`, for `checkKeys`. */
export const CLAIM_PROPS: KnownKeys<ClaimProps> = {
  ...OBJECT_PROPS,
  size: true,
  accessModes: true,
  volumeMode: true,
  storageClassName: true,
  catalog: true,
};

/** Settles a claim's props, and notes what is wrong with them. */
export function claimShape(
  faults: Faults,
  scope: Construct,
  id: string,
  props: ClaimProps,
  needsScratch = false,
): IDisk {
  checkObject(faults, id, props);
  if (props.size === undefined) faults.add('size', 'be given', undefined, 'write for example Size.gibibytes(10)');
  checkSize(faults, 'size', props.size, fromBytes(1));
  checkAccessModes(faults, 'accessModes', props.accessModes);
  checkOneOf(faults, 'volumeMode', props.volumeMode, VolumeMode);
  checkClassName(faults, props.storageClassName);
  checkCatalog(faults, props.catalog);
  const offered = offeredModes(props.catalog, props);
  const accessModes = props.accessModes ?? (offered && oneMode(offered)) ?? [AccessMode.READ_WRITE_MANY];
  const volumeMode = props.volumeMode ?? offered?.volumeMode ?? VolumeMode.BLOCK;
  const { storageClassName } = props;
  const { size } = props;
  const asked = { writer: ClaimWriter.CLAIM, storageClassName, accessModes, volumeMode, size, needsScratch };
  checkOutcome(faults, props.catalog, asked);
  return {
    claimName: objectName(id, props),
    namespace: objectNamespace(faults, scope, props),
    size: props.size,
    accessModes,
    volumeMode,
    storageClassName,
  };
}

/** Makes the PersistentVolumeClaim of a disk, as its child `Resource`. */
export function addClaim(
  disk: Construct & IDisk,
  props: ObjectProps,
  annotations?: Record<string, string>,
  extras?: ClaimExtras,
): void {
  const spec = renderClaimSpec(disk);
  const all = extras === undefined ? spec : { ...spec, ...extras };
  addObject(disk, k8s.KubePersistentVolumeClaim, props, { spec: all }, { annotations });
}

/** What a claim says of its volume besides; it cannot change. */
export type ClaimExtras = Pick<k8s.PersistentVolumeClaimSpec, 'volumeName' | 'dataSourceRef'>;

function renderClaimSpec(claim: IDisk): k8s.PersistentVolumeClaimSpec {
  return {
    accessModes: claim.accessModes,
    resources: claim.size && { requests: { storage: quantity(k8s.Quantity, claim.size) } },
    storageClassName: claim.storageClassName,
    volumeMode: claim.volumeMode,
  };
}
