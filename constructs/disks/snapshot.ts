import { Construct } from 'constructs';
import { generated } from '../generated';
import { addObject, checkProps, OBJECT_PROPS, objectName, objectNamespace, ObjectProps } from '../shared/api-object';
import { checkLabel, checkName, isObject, requireObject } from '../shared/checks';
import { inCluster } from '../shared/external';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { addKind, Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { checkDisk, checkDiskNamespace, IDisk } from '../storage/disk';

/** A VolumeSnapshot of a disk. */
export interface ISnapshot {
  /** Name of the VolumeSnapshot. */
  readonly snapshotName: string;

  /**
   * Namespace of the VolumeSnapshot.
   *
   * @default - that of the clone that uses it
   */
  readonly namespace?: string;

  /**
   * The disk that it was taken of, as far as it is known; clones take over its size and modes.
   *
   * @default - not known
   */
  readonly disk?: IDisk;
}

/** What is known of a snapshot that lives outside the app. */
export interface SnapshotFacts {
  /**
   * Namespace of the VolumeSnapshot.
   *
   * @default - that of the clone that uses it
   */
  readonly namespace?: string;

  /**
   * The disk that it was taken of.
   *
   * @default - not known
   */
  readonly disk?: IDisk;
}

const FACTS: KnownKeys<SnapshotFacts> = { namespace: true, disk: true };

/** Notes a value that is not a snapshot, such as its name. */
export function checkSnapshot(faults: Faults, property: string, snapshot: unknown): void {
  if (isObject(snapshot) && snapshot.snapshotName !== undefined) {
    checkName(faults, `${property}.snapshotName`, snapshot.snapshotName);
    if (snapshot.namespace !== undefined) checkLabel(faults, `${property}.namespace`, snapshot.namespace);
    if (snapshot.disk !== undefined) checkDisk(faults, `${property}.disk`, snapshot.disk);
    return;
  }
  addKind(faults, property, 'be a snapshot', snapshot, snapshotRemedy(snapshot));
}

function snapshotRemedy(value: unknown): string {
  if (isObject(value) && value.claimName !== undefined)
    return "write new DiskSnapshot(chart, 'snapshot', { disk: it })";
  return `write DiskSnapshot.fromSnapshotName(${typeof value === 'string' ? JSON.stringify(value) : '…'})`;
}

/** A snapshot of a disk. */
export interface DiskSnapshotProps extends ObjectProps {
  /** The disk; it is in the namespace of the snapshot. */
  readonly disk: IDisk;

  /**
   * VolumeSnapshotClass.
   *
   * @default - the default class of the disk's CSI driver
   */
  readonly snapshotClassName?: string;
}

const PROPS: KnownKeys<DiskSnapshotProps> = { ...OBJECT_PROPS, disk: true, snapshotClassName: true };

/**
 * A VolumeSnapshot of one disk. As the source of clones it is the better one: one snapshot serves
 * them all, while a claim as the source takes a temporary snapshot for every clone.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 */
export class DiskSnapshot extends Construct implements ISnapshot {
  /** A snapshot that is in the cluster already. */
  public static fromSnapshotName(snapshotName: string, facts: SnapshotFacts = {}): ISnapshot {
    const faults = new Faults('DiskSnapshot.fromSnapshotName');
    checkName(faults, 'snapshotName', snapshotName);
    requireObject(faults, 'facts', facts, 'namespace');
    checkKeys(faults, 'facts', facts, FACTS);
    if (facts.disk !== undefined) checkDisk(faults, 'disk', facts.disk);
    if (facts.namespace !== undefined) checkLabel(faults, 'namespace', facts.namespace);
    faults.refuse();
    const { namespace } = facts;
    return inCluster({ ...facts, snapshotName }, { kind: 'VolumeSnapshot', name: snapshotName, namespace });
  }

  public readonly snapshotName: string;
  public readonly namespace?: string;
  public readonly disk?: IDisk;

  /**
   * Takes a snapshot of a disk, once it is applied.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VolumeSnapshot, unless `name` says otherwise.
   * @param props The disk. Of a VM that runs, the snapshot is as after a power failure.
   * @throws if the disk is in another namespace, or Kubernetes does not accept a prop.
   */
  public constructor(scope: Construct, id: string, props: DiskSnapshotProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    if (props.snapshotClassName !== undefined) checkName(faults, 'snapshotClassName', props.snapshotClassName);
    this.snapshotName = objectName(id, props);
    this.namespace = objectNamespace(faults, scope, props);
    this.disk = props.disk;
    checkDisk(faults, 'disk', props.disk);
    checkDiskNamespace(faults, props.disk, this.namespace, 'snapshot');
    faults.refuse();
    addObject(this, generated.snapshot.VolumeSnapshot, props, {
      spec: {
        source: { persistentVolumeClaimName: props.disk.claimName },
        volumeSnapshotClassName: props.snapshotClassName,
      },
    });
  }
}
