import { ApiObject } from 'cdk8s';
import { isObject } from '../shared/checks';
import { DiskAttachment, SettledAttachment } from './disk-attachment';

/** A part of a finished manifest. */
type Part = Readonly<Record<string, unknown>>;

/** The guest in the finished manifest of a machine, at that path: what `overrides` have made of it. */
export function writtenGuest(resource: unknown, path: readonly string[]): Part {
  if (!ApiObject.isApiObject(resource)) return {};
  const guest = path.reduce<unknown>(
    (value, field) => (isObject(value) ? value[field] : undefined),
    resource.toJson() as unknown,
  );
  return isObject(guest) ? guest : {};
}

/** The disks that a manifest has: those that were attached as far as they are still there, and claims that `overrides` bring. */
export function writtenDisks(guest: Part, attached: readonly SettledAttachment[]): DiskAttachment[] {
  const volumes = partsOf(guest.volumes);
  const empty = attached.filter(({ name }) => !volumes.some((volume) => volume.name === name) && hasDrive(guest, name));
  const written = volumes.flatMap((volume): DiskAttachment[] => {
    const attachment = attached.find(({ name }) => name === volume.name);
    const claimName = claimOf(volume);
    if (attachment !== undefined && attachment.disk.claimName === claimName) return [attachment];
    if (claimName === undefined || typeof volume.name !== 'string') return [];
    return [{ hotpluggable: isPlugged(volume), ...attachment, name: volume.name, disk: { claimName } }];
  });
  return [...written, ...empty];
}

/** Whether a network of the manifest lets a port in. Without any network KubeVirt adds the pod's. */
export function writtenReach(guest: Part, port: number, protocol: string): boolean {
  const domain = isObject(guest.domain) ? guest.domain : {};
  const devices = isObject(domain.devices) ? domain.devices : {};
  const networks = partsOf(guest.networks);
  if (networks.length === 0) return devices.autoattachPodInterface !== false;
  const pod = networks.find((network) => network.pod !== undefined);
  const card = partsOf(devices.interfaces).find(({ name }) => pod !== undefined && name === pod.name);
  if (card === undefined) return false;
  const [ports, ranges] = [partsOf(card.ports), partsOf(card.portRanges)];
  const isOpen = ports.some((open) => open.port === port && (open.protocol ?? 'TCP') === protocol);
  const isWithin = ranges.some(
    ({ start, end, protocol: of }) => of === protocol && Number(start) <= port && port <= Number(end),
  );
  return [...ports, ...ranges].length === 0 || isOpen || isWithin;
}

function isPlugged({ persistentVolumeClaim: claim, dataVolume }: Part): boolean {
  return [claim, dataVolume].some((source) => isObject(source) && source.hotpluggable === true);
}

function claimOf({ persistentVolumeClaim: claim, dataVolume }: Part): string | undefined {
  const name = (isObject(claim) ? claim.claimName : undefined) ?? (isObject(dataVolume) ? dataVolume.name : undefined);
  return typeof name === 'string' ? name : undefined;
}

function hasDrive(guest: Part, name: string): boolean {
  const domain = isObject(guest.domain) ? guest.domain : {};
  const devices = isObject(domain.devices) ? domain.devices : {};
  return partsOf(devices.disks).some((disk) => disk.name === name);
}

function partsOf(list: unknown): Part[] {
  return Array.isArray(list) ? list.filter((entry): entry is Record<string, unknown> => isObject(entry)) : [];
}
