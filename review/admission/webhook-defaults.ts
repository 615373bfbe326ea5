import { isAtLeast } from '../cluster/release-order';
import { isObject, objectAt, objectsAt, textAt, valueAt, withAt, valueFor } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import { ClusterConfig, Json, Subject } from '../rule';

/** What is known beside the object itself. */
export interface PrepareOptions {
  /** The object in the cluster, on an update. */
  readonly old?: Json;

  /**
   * The object as the API server stores it.
   *
   * @default - as it was written
   */
  readonly stored?: Json;
}

/**
 * Brings an object to where KubeVirt's rules see it: from what the API server stores (pruned, without nulls), changed
 * as the mutating webhook changes it, and defaulted as the validating webhook defaults its own copy.
 */
export function prepare(raw: Json, config: ClusterConfig, options: PrepareOptions = {}): Subject {
  const stored = options.stored ?? raw;
  if (!isVirtualMachine(raw)) return { raw, object: stored, defaulted: stored, old: options.old, config };
  const object = mutated(stored, config);
  return { raw, object, defaulted: defaulted(object, config), old: options.old, config };
}

function isVirtualMachine(raw: Json): boolean {
  return raw.kind === 'VirtualMachine' && textAt(raw, 'apiVersion').startsWith('kubevirt.io/');
}

/** Machine type of each architecture: pkg/virt-config/virt-config.go, Default…MachineType. */
const MACHINE_TYPES: Readonly<Record<string, string>> = {
  amd64: 'q35',
  arm64: 'virt',
  s390x: 's390-ccw-virtio',
  ppc64le: 'pseries',
};

/** What the mutating webhook stores: pkg/virt-api/webhooks/mutating-webhook/mutators/vm-mutator.go, Mutate. */
function mutated(vm: Json, config: ClusterConfig): Json {
  let object = vm;
  for (const [matcher, kind] of MATCHERS) {
    const given = objectAt(object, 'spec', matcher);
    if (textAt(given, 'name') !== '' && textAt(given, 'kind') === '') {
      object = withAt(object, ['spec', matcher, 'kind'], kind);
    }
  }
  const template = objectAt(object, ...SPEC);
  if (template === undefined) return object;
  const architecture = textAt(template, 'architecture') || config.architecture;
  const { domain } = template;
  if (!isObject(domain) || textAt(domain, 'machine', 'type') !== '') {
    return withAt(object, SPEC, { ...template, architecture });
  }
  const machine = { ...objectAt(domain, 'machine'), type: machineType(architecture, config) };
  return withAt(object, SPEC, { ...template, architecture, domain: { ...domain, machine } });
}

const MATCHERS = [
  ['instancetype', 'VirtualMachineClusterInstancetype'],
  ['preference', 'VirtualMachineClusterPreference'],
] as const;

const SPEC = ['spec', 'template', 'spec'] as const;

function machineType(architecture: string, config: ClusterConfig): string {
  const set = textAt(config.configuration, 'architectureConfiguration', architecture, 'machineType');
  return set || (valueFor(MACHINE_TYPES, architecture) ?? 'q35');
}

/**
 * What the validating webhook sets on its copy before its rules run: pkg/defaults/defaults.go,
 * SetDefaultVirtualMachineInstanceSpec and its callees. The bus of a disk is no part of it.
 */
function defaulted(vm: Json, config: ClusterConfig): Json {
  const template = objectAt(vm, ...SPEC);
  if (template === undefined || !isObject(template.domain)) return vm;
  const devices = withDisks(template.domain, objectsAt(template, 'volumes'));
  const domain = withTopology(withMemory(devices, config));
  const evictionStrategy = template.evictionStrategy ?? config.configuration.evictionStrategy;
  const spec = { ...template, domain, ...(evictionStrategy === undefined ? {} : { evictionStrategy }) };
  return withAt(vm, SPEC, withPodNetwork(spec, config));
}

/**
 * requests.cpu from the limits, and before v1.7.4 requests.memory from the limits, else from the guest's, before v1.6.2 less
 * what the cluster overcommits; then the guest's from these: setDefaultResourceRequests, setGuestMemory.
 */
