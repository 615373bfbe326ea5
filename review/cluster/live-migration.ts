import type { AccessMode } from '../../constructs/storage/claim-modes';
import { doubtOfSharing, type StorageKnowledge } from '../../constructs/storage/claim-outcome';
import type {
  GuestFacts,
  PodInterfaceFacts,
  UnknownPart,
  VolumeFacts,
} from '../../constructs/storage/live-migration-facts';
import { judgeLiveMigration, MigrationObstacle, MigrationOutcome } from '../../constructs/storage/live-migration-rules';
import { childIn, isObject, listIn, objectAt, objectsAt, textAt, textIn, valueAt } from '../manifests/json';
import type { Json } from '../rule';
import { Claim } from './claim';
import { claimName, Machine, matchOf, sharersOf } from './machine';
import { isAtLeast } from './release-order';
import { ClusterSettings } from './settings';

/** What a machine depends on. */
export interface Surroundings {
  claim(namespace: string, name: string): Claim | undefined;
  object(kind: string, namespace: string, name: string): Json | undefined;
  readonly settings: ClusterSettings;
  readonly storage: StorageKnowledge;
}

/**
 * From this release on a persistent reservation is no obstacle, and with the gate VGPULiveMigration neither is one mediated GPU:
 * pkg/virt-handler/vm.go, calculateLiveMigrationCondition and vmiContainsNonMigratablePCIHostDevices.
 */
const RESERVATIONS_MOVE = 'v1.9.0';

const ALLOW_POD_BRIDGE = 'kubevirt.io/allow-pod-bridge-network-live-migration';

/** Whether a machine can be live-migrated, as far as the manifests say it. */
export interface Judgement extends MigrationOutcome {
  /** What stands against it for certain, and not only while KubeVirt is as its release makes it. */
  readonly proven: readonly MigrationObstacle[];
}

/** Judges a machine, with the claims, instance types and settings around it. */
export function judge(machine: Machine, around: Surroundings): Judgement {
  const facts = guestFacts(machine, around);
  const { verdict, obstacles } = judgeLiveMigration(facts);
  const isAssumed = facts.podInterface?.isDefault === true && around.settings.areDefaults;
  const assumed = (obstacle: MigrationObstacle): boolean => isAssumed && obstacle.rule === 'LM-01';
  return {
    verdict,
    obstacles: obstacles.map((obstacle) => (assumed(obstacle) ? { ...obstacle, ...byDefault(obstacle) } : obstacle)),
    proven: obstacles.filter((obstacle) => obstacle.certain && !assumed(obstacle)),
  };
}

function byDefault({ message }: MigrationObstacle): Pick<MigrationObstacle, 'message'> {
  return { message: `${message}: its default, for no KubeVirt object is among the manifests` };
}

/** Everything that decides whether a machine can be live-migrated. */
function guestFacts(machine: Machine, around: Surroundings): GuestFacts {
  const { guest, annotations } = machine;
  const instancetype = found(machine, around, 'instancetype');
  const preference = found(machine, around, 'preference');
  const domain = childIn(guest, 'domain') ?? NOTHING;
  const devices = childIn(domain, 'devices') ?? NOTHING;
  const type = instancetype.spec ?? NOTHING;
  const { connection, open } = podInterface(guest, devices, around.settings, preference);
  const { release } = around.settings;
  const isLater = release !== undefined && isAtLeast(release, RESERVATIONS_MOVE);
  const gpus = namesOf(listIn(devices, 'gpus'), listIn(type, 'gpus'));
  const mayMove = isLater && gpus.length === 1 && around.settings.lists('VGPULiveMigration');
  return {
    volumes: listIn(guest, 'volumes').map((volume) => volumeFacts(machine, volume, around)),
    podInterface: connection,
    allowsPodBridge:
      annotations[ALLOW_POD_BRIDGE] !== undefined ||
      (isObject(type.annotations) && type.annotations[ALLOW_POD_BRIDGE] !== undefined),
    bindingPlugins: around.settings.bindingPlugins(connection?.plugin),
    hostDevices: namesOf(listIn(devices, 'hostDevices'), listIn(type, 'hostDevices')),
    gpus: mayMove ? [] : gpus,
    encryptedMemory: encryption(childIn(domain, 'launchSecurity') ?? childIn(type, 'launchSecurity')),
    architecture: textIn(guest, 'architecture') || undefined,
    reservedLuns: isLater ? [] : reservedLuns(devices),
    reenlightens: reenlightens(domain),
    minimumTscFrequency: around.settings.minimumTscFrequency,
    passesHyperVThrough: childIn(childIn(domain, 'features'), 'hypervPassthrough')?.enabled === true,
    notKnown: [
      ...(instancetype.unknown === undefined
        ? []
        : [
            {
              rule: 'LM-03' as const,
              field: 'instancetype',
              message: `${instancetype.unknown}: it may bring devices of the node`,
            },
          ]),
      ...(mayMove
        ? [
            {
              rule: 'LM-03' as const,
              field: 'domain.devices.gpus',
              message: `${gpus[0]} moves if it is a mediated device`,
            },
          ]
        : []),
      ...(open === undefined ? [] : [open]),
    ],
  };
}

