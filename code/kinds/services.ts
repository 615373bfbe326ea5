import { ServiceType } from 'cdk8s-plus-27';
import * as k from '../../constructs';
import { isObject, listIn, textAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, list, literal, options, variable } from '../language/expression';
import {
  eachCode,
  Entries,
  flagCode,
  memberCode,
  numberCode,
  objectOr,
  textCode,
  textsCode,
  tried,
  wholeList,
} from '../language/scalars';
import { Known } from '../scope';
import { byClass, Kind, Way } from './way';

/** The label that KubeVirt gives the pod of each VM. */
const POD_LABEL = 'vm.kubevirt.io/name';
const UPLOAD_PROXY = { 'cdi.kubevirt.io': 'cdi-uploadproxy' };

/** A Service: a verb of the machine whose guest it leads to, where that stands above. */
export const service: Kind = (scope, object, beside) => {
  const spec = objectOr(object.spec);
  const selector = objectOr(spec.selector);
  if (isAlike(selector, UPLOAD_PROXY)) return [uploadProxy(spec)];
  const namespace = scope.namespace;
  const names = beside.selected(namespace, selector);
  const ports = listIn(spec, 'ports').map(portCode);
  if (!ports.every((port) => port !== undefined)) return [];
  for (const name of names) {
    const fleet = scope.fleet(name);
    if (fleet !== undefined) return [expose(fleet, spec, ports, undefined), expose(fleet, spec, ports, selector)];
    const machine = scope.machine(name);
    if (machine === undefined) continue;
    return machine.construct instanceof k.BootableVM
      ? [ssh(machine, spec), expose(machine, spec, ports, selector), serviceOf(scope.vm(name), spec, ports, selector)]
      : [expose(machine, spec, ports, selector)];
  }
  const only = selector[POD_LABEL];
  const isOfVm = typeof only === 'string' && Object.keys(selector).length === 1;
  return isOfVm ? [serviceOf(scope.vm(only), spec, ports, undefined)] : [];
};

