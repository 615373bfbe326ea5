import { Size } from 'cdk8s';
import { ClaimApi, ContentType } from '../claim-modes';
import { IDisk } from '../disk';

/** What a clone will do. */
export enum CloneOutcomeKind {
  /** The CSI driver clones the volume: a second, whatever the size. */
  CSI_CLONE = 'csi-clone',
  /** A snapshot is restored: a second, whatever the size. */
  SNAPSHOT = 'snapshot',
  /** Two pods move every byte. */
  COPY = 'copy',
  /** It starts once nothing uses its source any more. */
  WAITS = 'waits',
  /** The clone stays pending for ever. */
  NEVER_FINISHES = 'never finishes',
  /** What decides it is not in the catalog or the manifests. */
  UNKNOWN = 'unknown',
}

/** How we know it. */
export enum Evidence {
  /** The outcome was measured in the lab of Scenario 27. */
  MEASURED = 'measured',
  /** The outcome was read from CDI's code, not measured. */
  READ_FROM_CODE = 'read from code',
}

/** What is known of the source of a clone beside the disk. */
export interface CloneSourceFacts {
  /**
   * What the bytes of the source are, where its DataVolume says otherwise.
   *
   * @default - as `contentType`
   */
  readonly sourceContentType?: ContentType;

  /**
   * Size of the source's volume (`status.capacity`), or `restoreSize` of the snapshot, where it is more than was asked for.
   *
   * @default - the size of the source
   */
  readonly sourceCapacity?: Size;

  /**
   * Whether a volume is bound to the source's claim. In a class of binding mode `WaitForFirstConsumer` it is bound when a
   * pod first uses it.
   *
   * @default true
   */
  readonly sourceIsBound?: boolean;

  /**
   * Whether the source is a PersistentVolumeClaim that CDI did not make. If the clone names no size, CDI takes the capacity of
   * such a claim; of others that hold the image of a disk in a file system it takes the size of the image.
   *
   * @default - `isPlain` of the source
   */
  readonly sourceIsPlain?: boolean;

  /**
   * Whether a pod writes to the source, as that of a VM which runs does: CDI waits until it is gone.
   *
   * @default false
   */
  readonly sourceIsInUse?: boolean;
}

/** A clone that is asked for. */
export interface CloneRequest extends CloneSourceFacts {
  /** The disk that is cloned, or that the snapshot is of. */
  readonly source: IDisk;

  /**
   * Whether the source is a VolumeSnapshot of that disk.
   *
   * @default false
   */
  readonly fromSnapshot?: boolean;

  /** The clone, as it is asked for. */
  readonly target: IDisk;

  /**
   * Which way the clone asks for its claim; `ClaimApi.STORAGE` adds a file system's overhead.
   *
   * @default - that of the target; not known, ClaimApi.PVC
   */
  readonly claimApi?: ClaimApi;

  /**
   * What the bytes are, of source and clone.
   *
   * @default ContentType.KUBEVIRT
   */
  readonly contentType?: ContentType;

  /**
   * Whether the clone's claim is annotated `cdi.kubevirt.io/permissiveClone`: its size is not held against that of the source.
   *
   * @default false
   */
  readonly permissive?: boolean;

  /**
   * Annotation `cdi.kubevirt.io/storage.usePopulator` of the DataVolume.
   *
   * @default - whether the class's provisioner has a CSIDriver object
   */
  readonly usesPopulator?: boolean;

  /**
   * Whether a PersistentVolumeClaim asks for the clone, whose `dataSourceRef` names a VolumeCloneSource, and no DataVolume.
   * CDI's populators make it then.
   *
   * @default false
   */
  readonly byClaim?: boolean;
}

/**
 * What a clone will do, why, and what to do instead.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/efficient-cloning.md
 */
export class CloneOutcome {
  /** @internal */
  public constructor(
    /** What the clone will do. */
    public readonly kind: CloneOutcomeKind,
    /** How we know it. */
    public readonly evidence: Evidence,
    /** Why it is a copy and not a faster way, why it never finishes, what is not known, or what is assumed. */
    public readonly reason?: string,
    /** What to do instead of a clone that never finishes. */
    public readonly remedy?: string,
    /**
     * Short name of the rule that decided, such as `P8`, by which a script can tell outcomes apart; `reason` says it in
     * words. D: what CDI refuses of the DataVolume; L: the way of its older controllers; P: the choice for the clone of a
     * claim; S: that of a snapshot; U: what CDI waits for; B: what the storage behind the classes refuses; C: what a copy cannot do.
     */
    public readonly rule?: string,
    /** Of a clone into a claim that is too small: the smallest size that fits. */
    public readonly fittingSize?: Size,
  ) {}

  /** Whether the clone comes to an end, as far as is known. */
  public get finishes(): boolean {
    return this.kind !== CloneOutcomeKind.NEVER_FINISHES;
  }
}
