import { Size } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { BootableVM } from './bootable-vm';
import { ContainerDisk } from './container-disk';
import { InstancetypeCpu } from './instancetype-spec';
import { IoThreads } from './io-threads';
import { LaunchSecurity } from './launch-security';
import {
  VirtualMachineClusterInstancetype,
  VirtualMachineClusterInstancetypeProps,
  VirtualMachineInstancetype,
  VirtualMachineInstancetypeProps,
} from './virtual-machine-instancetype';

const LEAST = { cpu: { guest: 2 }, memory: Size.gibibytes(4) };

describe('VirtualMachineInstancetype', () => {
  test('is processors and memory of a namespace', () => {
    const type = new VirtualMachineInstancetype(testChart('shop'), 'small', LEAST);
    expect(manifest(type)).toEqual({
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineInstancetype',
      metadata: { name: 'small', namespace: 'shop' },
      spec: { cpu: { guest: 2 }, memory: { guest: '4Gi' } },
    });
    expect(type).toMatchObject({ name: 'small', namespace: 'shop' });
  });

  test('takes all props', () => {
    const cpu: Required<InstancetypeCpu> = {
      guest: 4,
      maxSockets: 8,
      model: 'host-passthrough',
      dedicated: true,
      isolateEmulatorThread: true,
      numaPassthrough: true,
      realtime: true,
      realtimeMask: '0-1',
    };
    const props: Required<VirtualMachineInstancetypeProps> = {
      cpu,
      memory: Size.gibibytes(4),
      maxMemory: Size.gibibytes(8),
      hugepages: Size.mebibytes(2),
      overcommitPercent: 0,
      gpus: [{ name: 'gpu', deviceName: 'nvidia.com/P40', display: true }],
      hostDevices: [{ name: 'card', deviceName: 'example.com/card' }],
      ioThreads: IoThreads.supplementalPool(2),
      launchSecurity: LaunchSecurity.snp(),
      nodeSelector: { zone: 'a' },
      schedulerName: 'second',
      templateAnnotations: { note: 'instance' },
      name: 'large',
      namespace: 'shop',
      labels: { team: 'blue' },
      annotations: { note: 'type' },
      overrides: { spec: { cpu: { maxSockets: 16 } } },
    };
    expect(manifest(new VirtualMachineInstancetype(testChart(), 'type', props))).toEqual({
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineInstancetype',
      metadata: { name: 'large', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'type' } },
      spec: {
        cpu: {
          guest: 4,
          maxSockets: 16,
          model: 'host-passthrough',
          dedicatedCPUPlacement: true,
          isolateEmulatorThread: true,
          numa: { guestMappingPassthrough: {} },
          realtime: { mask: '0-1' },
        },
        memory: { guest: '4Gi', maxGuest: '8Gi', hugepages: { pageSize: '2Mi' }, overcommitPercent: 0 },
        gpus: [{ name: 'gpu', deviceName: 'nvidia.com/P40', virtualGPUOptions: { display: { enabled: true } } }],
        hostDevices: [{ name: 'card', deviceName: 'example.com/card' }],
        ioThreadsPolicy: 'supplementalPool',
        ioThreads: { supplementalPoolThreadCount: 2 },
        launchSecurity: { snp: {} },
        nodeSelector: { zone: 'a' },
        schedulerName: 'second',
        annotations: { note: 'instance' },
      },
    });
  });

  test('has no more memory at the most than at first, where that is asked for', () => {
    const type = new VirtualMachineInstancetype(testChart(), 'small', { ...LEAST, maxMemory: Size.gibibytes(4) });
    expect(manifest(type).spec).toMatchObject({ memory: { guest: '4Gi', maxGuest: '4Gi' } });
  });

  test('is what a VM names', () => {
    const chart = testChart('shop');
    const { instancetype } = new VirtualMachineInstancetype(chart, 'small', LEAST);
    const bootDisk = ContainerDisk.of('a');
    expect(manifest(new BootableVM(chart, 'web', { bootDisk, instancetype })).spec).toMatchObject({
      instancetype: { kind: 'VirtualMachineInstancetype', name: 'small' },
    });
  });

  test.each<[string, object, string]>([
    ['no processors', { cpu: undefined }, "'cpu' must be given, got nothing"],
    ['less than one', { cpu: { guest: 0 } }, "'cpu.guest' must be a whole number from 1"],
    ['no memory', { memory: undefined }, "'memory' must be given, got nothing"],
    [
      'less memory at the most',
      { maxMemory: Size.gibibytes(2) },
      "'maxMemory' must be at least the 'memory' of the guest",
    ],
    ['pages that do not fit', { hugepages: Size.gibibytes(3) }, "'hugepages' must divide the 'memory' of the guest"],
    [
      'less memory with huge pages',
      { hugepages: Size.gibibytes(1), overcommitPercent: 10 },
      "'overcommitPercent' must be left out with 'hugepages', got 10",
    ],
    ['more than all memory', { overcommitPercent: 101 }, "'overcommitPercent' must be a whole number from 0 to 100"],
    [
      'a mask alone',
      { cpu: { guest: 1, realtimeMask: '0' } },
      "'cpu.realtimeMask' must be left out without 'cpu.realtime'",
    ],
    [
      'NUMA without huge pages',
      { cpu: { guest: 1, dedicated: true, numaPassthrough: true } },
      "'cpu.numaPassthrough' must be left out without 'hugepages', got true",
    ],
    [
      'an isolated emulator alone',
      { cpu: { guest: 1, isolateEmulatorThread: true } },
      "left out without 'cpu.dedicated'",
    ],
    ['a misspelt prop', { memroy: 1 }, `got "memroy"; write 'memory'`],
  ])('fails when given %s', (_, props, message) => {
    const all = untyped<VirtualMachineInstancetypeProps>({ ...LEAST, ...props });
    expect(failureOf(() => new VirtualMachineInstancetype(testChart(), 'small', all))).toContain(message);
  });

  testEscapeHatch(
    (overrides) =>
      new VirtualMachineInstancetype(testChart(), 'small', {
        ...LEAST,
        labels: { app: 'web', gone: 'yes' },
        annotations: { note: 'yes' },
        overrides,
      }),
  );
});

describe('VirtualMachineClusterInstancetype', () => {
  test('is in no namespace, and what a VM names', () => {
    const type = new VirtualMachineClusterInstancetype(testChart('shop'), 'small', { ...LEAST, labels: { a: 'b' } });
    expect(manifest(type)).toEqual({
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClusterInstancetype',
      metadata: { name: 'small', labels: { a: 'b' } },
      spec: { cpu: { guest: 2 }, memory: { guest: '4Gi' } },
    });
    expect(type.instancetype._render()).toEqual({ kind: 'VirtualMachineClusterInstancetype', name: 'small' });
  });

  test('fails when given a namespace, or what the other does not take', () => {
    const props = untyped<VirtualMachineClusterInstancetypeProps>({
      ...LEAST,
      namespace: 'shop',
      overcommitPercent: -1,
    });
    const failure = failureOf(() => new VirtualMachineClusterInstancetype(testChart(), 'small', props));
    expect(failure).toContain(`'props' must have known keys only, got "namespace"`);
    expect(failure).toContain("'overcommitPercent' must be a whole number from 0 to 100, got -1");
  });
});
