import { objectAt, valueAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import type { Json } from '../rule';
import { guestSize, instancetypeOf } from './guest-size';
import type { Surroundings } from './live-migration';
import { Machine } from './machine';

/** What is asked for a pod, by the words of a ResourceQuota. */
export type Resource = 'requests.cpu' | 'requests.memory' | 'limits.cpu' | 'limits.memory';

/** What the pod of a machine asks for at least; what is undefined is not known, or not asked for. */
export type PodDemand = Readonly<Partial<Record<Resource, number>>>;

/** What of a namespace decides what a pod asks for. */
export interface Limited {
  /** The resources that its quotas count. */
  readonly counted: ReadonlySet<string>;
  /** How much more than its request a pod may take where only a quota makes KubeVirt set its limit. */
  readonly ratio: number;
}

/** A namespace without a quota. */
export const UNLIMITED: Limited = { counted: new Set(), ratio: 1 };

/**
 * What the pod of a machine asks for, without what KubeVirt needs beside the guest: so it is the least that it takes. A limit
 * that nobody states is set where a quota of the namespace counts limits (KubeVirt v1.6.2:
 * pkg/virt-controller/services/renderresources.go, WithAutoMemoryLimits, WithoutDedicatedCPU, WithCPUPinning;
 * pkg/virt-controller/services/template.go, doesVMIRequireAutoResourceLimits).
 *
 * @param limited Its namespace.
 */
export function podDemand(
  machine: Machine,
  around: Pick<Surroundings, 'object' | 'settings'>,
  { counted, ratio }: Limited = UNLIMITED,
): PodDemand {
  const domain = objectAt(machine.guest, 'domain');
  const type = instancetypeOf(machine, around);
  const { cpus, memory } = guestSize(machine, around);
  const stated = (part: 'requests' | 'limits', name: 'cpu' | 'memory'): number | undefined =>
    parseQuantity(valueAt(domain, 'resources', part, name)) || undefined;
  const isPinned =
    valueAt(domain, 'cpu', 'dedicatedCpuPlacement') === true || valueAt(type, 'cpu', 'dedicatedCPUPlacement') === true;
  // Huge pages are counted apart, and overcommitted memory is asked for in part.
  const isCounted = !hasHugePages(domain, type) && !isOvercommitted(type, around);
  const memoryRequest = isCounted ? (stated('requests', 'memory') ?? stated('limits', 'memory') ?? memory) : undefined;
  const memoryLimit = isCounted
    ? (stated('limits', 'memory') ?? limitOf(memoryRequest, isPinned, counted.has('limits.memory'), ratio))
    : undefined;
  const cpuRequest = isPinned
    ? cpus
    : (stated('requests', 'cpu') ?? stated('limits', 'cpu') ?? shareOf(cpus, around.settings.cpuAllocationRatio));
  const cpuLimit = isPinned ? cpus : (stated('limits', 'cpu') ?? (counted.has('limits.cpu') ? cpus : undefined));
  return {
    'requests.cpu': cpuRequest,
    'requests.memory': memoryRequest,
    'limits.cpu': cpuLimit,
    'limits.memory': memoryLimit,
  };
}

function limitOf(request: number | undefined, isPinned: boolean, isAuto: boolean, ratio: number): number | undefined {
  if (request === undefined) return undefined;
  if (isPinned) return request;
  return isAuto ? request * ratio : undefined;
}

function shareOf(cpus: number | undefined, ratio: number): number | undefined {
  return cpus === undefined ? undefined : cpus / ratio;
}

function hasHugePages(domain: Json | undefined, type: Json | undefined): boolean {
  return [domain, type].some((one) => valueAt(one, 'memory', 'hugepages') !== undefined);
}

function isOvercommitted(type: Json | undefined, { settings }: Pick<Surroundings, 'settings'>): boolean {
  return valueAt(type, 'memory', 'overcommitPercent') !== undefined || (settings.memoryOvercommit ?? 100) !== 100;
}
