import { ClaimWriter } from '../../constructs/storage/claim-defaults';
import { overheadOf, requiredBytes } from '../../constructs/storage/claim-size';
import type { StorageFacts } from '../../constructs/storage/facts';
import { Claim, isPlain } from './claim';

const MEBIBYTE = 2 ** 20;

/** KubeVirt makes the `disk.img` of an empty claim this much smaller, if its file system has no more room (v1.9.0: pkg/host-disk). */
const TOLERATED = 0.1;

/** A claim that a disk does not fit into. */
export interface SmallTarget {
  /** What the target must ask for at the least; undefined: what the source asks for. Else the disk is of another size than its claim. */
  readonly least?: string;
}

/**
 * Whether a disk is for certain larger than what it is copied into while its machine runs. KubeVirt compares nothing itself:
 * it tells QEMU the size of the disk, and the copy fails where the target is smaller (v1.6.2 and v1.9.0:
 * pkg/virt-launcher/virtwrap/live-migration-source.go, configureLocalDiskToMigrate). The disk in a file system is the image
 * in it, which CDI makes smaller than the claim by the overhead, and KubeVirt by what the file system has no room for.
 *
 * @param origin What the source is cloned from: its image may be as small as that one.
 */
export function smallTarget(
  facts: StorageFacts,
  source: Claim,
  target: Claim,
  origin?: Claim,
): SmallTarget | undefined {
  const [has = 0, gets = Infinity] = [source.requested ?? source.asked, target.requested ?? target.asked];
  const isImage = source.settled.volumeMode !== 'Block';
  if (areAlike(source, target) && (origin === undefined || !isImage)) {
    return gets < has ? {} : undefined;
  }
  const sizes = [source, ...(origin === undefined || !isImage ? [] : [origin])].map(leastDisk);
  const least = Math.min(...sizes.map((size) => size ?? 0));
  const most = mostDisk(target);
  if (most === undefined || most >= least) return undefined;
  return { least: text(askedFor(facts, target, least)) };
}

/** Whether both are made in the same way, by one class: then the disks are to each other as what is asked for. */
function areAlike(source: Claim, target: Claim): boolean {
  const [one, other] = [source, target].map(({ settled: { volumeMode, storageClassName }, writer }) =>
    JSON.stringify([volumeMode, volumeMode === 'Block' || storageClassName, volumeMode === 'Block' || writer]),
  );
  return one === other;
}

/** The smallest disk that a claim may hold. */
function leastDisk(claim: Claim): number | undefined {
  const { requested, asked, usable, settled } = claim;
  if (settled.volumeMode === 'Block') return requested;
  if (settled.volumeMode === undefined) return asked && Math.floor(asked / MEBIBYTE) * MEBIBYTE;
  return isPlain(claim) ? requested && requested * (1 - TOLERATED) : usable;
}

/** The largest. */
function mostDisk(claim: Claim): number | undefined {
  const { requested, asked, usable, settled } = claim;
  if (settled.volumeMode === undefined) return asked && Math.ceil(asked / MEBIBYTE) * MEBIBYTE;
  return settled.volumeMode === 'Block' || isPlain(claim) ? requested : usable;
}

/** What a claim asks for so that it holds a disk of a size, in whole Mi. */
function askedFor(facts: StorageFacts, claim: Claim, size: number): number {
  const { writer, settled } = claim;
  const isRoomy = writer === ClaimWriter.STORAGE || isPlain(claim) || settled.volumeMode !== 'Filesystem';
  const asked = isRoomy ? size : requiredBytes(facts, settled.volumeMode, size, settled.storageClassName);
  const more = isRoomy || overheadOf(facts, settled.storageClassName) === 0 ? 0 : 1;
  return Math.ceil(asked / MEBIBYTE) + more;
}

function text(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}
