import { Size } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { LabelRule } from '../shared/label-rule';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { BootableVM } from './bootable-vm';
import { ContainerDisk } from './container-disk';
import { GuestPort } from './guest-port';
import { InstancetypeSpec } from './instancetype-spec';
import { IoThreads } from './io-threads';
import { PreferenceSpec } from './preference-spec';
import { PreferredCpuTopology } from './preferred-cpu';
import { IpFamily, IpFamilyPolicy, ServiceAddresses } from './service-addresses';
import { VirtualMachine } from './virtual-machine';
import { VirtualMachineClone, VirtualMachineCloneProps, VmCloneSource } from './virtual-machine-clone';
import { VirtualMachineInstance } from './virtual-machine-instance';
import { VirtualMachineInstanceReplicaSet } from './virtual-machine-instance-replica-set';
import { VirtualMachineClusterInstancetype, VirtualMachineInstancetype } from './virtual-machine-instancetype';
import { VirtualMachineClusterPreference, VirtualMachinePreference } from './virtual-machine-preference';
import { VirtualMachineSnapshot } from './virtual-machine-snapshot';
import { VmServiceOptions } from './vm-service';

/*
 * What the unit tests of `virtctl create instancetype`, `create preference`, `create clone` and `expose` ask for (KubeVirt v1.9.0,
 * pkg/virtctl/create/…_test.go and pkg/virtctl/expose/expose_test.go), in typed words: the same in meaning.
 */

const CPU = { guest: 1 };
const MEMORY = Size.mebibytes(128);

describe('what virtctl create instancetype asks for', () => {
  const makers: [string, (spec: InstancetypeSpec) => { readonly kind: string; readonly spec: unknown }][] = [
    [
      'VirtualMachineInstancetype',
      (spec) => manifest(new VirtualMachineInstancetype(testChart('my-namespace'), 'small', spec)) as never,
    ],
    [
      'VirtualMachineClusterInstancetype',
      (spec) => manifest(new VirtualMachineClusterInstancetype(testChart(), 'small', spec)) as never,
    ],
  ];
  const asked: [string, Partial<InstancetypeSpec>, object][] = [
    [
      '--cpu 2 --memory 256Mi',
      { cpu: { guest: 2 }, memory: Size.mebibytes(256) },
      { cpu: { guest: 2 }, memory: { guest: '256Mi' } },
    ],
    [
      '--gpu name:gpu1,devicename:nvidia',
      { gpus: [{ name: 'gpu1', deviceName: 'nvidia' }] },
      { gpus: [{ name: 'gpu1', deviceName: 'nvidia' }] },
    ],
    [
      '--hostdevice name:device1,devicename:intel',
      { hostDevices: [{ name: 'device1', deviceName: 'intel' }] },
      { hostDevices: [{ name: 'device1', deviceName: 'intel' }] },
    ],
    ['--iothreadspolicy auto', { ioThreads: IoThreads.auto() }, { ioThreadsPolicy: 'auto' }],
    ['--iothreadspolicy shared', { ioThreads: IoThreads.shared() }, { ioThreadsPolicy: 'shared' }],
  ];
  test.each(
    makers.flatMap(([kind, make]) => asked.map(([words, spec, expected]) => ({ kind, make, words, spec, expected }))),
  )('is said by props: $kind $words', ({ kind, make, spec, expected }) => {
    const object = make({ cpu: CPU, memory: MEMORY, ...spec });
    expect(object.kind).toBe(kind);
    expect(object.spec).toMatchObject(expected);
  });

  test('is of a namespace', () => {
    const type = new VirtualMachineInstancetype(testChart('my-namespace'), 'small', { cpu: CPU, memory: MEMORY });
    expect(manifest(type).metadata).toMatchObject({ namespace: 'my-namespace' });
  });

  const refused: [string, object, string][] = [
    ['nothing', { cpu: undefined, memory: undefined }, "'cpu' must be given"],
    ['--cpu two', { cpu: { guest: 'two' } }, "'cpu.guest' must be a whole number"],
    ['--cpu -2', { cpu: { guest: -2 } }, "'cpu.guest' must be a whole number"],
    ['--memory 256My', { memory: '256My' }, "'memory' must be a Size of cdk8s"],
    ['--gpu without a name', { gpus: [{ deviceName: 'nvidia' }] }, "'gpus[0].name' must be given"],
    ['--gpu without a device', { gpus: [{ name: 'gpu1' }] }, "'gpus[0].deviceName' must be given"],
    ['--hostdevice without a name', { hostDevices: [{ deviceName: 'intel' }] }, "'hostDevices[0].name' must be given"],
    ['--hostdevice without a device', { hostDevices: [{ name: 'a' }] }, "'hostDevices[0].deviceName' must be given"],
    ['--iothreadspolicy invalid-policy', { ioThreads: 'invalid-policy' }, "'ioThreads' must be an IoThreads"],
  ];
  test.each(
    makers.flatMap(([kind, make]) => refused.map(([words, spec, message]) => ({ kind, make, words, spec, message }))),
  )('is refused: $kind $words', ({ make, spec, message }) => {
    expect(failureOf(() => make(untyped({ cpu: CPU, memory: MEMORY, ...spec })))).toContain(message);
  });
});

