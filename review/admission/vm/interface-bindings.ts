import { childIn, has, objectsAt, textIn, valueAt } from '../../manifests/json';
import { Json, Rule } from '../../rule';
import { EVERY_HOLDER, MAKERS } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, needsGate, show } from '../shared/wording';
import { cite, DEVICES, each, gated, hasRelease, Machine, MachineCheck } from './machine';

const INTERFACES = `${DEVICES}.interfaces`;
const BINDING = 'pkg/network/admitter/binding.go';

/** The bindings that KubeVirt brings itself. */
export const BUILT_IN_BINDINGS = ['bridge', 'macvtap', 'masquerade', 'passt', 'slirp', 'sriov'] as const;

/** MAC address of the bridge in the pod: pkg/network/link, IsReserved. */
const RESERVED_MAC = '02:00:00:00:00:00';

/**
 * A binding that is in the API and can no longer be created. While its gate is listed the webhook of creation refuses it,
 * without it the one of every write does.
 */
interface DiscontinuedBinding {
  readonly binding: string;
  readonly gate: string;
  readonly network: 'multus' | 'pod';
}

const MACVTAP: DiscontinuedBinding = { binding: 'macvtap', gate: 'Macvtap', network: 'multus' };
const PASST: DiscontinuedBinding = { binding: 'passt', gate: 'Passt', network: 'pod' };

/** What counts as a binding from v1.9.0 on: countInterfaceBindings. */
const BINDINGS = ['bridge', 'masquerade', 'sriov', 'passtBinding', 'binding'] as const;

const OLD_BINDINGS = ['macvtap', 'passt', 'slirp'] as const;

const PASST_BINDING_GATE = 'PasstBinding';

/** From this release on no discontinued binding is created, whatever is listed. */
const NEVER_NEW = 'v1.8.4';
const DISCONTINUED = [
  { since: NEVER_NEW, source: cite('pkg/network/admitter/discontinued.go', 'validateDiscontinuedBindings') },
];

const DISCONTINUED_GATES = cite('pkg/virt-config/featuregate/validator.go', 'ValidateFeatureGates');
const USE_PLUGIN = "use a network binding plugin: 'binding: {name: …}'";

