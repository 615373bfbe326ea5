import { checkOptions, PropCheck, PropChecks, required, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** Sizes of a disk's blocks, in bytes. */
export interface BlockSizes {
  /** What the guest reads and writes at the least: a power of two from 512 to 2097152, at most `physical`. */
  readonly logical: number;

  /** What the guest should read and write at once: a power of two from 512 to 2097152. */
  readonly physical: number;

  /**
   * What the guest gives back at once: a multiple of `logical`.
   *
   * @default - QEMU's own
   */
  readonly discardGranularity?: number;
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, validateCustomBlockSize. */
const aBlock: PropCheck = (faults, property, value) => {
  const isBlock = typeof value === 'number' && value >= 512 && value <= 2_097_152 && Number.isInteger(Math.log2(value));
  if (!isBlock) faults.add(property, 'be a power of two from 512 to 2097152', value);
};
const SIZES: PropChecks<BlockSizes> = {
  logical: required(aBlock),
  physical: required(aBlock),
  discardGranularity: wholeNumber(0),
};

/** KubeVirt v1.9.0: pkg/storage/admitters/disks.go, validateBlockSize. */
function checkTogether(faults: Faults, { logical, physical, discardGranularity = 0 }: BlockSizes): void {
  if (logical > physical) faults.add('logical', `be at most 'physical' (${physical})`, logical);
  if (discardGranularity % logical !== 0) {
    faults.add('discardGranularity', `be a multiple of 'logical' (${logical})`, discardGranularity);
  }
}

/**
 * The sizes of a disk's blocks, as the guest sees them.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#block-size
 */
export class BlockSize {
  /** Those of the volume behind the disk. */
  public static matchVolume(): BlockSize {
    return new BlockSize({ matchVolume: { enabled: true } });
  }

  /**
   * Sizes of one's own.
   *
   * @throws if a size is not what it must be; all faults in one error.
   */
  public static custom(sizes: BlockSizes): BlockSize {
    const faults = new Faults('BlockSize.custom');
    checkOptions<BlockSizes>(faults, sizes, SIZES);
    if (faults.count === 0) checkTogether(faults, sizes);
    faults.refuse();
    return new BlockSize({ custom: { ...sizes } });
  }

  private constructor(private readonly rendered: Record<string, unknown>) {}

  /**
   * The smallest size that the guest writes, in bytes; undefined if the volume decides.
   *
   * @internal
   */
  public get _logical(): number | undefined {
    return (this.rendered.custom as BlockSizes | undefined)?.logical;
  }

  /** @internal */
  public _render(): Record<string, unknown> {
    return { ...this.rendered };
  }
}