describe('what virtctl create preference asks for', () => {
  const makers: [string, (spec: PreferenceSpec) => { readonly kind: string; readonly spec: unknown }][] = [
    [
      'VirtualMachinePreference',
      (spec) => manifest(new VirtualMachinePreference(testChart('my-namespace'), 'linux', spec)) as never,
    ],
    [
      'VirtualMachineClusterPreference',
      (spec) => manifest(new VirtualMachineClusterPreference(testChart(), 'linux', spec)) as never,
    ],
  ];
  const asked: [string, PreferenceSpec, object][] = [
    ['nothing', {}, {}],
    [
      '--volume-storage-class testing-storage',
      { storageClassName: 'testing-storage' },
      { volumes: { preferredStorageClassName: 'testing-storage' } },
    ],
    [
      '--machine-type pc-q35-2.10',
      { machineType: 'pc-q35-2.10' },
      { machine: { preferredMachineType: 'pc-q35-2.10' } },
    ],
    [
      '--cpu-topology preferCores, which is now cores',
      { cpu: { topology: PreferredCpuTopology.CORES } },
      { cpu: { preferredCPUTopology: 'cores' } },
    ],
    [
      '--cpu-topology preferThreads, which is now threads',
      { cpu: { topology: PreferredCpuTopology.THREADS } },
      { cpu: { preferredCPUTopology: 'threads' } },
    ],
  ];
  test.each(
    makers.flatMap(([kind, make]) => asked.map(([words, spec, expected]) => ({ kind, make, words, spec, expected }))),
  )('is said by props: $kind $words', ({ kind, make, spec, expected }) => {
    const object = make(spec);
    expect(object.kind).toBe(kind);
    expect(object.spec).toEqual(expected);
  });

  test.each(makers)('is refused: %s --cpu-topology invalidCPU', (_, make) => {
    expect(failureOf(() => make(untyped({ cpu: { topology: 'invalidCPU' } })))).toContain("'cpu.topology' must be");
  });
});

describe('what virtctl create clone asks for', () => {
  const VM = VmCloneSource.vm(VirtualMachine.fromName('source-name'));
  const made = (props: Partial<VirtualMachineCloneProps>): unknown =>
    manifest(new VirtualMachineClone(testChart('my-namespace'), 'clone', { source: VM, ...props })).spec;
  const FILTERS = ['*', '!some/key'];

  test.each<[string, Partial<VirtualMachineCloneProps>, object]>([
    ['--source-name alone', {}, { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'source-name' } }],
    [
      '--source-type vm --target-name',
      { targetName: 'target-name' },
      { target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'target-name' } },
    ],
    [
      '--source-type snapshot',
      { source: VmCloneSource.snapshot(VirtualMachineSnapshot.fromName('source-name')) },
      { source: { apiGroup: 'snapshot.kubevirt.io', kind: 'VirtualMachineSnapshot', name: 'source-name' } },
    ],
    ['--label-filter', { labelFilters: FILTERS }, { labelFilters: FILTERS }],
    ['--annotation-filter', { annotationFilters: FILTERS }, { annotationFilters: FILTERS }],
    ['--template-label-filter', { templateLabelFilters: FILTERS }, { template: { labelFilters: FILTERS } }],
    [
      '--template-annotation-filter',
      { templateAnnotationFilters: FILTERS },
      { template: { annotationFilters: FILTERS } },
    ],
    [
      '--new-mac-address, of addresses',
      { newMacAddresses: { interface0: '02:00:00:00:00:01', interface1: '02:00:00:00:00:02' } },
      { newMacAddresses: { interface0: '02:00:00:00:00:01', interface1: '02:00:00:00:00:02' } },
    ],
    ['--new-smbios-serial', { newSmbiosSerial: 'newSerial' }, { newSMBiosSerial: 'newSerial' }],
  ])('is said by props: %s', (_, props, expected) => {
    expect(made(props)).toMatchObject(expected);
  });

  test.each<[string, object, string]>([
    ['no source', { source: undefined }, "'source' must be"],
    ['a source of an unknown type', { source: 'unknown' }, "'source' must be a VmCloneSource"],
    ['a target that is a snapshot', { targetType: 'snapshot' }, 'must have known keys only'],
    ['an interface without a name', { newMacAddresses: { '': '02:00:00:00:00:01' } }, "'newMacAddresses"],
    ['an interface without an address', { newMacAddresses: { net: '' } }, "'newMacAddresses"],
    ['an address that is none, which KubeVirt refuses', { newMacAddresses: { net: 'custom' } }, "'newMacAddresses"],
  ])('is refused: %s', (_, props, message) => {
    expect(failureOf(() => made(untyped(props)))).toContain(message);
  });
});

