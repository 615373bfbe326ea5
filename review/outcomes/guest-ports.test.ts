import type { Machine } from '../cluster/machine';
import type { Json } from '../rule';
import { lettingIn, portsOf } from './guest-ports';

const machine = (guest: Json, annotations: Json = {}): Machine => ({ guest, annotations }) as unknown as Machine;
const on = (card: Json, more: Json = {}): Json => ({
  domain: { devices: { interfaces: [{ name: 'a', ...card }] } },
  networks: [{ name: 'a', pod: {} }],
  ...more,
});
const ports = [{ port: 80 }];

describe('what a machine lets in to its guest', () => {
  test.each<[Json, string]>([
    [{}, 'all'],
    [{ domain: { devices: {} } }, 'all'],
    [{ domain: { devices: { autoattachPodInterface: true } } }, 'all'],
    [{ domain: { devices: { autoattachPodInterface: false } } }, 'no pod network'],
    [{ domain: { devices: { interfaces: [{ name: 'a' }], autoattachPodInterface: false } } }, 'unknown'],
    [{ networks: [{ name: 'a', pod: {} }], domain: { devices: { autoattachPodInterface: false } } }, 'unknown'],
    [{ networks: [{ name: 'a', multus: {} }] }, 'no pod network'],
    [on({ masquerade: {} }), 'all'],
    [on({ masquerade: {}, ports }), 'listed'],
    [on({ slirp: {}, ports }), 'listed'],
    [on({ bridge: {}, ports }), 'all'],
    [on({ binding: { name: 'passt' }, ports }), 'listed'],
    [on({ binding: { name: 'passt' } }), 'all'],
    [on({ binding: { name: 'other' }, ports }), 'unknown'],
    [on({ masquerade: {}, ports }, { networks: [{ name: 'a', multus: { default: true } }] }), 'listed'],
    [on({ masquerade: {}, ports }, { networks: [{ name: 'b', pod: {} }] }), 'unknown'],
    [on({ masquerade: {}, ports: [{ port: 'x' }] }), 'all'],
  ])('%j: %s', (guest, kind) => expect(lettingIn(machine(guest)).kind).toBe(kind));

  it('is not known where a sidecar takes it', () => {
    const guest = on({ masquerade: {}, ports });
    expect(lettingIn(machine(guest, { 'sidecar.istio.io/inject': 'true' })).kind).toBe('unknown');
    expect(lettingIn(machine(guest, { 'sidecar.istio.io/inject': 'false' })).kind).toBe('listed');
  });

  it('is the ports and the ranges of the interface', () => {
    const portRanges = [{ start: 90, end: 99, protocol: 'udp' }, { start: 1 }, { end: 1 }];
    expect(lettingIn(machine(on({ masquerade: {}, ports, portRanges }))).ports).toEqual([
      { start: 80, end: 80, protocol: 'TCP' },
      { start: 90, end: 99, protocol: 'UDP' },
    ]);
    expect(lettingIn(machine(on({ masquerade: {}, portRanges: [{ start: 90, end: 99 }] }))).kind).toBe('listed');
  });
});

describe('the port of a Service', () => {
  const guest = lettingIn(
    machine(on({ masquerade: {}, ports: [{ port: 80, name: 'http' }], portRanges: [{ start: 90, end: 99 }] })),
  );
  const faults = (port: Json, of = guest) =>
    portsOf({ object: { spec: { ports: [port] } }, origin: {} }).map((one) => one.faultOf(of)?.got);
  const NEVER = 'what is sent to it never gets there';

  test.each<[Json, (string | undefined)[]]>([
    [{ port: 80 }, [undefined]],
    [{ port: 81 }, [`81/TCP; ${NEVER}`]],
    [{ port: 80, protocol: 'UDP' }, [`80/UDP; ${NEVER}`]],
    [{ port: 1, targetPort: 80 }, [undefined]],
    [{ port: 80, targetPort: 1 }, [`1/TCP; ${NEVER}`]],
    [{ port: 80, targetPort: null }, [undefined]],
    [{ port: 89 }, [`89/TCP; ${NEVER}`]],
    [{ port: 90 }, [undefined]],
    [{ port: 99 }, [undefined]],
    [{ port: 100 }, [`100/TCP; ${NEVER}`]],
    [{ port: 0 }, []],
    [{ targetPort: '80' }, []],
    [{ targetPort: 'http' }, [undefined]],
    [{ targetPort: 'web' }, ['"web", which no interface names for TCP; the Service has no endpoint for it']],
    [
      { targetPort: 'http', protocol: 'UDP' },
      ['"http", which no interface names for UDP; the Service has no endpoint for it'],
    ],
    [{ port: true }, []],
  ])('%j', (port, found) => expect(faults(port)).toEqual(found));

  it('has a whole message', () => {
    const [port] = portsOf({ object: { spec: { ports: [{ port: 81, protocol: 'UDP' }] } }, origin: {} });
    expect(port?.faultOf(guest)).toEqual({
      must: "a port that the interface 'a' lets in (80/TCP, 90-99/TCP) to the guest of",
      got: `81/UDP; ${NEVER}`,
      remedy: "add '{ port: 81, protocol: UDP }' to the ports of the interface, or leave them out: then it lets in all",
    });
    const [other] = portsOf({ object: { spec: { ports: [{ port: 81 }] } }, origin: {} });
    expect(other?.faultOf(guest)?.remedy).toBe(
      "add '{ port: 81 }' to the ports of the interface, or leave them out: then it lets in all",
    );
  });

  it('has no fault where a plugin decides', () => {
    const unknown = lettingIn(machine(on({ binding: { name: 'other' } })));
    expect(faults({ targetPort: 'web' }, unknown)).toEqual([undefined]);
    expect(faults({ port: 81 }, unknown)).toEqual([undefined]);
  });
});
