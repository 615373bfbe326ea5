import { childIn, has, listIn, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, needsGate } from '../shared/wording';
import { claimNames, pairOf } from './claimed-devices';
import { cite, DEVICES, gated, Machine, MachineCheck, TEMPLATE } from './machine';

const FILE = 'pkg/network/admitter/dra.go';
const NETWORKS = `${TEMPLATE}.networks`;
const GATE = 'NetworkDevicesWithDRA';
const SINCE = 'v1.9.0';

/** Networks whose devices are asked of a resource claim. */
export const NETWORK_CLAIM_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['resourceClaim'] },
  [
    {
      id: 'network-claim-gate',
      since: SINCE,
      sentence: 'A network of a resource claim is used while its feature gate is on.',
      source: cite(FILE, 'validateNetworkDevicesWithDRA'),
      check: (machine, note) => {
        const index = machine.networks.findIndex((network) => has(network, 'resourceClaim'));
        if (index < 0 || gated(machine, GATE)) return;
        note(`${NETWORKS}[${index}].resourceClaim`, needsGate('resourceClaim', GATE), listGate(GATE), NETWORKS);
      },
    },
    {
      id: 'network-claim-multus',
      since: SINCE,
      sentence: 'A machine has networks of multus or of resource claims, not both.',
      source: cite(FILE, 'validateNetworkDevicesWithDRA'),
      check: (machine, note) => {
        const isMixed = ['multus', 'resourceClaim'].every((kind) => machine.networks.some((one) => has(one, kind)));
        if (!isMixed || !gated(machine, GATE)) return;
        note(NETWORKS, `'networks' must not have both 'multus' and 'resourceClaim', got both`);
      },
    },
    {
      id: 'network-claim-binding',
      since: SINCE,
      sentence: 'The interface of a resource claim is SR-IOV or of a binding plugin.',
      source: cite(FILE, 'validateDRANetworkInterfaceBinding'),
      check: eachClaimedNetwork((network, _path, note, { interfaces }) => {
        const index = interfaces.findIndex((one) => one.name === network.name);
        const own = interfaces[index];
        if (own === undefined || has(own, 'sriov') || has(own, 'binding')) return;
        const message = must('name', "have 'sriov' or 'binding': its network is of a resource claim", own.name);
        note(`${DEVICES}.interfaces[${index}]`, message, undefined, `${DEVICES}.interfaces`);
      }),
    },
    {
      id: 'network-claim-complete',
      since: SINCE,
      sentence: 'A network of a resource claim names the claim and the request.',
      source: cite(FILE, 'validateDRAClaimAndRequestNames'),
      check: eachClaimedNetwork((network, path, note) => {
        for (const key of ['claimName', 'requestName']) {
          const value = childIn(network, 'resourceClaim')?.[key];
          if (value === undefined || value === '') note(`${path}.resourceClaim.${key}`, must(key, 'be given', value));
        }
      }),
    },
    {
      id: 'network-claim-listed',
      since: SINCE,
      sentence: 'The claim of a network is listed among the resource claims.',
      source: cite(FILE, 'validateDRANetworkClaimReference'),
      check: eachClaimedNetwork((network, path, note, machine) => {
        const claim = childIn(network, 'resourceClaim');
        const name = textIn(claim, 'claimName');
        if (pairOf(claim) === '' || claimNames(machine).has(name)) return;
        note(`${path}.resourceClaim.claimName`, must('claimName', "be listed in 'resourceClaims'", name));
      }),
    },
  ],
);

/** Each network of a claim, where they are allowed at all. */
function eachClaimedNetwork(check: (network: Json, path: string, note: Note, machine: Machine) => void): MachineCheck {
  return (machine, note) => {
    if (!gated(machine, GATE) || machine.networks.some((network) => has(network, 'multus'))) return;
    listIn(machine.template, 'networks').forEach((network, index) => {
      if (has(network, 'resourceClaim')) check(network, `${NETWORKS}[${index}]`, note, machine);
    });
  };
}