describe('what virtctl expose asks for', () => {
  const bootDisk = ContainerDisk.of('example.com/a:1');
  const memory = MEMORY;
  const machines = {
    vm: () => new BootableVM(testChart('shop'), 'my-vm', { bootDisk, memory }),
    vmi: () => new VirtualMachineInstance(testChart('shop'), 'my-vm', { bootDisk, memory }),
    vmirs: () => new VirtualMachineInstanceReplicaSet(testChart('shop'), 'my-vm', { bootDisk, memory }),
  };
  const kinds = Object.keys(machines) as (keyof typeof machines)[];
  const addresses = (given: ServiceAddresses): Partial<VmServiceOptions> => given;
  const asked: [string, Partial<VmServiceOptions>, object][] = [
    [
      '--port 9999 --port-name http',
      { ports: [GuestPort.tcp('http', 9999)] },
      { ports: [{ name: 'http', port: 9999, protocol: 'TCP', targetPort: 9999 }] },
    ],
    ['--protocol UDP', { ports: [GuestPort.udp('dns', 53)] }, { ports: [{ port: 53, protocol: 'UDP' }] }],
    [
      '--port 9999 --target-port 8000',
      { ports: [GuestPort.tcp('http', 8000, { port: 9999 })] },
      { ports: [{ port: 9999, targetPort: 8000 }] },
    ],
    ['--type ClusterIP', { type: ServiceType.CLUSTER_IP }, { type: 'ClusterIP' }],
    ['--type NodePort', { type: ServiceType.NODE_PORT }, { type: 'NodePort' }],
    ['--type LoadBalancer', { type: ServiceType.LOAD_BALANCER }, { type: 'LoadBalancer' }],
    [
      '--cluster-ip and --external-ip',
      addresses({ clusterIps: ['1.2.3.4'], externalIps: ['203.0.113.1'] }),
      { clusterIP: '1.2.3.4', externalIPs: ['203.0.113.1'] },
    ],
    ['--ip-family ipv4', addresses({ ipFamilies: [IpFamily.IPV4] }), { ipFamilies: ['IPv4'] }],
    ['--ip-family ipv6', addresses({ ipFamilies: [IpFamily.IPV6] }), { ipFamilies: ['IPv6'] }],
    [
      '--ip-family ipv6,ipv4',
      addresses({ ipFamilies: [IpFamily.IPV6, IpFamily.IPV4], ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK }),
      { ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'PreferDualStack' },
    ],
    ...Object.values(IpFamilyPolicy).map((policy): [string, Partial<VmServiceOptions>, object] => [
      `--ip-family-policy ${policy}`,
      { ipFamilyPolicy: policy },
      { ipFamilyPolicy: policy },
    ]),
  ];

  test.each(kinds.flatMap((kind) => asked.map(([words, options, expected]) => ({ kind, words, options, expected }))))(
    'is said by options: $kind $words',
    ({ kind, options, expected }) => {
      const service = machines[kind]().expose({ ports: [GuestPort.http()], ...options });
      expect(manifest(service).spec).toMatchObject(expected);
    },
  );

  // virtctl refuses it; a Service has no place for conditions, and leads to the labels of the selector alone.
  test('leads to the labels of a replica set whose selector has conditions, too', () => {
    const set = new VirtualMachineInstanceReplicaSet(testChart('shop'), 'my-vm', {
      bootDisk,
      memory,
      selector: { app: 'web' },
      selectorRules: [LabelRule.exists('app')],
    });
    expect(manifest(set.expose({ ports: [GuestPort.http()] })).spec).toMatchObject({ selector: { app: 'web' } });
  });

  /** A port by the name that the pod gives it is not rebuilt: the pod of a VM names its ports after those of its networks. */
  test.each<[string, object, string]>([
    ['no port', { ports: [] }, "'ports' must hold a port"],
    ['--type madeup', { type: 'madeup' }, "'type' must be"],
    ['--type externalname', { type: 'ExternalName' }, "'type' must be"],
    ['--ip-family madeup', { ipFamilies: ['madeup'] }, "'ipFamilies[0]' must be"],
    ['--ip-family-policy madeup', { ipFamilyPolicy: 'madeup' }, "'ipFamilyPolicy' must be"],
    ['--kaboom', { kaboom: true }, 'must have known keys only'],
  ])('is refused: %s', (_, options, message) => {
    const expose = () => machines.vm().expose(untyped({ ports: [GuestPort.http()], ...options }));
    expect(failureOf(expose)).toContain(message);
  });
});
