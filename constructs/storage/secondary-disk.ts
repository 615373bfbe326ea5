import { Construct } from 'constructs';
import { checkBoolean, checkOneOf } from '../shared/checks';
import { Quantity, toBytes } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { addClaim, ClaimedDisk, ClaimProps, ClaimShape, claimShape } from './claim';
import { ClaimApi, DataVolumeImportProps, dataVolumeShape } from './data-volume';
import { addDataVolume } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { IDisk } from './disk';

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
   * The escape hatch of the claim that is written; see `overrides` of every construct.
   *
   * @default - nothing is changed
   */
  readonly overrides?: { readonly [field: string]: unknown };
}

/**
 * An empty disk for a VM's data. It stands by itself: it outlives the VM, and can be attached to
 * a running one and detached from it. It can only grow (`grow`).
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/
 */
export class SecondaryDisk extends ClaimedDisk {
  /** @throws if a prop is none that Kubernetes or CDI takes; all faults in one error. */
  public constructor(scope: Construct, id: string, props: SecondaryDiskProps) {
    super(scope, id, (faults) => secondaryShape(faults, scope, id, props));
    if (props.kind === SecondaryDiskKind.DATA_VOLUME) addDataVolume(this, blank(props));
    else addClaim(this, props);
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
  public grow(scope: Construct, id: string, size: ClaimProps['size'], options: GrowOptions = {}): GrownDisk {
    return new GrownDisk(scope, id, this, size, options);
  }
}

/** A disk of an earlier step, grown: the claim that `SecondaryDisk.grow` writes. */
export class GrownDisk extends ClaimedDisk {
  /** @throws if the size is not larger than that of the disk. */
  public constructor(scope: Construct, id: string, disk: IDisk, size: ClaimProps['size'], options: GrowOptions = {}) {
    const props = { ...options, ...claimProps(disk), size };
    super(scope, id, (faults) => {
      const shape = claimShape(faults, scope, id, props);
      if (faults.count === 0 && disk.size !== undefined && toBytes(size) <= toBytes(disk.size)) {
        const must = `be more than '${Quantity.format(disk.size)}' (the disk's size so far)`;
        faults.add('size', must, Quantity.format(size), 'a claim can only grow');
      }
      return shape;
    });
    addClaim(this, props);
  }

  /** The same disk in a later step, larger still; as `SecondaryDisk.grow`. */
  public grow(scope: Construct, id: string, size: ClaimProps['size'], options: GrowOptions = {}): GrownDisk {
    return new GrownDisk(scope, id, this, size, options);
  }
}

function secondaryShape(faults: Faults, scope: Construct, id: string, props: SecondaryDiskProps): ClaimShape {
  checkOneOf(faults, 'kind', props.kind, SecondaryDiskKind);
  checkBoolean(faults, 'bindImmediately', props.bindImmediately);
  if (props.kind === SecondaryDiskKind.DATA_VOLUME) return dataVolumeShape(faults, scope, id, blank(props));
  if (props.bindImmediately) {
    const remedy = 'a plain claim is bound when the VM starts, or at once, as its class says';
    faults.add('bindImmediately', `be false for kind '${SecondaryDiskKind.CLAIM}'`, true, remedy);
  }
  return claimShape(faults, scope, id, props);
}

function blank(props: SecondaryDiskProps): DataVolumeImportProps {
  return { ...props, source: DataVolumeSource.blank(), claimApi: ClaimApi.PVC };
}

function claimProps(disk: IDisk): Omit<ClaimProps, 'size'> {
  const { claimName: name, namespace, accessModes, volumeMode, storageClassName } = disk;
  return { name, namespace, accessModes, volumeMode, storageClassName };
}
