import * as k from '../../constructs';
import { isObject, objectsAt, valueAt, without } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, list, literal, options, record } from '../language/expression';
import {
  eachCode,
  Entries,
  flagCode,
  memberCode,
  numberCode,
  objectOr,
  textCode,
  tried,
  wholeList,
} from '../language/scalars';

/** The networks of a machine; undefined where they are as usual, or cannot be said. */
export function networks(spec: Json, devices: Json): Code | undefined {
  const faces = objectsAt(devices, 'interfaces');
  const nets = objectsAt(spec, 'networks');
  if (devices.autoattachPodInterface === false && faces.length === 0) return list([]);
  if (faces.length === 0 && nets.length === 0) return list([call('GuestNetwork', k.GuestNetwork, 'leftToCluster')]);
  const items = faces.map((face) => {
    const network = nets.find(({ name }) => name === face.name);
    return network && tried(() => oneNetwork(face, network));
  });
  if (items.length === 0 || items.some((item) => item === undefined)) return undefined;
  // The one network that a VM has without a word.
  const usual = k.GuestNetwork.pod()._render();
  const [only] = items as Code[];
  const isUsual =
    items.length === 1 && JSON.stringify((only!.value as k.GuestNetwork)._render()) === JSON.stringify(usual);
  return isUsual ? undefined : list(items as Code[]);
}

function oneNetwork(face: Json, network: Json): Code | undefined {
  const binding = BINDINGS.find((key) => isObject(face[key]));
  const isPod = isObject(network.pod);
  const usual = isPod ? 'masquerade' : 'bridge';
  const ports = objectsAt(face, 'ports');
  const isTcp = ports.length > 0 && ports.every(isTcpPort);
  const name = textCode(network.name);
  const multus = objectOr(network.multus);
  const named = isPod
    ? network.name === 'default'
    : network.name === String(multus.networkName).split('/').at(-1)!.replace(/\./g, '-');
  const all: Entries = [
    ['name', named ? undefined : name],
    ['binding', binding === usual ? undefined : memberCode('NetworkBinding', k.NetworkBinding, binding)],
    ['bindingPlugin', textCode(valueAt(face.binding, 'name'))],
    ['model', memberCode('InterfaceModel', k.InterfaceModel, face.model)],
    ['macAddress', textCode(face.macAddress)],
    ['pciAddress', textCode(face.pciAddress)],
    ['acpiIndex', numberCode(face.acpiIndex)],
    ['bootOrder', numberCode(face.bootOrder)],
    ['state', memberCode('InterfaceState', k.InterfaceState, face.state)],
    ['tag', textCode(face.tag)],
    ['tcpPorts', isTcp ? list(ports.map(({ port }) => literal(port))) : undefined],
    ['ports', ports.length > 0 && !isTcp ? list(ports.map(forwarded)) : undefined],
    ['portRanges', wholeList(eachCode(face.portRanges, portRange))],
    ['dhcp', dhcp(face.dhcpOptions)],
    ['vmNetworkCidr', textCode(valueAt(network.pod, 'vmNetworkCIDR'))],
    ['vmIpv6NetworkCidr', textCode(valueAt(network.pod, 'vmIPv6NetworkCIDR'))],
    ['isDefault', flagCode(multus.default)],
  ];
  if (isPod) return call('GuestNetwork', k.GuestNetwork, 'pod', options(all));
  const claim = network.resourceClaim;
  if (isObject(claim)) {
    const [named, asked] = [literal(claim.claimName), literal(claim.requestName)];
    const ofClaim = all.map(([key, code]) => {
      if (key === 'name') return [key, network.name === claim.claimName ? undefined : name] as const;
      return key === 'binding' ? ([key, binding === 'sriov' ? undefined : code] as const) : ([key, code] as const);
    });
    return call('GuestNetwork', k.GuestNetwork, 'resourceClaim', named, asked, options(ofClaim));
  }
  return call('GuestNetwork', k.GuestNetwork, 'multus', literal(multus.networkName), options(all));
}

/** Whether a port is said by its number alone. */
function isTcpPort(port: Json): boolean {
  return port.protocol === 'TCP' && Object.keys(without(port, 'port', 'protocol')).length === 0;
}

function forwarded(port: Json): Code {
  return record([
    ['port', numberCode(port.port)],
    ['protocol', protocolCode(port.protocol)],
    ['name', textCode(port.name)],
  ]);
}

function portRange(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  return record([
    ['start', numberCode(value.start)],
    ['end', numberCode(value.end)],
    ['protocol', protocolCode(value.protocol)],
  ]);
}

/** A protocol; undefined for the usual one. */
function protocolCode(protocol: unknown): Code | undefined {
  return memberCode('Protocol', { UDP: 'UDP' }, protocol);
}

function dhcp(value: unknown): Code | undefined {
  const from = objectOr(value);
  return options([
    ['bootFileName', textCode(from.bootFileName)],
    ['tftpServerName', textCode(from.tftpServerName)],
    ['ntpServers', wholeList(eachCode(from.ntpServers, textCode))],
    ['privateOptions', wholeList(eachCode(from.privateOptions, privateOption))],
  ]);
}

function privateOption(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  return record([
    ['option', numberCode(value.option)],
    ['value', textCode(value.value)],
  ]);
}

const BINDINGS = ['masquerade', 'bridge', 'sriov', 'passtBinding', 'slirp', 'macvtap', 'passt'];
