import { IVolume } from '../storage/disk';
import { DiskBus, DiskDevice } from './disk-device';

/** How a volume without a claim comes to the guest. */
export interface VolumePlace {
  /** The one device that it can be; any if it is left out. */
  readonly onlyDevice?: DiskDevice;
  /** The device that it is where nothing else is said; a disk if it is left out. */
  readonly usualDevice?: DiskDevice;
  /** The one bus that it can be on; any if it is left out. */
  readonly onlyBus?: DiskBus;
  /** Whether the guest sees it; it does if it is left out. */
  readonly hasDevice?: boolean;
  /** Whether it can be shared as a directory. */
  readonly isDirectory?: boolean;
  /** Whether it stands for no volume at all. */
  readonly isAbsent?: boolean;
}

/**
 * A volume of a VM that has no claim of its own; see `ContainerDisk`, and the factories of `Volume`.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#volumes
 */
export abstract class VmVolume implements IVolume {
  /** A volume without a claim; the name of the claim is never set. */
  public readonly claimName?: string;

  /**
   * A volume of that source.
   *
   * @param usualName What the disk is called where its options do not say.
   * @param source The entry of `volumes`, without its name; undefined of a drive with nothing in it.
   * @param place How it comes to the guest.
   */
  protected constructor(
    private readonly usualName: string,
    private readonly source: Record<string, unknown> | undefined,
    private readonly place: VolumePlace = {},
  ) {}

  /** @internal */
  public get _usualName(): string {
    return this.usualName;
  }

  /** @internal */
  public get _place(): VolumePlace {
    return this.place;
  }

  /** @internal */
  public _volumeSource(): Record<string, unknown> | undefined {
    return this.source && { ...this.source };
  }
}
