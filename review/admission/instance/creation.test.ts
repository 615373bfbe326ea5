import { review, ReviewedManifest, ReviewOptions } from '../..';

const DISK = { name: 'root', disk: { bus: 'virtio' } };
const VOLUME = { name: 'root', persistentVolumeClaim: { claimName: 'p' } };

function instance(domain: object, spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name: 'i', namespace: 'default', ...metadata },
    spec: { volumes: [VOLUME], ...spec, domain: { devices: { disks: [DISK] }, memory: { guest: '2Gi' }, ...domain } },
  };
}

/** Rule and field of each error. */
function errors(manifest: unknown, options: ReviewOptions = {}): string[] {
  return review([manifest], options)
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, field }) => `${rule} ${field}`);
}

const on = (disk: object) => ({ devices: { disks: [{ name: 'root', ...disk }] } });

describe('a VirtualMachineInstance that is created', () => {
  test.each([
    ['as it should be', instance({})],
    ['without a bus, which becomes sata', instance(on({ disk: {} }))],
    ['without a disk for its volume', instance({ devices: {} })],
    ['with a PCI address on the bus that arm64 gives', instance(on({ disk: { pciAddress: '0000:05:00.0' } })), 'arm64'],
    ['with labels of its own', instance({}, {}, { labels: { 'kubevirt.io/mine': 'x' } })],
    ['with a probe on the network that it gets', instance({}, { readinessProbe: { tcpSocket: { port: 22 } } })],
  ])('is accepted %s', (_title, manifest, architecture = 'amd64') => {
    expect(errors(manifest, { architecture })).toEqual([]);
  });

  test.each([
    ['disk-bus-known spec.domain.devices.disks[0].disk.bus', instance(on({ disk: { bus: 'ide' } }))],
    ['disk-readonly-sata spec.domain.devices.disks[0].disk.bus', instance(on({ disk: { readonly: true } }))],
    [
      'disk-dedicated-io-thread-bus spec.domain.devices.disks[0].dedicatedIOThread',
      instance(on({ disk: {}, dedicatedIOThread: true })),
    ],
    ['eviction-strategy-known spec.evictionStrategy', instance({}, { evictionStrategy: 'x' })],
    ['dns-policy-known spec.dnsPolicy', instance({}, { dnsPolicy: 'none' })],
    ['volume-source-given spec.volumes[1]', instance({}, { volumes: [VOLUME, { name: 'v' }] })],
    ['start-memory spec.domain.memory.guest', instance({ memory: undefined })],
    [
      'start-watchdog-amd64 spec.domain.devices.watchdog',
      instance({ devices: { watchdog: { name: 'w', diag288: {} } } }),
    ],
    ['gpu-device-given spec.domain.devices.gpus[0]', instance({ devices: { gpus: [{ name: 'g' }] } })],
    ['clock-known-keys spec.domain.clock.foo', instance({ clock: { utc: {}, foo: 1 } })],
    ['template-label-reserved metadata.labels', instance({}, {}, { labels: { 'kubevirt.io/nodeName': 'n' } })],
    [
      'interface-slirp-discontinued spec.domain.devices.interfaces[0].slirp',
      instance({ devices: { interfaces: [{ name: 'a', slirp: {} }] } }, { networks: [{ name: 'a', pod: {} }] }),
    ],
  ])('fails by %s', (error, manifest) => {
    expect(errors(manifest)).toEqual([error]);
  });

  test('says nothing of a later start', () => {
    const [finding] = review([instance({ memory: undefined })]);
    expect(finding?.message).toBe("'memory.guest' must be given to start, got nothing (KubeVirt v1.9.0)");
  });
});

describe('a VirtualMachineInstance that KubeVirt changes', () => {
  const change = (domain: object, spec: object = {}) =>
    ReviewedManifest.update(instance(domain, spec), instance({}) as never);

  test('is accepted as it was, whatever it was', () => {
    const broken = instance(on({ disk: { bus: 'ide' } }));
    expect(errors(ReviewedManifest.update(broken, broken as never))).toEqual([]);
  });

  test('fails by what is asked of every spec, without defaults', () => {
    expect(errors(change({}, { evictionStrategy: 'x' }))).toEqual(['eviction-strategy-known spec.evictionStrategy']);
    const probed = { readinessProbe: { tcpSocket: { port: 22 } } };
    expect(errors(change({}, probed))).toEqual(['probe-pod-network spec.readinessProbe.tcpSocket']);
    expect(errors(change({ memory: undefined }))).toEqual([]);
  });
});
