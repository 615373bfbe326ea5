import { Construct } from 'constructs';
import type { VolumeSnapshotClassDeletionPolicy } from '../../imports/snapshot.storage.k8s.io';
import { generated } from '../generated';
import {
  addClusterObject,
  checkProps,
  CLUSTER_OBJECT_PROPS,
  ClusterObjectProps,
  objectName,
} from '../shared/api-object';
import { checkBoolean, checkOneOf, checkText, checkTextMap } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { IS_DEFAULT_SNAPSHOT } from '../storage/from-manifests';

/**
 * What becomes of the snapshot on the storage when its VolumeSnapshot is deleted.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/#deletionpolicy
 */
export enum SnapshotDeletionPolicy {
  /** It is deleted. */
  DELETE = 'Delete',
  /** It is kept. */
  RETAIN = 'Retain',
}

/** Props of `VolumeSnapshotClass`: a kind of snapshot. */
export interface VolumeSnapshotClassProps extends ClusterObjectProps {
  /** Name of the CSI driver: the `provisioner` of the storage classes whose disks it snapshots. */
  readonly driver: string;

  /**
   * What becomes of the snapshot on the storage when its VolumeSnapshot is deleted.
   *
   * @default SnapshotDeletionPolicy.DELETE
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;

  /**
   * Whether snapshots of the driver that name no class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Parameters, as the driver knows them.
   *
   * @default - none
   */
  readonly parameters?: { readonly [name: string]: string };
}

const PROPS: KnownKeys<VolumeSnapshotClassProps> = {
  ...CLUSTER_OBJECT_PROPS,
  driver: true,
  deletionPolicy: true,
  isDefault: true,
  parameters: true,
};

/**
 * A VolumeSnapshotClass. Once one of the driver exists, CDI clones by snapshot.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/
 */
export class VolumeSnapshotClass extends Construct {
  /** Name of the VolumeSnapshotClass. */
  public readonly snapshotClassName: string;

  /** Name of the CSI driver. */
  public readonly driver: string;

  /** Whether it is the default class of its driver. */
  public readonly isDefault: boolean;

  /**
   * A VolumeSnapshotClass.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VolumeSnapshotClass, unless `name` says otherwise.
   * @param props The CSI driver, and what it is told.
   * @throws if Kubernetes does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VolumeSnapshotClassProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkText(faults, 'driver', props.driver);
    checkOneOf(faults, 'deletionPolicy', props.deletionPolicy, SnapshotDeletionPolicy);
    checkBoolean(faults, 'isDefault', props.isDefault);
    checkTextMap(faults, 'parameters', props.parameters);
    faults.refuse();
    this.snapshotClassName = objectName(id, props);
    this.driver = props.driver;
    this.isDefault = props.isDefault ?? false;
    const policy = props.deletionPolicy ?? SnapshotDeletionPolicy.DELETE;
    const body = {
      driver: props.driver,
      deletionPolicy: policy as unknown as VolumeSnapshotClassDeletionPolicy,
      parameters: props.parameters && { ...props.parameters },
    };
    const annotations = this.isDefault ? { [IS_DEFAULT_SNAPSHOT]: 'true' } : undefined;
    addClusterObject(this, generated.snapshot.VolumeSnapshotClass, props, body, { annotations });
  }
}
