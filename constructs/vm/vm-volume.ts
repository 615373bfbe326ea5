import { IVolume } from '../storage/disk';

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
   * @param source The entry of `volumes`, without its name.
   */
  protected constructor(
    private readonly usualName: string,
    private readonly source: Record<string, unknown>,
  ) {}

  /** @internal */
  public get _usualName(): string {
    return this.usualName;
  }

  /** @internal */
  public _volumeSource(): Record<string, unknown> {
    return { ...this.source };
  }
}