/** How an interface is connected to its network. */
export const INTERFACE_BINDING_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'interface-masquerade-pod',
    about: ['masquerade'],
    sentence: 'The masquerade binding is on the pod network.',
    source: cite(BINDING, 'validateMasqueradeBinding'),
    check: each('interfaces', (entry, index, note, machine) => {
      if (!has(entry, 'masquerade') || has(networkOf(entry, machine), 'pod')) return;
      const remedy = "use 'bridge' or 'sriov' on a multus network";
      note(`${INTERFACES}[${index}].name`, must('name', "be the pod network's with 'masquerade'", entry.name), remedy);
    }),
  },
  {
    id: 'interface-masquerade-mac-reserved',
    about: ['macAddress'],
    sentence: 'A masquerade interface does not have the MAC address of the bridge in the pod.',
    source: cite(BINDING, 'validateMasqueradeBinding'),
    check: each('interfaces', (entry, index, note) => {
      if (!has(entry, 'masquerade') || entry.macAddress !== RESERVED_MAC) return;
      const message = must('macAddress', 'be another one: the bridge in the pod has it', RESERVED_MAC);
      note(`${INTERFACES}[${index}].macAddress`, message);
    }),
  },
  {
    id: 'interface-bridge-pod-permitted',
    about: ['bridge'],
    sentence: 'The bridge binding is on the pod network only if the cluster permits it.',
    source: cite(BINDING, 'validateBridgeBinding'),
    check: each('interfaces', (entry, index, note, machine) => {
      if (!has(entry, 'bridge') || !has(networkOf(entry, machine), 'pod') || permitsBridge(machine)) return;
      // The default itself fails before: interface-default-binding-permitted.
      if (machine.defaultInterface) return;
      const message = "'bridge' must stand on another network: the cluster forbids it on the pod network";
      note(`${INTERFACES}[${index}].name`, message, "use 'masquerade'");
    }),
  },
  {
    id: 'interface-binding-exclusive',
    until: 'v1.8.4',
    about: ['binding'],
    sentence: 'An interface has a binding plugin or a built-in binding, not both.',
    source: cite(BINDING, 'validateInterfaceBinding'),
    check: each('interfaces', (entry, index, note) => {
      const given = BUILT_IN_BINDINGS.filter((binding) => has(entry, binding));
      if (!has(entry, 'binding') || given.length === 0) return;
      note(`${INTERFACES}[${index}].binding`, `'binding' must stand without another binding, got ${show(given)}`);
    }),
  },
  {
    id: 'interface-binding-given',
    since: 'v1.9.0',
    sentence: 'An interface has exactly one binding.',
    source: cite(BINDING, 'validateInterfaceBindingExists'),
    check: each('interfaces', (entry, index, note, { hasPreference, defaultInterface, creating }) => {
      const given = BINDINGS.filter((binding) => has(entry, binding));
      // On creation a discontinued binding is refused before.
      if (creating && OLD_BINDINGS.some((binding) => has(entry, binding))) return;
      // The default itself has one, and a preference may bring one.
      if (given.length === 1 || defaultInterface || (given.length === 0 && hasPreference)) return;
      const message = `'interfaces' must each have one binding, got ${given.length === 0 ? 'none' : show(given)}`;
      note(`${INTERFACES}[${index}]`, message, "write 'masquerade: {}' on the pod network, else 'bridge: {}'");
    }),
  },
  {
    id: 'interface-passt-binding-gate',
    since: 'v1.8.4',
    about: ['passtBinding'],
    sentence: 'The passtBinding is used while its feature gate is on.',
    source: cite('pkg/network/admitter/passt.go', 'validatePasstBinding'),
    check: each('interfaces', (entry, index, note, machine) => {
      if (!has(entry, 'passtBinding') || gated(machine, PASST_BINDING_GATE)) return;
      const field = `${INTERFACES}[${index}]`;
      const message = needsGate('passtBinding', PASST_BINDING_GATE);
      note(`${field}.passtBinding`, message, listGate(PASST_BINDING_GATE), `${field}.name`);
    }),
  },
  {
    id: 'interface-passt-binding-network',
    since: 'v1.8.4',
    about: ['passtBinding'],
    sentence: 'The passtBinding is on the pod network.',
    source: cite('pkg/network/admitter/passt.go', 'validatePasstBinding'),
    check: each('interfaces', (entry, index, note, machine) => {
      if (!has(entry, 'passtBinding') || has(networkOf(entry, machine), 'pod')) return;
      note(`${INTERFACES}[${index}].name`, must('name', "be of a pod network with 'passtBinding'", entry.name));
    }),
  },
  {
    id: 'interface-default-binding-permitted',
    kinds: MAKERS,
    sentence: 'The interface that KubeVirt adds by default has a binding that the cluster permits.',
    source: cite('pkg/network/vmispec/defaults.go', 'SetDefaultNetworkInterface'),
    check: (machine, note) => {
      const { object } = machine.subject;
      if (!machine.defaultInterface || machine.devices.autoattachPodInterface === false) return;
      if (objectsAt(object, 'spec', 'template', 'spec', 'networks').length > 0) return;
      const binding = textIn(childIn(machine.config.configuration, 'network'), 'defaultNetworkInterface') || 'bridge';
      if (binding !== 'slirp' && (binding !== 'bridge' || permitsBridge(machine))) return;
      const message = `'interfaces' must be given: the cluster's default binding, '${binding}', is forbidden in it`;
      note(INTERFACES, message, "write an interface with 'masquerade' and its pod network");
    },
  },
  {
    id: 'interface-macvtap-gate',
    until: 'v1.7.4',
    about: ['macvtap'],
    sentence: 'The macvtap binding is used while its feature gate is listed.',
    source: cite('pkg/network/admitter/macvtap.go', 'validateMacvtapBinding'),
    check: whileListed(MACVTAP),
  },
  {
    id: 'interface-macvtap-network',
    until: 'v1.7.4',
    about: ['macvtap'],
    sentence: 'The macvtap binding is on a multus network.',
    source: cite('pkg/network/admitter/macvtap.go', 'validateMacvtapBinding'),
    check: onNetwork(MACVTAP),
  },
  {
    id: 'interface-macvtap-discontinued',
    moved: DISCONTINUED,
    kinds: MAKERS,
    about: ['macvtap'],
    sentence: 'A new machine has no macvtap binding, which KubeVirt no longer has.',
    source: DISCONTINUED_GATES,
    check: notNew(MACVTAP),
  },
  {
    id: 'interface-passt-gate',
    until: 'v1.7.4',
    about: ['passt'],
    sentence: 'The passt binding is used while its feature gate is listed.',
    source: cite('pkg/network/admitter/passt.go', 'validatePasstBinding'),
    check: whileListed(PASST),
  },
  {
    id: 'interface-passt-network',
    until: 'v1.7.4',
    about: ['passt'],
    sentence: 'The passt binding is on the pod network.',
    source: cite('pkg/network/admitter/passt.go', 'validatePasstBinding'),
    check: onNetwork(PASST),
  },
  {
    id: 'interface-passt-discontinued',
    moved: DISCONTINUED,
    kinds: MAKERS,
    about: ['passt'],
    sentence: 'A new machine has no passt binding, which KubeVirt no longer has.',
    source: DISCONTINUED_GATES,
    check: notNew(PASST),
  },
  {
    id: 'interface-slirp-discontinued',
    moved: DISCONTINUED,
    kinds: MAKERS,
    about: ['slirp'],
    sentence: 'A new machine has no slirp binding, which KubeVirt no longer has.',
    source: cite('pkg/network/admitter/slirp.go', 'validateCreationSlirpBinding'),
    check: each('interfaces', (entry, index, note, { creating }) => {
      if (!creating || !has(entry, 'slirp')) return;
      const message = "'slirp' must be left out: KubeVirt no longer has this binding";
      // On creation the webhook starts its path at the machine's own spec.
      const serverField = `spec.domain.devices.interfaces[${index}].slirp`;
      note(`${INTERFACES}[${index}].slirp`, message, "use 'masquerade'", serverField);
    }),
  },
]);

