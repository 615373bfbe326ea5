import { childIn, has, objectsAt, textIn, valueAt } from '../../manifests/json';
import { Json, Rule } from '../../rule';
import { must, needsGate, show } from '../shared/wording';
import { cite, DEVICES, EntryCheck, entryRule, Machine, machineRule } from './machine';

const INTERFACES = `${DEVICES}.interfaces`;
const BINDING = 'pkg/network/admitter/binding.go';

/** The bindings that KubeVirt brings itself. */
export const BUILT_IN_BINDINGS = ['bridge', 'macvtap', 'masquerade', 'passt', 'slirp', 'sriov'] as const;

/** MAC address of the bridge in the pod: pkg/network/link, IsReserved. */
const RESERVED_MAC = '02:00:00:00:00:00';

/**
 * Bindings that are in the API and can no longer be created. While their gate is listed the webhook of
 * creation refuses them, without it the one of every write does.
 */
const DISCONTINUED = [
  { binding: 'macvtap', gate: 'Macvtap', network: 'multus', file: 'pkg/network/admitter/macvtap.go' },
  { binding: 'passt', gate: 'Passt', network: 'pod', file: 'pkg/network/admitter/passt.go' },
] as const;

const DISCONTINUED_GATES = cite('pkg/virt-config/featuregate/validator.go', 'ValidateFeatureGates');
const USE_PLUGIN = "use a network binding plugin: 'binding: {name: …}'";

/** How an interface is connected to its network. */
export const INTERFACE_BINDING_RULES: readonly Rule[] = [
  nic('interface-masquerade-pod', 'validateMasqueradeBinding', (entry, index, note, machine) => {
    if (!has(entry, 'masquerade') || has(networkOf(entry, machine), 'pod')) return;
    const remedy = "use 'bridge' or 'sriov' on a multus network";
    note(`${INTERFACES}[${index}].name`, must('name', "be the pod network's with 'masquerade'", entry.name), remedy);
  }),
  nic('interface-masquerade-mac-reserved', 'validateMasqueradeBinding', (entry, index, note) => {
    if (!has(entry, 'masquerade') || entry.macAddress !== RESERVED_MAC) return;
    const message = must('macAddress', 'be another one: the bridge in the pod has it', RESERVED_MAC);
    note(`${INTERFACES}[${index}].macAddress`, message);
  }),
  nic('interface-bridge-pod-permitted', 'validateBridgeBinding', (entry, index, note, machine) => {
    if (!has(entry, 'bridge') || !has(networkOf(entry, machine), 'pod') || permitsBridge(machine)) return;
    // The default itself fails before: interface-default-binding-permitted.
    if (machine.defaultInterface) return;
    const message = "'bridge' must stand on another network: the cluster forbids it on the pod network";
    note(`${INTERFACES}[${index}].name`, message, "use 'masquerade'");
  }),
  nic('interface-binding-exclusive', 'validateInterfaceBinding', (entry, index, note) => {
    const given = BUILT_IN_BINDINGS.filter((binding) => has(entry, binding));
    if (!has(entry, 'binding') || given.length === 0) return;
    note(`${INTERFACES}[${index}].binding`, `'binding' must stand without another binding, got ${show(given)}`);
  }),
  machineRule(
    'interface-default-binding-permitted',
    cite('pkg/network/vmispec/defaults.go', 'SetDefaultNetworkInterface'),
    (machine, note, { object }) => {
      if (!machine.defaultInterface || machine.devices.autoattachPodInterface === false) return;
      if (objectsAt(object, 'spec', 'template', 'spec', 'networks').length > 0) return;
      const binding = textIn(childIn(machine.config.configuration, 'network'), 'defaultNetworkInterface') || 'bridge';
      if (binding !== 'slirp' && (binding !== 'bridge' || permitsBridge(machine))) return;
      const message = `'interfaces' must be given: the cluster's default binding, '${binding}', is forbidden in it`;
      note(INTERFACES, message, "write an interface with 'masquerade' and its pod network");
    },
  ),
  ...DISCONTINUED.flatMap(({ binding, gate, network, file }) => {
    const name = `validate${gate}Binding`;
    return [
      entryRule('interfaces', `interface-${binding}-gate`, cite(file, name), (entry, index, note, { config }) => {
        if (!has(entry, binding) || config.featureGates.has(gate)) return;
        note(`${INTERFACES}[${index}].name`, needsGate(binding, gate), USE_PLUGIN);
      }),
      entryRule('interfaces', `interface-${binding}-network`, cite(file, name), (entry, index, note, machine) => {
        if (!has(entry, binding) || has(networkOf(entry, machine), network)) return;
        note(`${INTERFACES}[${index}].name`, must('name', `be of a ${network} network with '${binding}'`, entry.name));
      }),
      entryRule(
        'interfaces',
        `interface-${binding}-discontinued`,
        DISCONTINUED_GATES,
        (entry, index, note, machine) => {
          if (!machine.creating || !has(entry, binding) || !machine.config.featureGates.has(gate)) return;
          const message = `'${binding}' must be left out: KubeVirt no longer has this binding`;
          note(`${INTERFACES}[${index}].${binding}`, message, USE_PLUGIN);
        },
      ),
    ];
  }),
  entryRule(
    'interfaces',
    'interface-slirp-discontinued',
    cite('pkg/network/admitter/slirp.go', 'validateCreationSlirpBinding'),
    (entry, index, note, { creating }) => {
      if (!creating || !has(entry, 'slirp')) return;
      const message = "'slirp' must be left out: KubeVirt no longer has this binding";
      // On creation the webhook starts its path at the machine's own spec.
      note(`spec.domain.devices.interfaces[${index}].slirp`, message, "use 'masquerade'");
    },
  ),
];

function nic(id: string, name: string, check: EntryCheck): Rule {
  return entryRule('interfaces', id, cite(BINDING, name), check);
}

function networkOf(entry: Json, { networksByName }: Machine): Json | undefined {
  return networksByName.get(textIn(entry, 'name'));
}

function permitsBridge({ config }: Machine): boolean {
  return valueAt(config.configuration, 'network', 'permitBridgeInterfaceOnPodNetwork') !== false;
}
