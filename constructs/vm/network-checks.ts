import { addKind, Faults, show } from '../shared/refusal';
import { BootableVMProps } from './bootable-vm-props';
import { GuestNetwork } from './guest-network';
import { GuestProbe } from './guest-probe';
import { checkInstance } from './part-checks';

/** KubeVirt v1.6.2: pkg/network/admitter/netsource.go, validateSinglePodNetwork; netiface.go, validateInterfaceNameUnique. */
export function checkNetworks(faults: Faults, props: BootableVMProps): void {
  const { networks } = props;
  if (networks === undefined) return;
  if (!Array.isArray(networks)) {
    addKind(faults, 'networks', 'be a list of GuestNetwork', networks, 'write for example [GuestNetwork.pod()]');
    return;
  }
  const before = faults.count;
  Array.from(networks as GuestNetwork[], (network, index) =>
    checkInstance(faults, `networks[${index}]`, network ?? null, GuestNetwork, 'GuestNetwork.pod()'),
  );
  if (faults.count > before) return;
  checkTogether(faults, networks);
  checkClaims(faults, networks, props);
  checkProbes(faults, networks, props);
}

/** The networks of a VM's props, as far as they are networks. */
export function networksOf({ networks }: BootableVMProps): readonly GuestNetwork[] {
  if (!Array.isArray(networks)) return [];
  return (networks as unknown[]).filter((network): network is GuestNetwork => network instanceof GuestNetwork);
}

function checkTogether(faults: Faults, networks: readonly GuestNetwork[]): void {
  const names = networks.map(({ name }) => name);
  if (networks.length > 1 && networks.some((network) => network._isLeftToCluster)) {
    faults.add('networks', 'hold GuestNetwork.leftToCluster() alone', names, 'write GuestNetwork.pod(…) beside others');
    return;
  }
  const podNetworks = networks.filter((network) => network.isPodNetwork);
  if (podNetworks.length > 1) faults.add('networks', 'hold one pod network', names);
  else if (networks.filter((network) => network._isDefault).length > 1) {
    faults.add('networks', 'hold one pod network, or one that takes its place', names);
  }
  if (new Set(names).size < names.length) faults.add('networks', 'have names that differ', names);
  const numbers = {
    bootOrder: networks.map((network) => network._bootOrder),
    acpiIndex: networks.map((network) => network._acpiIndex),
  };
  for (const [option, all] of Object.entries(numbers)) {
    const given = all.filter((number) => number !== undefined);
    if (new Set(given).size < given.length) faults.add('networks', `have each '${option}' once`, given);
  }
}

/** KubeVirt v1.9.0: pkg/network/admitter/dra.go, validateNetworkDevicesWithDRA. */
function checkClaims(faults: Faults, networks: readonly GuestNetwork[], props: BootableVMProps): void {
  const claimed = networks.filter((network) => network._claim !== undefined);
  if (claimed.length === 0) return;
  if (networks.some((network) => network._isMultus)) {
    faults.add(
      'networks',
      'be of Multus or of resource claims, not of both',
      networks.map(({ name }) => name),
    );
  }
  const keys = claimed.map((network) => `${network._claim?.claimName}/${network._claim?.requestName}`);
  if (new Set(keys).size < keys.length) faults.add('networks', 'have each request of a claim once', keys);
  const known = (props.resourceClaims ?? []).map(({ name }) => name);
  for (const { claimName } of claimed.map((network) => network._claim!)) {
    if (known.includes(claimName)) continue;
    faults.add('networks', `name a claim of 'resourceClaims' ${show(known)}`, claimName);
  }
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, appendStatusCauseForProbeNotAllowedWithNoPodNetworkPresent. */
function checkProbes(faults: Faults, networks: readonly GuestNetwork[], props: BootableVMProps): void {
  if (networks.some((network) => network.isPodNetwork)) return;
  const { readinessProbe, livenessProbe } = props;
  for (const [property, probe] of Object.entries({ readinessProbe, livenessProbe })) {
    if (!(probe instanceof GuestProbe) || !probe._isOverNetwork) continue;
    const remedy = 'write GuestProbe.exec(…) or GuestProbe.guestAgentPing()';
    faults.note(`'${property}' must have the pod network to reach the guest, got none in 'networks'; ${remedy}`);
  }
}
