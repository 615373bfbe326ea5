import { layoutOf } from '../../cluster/cpu-layout';
import { matchIn } from '../../cluster/kinds/name-fields';
import { objectAt, textAt, valueAt, withAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { StateObjects } from '../context';
import { preferredSpec } from './preferred-spec';

/** The spec of a machine's template with its instance type and preference worked into it. */
export interface ExpandedSpec {
  readonly spec: Json;
  /** What is named and not among the manifests: then what it brings is not known. */
  readonly missing: readonly MissingMatcher[];
}

/** An instance type or preference that is not at hand. */
export interface MissingMatcher {
  readonly matcher: 'instancetype' | 'preference';
  readonly kind: string;
  readonly name: string;
  /** Whether there is such a kind at all. */
  readonly isKind: boolean;
}

/**
 * Works the instance type and the preference of a machine into the spec of its template, as the controller does before it
 * compares two of them (KubeVirt v1.6.2: pkg/instancetype/apply/vm.go, ApplyToVM; the same fields in v1.9.0).
 */
export function expandedSpec(vm: Json, objects: StateObjects): ExpandedSpec {
  const template = objectAt(vm, 'spec', 'template', 'spec') ?? {};
  const namespace = textAt(vm, 'metadata', 'namespace');
  const type = matched(vm, 'instancetype', namespace, objects);
  const preference = matched(vm, 'preference', namespace, objects);
  const missing = [type.missing, preference.missing].filter((one) => one !== undefined);
  let spec = template;
  if (type.spec !== undefined) spec = withInstancetype(spec, type.spec, preference.spec);
  if (preference.spec !== undefined) spec = preferredSpec(spec, preference.spec);
  return { spec, missing };
}

interface Matched {
  readonly spec?: Json;
  readonly missing?: MissingMatcher;
}

/** As pkg/instancetype/find and preference/find take them: in any case, in the plural too. */
const KINDS = /^virtualmachine(cluster)?(instancetype|preference)s?$/i;

function matched(vm: Json, matcher: MissingMatcher['matcher'], namespace: string, objects: StateObjects): Matched {
  const match = matchIn(objectAt(vm, 'spec'), matcher);
  if (match === undefined) return {};
  const { name, ofCluster } = match;
  const written = textAt(vm, 'spec', matcher, 'kind');
  const isKind = written === '' || KINDS.test(written);
  const kind = isKind ? match.kind : written;
  const found = name === '' ? undefined : objects.find(kind, ofCluster ? '' : namespace, name);
  return found === undefined ? { missing: { matcher, kind, name, isKind } } : { spec: objectAt(found, 'spec') ?? {} };
}

/** pkg/instancetype/apply: cpu.go, memory.go, nodeselector.go, scheduler.go, gpu.go and the other files of the folder. */
function withInstancetype(template: Json, type: Json, preference: Json | undefined): Json {
  const domain = objectAt(template, 'domain') ?? {};
  const cpu = {
    ...objectAt(domain, 'cpu'),
    ...stated(objectAt(type, 'cpu'), ['model', 'isolateEmulatorThread', 'numa', 'realtime', 'maxSockets']),
    ...renamed(objectAt(type, 'cpu'), 'dedicatedCPUPlacement', 'dedicatedCpuPlacement'),
    ...topology(Number(valueAt(type, 'cpu', 'guest') ?? 0), preference),
  };
  const memory = {
    ...objectAt(domain, 'memory'),
    ...stated(objectAt(type, 'memory'), ['guest', 'hugepages', 'maxGuest']),
  };
  const devices = { ...objectAt(domain, 'devices'), ...stated(type, ['gpus', 'hostDevices']) };
  const whole = {
    ...domain,
    ...stated(type, ['ioThreadsPolicy', 'ioThreads', 'launchSecurity']),
    cpu,
    memory,
    devices,
  };
  return { ...template, ...stated(type, ['nodeSelector', 'schedulerName']), domain: withOvercommit(whole, type) };
}

function withOvercommit(domain: Json, type: Json): Json {
  const percent = valueAt(type, 'memory', 'overcommitPercent');
  const guest = parseQuantity(valueAt(type, 'memory', 'guest'));
  if (typeof percent !== 'number' || percent <= 0 || guest === undefined) return domain;
  return withAt(domain, ['resources', 'requests', 'memory'], String(Math.trunc(guest * (1 - percent / 100))));
}

function topology(count: number, preference: Json | undefined): Json {
  const one = { cores: 1, sockets: 1, threads: 1 };
  if (count <= 1) return one;
  const { topology: word, across, ratio } = layoutOf(preference ?? {});
  if (word === 'cores' || word === 'threads') return { ...one, [word]: count };
  if (word !== 'spread' || ratio === 0) return { ...one, sockets: count };
  if (across === 'CoresThreads') return { ...one, threads: ratio, cores: Math.trunc(count / ratio) };
  if (across === 'SocketsCoresThreads') {
    return { threads: 2, cores: ratio, sockets: Math.trunc(Math.trunc(count / 2) / ratio) };
  }
  return { ...one, cores: ratio, sockets: Math.trunc(count / ratio) };
}

function stated(value: Json | undefined, keys: readonly string[]): Json {
  return Object.fromEntries(keys.flatMap((key) => (value?.[key] === undefined ? [] : [[key, value[key]]])));
}

function renamed(value: Json | undefined, from: string, to: string): Json {
  return value?.[from] === undefined ? {} : { [to]: value[from] };
}
