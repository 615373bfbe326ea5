import { isObject, objectsAt, valueAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import type { Json } from '../rule';
import type { Machine } from './machine';
import type { ClusterSettings } from './settings';

/** What a container asks for, in processors and bytes. */
export type Amounts = Readonly<Partial<Record<'cpu' | 'memory', number>>>;

/** A container of a pod that a machine or an import gets. */
export interface PodContainer {
  readonly name: string;
  readonly requests: Amounts;
  readonly limits: Amounts;
}

const MEGA = 1_000_000;

/** KubeVirt v1.5.3 to v1.9.0: pkg/virt-controller/services/serialconsolelog.go, resourcesForSerialConsoleLogContainer. */
const CONSOLE_LOG: PodContainer = {
  name: 'guest-console-log',
  requests: { cpu: 0.005, memory: 35 * MEGA },
  limits: { cpu: 0.015, memory: 60 * MEGA },
};

/** KubeVirt v1.9.0: pkg/container-disk/container-disk.go, getMinimalInitContainerDiskResources. */
const CONTAINER_DISK: PodContainer = {
  name: 'container-disk',
  requests: { cpu: 0.001, memory: MEGA },
  limits: { cpu: 0.01, memory: 40 * MEGA },
};

/** CDI v1.63.1 and v1.66.0: pkg/controller/config-controller.go, reconcileDefaultPodResourceRequirements. */
const OF_CDI: PodContainer = {
  name: 'importer',
  requests: { cpu: 0.1, memory: 60 * MEGA },
  limits: { cpu: 0.75, memory: 600 * MEGA },
};

/** The containers that stand beside that of the guest in the pod of a machine, as far as they are known. */
export function besideGuest({ guest }: Machine, settings: ClusterSettings): PodContainer[] {
  if (settings.unknown !== undefined) return [];
  const devices = valueAt(guest, 'domain', 'devices');
  const logs = valueAt(devices, 'logSerialConsole') ?? settings.logsSerialConsole;
  const hasLog = valueAt(devices, 'autoattachSerialConsole') !== false && logs === true;
  const hasImage = objectsAt(guest, 'volumes').some(({ containerDisk }) => isObject(containerDisk));
  const isPinned = valueAt(guest, 'domain', 'cpu', 'dedicatedCpuPlacement') === true;
  return [...(hasLog ? [CONSOLE_LOG] : []), ...(hasImage ? [CONTAINER_DISK] : [])].map((container) => {
    const own = withResources(container, settings.supportContainer(container.name));
    return isPinned || isGuaranteed(guest) ? { ...own, requests: own.limits } : own;
  });
}

/** The container of a pod with which CDI fills a claim. */
export function fillingContainer(settings: ClusterSettings): PodContainer {
  return withResources(OF_CDI, settings.cdiPodResources);
}

function withResources(container: PodContainer, resources: Json | undefined): PodContainer {
  const of = (part: 'requests' | 'limits'): Amounts => {
    const cpu = parseQuantity(valueAt(resources, part, 'cpu'));
    const memory = parseQuantity(valueAt(resources, part, 'memory'));
    return { cpu: cpu || container[part].cpu, memory: memory || container[part].memory };
  };
  return { ...container, requests: of('requests'), limits: of('limits') };
}

/** Whether requests and limits are stated, and the same: the pod is of the class Guaranteed then. */
function isGuaranteed(guest: Json): boolean {
  return (['cpu', 'memory'] as const).every((name) => {
    const [request, limit] = ['requests', 'limits'].map((part) =>
      parseQuantity(valueAt(guest, 'domain', 'resources', part, name)),
    );
    return request !== undefined && request === limit;
  });
}