const NOTHING: Json = {};

function reservedLuns(devices: Json): { readonly name: string; readonly field: string }[] {
  return listIn(devices, 'disks').flatMap((disk, index) =>
    childIn(disk, 'lun')?.reservation === true
      ? [{ name: textIn(disk, 'name'), field: `domain.devices.disks[${index}]` }]
      : [],
  );
}

function volumeFacts(machine: Machine, volume: Json, around: Surroundings): VolumeFacts {
  const { namespace } = machine;
  const name = textIn(volume, 'name');
  const hostDisk = childIn(volume, 'hostDisk');
  const named = claimName(volume);
  if (named === undefined) return { name, hostDisk: hostDisk && { shared: hostDisk.shared === true } };
  const claim = around.claim(namespace, named);
  if (claim === undefined) return { name, claim: { name: named, why: 'the claim is not among the manifests' } };
  const accessModes = claim.settled.accessModes as AccessMode[] | undefined;
  const isKnown = accessModes !== undefined && accessModes.length > 0;
  if (!isKnown) return { name, claim: { name: named, why: 'the StorageProfile decides them' } };
  const doubt = doubtOfSharing(around.storage, claim.settled);
  return { name, claim: { name: named, accessModes, doubt, users: sharersOf(machine, named) } };
}

/** How a VM is connected to the network of its pod; `open`: what decides it is not known. */
interface Connection {
  readonly connection?: PodInterfaceFacts;
  readonly open?: UnknownPart;
}

/**
 * A VM that names no network gets that of the pod, with the cluster's default binding: pkg/network/vmispec (v1.6.2). A
 * preference may keep it from that, and bind an interface of the pod network that names no binding by masquerade:
 * pkg/instancetype/preference/apply/interface.go and device.go.
 */
function podInterface(guest: Json, devices: Json, settings: ClusterSettings, preference: Found): Connection {
  const networks = listIn(guest, 'networks');
  const interfaces = listIn(devices, 'interfaces');
  const field = 'domain.devices.interfaces';
  if (networks.length === 0 && interfaces.length === 0) {
    const attach =
      devices.autoattachPodInterface ?? valueAt(preference.spec, 'devices', 'preferredAutoattachPodInterface');
    if (attach === false) return {};
    if (attach === undefined && preference.unknown !== undefined) return openBy('preference', preference.unknown);
    if (settings.unknown !== undefined) return openBy(field, settings.unknown);
    return { connection: { binding: settings.defaultInterface, isDefault: true, field } };
  }
  const pod = networks.find((network) => isObject(network.pod));
  const index = interfaces.findIndex(({ name }) => pod !== undefined && name === pod.name);
  const connected = interfaces[index];
  if (connected === undefined) return {};
  const named = BINDINGS.find((word) => connected[word] !== undefined && connected[word] !== null);
  if (named === undefined && preference.unknown !== undefined) return openBy('preference', preference.unknown);
  const preferred = isObject(valueAt(preference.spec, 'devices', 'preferredInterfaceMasquerade'));
  const binding = named ?? (preferred ? 'masquerade' : 'bridge');
  const plugin = binding === 'binding' ? textAt(connected, 'binding', 'name') : undefined;
  return { connection: { binding, plugin, isDefault: false, field: `${field}[${index}]` } };
}

function openBy(field: string, why: string): Connection {
  return { open: { rule: 'LM-01', field, message: `${why}: it may decide how the VM is connected` } };
}

const BINDINGS = ['masquerade', 'bridge', 'sriov', 'binding', 'macvtap', 'passt', 'passtBinding', 'slirp'];

function namesOf(...lists: readonly (readonly Json[])[]): string[] {
  return lists.flat().map((device) => textIn(device, 'name') || textIn(device, 'deviceName'));
}

function encryption(security: Json | undefined): string | undefined {
  if (security === undefined) return undefined;
  return isObject(security.sev) ? 'sev' : (Object.keys(security)[0] ?? 'launchSecurity');
}

function reenlightens(domain: Json): boolean {
  const feature = childIn(childIn(childIn(domain, 'features'), 'hyperv'), 'reenlightenment');
  if (feature === undefined || feature.enabled === false) return false;
  const cpu = objectsAt(domain, 'cpu', 'features').find(({ name }) => name === 'invtsc');
  return !(cpu !== undefined && ['require', 'force', ''].includes(textAt(cpu, 'policy')));
}

/** The instance type or preference that a machine names: its spec, or why that is not known; empty if it names neither. */
interface Found {
  readonly spec?: Json;
  readonly unknown?: string;
}

function found(machine: Machine, around: Surroundings, part: 'instancetype' | 'preference'): Found {
  const match = matchOf(machine, part);
  if (match === undefined) return {};
  const { kind, ofCluster, name, inferredFrom } = match;
  if (name === '') return { unknown: `which ${part} the volume ${inferredFrom} names` };
  const object = around.object(kind, ofCluster ? '' : machine.namespace, name);
  return object === undefined
    ? { unknown: `the ${part} ${name} is not among the manifests` }
    : { spec: objectAt(object, 'spec') };
}
