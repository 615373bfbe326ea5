import { wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/**
 * The threads of QEMU that do the input and output of disks, apart from its main loop.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#iothreads
 */
export class IoThreads {
  /** One thread for all disks, and one for each disk with `dedicatedIoThread`. */
  public static shared(): IoThreads {
    return new IoThreads({ ioThreadsPolicy: 'shared' });
  }

  /** A number of threads that follows from that of the processors; the disks are spread over them. */
  public static auto(): IoThreads {
    return new IoThreads({ ioThreadsPolicy: 'auto' });
  }

  /**
   * A pool of threads that each disk uses all of.
   *
   * @param threadCount How many, 1 at the least.
   * @throws if it is not such a number.
   */
  public static supplementalPool(threadCount: number): IoThreads {
    const faults = new Faults('IoThreads.supplementalPool');
    wholeNumber(1)(faults, 'threadCount', threadCount ?? null);
    faults.refuse();
    return new IoThreads({
      ioThreadsPolicy: 'supplementalPool',
      ioThreads: { supplementalPoolThreadCount: threadCount },
    });
  }

  private constructor(private readonly rendered: Record<string, unknown>) {}

  /**
   * The part of `domain` that it makes.
   *
   * @internal
   */
  public _render(): Record<string, unknown> {
    return { ...this.rendered };
  }
}
