import { objectAt, objectsAt, textAt, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { ChangeContext } from '../context';

/** What a running machine was started with, as far as it bounds what can be changed in it. */
export interface RunningInstance {
  /** The spec of its VirtualMachineInstance. */
  readonly spec: Json;
  readonly sockets: number;
  readonly maxSockets: number;
  /** Bytes of the guest's memory; undefined if the spec does not say. */
  readonly guest?: number;
  /** The most that can be plugged, in bytes; undefined if no memory can be plugged. */
  readonly maxGuest?: number;
  readonly architecture: string;
}

/** Most virtual processors of a machine: pkg/defaults/defaults.go, setupCPUHotplug. */
const MOST_PROCESSORS = 512;

/** DefaultMaxHotplugRatio: pkg/virt-config/virt-config.go. */
const DEFAULT_RATIO = 4;

/** Memory smaller than this at the start takes no more: pkg/liveupdate/memory/memory.go, requiredMinGuestMemory. */
export const LEAST_MEMORY = 2 ** 30;

/**
 * The instance that KubeVirt starts from the spec of a template: with the defaults of its mutating webhook (KubeVirt v1.6.2:
 * pkg/defaults/defaults.go, SetDefaultVirtualMachineInstance; the same bounds in v1.9.0).
 *
 * @param spec The expanded spec of the template, with the defaults of the validating webhook: memory, topology, disks, networks.
 */
export function runningInstance(spec: Json, { config }: ChangeContext): RunningInstance {
  const liveUpdate = objectAt(config.configuration, 'liveUpdateConfiguration');
  const ratio = numberOf(liveUpdate?.maxHotplugRatio) || DEFAULT_RATIO;
  const domain = objectAt(spec, 'domain') ?? {};
  const cpu = objectAt(domain, 'cpu');
  const [sockets, cores, threads] = ['sockets', 'cores', 'threads'].map((part) => numberOf(cpu?.[part])) as [
    number,
    number,
    number,
  ];
  const architecture = textAt(spec, 'architecture') || config.architecture;
  const guest = parseQuantity(valueAt(domain, 'memory', 'guest'));
  return {
    spec: architecture === 'amd64' ? withDefaultBuses(spec) : spec,
    sockets,
    maxSockets: maxSockets(numberOf(cpu?.maxSockets), numberOf(liveUpdate?.maxCpuSockets), {
      sockets,
      perSocket: cores * threads,
      ratio,
    }),
    guest,
    maxGuest: maxGuest(domain, architecture, guest, parseQuantity(liveUpdate?.maxGuest), ratio),
    architecture,
  };
}

function maxSockets(
  stated: number,
  ofCluster: number,
  { sockets, perSocket, ratio }: { readonly sockets: number; readonly perSocket: number; readonly ratio: number },
): number {
  if (stated !== 0) return stated;
  if (ofCluster !== 0) return Math.max(ofCluster, sockets);
  const most = sockets * ratio;
  if (most * perSocket <= MOST_PROCESSORS) return most;
  return Math.max(Math.trunc(MOST_PROCESSORS / perSocket), sockets);
}

function maxGuest(
  domain: Json,
  architecture: string,
  guest: number | undefined,
  ofCluster: number | undefined,
  ratio: number,
): number | undefined {
  const stated = parseQuantity(valueAt(domain, 'memory', 'maxGuest'));
  if (stated !== undefined) return stated;
  const most = ofCluster ?? (guest === undefined ? undefined : guest * ratio);
  if (most === undefined || memoryObstacle(domain, architecture, guest, most) !== undefined) return undefined;
  return most;
}

/**
 * What keeps memory from being plugged into a machine; undefined if it can be (KubeVirt v1.6.2 and v1.9.0:
 * pkg/liveupdate/memory/memory.go, ValidateLiveUpdateMemory).
 */
export function memoryObstacle(
  domain: Json,
  architecture: string,
  guest: number | undefined,
  most: number | undefined,
): string | undefined {
  if (objectAt(domain, 'cpu', 'realtime') !== undefined) return 'it has real-time processors';
  if (objectAt(domain, 'cpu', 'numa', 'guestMappingPassthrough') !== undefined) return 'it maps NUMA nodes';
  if (objectAt(domain, 'launchSecurity') !== undefined) return 'its memory is encrypted';
  if (guest === undefined || most === undefined) return 'it started without room for more';
  const unit = textAt(domain, 'memory', 'hugepages', 'pageSize') === '1Gi' ? 2 ** 30 : 2 ** 21;
  if (guest > most) return 'it is more than the machine started with room for';
  if (guest % unit !== 0 || most % unit !== 0) return `it is no multiple of ${unit === 2 ** 21 ? '2Mi' : '1Gi'}`;
  if (architecture !== 'amd64') return `its architecture is ${architecture}`;
  if (guest < LEAST_MEMORY) return 'it has less than 1Gi';
  return undefined;
}

/** The bus of a disk that names none, on amd64: pkg/defaults/amd64.go, SetAmd64Defaults. */
function withDefaultBuses(spec: Json): Json {
  const disks = objectsAt(spec, 'domain', 'devices', 'disks');
  if (disks.length === 0) return spec;
  const domain = objectAt(spec, 'domain') ?? {};
  const changed = disks.map((disk) => {
    const kind = ['cdrom', 'lun'].find((word) => objectAt(disk, word) !== undefined) ?? 'disk';
    const target = objectAt(disk, kind) ?? {};
    return textAt(target, 'bus') === '' ? { ...disk, [kind]: { ...target, bus: 'sata' } } : disk;
  });
  return { ...spec, domain: { ...domain, devices: { ...objectAt(domain, 'devices'), disks: changed } } };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
