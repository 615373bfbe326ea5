import { Duration, Size } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Overrides } from '../shared/overrides';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { ContainerDisk } from './container-disk';
import { GuestNetwork } from './guest-network';
import { NetworkBinding } from './guest-network-options';
import { GuestPort } from './guest-port';
import { InterfaceState } from './network-card';
import { IpFamily, IpFamilyPolicy } from './service-addresses';
import { ExternalTrafficPolicy, InternalTrafficPolicy, SessionAffinity } from './service-traffic';
import { VmService, VmServiceOptions, VmServiceProps } from './vm-service';

const WEB = { name: 'web', namespace: 'shop' };

function vm(props: Partial<BootableVMProps> = {}): BootableVM {
  const bootDisk = ContainerDisk.of('quay.io/containerdisks/fedora:41');
  return new BootableVM(testChart('shop'), 'web', { bootDisk, memory: Size.gibibytes(1), ...props });
}

describe('VmService', () => {
  test('offers ports of a guest inside the cluster', () => {
    const service = new VmService(testChart('shop'), 'service', { vm: WEB, ports: [GuestPort.http()] });
    expect(manifest(service)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        type: 'ClusterIP',
        selector: { 'vm.kubevirt.io/name': 'web' },
        ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 80 }],
      },
    });
    expect(service.name).toBe('web');
    expect(service.namespace).toBe('shop');
  });

  test('takes all props', () => {
    const props: Required<Omit<VmServiceProps, 'headless'>> = {
      internalTrafficPolicy: InternalTrafficPolicy.LOCAL,
      sessionAffinity: SessionAffinity.CLIENT_IP,
      sessionAffinityTimeout: Duration.hours(1),
      ipFamilies: [IpFamily.IPV6, IpFamily.IPV4],
      clusterIps: ['fd00::10', '10.96.0.10'],
      externalIps: ['203.0.113.9'],
      loadBalancerIp: '203.0.113.10',
      allocateLoadBalancerNodePorts: false,
      healthCheckNodePort: 30001,
      vm: WEB,
      name: 'front',
      namespace: 'shop',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      ports: [
        GuestPort.https({ port: 8443, nodePort: 30443, appProtocol: 'kubernetes.io/h2c' }),
        GuestPort.udp('dns', 53),
      ],
      type: ServiceType.LOAD_BALANCER,
      selector: { tier: 'front' },
      externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
      loadBalancerClass: 'example.com/edge',
      loadBalancerSourceRanges: ['203.0.113.0/24'],
      ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK,
      publishNotReadyAddresses: true,
      overrides: { spec: { trafficDistribution: Overrides.unknownField('PreferClose') } },
    };
    expect(manifest(new VmService(testChart(), 'service', props))).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'yes' } },
      spec: {
        type: 'LoadBalancer',
        selector: { tier: 'front' },
        ports: [
          {
            name: 'https',
            protocol: 'TCP',
            port: 8443,
            targetPort: 443,
            nodePort: 30443,
            appProtocol: 'kubernetes.io/h2c',
          },
          { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
        ],
        externalTrafficPolicy: 'Local',
        loadBalancerClass: 'example.com/edge',
        loadBalancerSourceRanges: ['203.0.113.0/24'],
        ipFamilyPolicy: 'PreferDualStack',
        publishNotReadyAddresses: true,
        internalTrafficPolicy: 'Local',
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 3600 } },
        ipFamilies: ['IPv6', 'IPv4'],
        clusterIP: 'fd00::10',
        clusterIPs: ['fd00::10', '10.96.0.10'],
        externalIPs: ['203.0.113.9'],
        loadBalancerIP: '203.0.113.10',
        allocateLoadBalancerNodePorts: false,
        healthCheckNodePort: 30001,
        trafficDistribution: 'PreferClose',
      },
    });
  });

  test('has no address of its own where it is headless, and then needs no port', () => {
    const service = new VmService(testChart(), 'service', { vm: WEB, headless: true, ports: [] });
    expect(manifest(service).spec).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: { 'vm.kubevirt.io/name': 'web' },
      ports: [],
    });
  });

  test('keeps a session for a day at the most', () => {
    const session = { sessionAffinity: SessionAffinity.CLIENT_IP, sessionAffinityTimeout: Duration.days(1) };
    const service = new VmService(testChart(), 'service', { vm: WEB, ports: [GuestPort.ssh()], ...session });
    expect(manifest(service).spec).toMatchObject({ sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_400 } } });
  });

  const NODE_PORT = ServiceType.NODE_PORT;
  test.each<[string, object, string]>([
    ['no ports', { ports: undefined }, "'ports' must be given, got nothing"],
    ['an empty list', { ports: [] }, "'ports' must hold a port where the Service is not headless"],
    ['a number', { ports: [80] }, "'ports[0]' must be a GuestPort, got 80; write for example GuestPort.ssh()"],
    [
      'two ports of a name',
      { ports: [GuestPort.ssh(), GuestPort.ssh({ port: 2222 })] },
      "'ports' must have names that",
    ],
    ['a port twice', { ports: [GuestPort.tcp('a', 1), GuestPort.tcp('b', 1)] }, "'ports' must differ in 'port'"],
    [
      'a node port inside the cluster',
      { ports: [GuestPort.ssh({ nodePort: 30022 })] },
      "have no nodePort for type 'Clus",
    ],
    ['headless beside a type', { headless: true, type: NODE_PORT }, "'headless' must be left out for type 'NodePort'"],
    [
      'an external name',
      { type: ServiceType.EXTERNAL_NAME },
      "'type' must be 'ClusterIP', 'NodePort' or 'LoadBalancer'",
    ],
    [
      'a traffic policy inside the cluster',
      { externalTrafficPolicy: 'Local' },
      "'externalTrafficPolicy' must be left out",
    ],
    ['an unknown traffic policy', { externalTrafficPolicy: 'local' }, "write 'Local'"],
    [
      'a class without a load balancer',
      { type: NODE_PORT, loadBalancerClass: 'a' },
      "'loadBalancerClass' must be left",
    ],
    [
      'an address of a load balancer without one',
      { loadBalancerIp: '203.0.113.10' },
      "'loadBalancerIp' must be left out for type 'ClusterIP'",
    ],
    [
      'a port for questions of the load balancer that sees all guests',
      { type: ServiceType.LOAD_BALANCER, healthCheckNodePort: 30001 },
      "'healthCheckNodePort' must be left out without externalTrafficPolicy 'Local'",
    ],
    ['a time without a session', { sessionAffinityTimeout: Duration.hours(1) }, "'sessionAffinity' must be 'ClientIP'"],
    [
      'a time beyond a day',
      { sessionAffinity: 'ClientIP', sessionAffinityTimeout: Duration.seconds(86_401) },
      "'sessionAffinityTimeout' must be at most 1 day",
    ],
    ['no family', { ipFamilies: [] }, "'ipFamilies' must hold one or two, got []"],
    ['a family twice', { ipFamilies: ['IPv4', 'IPv4'] }, "'ipFamilies' must name each value once"],
    ['a name for an address', { clusterIps: ['web'] }, "'clusterIps[0]' must be an IP address"],
    [
      'an address for a headless one',
      { headless: true, clusterIps: ['10.0.0.1'] },
      "'clusterIps' must be left out with",
    ],
    ['a network for an address', { externalIps: ['10.0.0.0/8'] }, "'externalIps[0]' must be an IP address"],
    ['an empty selector', { selector: {} }, "'selector' must hold a label, got {}"],
    ['another namespace', { namespace: 'other' }, "'namespace' must be that of the VM ('shop'), got \"other\""],
    ['the name of a VM', { vm: 'web' }, `'vm' must be a VM, got "web"; write VirtualMachine.fromName("web")`],
    ['a name with a dot', { name: 'a.b' }, "'name' must be a DNS label that starts with a letter"],
    ['a misspelt prop', { port: 22 }, `'props' must have known keys only, got "port"; write 'ports'`],
    [
      'two ports of which one has no name',
      { ports: [GuestPort.unnamed(80), GuestPort.https()] },
      "'ports[0]' must have a name, since the Service has several ports, got GuestPort.unnamed(80); write GuestPort.tcp('NAME', 80)",
    ],
    [
      'two ports without names',
      { ports: [GuestPort.unnamed(80), GuestPort.unnamed(9100)] },
      "'ports[1]' must have a name, since the Service has several ports, got GuestPort.unnamed(9100)",
    ],
  ])('fails when given %s', (_, props, message) => {
    const all = untyped<VmServiceProps>({ vm: WEB, ports: [GuestPort.ssh()], ...props });
    expect(failureOf(() => new VmService(testChart(), 'service', all))).toContain(message);
  });

  testEscapeHatch(
    (overrides) =>
      new VmService(testChart(), 'service', {
        vm: WEB,
        ports: [GuestPort.ssh()],
        labels: { app: 'web', gone: 'yes' },
        annotations: { note: 'yes' },
        overrides,
      }),
  );
});

