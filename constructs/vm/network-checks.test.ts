import { Size } from 'cdk8s';
import { Protocol } from 'cdk8s-plus-27';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { GuestNetwork } from './guest-network';
import { NetworkBinding } from './guest-network-options';
import { GuestProbe } from './guest-probe';
import { InterfaceState } from './network-card';
import { ResourceClaim } from './resource-claim';

function made(networks: GuestNetwork[], props: Partial<BootableVMProps> = {}): Record<string, unknown> {
  const least = { bootDisk: Disk.fromClaimName('boot'), memory: Size.gibibytes(1), networks };
  const { spec } = manifest(new BootableVM(testChart(), 'web', { ...least, ...props })) as {
    readonly spec?: { readonly template: { readonly spec: Record<string, unknown> } };
  };
  return spec?.template.spec ?? {};
}

const CLAIMED = GuestNetwork.resourceClaim('cards', 'one');

describe('the networks of a VM', () => {
  test('come from resource claims', () => {
    const spec = made([CLAIMED], { resourceClaims: [ResourceClaim.fromTemplateName('cards', 'nics')] });
    expect(spec).toMatchObject({
      resourceClaims: [{ name: 'cards', resourceClaimTemplateName: 'nics' }],
      networks: [{ name: 'cards', resourceClaim: { claimName: 'cards', requestName: 'one' } }],
      domain: { devices: { interfaces: [{ name: 'cards', sriov: {} }] } },
    });
  });

  test('are secondary ones in the place of the pod network, and ranges of ports', () => {
    expect(made([GuestNetwork.multus('lan', { isDefault: true })]).networks).toEqual([
      { name: 'lan', multus: { networkName: 'lan', default: true } },
    ]);
    const { iface, network } = GuestNetwork.pod({
      portRanges: [{ start: 8000, end: 8100 }],
      vmNetworkCidr: '10.1.0.0/24',
      vmIpv6NetworkCidr: 'fd10:1::/120',
    })._render();
    expect(iface.portRanges).toEqual([{ start: 8000, end: 8100, protocol: 'TCP' }]);
    expect(network.pod).toEqual({ vmNetworkCidr: '10.1.0.0/24', vmIPv6NetworkCidr: 'fd10:1::/120' });
  });

  test('let in the ports that they name', () => {
    const named = GuestNetwork.pod({ ports: [{ port: 53, protocol: Protocol.UDP }], tcpPorts: [22] });
    expect([named._reaches(22), named._reaches(53), named._reaches(53, 'UDP')]).toEqual([true, false, true]);
    const ranges = GuestNetwork.pod({ portRanges: [{ start: 20, end: 30 }] });
    expect([ranges._reaches(19), ranges._reaches(20), ranges._reaches(30), ranges._reaches(31)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test.each<[string, GuestProbe, boolean]>([
    ['HTTP', GuestProbe.httpGet(80), true],
    ['TCP', GuestProbe.tcpSocket(22), true],
    ['a command', GuestProbe.exec(['true']), false],
    ['the guest agent', GuestProbe.guestAgentPing(), false],
  ])('are asked by %s over the pod network, or not', (_, livenessProbe, needsPod) => {
    expect(() => made([GuestNetwork.pod()], { livenessProbe })).not.toThrow();
    const make = () => made([GuestNetwork.multus('a')], { livenessProbe });
    if (needsPod) expect(failureOf(make)).toContain("'livenessProbe' must have the pod network to reach the guest");
    else expect(make).not.toThrow();
  });

  test.each<[string, () => unknown, string]>([
    ['a claim is not one of the VM', () => made([CLAIMED]), `'networks' must name a claim of 'resourceClaims' []`],
    [
      'Multus stands beside a claim',
      () => made([CLAIMED, GuestNetwork.multus('a')], { resourceClaims: [ResourceClaim.fromClaimName('cards', 'a')] }),
      'be of Multus or of resource claims, not of both',
    ],
    [
      'two take the place of the pod network',
      () => made([GuestNetwork.pod(), GuestNetwork.multus('a', { isDefault: true })]),
      'hold one pod network, or one that takes its place',
    ],
    [
      'two have a number',
      () => made([GuestNetwork.pod({ acpiIndex: 1 }), GuestNetwork.multus('a', { acpiIndex: 1 })]),
      "'networks' must have each 'acpiIndex' once, got [1,1]",
    ],
    [
      'two are in one place of the boot order',
      () => made([GuestNetwork.pod({ bootOrder: 1 }), GuestNetwork.multus('a', { bootOrder: 1 })]),
      "'networks' must have each 'bootOrder' once",
    ],
    [
      'a probe does not reach the guest',
      () => made([GuestNetwork.multus('a')], { readinessProbe: GuestProbe.tcpSocket(22) }),
      "'readinessProbe' must have the pod network to reach the guest",
    ],
    [
      'ports have one name',
      () => GuestNetwork.pod({ ports: [22, 80].map((port) => ({ port, name: 'a' })) }),
      "'ports' must have names that differ",
    ],
    ['a name is too long', () => GuestNetwork.pod({ ports: [{ port: 1, name: 'a'.repeat(16) }] }), 'at most 15'],
    ['a protocol is SCTP', () => GuestNetwork.pod({ ports: [{ port: 1, protocol: untyped('SCTP') }] }), "'TCP' or"],
    [
      'ranges overlap',
      () =>
        GuestNetwork.pod({
          portRanges: [
            { start: 10, end: 20 },
            { start: 20, end: 30 },
          ],
        }),
      `'portRanges' must not overlap, got "10-20 and 20-30"`,
    ],
    ['a range ends before', () => GuestNetwork.pod({ portRanges: [{ start: 2, end: 1 }] }), "be at least 'start' (2)"],
    [
      'ranges stand beside ports',
      () => GuestNetwork.pod({ tcpPorts: [22], portRanges: [{ start: 1, end: 2 }] }),
      "'portRanges' must be left out beside 'ports' and 'tcpPorts'",
    ],
    [
      'ranges are of a bridge',
      () => GuestNetwork.pod({ binding: NetworkBinding.BRIDGE, portRanges: [{ start: 1, end: 2 }] }),
      "but for the binding 'masquerade'",
    ],
    [
      'a virtual function is absent',
      () => GuestNetwork.multus('a', { binding: NetworkBinding.SRIOV, state: InterfaceState.ABSENT }),
      "'state' must be 'absent' on a secondary network with the binding 'bridge' only",
    ],
    [
      'the default network is absent',
      () => GuestNetwork.multus('a', { isDefault: true, state: InterfaceState.ABSENT }),
      "'state' must be 'absent' on a secondary network with the binding 'bridge' only",
    ],
    ['the pod network is absent', () => GuestNetwork.pod({ state: InterfaceState.ABSENT }), "'state' must be 'absent'"],
    [
      'a virtual function is down',
      () => GuestNetwork.multus('a', { binding: NetworkBinding.SRIOV, state: InterfaceState.DOWN }),
      "'state' must be left out for the binding 'sriov'",
    ],
    ['a time server has a name', () => GuestNetwork.pod({ dhcp: { ntpServers: ['a.b'] } }), 'be an IPv4 address'],
    [
      'a private option is not private',
      () => GuestNetwork.pod({ dhcp: { privateOptions: [{ option: 223, value: 'a' }] } }),
      'be a whole number from 224 to 254, got 223',
    ],
    [
      'a private option comes twice',
      () => GuestNetwork.pod({ dhcp: { privateOptions: ['a', 'b'].map((value) => ({ option: 224, value })) } }),
      "'dhcp.privateOptions' must name each option once",
    ],
    ['an ACPI index is too large', () => GuestNetwork.pod({ acpiIndex: 16384 }), 'from 1 to 16383, got 16384'],
    ['addresses are none', () => GuestNetwork.pod({ vmNetworkCidr: '10.0.2.0' }), "be addresses such as '10.0.2.0/24'"],
  ])('fails when %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});
