import { kindNameOf, nameOf } from '../cluster/identity';
import { guestField, matchOf } from '../cluster/machine';
import { isAtLeast } from '../cluster/release-order';
import { Severity } from '../finding';
import { isObject, objectAt, valueAt } from '../manifests/json';
import { Json } from '../rule';
import { ReferenceRule } from './rule';

const APPLY = 'KubeVirt, pkg/instancetype/apply';

/**
 * What a machine may not say beside an instance type, since every instance type says it: cpu.go, validateCPU, and
 * memory.go, applyMemory. Paths are below the spec of the template.
 */
const ALWAYS: readonly string[] = [
  'domain.resources.requests.memory',
  'domain.resources.limits.memory',
  'domain.resources.requests.cpu',
  'domain.resources.limits.cpu',
  ...['sockets', 'cores', 'threads'].map((part) => `domain.cpu.${part}`),
];

/** Before this release a machine may say nothing of memory; then not what the instance type says: memory.go, validateMemory. */
const MEMORY_BY_FIELD = 'v1.7.4';

/** A field that a machine and its instance type have. */
interface Shared {
  readonly own: string;
  readonly type: string;
  readonly answer?: string;
}

/**
 * What a machine may not say where the instance type says it too: the same path below its spec, unless another is
 * given, and the path that the answer names.
 */
const WHERE_BOTH: readonly Shared[] = [
  { own: 'nodeSelector', type: 'nodeSelector' },
  { own: 'schedulerName', type: 'schedulerName' },
  { own: 'domain.cpu.model', type: 'cpu.model' },
  {
    own: 'domain.cpu.dedicatedCpuPlacement',
    type: 'cpu.dedicatedCPUPlacement',
    answer: 'domain.cpu.dedicatedCPUPlacement',
  },
  { own: 'domain.cpu.isolateEmulatorThread', type: 'cpu.isolateEmulatorThread' },
  { own: 'domain.cpu.numa', type: 'cpu.numa' },
  { own: 'domain.cpu.realtime', type: 'cpu.realtime' },
  { own: 'domain.ioThreadsPolicy', type: 'ioThreadsPolicy' },
  { own: 'domain.launchSecurity', type: 'launchSecurity' },
  { own: 'domain.devices.gpus', type: 'gpus' },
  { own: 'domain.devices.hostDevices', type: 'hostDevices' },
];

const MEMORY: readonly Shared[] = ['hugepages', 'maxGuest'].map((key) => ({
  own: `domain.memory.${key}`,
  type: `memory.${key}`,
}));

/** Fields that Go holds by pointer: false and an empty object are said, too. */
const POINTERS: ReadonlySet<string> = new Set([
  ...[
    'domain.memory',
    'domain.memory.guest',
    'domain.memory.hugepages',
    'memory.hugepages',
    'domain.cpu.numa',
    'domain.cpu.realtime',
    'domain.launchSecurity',
    'domain.ioThreadsPolicy',
  ],
  ...['cpu.dedicatedCPUPlacement', 'cpu.isolateEmulatorThread', 'cpu.model', 'cpu.numa', 'cpu.realtime'],
  ...['ioThreadsPolicy', 'launchSecurity'],
]);

/** Rules that a machine leaves out what its instance type says: CPU and memory stand in each, the rest if it is among the manifests. */
export const INSTANCETYPE_CONFLICT_RULES: readonly ReferenceRule[] = [
  {
    id: 'instancetype-conflict',
    sentence: 'A machine with an instance type leaves out what the instance type sets.',
    source: `${APPLY}/cpu.go:validateCPU, memory.go:applyMemory, and the other files of the folder`,
    severity: Severity.ERROR,
    check: (cluster, note) => {
      const pools = cluster.withSets.filter(({ replicas }) => replicas !== undefined);
      for (const machine of [...cluster.virtualMachines, ...pools]) {
        const match = matchOf(machine, 'instancetype');
        if (match === undefined || match.name === '') continue;
        const type = cluster.matched(machine, 'instancetype');
        const title = type === undefined ? 'every instance type' : `${kindNameOf(type)} '${nameOf(type)}'`;
        for (const path of conflicts(machine.guest, objectAt(type?.object, 'spec'), cluster.release)) {
          const name = path.slice(path.lastIndexOf('.') + 1);
          const message = `'${name}' must be left out beside the instance type, got it in the machine and in ${title}`;
          // A type that is not there yet is looked at when the machine starts, and that of a pool when it makes its machines.
          const isLater = type === undefined || machine.replicas !== undefined;
          const severity = isLater ? Severity.WARNING : Severity.ERROR;
          note(machine.from, guestField(machine, path), message, 'the instance type decides it', undefined, severity);
        }
      }
    },
  },
  {
    id: 'instancetype-annotation-conflict',
    sentence: 'A machine with an instance type leaves out the annotations that the instance type sets.',
    source: `${APPLY}/annotations.go:applyInstanceTypeAnnotations`,
    severity: Severity.ERROR,
    check: (cluster, note) => {
      for (const [machine, type] of cluster.matches('instancetype')) {
        const own = machine.annotations;
        for (const [key, value] of Object.entries(objectAt(type.object, 'spec', 'annotations') ?? {})) {
          if (own[key] === undefined || own[key] === value) continue;
          const message = `'${key}' must be ${JSON.stringify(value)}, as the instance type says, got ${JSON.stringify(own[key])}`;
          // The webhook does not say which path this is below.
          note(machine.from, `annotations.${key}`, message, 'leave it out');
        }
      }
    },
  },
];

function conflicts(template: Json | undefined, type: Json | undefined, release = 'v1.6.2'): string[] {
  const isByField = isAtLeast(release, MEMORY_BY_FIELD);
  const always = [isByField ? 'domain.memory.guest' : 'domain.memory', ...ALWAYS];
  const both = [...WHERE_BOTH, ...(isByField ? MEMORY : [])].filter(
    ({ own, type: path }) => says(template, own) && says(type, path),
  );
  return [...always.filter((path) => says(template, path)), ...both.map(({ own, answer }) => answer ?? own)];
}

/** Whether a field is set once it is decoded: what Go omits when it is empty is not. */
function says(value: Json | undefined, path: string): boolean {
  const found = valueAt(value, ...path.split('.'));
  if (found === undefined || found === null) return false;
  if (POINTERS.has(path)) return true;
  if (Array.isArray(found)) return found.length > 0;
  if (isObject(found)) return Object.keys(found).length > 0;
  return path.includes('.resources.') || (found !== '' && found !== 0 && found !== false);
}
