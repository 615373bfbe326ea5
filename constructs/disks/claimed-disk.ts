import { ApiObject, Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { isObject, requireObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { isSize, sizeText, toBytes } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { pathOf, placed, requirePlace } from '../shared/scope';
import { AccessMode, ClaimApi, VolumeMode } from '../storage/claim-modes';
import { checkDisk, IDisk } from '../storage/disk';
import { addClaim, ClaimExtras, claimShape } from './claim';
import { KnownDisk, writtenClaim } from './written-claim';

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
   * @default - that of the claim so far; of a DataVolume, whose claim is another object, no changes
   */
  readonly overrides?: { readonly [field: string]: unknown };
}

const GROW_OPTIONS: KnownKeys<GrowOptions> = { labels: true, annotations: true, overrides: true };

/**
 * A construct that is a disk: it exposes what its claim is.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims
 */
export abstract class ClaimedDisk extends Construct implements IDisk {
  public readonly claimName: string;
  public readonly namespace?: string;
  public readonly claimApi?: ClaimApi;
  public readonly isPlain?: boolean;
  private readonly claim: IDisk;
  private readonly soFar: GrowOptions;
  private readonly isOverridden: boolean;

  /** @internal */
  public readonly _extras?: ClaimExtras;

  /**
   * A construct that is that disk.
   *
   * @param claim What its claim is, checked.
   * @param soFar What its claim has besides, and keeps when it grows.
   * @param isOverridden Whether its manifest may say otherwise.
   * @param extras What its claim says of its volume besides.
   */
  protected constructor(
    scope: Construct,
    id: string,
    claim: IDisk,
    soFar: GrowOptions,
    isOverridden = soFar.overrides !== undefined,
    extras?: ClaimExtras,
  ) {
    super(...placed(scope, id));
    this.claimName = claim.claimName;
    this.namespace = claim.namespace;
    this.claimApi = claim.claimApi;
    this.isPlain = claim.isPlain;
    this.claim = { ...claim, accessModes: claim.accessModes && [...claim.accessModes] };
    this.soFar = soFar;
    this.isOverridden = isOverridden;
    this._extras = extras;
  }

  public get size(): Size | undefined {
    return this.written.size;
  }

  public get volumeMode(): VolumeMode | undefined {
    return this.written.volumeMode;
  }

  public get storageClassName(): string | undefined {
    return this.written.storageClassName;
  }

  public get accessModes(): AccessMode[] | undefined {
    const { accessModes } = this.written;
    return accessModes === undefined ? undefined : [...accessModes];
  }

  /** The claim, as `overrides` have made it. */
  private get written(): KnownDisk {
    if (!this.isOverridden) return this.claim;
    const resource = this.node.tryFindChild('Resource');
    if (!ApiObject.isApiObject(resource)) return this.claim;
    const written = writtenClaim(resource);
    const { size } = this.claim;
    const isSame = size !== undefined && written.size !== undefined && toBytes(size) === toBytes(written.size);
    return isSame ? { ...written, size } : written;
  }

  /**
   * The same disk in a later step, larger. The claim is written again with the new size: that is what makes the storage
   * grow, whatever object made the disk (a DataVolume's own spec cannot change), where the storage class allows it
   * (`allowVolumeExpansion`). The guest then grows its partition and file system.
   *
   * @param scope The chart of the later step.
   * @param id Id of the construct; the claim keeps its name.
   * @param size The new size. Of a disk by `ClaimApi.STORAGE` in a file system it is that of the claim, which is larger
   * than the disk by the overhead already.
   * @param options What changes besides.
   * @throws if the size is not larger.
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
   */
  public grow(scope: Construct, id: string, size: Size, options: GrowOptions = {}): GrownDisk {
    // Both classes are in this file: the base class and what its method makes need each other.
    return new GrownDisk(scope, id, this, size, later(this.soFar, options));
  }
}

/**
 * A disk of an earlier step, grown: the claim that `grow` of the disk writes. For a disk that is not a construct
 * (`Disk.fromClaimName`, a `DataVolumeTemplate`), make it yourself. What is not known of the claim is left out: only its
 * size can change.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
 */
export class GrownDisk extends ClaimedDisk {
  /**
   * A disk of an earlier step, with a larger size.
   *
   * @param scope The chart, or a construct in it.
   * @param id Id of the construct; the claim keeps its name.
   * @param disk The disk so far.
   * @param size The new size.
   * @param options What the claim has besides.
   * @throws if the size is not larger than that of the disk.
   */
  public constructor(scope: Construct, id: string, disk: IDisk, size: Size, options: GrowOptions = {}) {
    const { claimName: name, namespace } = isObject(disk) ? disk : {};
    const props = { ...options, name, namespace, size };
    const claim = settled(scope, id, (faults) => {
      checkDisk(faults, 'disk', disk);
      requireObject(faults, 'options', options);
      checkKeys(faults, 'options', options, GROW_OPTIONS);
      faults.refuse();
      checkLaterChart(faults, scope, disk);
      checkGrowth(faults, disk, size);
      const { accessModes, volumeMode, storageClassName, isPlain } = disk;
      return { ...claimShape(faults, scope, id, props), accessModes, volumeMode, storageClassName, isPlain };
    });
    const extras = disk instanceof ClaimedDisk ? disk._extras : undefined;
    super(scope, id, claim, options, options.overrides !== undefined, extras);
    addClaim(this, props, undefined, extras);
  }
}

/**
 * What a construct of that id will be.
 *
 * @throws with all faults that are noted.
 */
export function settled<T>(scope: Construct, id: string, settle: (faults: Faults) => T): T {
  const faults = new Faults(pathOf(scope, id));
  requirePlace(faults, scope, id);
  const shape = settle(faults);
  faults.refuse();
  return shape;
}

/** One apply takes the claim once: the chart would hold it twice, or beside the DataVolume that makes it. */
function checkLaterChart(faults: Faults, scope: Construct, disk: IDisk): void {
  if (!Construct.isConstruct(disk) || Chart.of(disk) !== Chart.of(scope)) return;
  const must = 'be of a later chart than the one that makes the disk';
  faults.add(
    'scope',
    must,
    Chart.of(scope).node.path,
    "write new Chart(app, 'later') and give it as the first argument",
  );
}

function checkGrowth(faults: Faults, { size: before }: IDisk, size: Size): void {
  if (!isSize(size) || before === undefined || toBytes(size) > toBytes(before)) return;
  const must = `be more than '${sizeText(before)}' (the disk's size so far)`;
  faults.add('size', must, sizeText(size), 'a claim can only grow');
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