function whileListed({ binding, gate }: DiscontinuedBinding): MachineCheck {
  return each('interfaces', (entry, index, note, { config }) => {
    if (!has(entry, binding) || config.featureGates.has(gate)) return;
    note(`${INTERFACES}[${index}].${binding}`, needsGate(binding, gate), USE_PLUGIN, `${INTERFACES}[${index}].name`);
  });
}

function onNetwork({ binding, network }: DiscontinuedBinding): MachineCheck {
  return each('interfaces', (entry, index, note, machine) => {
    if (!has(entry, binding) || has(networkOf(entry, machine), network)) return;
    note(`${INTERFACES}[${index}].name`, must('name', `be of a ${network} network with '${binding}'`, entry.name));
  });
}

function notNew({ binding, gate }: DiscontinuedBinding): MachineCheck {
  return each('interfaces', (entry, index, note, machine) => {
    if (!machine.creating || !has(entry, binding)) return;
    const isNever = hasRelease(machine, NEVER_NEW);
    if (!isNever && !machine.config.featureGates.has(gate)) return;
    const message = `'${binding}' must be left out: KubeVirt no longer has this binding`;
    // On creation the webhook starts its path at the machine's own spec.
    const serverField = isNever ? `spec.domain.devices.interfaces[${index}].${binding}` : undefined;
    note(`${INTERFACES}[${index}].${binding}`, message, USE_PLUGIN, serverField);
  });
}

function networkOf(entry: Json, { networksByName }: Machine): Json | undefined {
  return networksByName.get(textIn(entry, 'name'));
}

function permitsBridge({ config }: Machine): boolean {
  return valueAt(config.configuration, 'network', 'permitBridgeInterfaceOnPodNetwork') !== false;
}
