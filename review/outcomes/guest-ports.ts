import { devicesOf, Machine } from '../cluster/machine';
import { isObject, listIn, objectsAt, textAt, textIn, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';

/** What of the network of its pod is let in to a guest. */
export interface LettingIn {
  /** `listed`: only the ports of its interface; `unknown`: a plugin decides. */
  readonly kind: 'all' | 'listed' | 'no pod network' | 'unknown';
  /** The interface on the network of the pod. */
  readonly interfaceName: string;
  readonly ports: readonly Span[];
  readonly machine: Machine;
}

type Protocol = string;

/** A port, or several that follow one another. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly protocol: Protocol;
}

/** The bindings that let in what an interface lists, and all if it lists nothing. A bridge is no filter. */
const FILTERS: readonly string[] = ['masquerade', 'passt', 'passtBinding', 'slirp'];

/** What a machine lets in to its guest. */
export function lettingIn(machine: Machine): LettingIn {
  const { guest, annotations } = machine;
  const devices = devicesOf(guest);
  const interfaces = listIn(devices, 'interfaces');
  const networks = listIn(guest, 'networks');
  const of = (kind: LettingIn['kind'], interfaceName = '', ports: readonly Span[] = NO_PORTS): LettingIn => ({
    kind,
    interfaceName,
    ports,
    machine,
  });
  if (networks.length === 0 && interfaces.length === 0) {
    return of(devices?.autoattachPodInterface === false ? 'no pod network' : 'all');
  }
  const pod = networks.find((network) => isObject(network.pod) || valueAt(network, 'multus', 'default') === true);
  if (pod === undefined) return of(networks.length > 0 ? 'no pod network' : 'unknown');
  const own = interfaces.find(({ name }) => name === pod.name);
  // A sidecar of Istio takes the ports in, and hands them on.
  if (own === undefined || annotations['sidecar.istio.io/inject'] === 'true') return of('unknown');
  const plugin = textAt(own, 'binding', 'name');
  if (plugin !== '' && plugin !== 'passt') return of('unknown');
  const spans = spansOf(own);
  const isFilter = plugin === 'passt' || FILTERS.some((word) => isObject(own[word]));
  return isFilter && spans.length > 0 ? of('listed', textIn(own, 'name'), spans) : of('all');
}

const NO_PORTS: readonly Span[] = [];

function spansOf(own: Json): readonly Span[] {
  const [ports, ranges] = [listIn(own, 'ports'), listIn(own, 'portRanges')];
  if (ports.length + ranges.length === 0) return NO_PORTS;
  return [
    ...ports.flatMap((port) =>
      typeof port.port === 'number' ? { start: port.port, end: port.port, protocol: protocolOf(port) } : [],
    ),
    ...ranges.flatMap(({ start, end, ...port }) =>
      typeof start === 'number' && typeof end === 'number' ? { start, end, protocol: protocolOf(port) } : [],
    ),
  ];
}

/** The names of the ports of a pod: those of all interfaces. */
function portNames({ guest }: Machine): Map<string, Protocol> {
  const interfaces = listIn(devicesOf(guest), 'interfaces');
  return new Map(
    interfaces.flatMap((one) => listIn(one, 'ports').map((port) => [textIn(port, 'name'), protocolOf(port)] as const)),
  );
}

function protocolOf(port: Json): Protocol {
  return (textIn(port, 'protocol') || 'TCP').toUpperCase();
}

/** A port of a Service. */
export interface ServicePort {
  /** Path of what says which port of the guest it is. */
  readonly field: string;
  readonly word: 'targetPort' | 'port';
  /** Why a guest does not get what is sent to it, in the words of a message; undefined if it does, or may. */
  faultOf(guest: LettingIn): PortFault | undefined;
}

/** The parts of a message: what the port must be, of which machine, and what it is. */
export interface PortFault {
  readonly must: string;
  readonly got: string;
  readonly remedy: string;
}

/** The ports of a Service. */
export function portsOf({ object }: Reviewed): ServicePort[] {
  return objectsAt(object, 'spec', 'ports').flatMap((port, index): ServicePort[] => {
    const word = port.targetPort === undefined || port.targetPort === null ? 'port' : 'targetPort';
    const target = port[word];
    const protocol = protocolOf(port);
    const field = `spec.ports[${index}].${word}`;
    if (typeof target === 'number' && target > 0) {
      return [{ field, word, faultOf: (guest) => numberFault(guest, target, protocol) }];
    }
    if (typeof target !== 'string' || !/[a-z]/i.test(target)) return [];
    return [{ field, word, faultOf: (guest) => nameFault(guest, target, protocol) }];
  });
}

function numberFault(
  { kind, interfaceName, ports }: LettingIn,
  target: number,
  protocol: Protocol,
): PortFault | undefined {
  if (kind !== 'listed') return undefined;
  if (ports.some((span) => span.protocol === protocol && span.start <= target && target <= span.end)) return undefined;
  const listed = ports.map(({ start, end, protocol: its }) => `${start === end ? start : `${start}-${end}`}/${its}`);
  return {
    must: `a port that the interface '${interfaceName}' lets in (${listed.join(', ')}) to the guest of`,
    got: `${target}/${protocol}; what is sent to it never gets there`,
    remedy: `add '{ port: ${target}${protocol === 'TCP' ? '' : `, protocol: ${protocol}`} }' to the ports of the interface, or leave them out: then it lets in all`,
  };
}

/** A name is looked up among the ports of the pod, which are those that the interfaces of the machine list by name. */
function nameFault({ kind, machine }: LettingIn, target: string, protocol: Protocol): PortFault | undefined {
  if (kind === 'unknown' || portNames(machine).get(target) === protocol) return undefined;
  return {
    must: 'a number, or the name of a port of an interface of',
    got: `${JSON.stringify(target)}, which no interface names for ${protocol}; the Service has no endpoint for it`,
    remedy: 'write the number of the port of the guest',
  };
}
