import { childIn, numberIn, objectAt, valueAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import type { Json } from '../rule';
import type { Surroundings } from './live-migration';
import { Machine, matchOf } from './machine';

/** The processors and the memory of a guest; undefined where the manifests do not say it. */
export interface GuestSize {
  readonly cpus?: number;
  /** In bytes. */
  readonly memory?: number;
}

type Around = Pick<Surroundings, 'object' | 'settings'>;

/**
 * What a guest gets: of its instance type, else by its own spec with the defaults of KubeVirt v1.6.2 (pkg/defaults/defaults.go:
 * setDefaultResourceRequests, setGuestMemory, SetDefaultGuestCPUTopology).
 */
export function guestSize(machine: Machine, around: Around): GuestSize {
  const match = matchOf(machine, 'instancetype');
  const domain = objectAt(machine.guest, 'domain');
  if (match === undefined) return { cpus: ownCpus(domain, around), memory: ownMemory(domain) };
  const spec = instancetypeOf(machine, around);
  if (spec === undefined) return {};
  const cpus = valueAt(spec, 'cpu', 'guest');
  return { cpus: typeof cpus === 'number' ? cpus : undefined, memory: parseQuantity(valueAt(spec, 'memory', 'guest')) };
}

/** The spec of the instance type of a machine; undefined if it names none, or if that is not among the manifests. */
export function instancetypeOf(machine: Machine, around: Pick<Around, 'object'>): Json | undefined {
  const match = matchOf(machine, 'instancetype');
  if (match === undefined || match.name === '' || match.revision !== '') return undefined;
  return objectAt(around.object(match.kind, match.ofCluster ? '' : machine.namespace, match.name), 'spec');
}

function ownCpus(domain: Json | undefined, { settings }: Around): number {
  const cpu = objectAt(domain, 'cpu');
  const parts = ['sockets', 'cores', 'threads'].map((part) => numberIn(cpu, part));
  if (parts.some((part) => part > 0)) return parts.reduce((product, part) => product * (part || 1), 1);
  const asked = valueAt(domain, 'resources', 'limits', 'cpu') ?? valueAt(domain, 'resources', 'requests', 'cpu');
  return Math.max(1, Math.ceil(parseQuantity(asked ?? settings.cpuRequest) ?? 1));
}

function ownMemory(domain: Json | undefined): number | undefined {
  const [memory, resources] = [childIn(domain, 'memory'), childIn(domain, 'resources')];
  return (
    sizeIn(memory, 'guest') ??
    sizeIn(childIn(resources, 'requests'), 'memory') ??
    sizeIn(childIn(resources, 'limits'), 'memory') ??
    sizeIn(childIn(memory, 'hugepages'), 'pageSize')
  );
}

function sizeIn(object: Json | undefined, key: string): number | undefined {
  const size = object === undefined ? undefined : parseQuantity(object[key]);
  return size !== undefined && size > 0 ? size : undefined;
}
