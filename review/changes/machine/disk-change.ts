import { textAt } from '../../manifests/json';
import { Json } from '../../rule';
import { fromTo, isSame } from '../wording';
import { byName, claimOf } from './machine-states';
import { KEEPS } from './part';

/** The volumes and disks of a machine, by their names. */
export interface Drives {
  readonly volumes: ReadonlyMap<string, Json>;
  readonly disks: ReadonlyMap<string, Json>;
  /** The names of the volumes, then those of the disks, as they stand in their lists. */
  readonly order: readonly (readonly string[])[];
}

export function drivesOf(spec: Json): Drives {
  const volumes = byName(spec, 'volumes');
  const disks = byName(spec, 'domain', 'devices', 'disks');
  return { volumes, disks, order: [[...volumes.keys()], [...disks.keys()]] };
}

/** A volume and its disk or drive, before and after. */
export interface DiskChange {
  readonly was?: Json;
  readonly is?: Json;
  readonly disk?: Json;
  readonly next?: Json;
}

export function changeOf(
  name: string,
  { before, after }: { readonly before: Drives; readonly after: Drives },
): DiskChange {
  return {
    was: before.volumes.get(name),
    is: after.volumes.get(name),
    disk: before.disks.get(name),
    next: after.disks.get(name),
  };
}

/** Whether a volume gets another claim. */
export function isOtherClaim({ was, is }: DiskChange): boolean {
  const [from, to] = [claimOf(was), claimOf(is)];
  return from !== undefined && to !== undefined && from !== to;
}

/** `volume data: old → new`: what changes, in the words of whoever reads it. */
export function messageOf(name: string, { was, is, disk, next }: DiskChange): string {
  if (was === undefined && disk === undefined) return `disk ${name} is added`;
  if (is === undefined && next === undefined) return `disk ${name} is removed`;
  if (was === undefined && is !== undefined) return `drive ${name} gets ${claimOf(is) ?? 'a volume'}`;
  if (was !== undefined && is === undefined) return `drive ${name} is emptied`;
  if (!isSame(was, is)) {
    const [from, to] = [sourceOf(was), sourceOf(is)];
    return from === to ? `volume ${name} changes` : `volume ${name}: ${fromTo(from, to)}`;
  }
  return `the disk of volume ${name} changes`;
}

function sourceOf(volume: Json | undefined): string | undefined {
  return claimOf(volume) ?? (textAt(volume, 'containerDisk', 'image') || undefined);
}

/** Why a volume that cannot be plugged waits. */
export function reasonOf(change: DiskChange): string {
  if (isOtherClaim(change)) {
    return 'the running guest stays on the old disk until it is restarted; its data is not copied to the new one';
  }
  if (isNew(change)) return 'the running machine goes on without it until it is restarted (RestartRequired)';
  return isGone(change) ? 'it stays attached until the machine is restarted (RestartRequired)' : KEEPS;
}

/** A volume, or a drive without one, that the running machine does not have. */
export function isNew({ was, is, disk }: DiskChange): boolean {
  return was === undefined && (is !== undefined || disk === undefined);
}

function isGone({ was, is, next }: DiskChange): boolean {
  return is === undefined && (was !== undefined || next === undefined);
}
