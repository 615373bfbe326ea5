import { aBoolean, aText, instanceOf, oneOf, PropChecks } from '../shared/prop-checks';
import { BlockSize } from './block-size';
import { aPciAddress } from './network-card';

/** How the host caches the disk. */
export enum DiskCache {
  /** Not at all: what a live migration of shared storage wants. */
  NONE = 'none',
  /** Reads are cached. */
  WRITE_THROUGH = 'writethrough',
  /** Reads and writes are cached. */
  WRITE_BACK = 'writeback',
}

/** How the host reads and writes the disk. */
export enum DiskIo {
  /** Linux' asynchronous input and output. */
  NATIVE = 'native',
  /** A pool of threads. */
  THREADS = 'threads',
}

/** What happens when the storage reports an error. */
export enum DiskErrorPolicy {
  /** The VM is paused. */
  STOP = 'stop',
  /** The guest goes on and does not learn of it. */
  IGNORE = 'ignore',
  /** The guest learns of it. */
  REPORT = 'report',
  /** The VM is paused where the storage is full; of any other error the guest learns. */
  ENOSPACE = 'enospace',
}

/** How the host serves a disk. */
export interface DiskTuning {
  /**
   * How the host caches the disk.
   *
   * @default - KubeVirt's own: no cache, if the storage allows that
   */
  readonly cache?: DiskCache;

  /**
   * How the host reads and writes the disk. `DiskIo.NATIVE` goes only with `DiskCache.NONE`.
   *
   * @default - KubeVirt's own
   */
  readonly io?: DiskIo;

  /**
   * What happens when the storage reports an error.
   *
   * @default - KubeVirt's own: DiskErrorPolicy.STOP
   */
  readonly errorPolicy?: DiskErrorPolicy;

  /**
   * Sizes of the blocks that the guest sees.
   *
   * @default - QEMU's own: 512 bytes
   */
  readonly blockSize?: BlockSize;

  /**
   * Whether a thread of QEMU is there for this disk alone; on `DiskBus.VIRTIO` only.
   *
   * @default false
   */
  readonly dedicatedIoThread?: boolean;

  /**
   * Whether the disk keeps track of the blocks that change, for incremental backups.
   *
   * @default false
   */
  readonly changedBlockTracking?: boolean;

  /**
   * Address on the PCI bus, such as `0000:81:01.0`; of a disk on `DiskBus.VIRTIO` only.
   *
   * @default - KubeVirt finds one
   */
  readonly pciAddress?: string;

  /**
   * Text by which the guest finds the disk, in its metadata.
   *
   * @default - none
   */
  readonly tag?: string;
}

/** What `DiskTuning` must be. */
export const DISK_TUNING: PropChecks<DiskTuning> = {
  cache: oneOf(DiskCache),
  io: oneOf(DiskIo),
  errorPolicy: oneOf(DiskErrorPolicy),
  blockSize: instanceOf(BlockSize, 'BlockSize.matchVolume()'),
  dedicatedIoThread: aBoolean,
  changedBlockTracking: aBoolean,
  pciAddress: aPciAddress,
  tag: aText,
};
