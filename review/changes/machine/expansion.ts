import { isObject, objectAt, objectsAt, textAt, valueAt, withAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { StateObjects } from '../context';

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
  if (preference.spec !== undefined) spec = withPreference(spec, preference.spec);
  return { spec, missing };
}

interface Matched {
  readonly spec?: Json;
  readonly missing?: MissingMatcher;
}

function matched(vm: Json, matcher: MissingMatcher['matcher'], namespace: string, objects: StateObjects): Matched {
  const stated = objectAt(vm, 'spec', matcher);
  if (stated === undefined) return {};
  const name = textAt(stated, 'name');
  const word = matcher === 'instancetype' ? 'Instancetype' : 'Preference';
  const isNamespaced = textAt(stated, 'kind').toLowerCase().replace(/s$/, '') === `virtualmachine${word.toLowerCase()}`;
  const kind = `VirtualMachine${isNamespaced ? '' : 'Cluster'}${word}`;
  const found = name === '' ? undefined : objects.find(kind, isNamespaced ? namespace : '', name);
  return found === undefined ? { missing: { matcher, kind, name } } : { spec: objectAt(found, 'spec') ?? {} };
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
  const memory = stated(objectAt(type, 'memory'), ['guest', 'hugepages', 'maxGuest']);
  const devices = { ...objectAt(domain, 'devices'), ...stated(type, ['gpus', 'hostDevices']) };
  const whole = { ...domain, ...stated(type, ['ioThreadsPolicy', 'launchSecurity']), cpu, memory, devices };
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
  const cpu = objectAt(preference, 'cpu');
  const word = (textAt(cpu, 'preferredCPUTopology') || 'sockets').replace(/^prefer/, '').toLowerCase();
  if (word === 'cores' || word === 'threads') return { ...one, [word]: count };
  if (word !== 'spread') return { ...one, sockets: count };
  const ratio = Number(
    valueAt(cpu, 'spreadOptions', 'ratio') ?? (valueAt(preference, 'preferSpreadSocketToCoreRatio') || 2),
  );
  const across = textAt(cpu, 'spreadOptions', 'across') || 'SocketsCores';
  if (across === 'CoresThreads') return { ...one, threads: ratio, cores: Math.trunc(count / ratio) };
  if (across === 'SocketsCoresThreads') {
    return { threads: 2, cores: ratio, sockets: Math.trunc(Math.trunc(count / 2) / ratio) };
  }
  return { ...one, cores: ratio, sockets: Math.trunc(count / ratio) };
}

/** pkg/instancetype/preference/apply: disk.go, interface.go, device.go, firmware.go, features.go, clock.go. */
function withPreference(template: Json, preference: Json): Json {
  const domain = objectAt(template, 'domain') ?? {};
  const devices = objectAt(domain, 'devices') ?? {};
  const preferred = objectAt(preference, 'devices') ?? {};
  const disks = objectsAt(devices, 'disks').map((disk) => withPreferredDisk(disk, preferred));
  const model = textAt(preferred, 'preferredInterfaceModel');
  const interfaces = objectsAt(devices, 'interfaces').map((face) =>
    model !== '' && textAt(face, 'model') === '' ? { ...face, model } : face,
  );
  const flags = Object.entries(DEVICE_FLAGS).filter(([own, word]) => devices[own] === undefined && word in preferred);
  const withDevices = {
    ...domain,
    devices: {
      ...devices,
      ...Object.fromEntries(flags.map(([own, word]) => [own, preferred[word]])),
      ...(disks.length > 0 ? { disks } : {}),
      ...(interfaces.length > 0 ? { interfaces } : {}),
    },
  };
  return {
    ...template,
    ...absentOnly(template, 'terminationGracePeriodSeconds', preference.preferredTerminationGracePeriodSeconds),
    ...absentOnly(template, 'subdomain', preference.preferredSubdomain),
    domain: withPreferredMachine(withDevices, preference),
  };
}

const DEVICE_FLAGS: Readonly<Record<string, string>> = {
  autoattachGraphicsDevice: 'preferredAutoattachGraphicsDevice',
  autoattachMemBalloon: 'preferredAutoattachMemBalloon',
  autoattachPodInterface: 'preferredAutoattachPodInterface',
  autoattachSerialConsole: 'preferredAutoattachSerialConsole',
  autoattachInputDevice: 'preferredAutoattachInputDevice',
  useVirtioTransitional: 'preferredUseVirtioTransitional',
  networkInterfaceMultiqueue: 'preferredNetworkInterfaceMultiQueue',
  blockMultiQueue: 'preferredBlockMultiQueue',
  rng: 'preferredRng',
  tpm: 'preferredTPM',
};

function withPreferredDisk(disk: Json, preferred: Json): Json {
  const kind = (['disk', 'cdrom', 'lun'] as const).find((word) => isObject(disk[word])) ?? 'disk';
  const word = { disk: 'preferredDiskBus', cdrom: 'preferredCdromBus', lun: 'preferredLunBus' }[kind];
  const target = objectAt(disk, kind) ?? {};
  const bus = textAt(target, 'bus') || textAt(preferred, word);
  const changed = { ...disk, [kind]: bus === '' ? target : { ...target, bus } };
  if (kind !== 'disk') return changed;
  return {
    ...changed,
    ...absentOnly(disk, 'cache', preferred.preferredDiskCache),
    ...absentOnly(disk, 'io', preferred.preferredDiskIO),
    ...absentOnly(disk, 'blockSize', preferred.preferredDiskBlockSize),
    ...(bus === 'virtio' ? absentOnly(disk, 'dedicatedIOThread', preferred.preferredDiskDedicatedIoThread) : {}),
  };
}

function withPreferredMachine(domain: Json, preference: Json): Json {
  const efi = valueAt(preference, 'firmware', 'preferredEfi');
  let changed = domain;
  if (isObject(efi) && objectAt(domain, 'firmware', 'bootloader') === undefined) {
    changed = withAt(changed, ['firmware', 'bootloader', 'efi'], efi);
  }
  const clock = objectAt(preference, 'clock');
  const timer = objectAt(clock, 'preferredTimer');
  if (timer !== undefined) {
    changed = withAt(changed, ['clock', 'timer'], { ...timer, ...objectAt(domain, 'clock', 'timer') });
  }
  return changed;
}

function absentOnly(value: Json, key: string, preferred: unknown): Json {
  return preferred === undefined || (value[key] !== undefined && value[key] !== '') ? {} : { [key]: preferred };
}

function stated(value: Json | undefined, keys: readonly string[]): Json {
  return Object.fromEntries(keys.flatMap((key) => (value?.[key] === undefined ? [] : [[key, value[key]]])));
}

function renamed(value: Json | undefined, from: string, to: string): Json {
  return value?.[from] === undefined ? {} : { [to]: value[from] };
}
