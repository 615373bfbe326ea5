import { Construct } from 'constructs';
import type { StorageProfileSpecClaimPropertySetsVolumeMode } from '../../imports/cdi.kubevirt.io';
import { generated } from '../generated';
import {
  addClusterObject,
  checkProps,
  CLUSTER_OBJECT_PROPS,
  ClusterObjectProps,
  objectName,
} from '../shared/api-object';
import { checkName, checkOneOf, isObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { checkAccessModes, VolumeMode } from '../storage/claim-modes';
import { ClaimPropertySet, CloneStrategy, IStorageProfile } from '../storage/facts';

/**
 * Props of `StorageProfile`: what CDI is told of a storage class. `name`, or else the construct's id, is the name of the
 * class.
 */
export interface StorageProfileProps extends ClusterObjectProps {
  /**
   * How disks of the class are cloned.
   *
   * @default - CDI's own, by the driver
   */
  readonly cloneStrategy?: CloneStrategy;

  /**
   * What claims of the class can be, the best first; at most 8.
   *
   * @default - CDI's own, by the driver
   */
  readonly claimPropertySets?: ClaimPropertySet[];

  /**
   * VolumeSnapshotClass for clones by snapshot.
   *
   * @default - the driver's default class
   */
  readonly snapshotClassName?: string;
}

const PROPS: KnownKeys<StorageProfileProps> = {
  ...CLUSTER_OBJECT_PROPS,
  cloneStrategy: true,
  claimPropertySets: true,
  snapshotClassName: true,
};

const CLAIM_PROPERTY_SET: KnownKeys<ClaimPropertySet> = { accessModes: true, volumeMode: true };

/**
 * The StorageProfile of a storage class, which has the class's name. CDI makes it by itself;
 * applying this one sets what is given and leaves the rest.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/storageprofile.md
 */
export class StorageProfile extends Construct implements IStorageProfile {
  public readonly storageClassName: string;
  public readonly cloneStrategy?: CloneStrategy;
  public readonly snapshotClassName?: string;
  private readonly sets?: readonly ClaimPropertySet[];

  /**
   * What CDI is told of a storage class.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the storage class, unless `name` says otherwise.
   * @param props What is set; the rest stays as CDI has it.
   * @throws if CDI does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: StorageProfileProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkOneOf(faults, 'cloneStrategy', props.cloneStrategy, CloneStrategy);
    if (props.snapshotClassName !== undefined) checkName(faults, 'snapshotClassName', props.snapshotClassName);
    checkSets(faults, props.claimPropertySets);
    faults.refuse();
    this.storageClassName = objectName(id, props);
    this.cloneStrategy = props.cloneStrategy;
    this.snapshotClassName = props.snapshotClassName;
    this.sets = props.claimPropertySets?.map(copyOf);
    addClusterObject(this, generated.cdi.StorageProfile, props, {
      spec: {
        cloneStrategy: props.cloneStrategy,
        snapshotClass: props.snapshotClassName,
        claimPropertySets: props.claimPropertySets?.map(({ accessModes, volumeMode }) => ({
          accessModes: [...accessModes],
          volumeMode: volumeMode as unknown as StorageProfileSpecClaimPropertySetsVolumeMode,
        })),
      },
    });
  }

  public get claimPropertySets(): ClaimPropertySet[] | undefined {
    return this.sets?.map(copyOf);
  }
}

function copyOf({ accessModes, volumeMode }: ClaimPropertySet): ClaimPropertySet {
  return { accessModes: [...accessModes], volumeMode };
}

/** The CRD takes no more than 8 sets. */
function checkSets(faults: Faults, sets: unknown): void {
  if (sets === undefined) return;
  if (!Array.isArray(sets) || sets.length === 0 || sets.length > 8) {
    faults.add('claimPropertySets', 'be a list of 1 to 8 sets', Array.isArray(sets) ? sets.length : sets);
    return;
  }
  sets.forEach((set: Partial<ClaimPropertySet> | undefined, index) => {
    if (isObject(set)) checkKeys(faults, `claimPropertySets[${index}]`, set, CLAIM_PROPERTY_SET);
    checkAccessModes(faults, `claimPropertySets[${index}].accessModes`, set?.accessModes ?? null);
    checkOneOf(faults, `claimPropertySets[${index}].volumeMode`, set?.volumeMode ?? null, VolumeMode);
  });
}
