import { gateMayBeOn } from '../../cluster/config';
import { isAtLeast } from '../../cluster/release-order';
import { objectAt, objectsAt, textAt, withAt, without } from '../../manifests/json';
import { Json } from '../../rule';
import { Consequence } from '../consequence';
import { ChangeContext } from '../context';
import { changesIn, fromTo, isSame } from '../wording';
import { byName, MachineStates } from './machine-states';
import { KEEPS, Part } from './part';

const INTERFACES = ['domain', 'devices', 'interfaces'] as const;
const FIELD = 'spec.template.spec.domain.devices.interfaces';
const NETWORKS = 'spec.template.spec.networks';
const LIVE_UPDATE = 'pkg/network/vmliveupdate/restart.go, IsRestartRequired';
const HOTPLUG = 'pkg/network/controllers/vm.go, applyDynamicIfaceRequestOnVMI';

/**
 * What changes of networks and interfaces do to a running machine. Any change that the controller cannot bring to it makes
 * it compare the whole lists (KubeVirt v1.6.2 and v1.9.0: pkg/network/vmliveupdate/restart.go).
 */
export function networkParts({ before, after, instance }: MachineStates, context: ChangeContext): Part[] {
  const [was, is] = [before.expanded, after.expanded];
  const lists = [[...INTERFACES], ['networks']] as const;
  if (lists.every((path) => isSame(objectsAt(was, ...path), objectsAt(is, ...path)))) return [];
  const running = { faces: byName(instance.spec, ...INTERFACES), networks: byName(instance.spec, 'networks') };
  const wanted = { faces: byName(is, ...INTERFACES), networks: byName(is, 'networks') };
  const parts: Part[] = [];
  for (const [name, face] of running.faces) {
    const part = changedPart(name, face, running.networks.get(name), wanted, context);
    if (part !== undefined) parts.push(part);
  }
  for (const [name, face] of wanted.faces) {
    if (!running.faces.has(name)) parts.push(addedPart(name, face, wanted.networks.get(name), running, context, is));
  }
  for (const name of running.networks.keys()) {
    if (!wanted.networks.has(name) && !running.faces.has(name)) parts.push(removedPart(name, NETWORKS));
  }
  if (parts.length > 0) return parts;
  return [
    {
      field: FIELD,
      message: `the interfaces are written in another way: ${names(was)} → ${names(is)}`,
      consequence: Consequence.LATER,
      reason: 'the running machine keeps what it has, which is the same; the next start takes them in this order',
      source: LIVE_UPDATE,
    },
  ];
}

interface Networking {
  readonly faces: ReadonlyMap<string, Json>;
  readonly networks: ReadonlyMap<string, Json>;
}

function changedPart(
  name: string,
  face: Json,
  network: Json | undefined,
  wanted: Networking,
  context: ChangeContext,
): Part | undefined {
  const next = wanted.faces.get(name);
  const nextNetwork = wanted.networks.get(name);
  if (next === undefined || (network !== undefined && nextNetwork === undefined)) return removedPart(name, FIELD);
  const field = `${FIELD}[${[...wanted.faces.keys()].indexOf(name)}]`;
  if (!isSame(without(face, 'state'), without(next, 'state'))) {
    return restart(field, changeOf(name, face, next), KEEPS);
  }
  if (!isSame(network, nextNetwork)) return changedNetwork(name, network, nextNetwork, context);
  if (textAt(face, 'state') === textAt(next, 'state')) return undefined;
  return statePart(name, textAt(face, 'state'), textAt(next, 'state'), field);
}

/** `interface lan: model (absent) → e1000`; without the state, which is live. */
function changeOf(name: string, face: Json, next: Json): string {
  return `interface ${name}: ${changesIn(without(face, 'state', 'name'), without(next, 'state', 'name'))}`;
}

function changedNetwork(name: string, network: Json | undefined, next: Json | undefined, context: ChangeContext): Part {
  const path = ['multus', 'networkName'] as const;
  const message = `network ${name} ${fromTo(textAt(network, ...path) || undefined, textAt(next, ...path) || undefined)}`;
  const onlyName =
    objectAt(network, 'multus') !== undefined &&
    objectAt(next, 'multus') !== undefined &&
    isSame(withAt(network!, path, ''), withAt(next!, path, ''));
  const live = isAtLeast(context.kubevirt, 'v1.8.0') && gateMayBeOn(context.config, 'LiveUpdateNADRef');
  if (!onlyName || !live) return restart(NETWORKS, message, KEEPS);
  return {
    field: NETWORKS,
    message,
    consequence: Consequence.LIVE,
    reason: 'the running machine is connected to the other network, by a live migration',
    source: 'KubeVirt v1.9.0, pkg/network/controllers/vm.go, syncNetworks',
  };
}

function statePart(name: string, state: string, next: string, field: string): Part {
  const message = `interface ${name} becomes ${next || 'up'}`;
  if (state === 'absent') {
    return {
      field: `${field}.state`,
      message,
      consequence: Consequence.LATER,
      reason: 'an interface that is being unplugged does not come back before the next start',
      source: HOTPLUG,
    };
  }
  const words: Readonly<Record<string, string>> = {
    absent: 'it is unplugged from the running machine; KubeVirt then removes interface and network from the VM itself',
    down: 'the link of the running machine goes down',
  };
  const reason = words[next] ?? 'the link of the running machine comes up';
  return { field: `${field}.state`, message, consequence: Consequence.LIVE, reason, source: HOTPLUG };
}

function addedPart(
  name: string,
  face: Json,
  network: Json | undefined,
  running: Networking,
  { kubevirt }: ChangeContext,
  spec: Json,
): Part {
  const field = `${FIELD}[${objectsAt(spec, ...INTERFACES).findIndex((one) => textAt(one, 'name') === name)}]`;
  const message = `interface ${name} is added`;
  const isPod = objectAt(network, 'pod') !== undefined;
  const hadPod = [...running.networks.values()].some((one) => objectAt(one, 'pod') !== undefined);
  if (isPod && !hadPod && isAtLeast(kubevirt, 'v1.8.0')) {
    return restart(field, message, 'the running machine goes on without it until it is restarted (RestartRequired)');
  }
  const plugs = objectAt(face, 'bridge') !== undefined || objectAt(face, 'sriov') !== undefined;
  if (plugs && textAt(face, 'state') !== 'absent') {
    const reason = 'it is plugged into the running machine, by a live migration';
    return { field, message, consequence: Consequence.LIVE, reason, source: HOTPLUG };
  }
  return {
    field,
    message,
    consequence: Consequence.LATER,
    reason: 'only bridge and SR-IOV interfaces are plugged into a running machine; nothing asks for the restart',
    remedy: 'restart the machine (virtctl restart)',
    source: HOTPLUG,
  };
}

function removedPart(name: string, field: string): Part {
  return restart(
    field,
    `interface ${name} is removed`,
    'it stays until the machine is restarted (RestartRequired)',
    "write 'state: absent' on a bridge or SR-IOV interface to unplug it from the running machine",
  );
}

function restart(field: string, message: string, reason: string, remedy?: string): Part {
  return { field, message, consequence: Consequence.RESTART, reason, remedy, source: LIVE_UPDATE, asksRestart: true };
}

function names(spec: Json): string {
  return objectsAt(spec, ...INTERFACES)
    .map((face) => textAt(face, 'name'))
    .join(', ');
}
