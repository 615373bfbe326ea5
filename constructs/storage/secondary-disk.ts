import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checkBoolean, checkOneOf, isObject, requireObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { isSize, Quantity, toBytes } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { addClaim, CLAIM_PROPS, ClaimedDisk, ClaimProps, ClaimShape, claimShape } from './claim';
import { ClaimApi, DataVolumeImportProps, dataVolumeShape } from './data-volume';
import { addDataVolume } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { checkDisk, IDisk } from './disk';

/** What object makes a secondary disk. */
export enum SecondaryDiskKind {
  /** A plain PersistentVolumeClaim. KubeVirt makes the image in it when the VM first starts. */
  CLAIM = 'PersistentVolumeClaim',
  /** A blank DataVolume. CDI makes the image in it at once. */
  DATA_VOLUME = 'DataVolume',
}

/** A data disk. */
export interface SecondaryDiskProps extends ClaimProps {
  /**
   * What object makes the disk.
   *
   * @default SecondaryDiskKind.CLAIM
   */
  readonly kind?: SecondaryDiskKind;

  /**
   * Provision the volume before a pod asks for it: for storage classes of binding mode
   * `WaitForFirstConsumer`. CDI reads it, so it is for `SecondaryDiskKind.DATA_VOLUME`.
   *
   * @default false
   */
  readonly bindImmediately?: boolean;
}

/** How a disk grows. */
export interface GrowOptions {
  /**
   * Labels of the claim.
   *
   * @default - those that the disk was given
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Annotations of the claim.
   *
   * @default - those that the disk was given
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * The escape hatch of the claim that is written; see `overrides` of every construct.
   *
   * @default - that of the claim so far; of a DataVolume, whose claim is another object, nothing is changed
   */
  readonly overrides?: { readonly [field: string]: unknown };
}

const PROPS: KnownKeys<SecondaryDiskProps> = { ...CLAIM_PROPS, kind: true, bindImmediately: true };
const GROW_OPTIONS: KnownKeys<GrowOptions> = { labels: true, annotations: true, overrides: true };

/**
 * An empty disk for a VM's data. It stands by itself: it outlives the VM, and can be attached to
 * a running one and detached from it. It can only grow (`grow`).
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/
 */
export class SecondaryDisk extends ClaimedDisk {
  private readonly soFar: GrowOptions;

  /**
   * An empty disk for the data of a VM.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the claim, unless `name` says otherwise.
   * @param props Its size at the least.
   * @throws if a prop is none that Kubernetes or CDI takes; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: SecondaryDiskProps) {
    super(scope, id, (faults) => secondaryShape(faults, scope, id, props));
    if (props.kind === SecondaryDiskKind.DATA_VOLUME) addDataVolume(this, blank(props));
    else addClaim(this, props);
    const { labels, annotations, overrides } = props;
    this.soFar = { labels, annotations, ...(props.kind === SecondaryDiskKind.DATA_VOLUME ? {} : { overrides }) };
  }

  /**
   * The same disk in a later step, larger. The claim is written anew with the new size: that is
   * what makes the storage grow, whatever object made the disk (a DataVolume's own spec cannot
   * change). The guest then grows its partition and file system.
   *
   * @param scope The chart of the later step.
   * @param size The new size.
   * @throws if the size is not larger.
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
   */
  public grow(scope: Construct, id: string, size: Size, options: GrowOptions = {}): GrownDisk {
    return new GrownDisk(scope, id, this, size, later(this.soFar, options));
  }
}

/**
 * A disk of an earlier step, grown: the claim that `SecondaryDisk.grow` writes.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
 */
export class GrownDisk extends ClaimedDisk {
  private readonly soFar: GrowOptions;

  /**
   * A disk of an earlier step, with a larger size; `SecondaryDisk.grow` makes it.
   *
   * @param scope The chart, or a construct in it.
   * @param id Id of the construct; the claim keeps its name.
   * @param disk The disk so far.
   * @param size The new size.
   * @param options What changes besides.
   * @throws if the size is not larger than that of the disk.
   */
  public constructor(scope: Construct, id: string, disk: IDisk, size: Size, options: GrowOptions = {}) {
    const props = { ...options, ...claimProps(disk), size };
    super(scope, id, (faults) => grownShape(faults, scope, id, { disk, options, props }));
    addClaim(this, props);
    this.soFar = options;
  }

  /**
   * The same disk in a later step, larger still; as `SecondaryDisk.grow`.
   *
   * @throws if the size is not larger.
   */
  public grow(scope: Construct, id: string, size: Size, options: GrowOptions = {}): GrownDisk {
    return new GrownDisk(scope, id, this, size, later(this.soFar, options));
  }
}

function secondaryShape(faults: Faults, scope: Construct, id: string, props: SecondaryDiskProps): ClaimShape {
  requireObject(faults, 'props', props);
  checkKeys(faults, 'props', props, PROPS);
  checkOneOf(faults, 'kind', props.kind, SecondaryDiskKind);
  if (props.kind === SecondaryDiskKind.DATA_VOLUME) return dataVolumeShape(faults, scope, id, blank(props));
  checkBoolean(faults, 'bindImmediately', props.bindImmediately);
  if (props.bindImmediately) {
    const remedy = 'a plain claim is bound when the VM starts, or at once, as its class says';
    faults.add('bindImmediately', `be false for kind '${SecondaryDiskKind.CLAIM}'`, true, remedy);
  }
  return claimShape(faults, scope, id, props);
}

interface Growth {
  readonly disk: IDisk;
  readonly options: GrowOptions;
  readonly props: ClaimProps;
}

function grownShape(faults: Faults, scope: Construct, id: string, { disk, options, props }: Growth): ClaimShape {
  checkDisk(faults, 'disk', disk);
  requireObject(faults, 'options', options);
  checkKeys(faults, 'options', options, GROW_OPTIONS);
  faults.refuse();
  const before = disk.size;
  if (isSize(props.size) && before !== undefined && toBytes(props.size) <= toBytes(before)) {
    const must = `be more than '${Quantity.format(before)}' (the disk's size so far)`;
    faults.add('size', must, Quantity.format(props.size), 'a claim can only grow');
  }
  return claimShape(faults, scope, id, props);
}

function later(before: GrowOptions, options: GrowOptions): GrowOptions {
  if (!isObject(options as unknown)) return options;
  return {
    ...options,
    labels: options.labels ?? before.labels,
    annotations: options.annotations ?? before.annotations,
    overrides: options.overrides ?? before.overrides,
  };
}

function blank(props: SecondaryDiskProps): DataVolumeImportProps {
  return { ...props, source: DataVolumeSource.blank(), claimApi: ClaimApi.PVC };
}

function claimProps(disk: IDisk | undefined | null): Omit<ClaimProps, 'size'> {
  const { claimName: name, namespace, accessModes, volumeMode, storageClassName } = disk ?? {};
  return { name, namespace, accessModes, volumeMode, storageClassName };
}