function withMemory(domain: Json, config: ClusterConfig): Json {
  const resources = objectAt(domain, 'resources') ?? NOTHING;
  const limits = objectAt(resources, 'limits') ?? NOTHING;
  const given = objectAt(resources, 'requests') ?? NOTHING;
  const memory = objectAt(domain, 'memory') ?? NOTHING;
  const pages = valueAt(memory, 'hugepages', 'pageSize');
  const requests: Record<string, unknown> = { ...given };
  if (isZero(requests.cpu) && !isZero(limits.cpu)) requests.cpu = limits.cpu;
  if (!hasRelease(config, NO_MEMORY_REQUEST)) {
    if (isZero(requests.memory) && !isZero(limits.memory)) requests.memory = limits.memory;
    const asked = memory.guest ?? pages;
    if (requests.memory === undefined && (parseQuantity(asked) ?? 0) > 0) requests.memory = committed(asked, config);
  }
  const guest = memory.guest ?? [requests.memory, limits.memory, pages].find((value) => !isZero(value));
  const changed: Record<string, unknown> = { ...domain };
  if (Object.keys(requests).length > 0) changed.resources = { ...resources, requests };
  if (guest !== undefined) changed.memory = memory.guest === undefined ? { ...memory, guest } : memory;
  return changed;
}

const NOTHING: Json = {};

/** Whether Go's Quantity.IsZero holds; what is not a quantity counts as absent. */
function isZero(value: unknown): boolean {
  return (parseQuantity(value) ?? 0) === 0;
}

/** From this release on the webhook requests no memory. */
const NO_MEMORY_REQUEST = 'v1.7.4';
/** From this release on what it requests is not less than the guest's: the pod's template is. */
const WHOLE_REQUEST = 'v1.6.2';

function hasRelease({ release = WHOLE_REQUEST }: ClusterConfig, least: string): boolean {
  return isAtLeast(release, least);
}

function committed(memory: unknown, config: ClusterConfig): unknown {
  if (hasRelease(config, WHOLE_REQUEST)) return memory;
  const percent = valueAt(config.configuration, 'developerConfiguration', 'memoryOvercommit');
  if (typeof percent !== 'number' || percent === 100 || percent === 0) return memory;
  return String(Math.trunc(((parseQuantity(memory) ?? 0) * 100) / percent));
}

/** One core, one thread and as many sockets as CPUs are asked for, where no topology is given: SetDefaultGuestCPUTopology. */
function withTopology(domain: Json): Json {
  const cpu = objectAt(domain, 'cpu');
  if (cpu !== undefined && (isGiven(cpu.cores) || isGiven(cpu.sockets) || isGiven(cpu.threads))) return domain;
  const resources = objectAt(domain, 'resources');
  const amount = parseQuantity(valueAt(resources, 'limits', 'cpu') ?? valueAt(resources, 'requests', 'cpu'));
  return { ...domain, cpu: { ...cpu, cores: 1, threads: 1, sockets: Math.ceil(amount ?? 1) } };
}

function isGiven(count: unknown): boolean {
  return count !== undefined && count !== 0;
}

/** A disk for every volume that no disk and no filesystem names: setDefaultVolumeDisk. */
function withDisks(domain: Json, volumes: readonly Json[]): Json {
  const disks = objectsAt(domain, 'devices', 'disks');
  const named = new Set<unknown>();
  for (const { name } of disks) named.add(name);
  for (const { name } of objectsAt(domain, 'devices', 'filesystems')) named.add(name);
  const missing = volumes.filter(({ name }) => !named.has(name));
  if (missing.length === 0) return domain;
  return withAt(domain, ['devices', 'disks'], [...disks, ...missing.map(({ name }) => ({ name: name ?? '' }))]);
}

/** The pod network with the cluster's binding, where a VM names no network: pkg/network/vmispec, SetDefaultNetworkInterface. */
function withPodNetwork(spec: Json, config: ClusterConfig): Json {
  const devices = objectAt(spec, 'domain', 'devices');
  if (devices?.autoattachPodInterface === false) return spec;
  if (objectsAt(spec, 'networks').length > 0 || objectsAt(devices, 'interfaces').length > 0) return spec;
  const binding = textAt(config.configuration, 'network', 'defaultNetworkInterface') || 'bridge';
  const withInterface = withAt(spec, ['domain', 'devices', 'interfaces'], [{ name: 'default', [binding]: {} }]);
  return { ...withInterface, networks: [{ name: 'default', pod: {} }] };
}