describe('BootableVM.expose', () => {
  test('makes a Service beside the VM, as often as its names differ', () => {
    const machine = vm({ hostname: 'front' });
    const services = [
      machine.expose({ ports: [GuestPort.http(), GuestPort.ssh()] }),
      machine.expose({ name: 'web-rdp', ports: [GuestPort.rdp()], type: ServiceType.NODE_PORT }),
    ];
    expect(services.map((service) => manifest(service))).toMatchObject([
      { metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { 'vm.kubevirt.io/name': 'front' } } },
      { metadata: { name: 'web-rdp', namespace: 'shop' }, spec: { type: 'NodePort' } },
    ]);
  });

  test.each<[string, GuestNetwork[], GuestPort, string]>([
    [
      'a port that the masquerade does not list',
      [GuestNetwork.pod({ tcpPorts: [22] })],
      GuestPort.http(),
      "let port 80 in for a Service; add 80 to 'tcpPorts' of the pod network",
    ],
    [
      'a port that is not among the named ones',
      [GuestNetwork.pod({ ports: [{ name: 'ssh', port: 22 }] })],
      GuestPort.http(),
      "let port 80 in for a Service; add { port: 80 } to 'ports' of the pod network",
    ],
    [
      'a port outside of the ranges',
      [GuestNetwork.pod({ portRanges: [{ start: 8000, end: 8100 }] })],
      GuestPort.http(),
      "let port 80 in for a Service; add { start: 80, end: 80 } to 'portRanges' of the pod network",
    ],
    [
      'a port of a network that is down',
      [GuestNetwork.pod({ state: InterfaceState.DOWN })],
      GuestPort.http(),
      "leave out the 'state' of the pod network",
    ],
    [
      'a UDP port beside listed ones',
      [GuestNetwork.pod({ tcpPorts: [53] })],
      GuestPort.udp('dns', 53),
      "let port 53 in for a Service; add { port: 53, protocol: Protocol.UDP } to 'ports' of the pod network",
    ],
    ['a port without the pod network', [GuestNetwork.multus('lan')], GuestPort.ssh(), 'let port 22 in'],
    ['a port without any network', [], GuestPort.rdp(), 'let port 3389 in'],
  ])('fails when asked for %s', (_, networks, port, message) => {
    expect(failureOf(() => vm({ networks }).expose({ ports: [port] }))).toContain(message);
  });

  test.each<[string, GuestNetwork[]]>([
    ['that lists the port', [GuestNetwork.pod({ tcpPorts: [80] })]],
    ['beside others', [GuestNetwork.multus('lan'), GuestNetwork.pod()]],
    ['that is bridged', [GuestNetwork.pod({ binding: NetworkBinding.BRIDGE })]],
  ])('takes a pod network %s', (_, networks) => {
    expect(vm({ networks }).expose({ ports: [GuestPort.http()] }).name).toBe('web');
  });

  test('fails when a second Service has the name of the first one, or the options are not options', () => {
    const machine = vm();
    machine.expose({ ports: [GuestPort.http()] });
    expect(failureOf(() => machine.expose({ ports: [GuestPort.ssh()] }))).toBe(
      `[test/web] 'name' must differ from that of every other Service of the VM, got "web"; give the second one a 'name'`,
    );
    expect(failureOf(() => vm().expose(untyped<VmServiceOptions>(undefined)))).toContain(
      "'ports' must be given, got nothing",
    );
    expect(failureOf(() => vm().expose(untyped<VmServiceOptions>({ ports: 22 })))).toContain("'ports' must be a list");
  });
});