function isAlike(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function uploadProxy(spec: Json): Way {
  const type = spec.type === 'LoadBalancer' ? undefined : typeCode(spec.type ?? 'ClusterIP');
  return byClass('UploadProxyService', k.UploadProxyService, [['type', type]]);
}

function typeCode(type: unknown): Code | undefined {
  return memberCode('ServiceType', ServiceType, type);
}

/** `exposeSsh`, for a Service whose first port is called so. */
function ssh({ variable: name, construct }: Known, spec: Json): Way | undefined {
  const [port] = listIn(spec, 'ports');
  if (port?.name !== 'ssh') return undefined;
  return {
    type: `${name}.exposeSsh`,
    owner: variable(name, construct),
    build: (_chart, _id, props) => (construct as k.BootableVM).exposeSsh(props),
    entries: [
      ['type', spec.type === 'ClusterIP' ? undefined : typeCode(spec.type)],
      ['port', port.port === 22 ? undefined : numberCode(port.port)],
    ],
    usualName: `${serviceName(construct as k.BootableVM)}-ssh`,
    isBeside: true,
    isBare: true,
  };
}

function expose(
  { variable: name, construct }: Known,
  spec: Json,
  ports: readonly Code[],
  selector: Json | undefined,
): Way {
  const machine = construct as k.Machine;
  const isUsual = selector !== undefined && isAlike(selector, podSelector(machine));
  return {
    type: `${name}.expose`,
    owner: variable(name, construct),
    build: (_chart, _id, props) => machine.expose(props as k.VmServiceOptions),
    entries: serviceEntries(spec, ports, isUsual ? undefined : selector),
    usualName: serviceName(machine),
    isBeside: true,
  };
}

function serviceOf(vm: Code, spec: Json, ports: readonly Code[], selector: Json | undefined): Way {
  const { name } = vm.value as k.IVirtualMachine;
  const isUsual = selector !== undefined && isAlike(selector, podSelector(vm.value as k.IVirtualMachine));
  const entries: Entries = [['vm', vm], ...serviceEntries(spec, ports, isUsual ? undefined : selector)];
  return byClass('VmService', k.VmService, entries, {
    usualName: serviceName({ name }),
    isBeside: k.BootableVM.isConstruct(vm.value),
  });
}

function serviceEntries(spec: Json, ports: readonly Code[], selector: Json | undefined): Entries {
  return [
    ['type', spec.type === 'ClusterIP' ? undefined : typeCode(spec.type)],
    ['headless', spec.clusterIP === 'None' ? literal(true) : undefined],
    ['selector', textsCode(selector)],
    ['ports', list(ports)],
    ['externalTrafficPolicy', memberCode('ExternalTrafficPolicy', k.ExternalTrafficPolicy, spec.externalTrafficPolicy)],
    ['loadBalancerClass', textCode(spec.loadBalancerClass)],
    ['loadBalancerSourceRanges', wholeList(eachCode(spec.loadBalancerSourceRanges, textCode))],
    ['ipFamilyPolicy', memberCode('IpFamilyPolicy', k.IpFamilyPolicy, spec.ipFamilyPolicy)],
    ['publishNotReadyAddresses', flagCode(spec.publishNotReadyAddresses)],
  ];
}

/** Ports that have a word, by their names and numbers. */
const WORDS: Readonly<Record<string, number>> = { ssh: 22, rdp: 3389, winrm: 5986, http: 80, https: 443 };

/** A port of the guest; undefined if it is not found by its number. */
function portCode(port: Json): Code | undefined {
  const name = textAt(port, 'name');
  const target = port.targetPort ?? port.port;
  if (typeof target !== 'number') return undefined;
  const all = options([
    ['port', port.port === target ? undefined : numberCode(port.port)],
    ['nodePort', numberCode(port.nodePort)],
  ]);
  const protocol = port.protocol ?? 'TCP';
  return tried(() => {
    if (name === '')
      return protocol === 'TCP' ? call('GuestPort', k.GuestPort, 'unnamed', literal(target), all) : undefined;
    if (protocol === 'TCP' && Object.hasOwn(WORDS, name) && WORDS[name] === target) {
      return call('GuestPort', k.GuestPort, name, all);
    }
    const factory = protocol === 'TCP' ? 'tcp' : protocol === 'UDP' ? 'udp' : undefined;
    return factory && call('GuestPort', k.GuestPort, factory, literal(name), literal(target), all);
  });
}

/** KubeVirt v1.6.2: pkg/util/net/dns/sanitize.go, SanitizeHostname. */
function podSelector({ name, hostname }: k.IVirtualMachine): Json {
  return { [POD_LABEL]: hostname ?? name.split('.', 1)[0] };
}

function serviceName({ name }: { readonly name: string }): string {
  return name.replace(/\./g, '-');
}

/** Whether labels have all that a selector asks for. */
export function selects(selector: Json, labels: Json): boolean {
  const asked = Object.entries(selector);
  return asked.length > 0 && asked.every(([key, value]) => labels[key] === value);
}

/** The labels by which the pods of a machine are found. */
export function podLabels(object: Json): Json {
  const template = object.kind === 'VirtualMachinePool' ? ['virtualMachineTemplate', 'spec', 'template'] : ['template'];
  const below = template.reduce<Json>((value, key) => objectOr(value[key]), objectOr(object.spec));
  const metadata = object.kind === 'VirtualMachineInstance' ? object.metadata : below.metadata;
  const spec = object.kind === 'VirtualMachineInstance' ? objectOr(object.spec) : objectOr(below.spec);
  const name = textAt(object, 'metadata', 'name');
  const hostname = textAt(spec, 'hostname');
  const isOne = object.kind !== 'VirtualMachinePool' && object.kind !== 'VirtualMachineInstanceReplicaSet';
  const own = isOne ? { [POD_LABEL]: hostname === '' ? name.split('.', 1)[0] : hostname } : {};
  return { ...objectOr(isObject(metadata) ? metadata.labels : undefined), ...own };
}
