import { Size } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, manifests, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { BootableVMProps, InstanceProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { ContainerDisk } from './container-disk';
import { Firmware } from './firmware';
import { GuestPort } from './guest-port';
import { EVERY_CPU, EVERY_LIFECYCLE_PROP, EVERY_MACHINE_PROP } from './testing/every-prop';
import { VirtualMachineInstance } from './virtual-machine-instance';

const LEAST: InstanceProps = {
  bootDisk: ContainerDisk.of('quay.io/containerdisks/fedora:41'),
  memory: Size.gibibytes(4),
};

function made(props: Partial<InstanceProps> = {}): VirtualMachineInstance {
  return new VirtualMachineInstance(testChart('shop'), 'once', { ...LEAST, ...props });
}

describe('VirtualMachineInstance', () => {
  test('is a running guest', () => {
    expect(manifest(made())).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstance',
      metadata: { name: 'once', namespace: 'shop' },
      spec: {
        domain: {
          devices: {
            disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
            interfaces: [{ name: 'default', masquerade: {} }],
          },
          memory: { guest: '4Gi' },
        },
        networks: [{ name: 'default', pod: {} }],
        volumes: [{ name: 'rootdisk', containerDisk: { image: 'quay.io/containerdisks/fedora:41' } }],
      },
    });
  });

  test('is made as the instance of a BootableVM of the same props', () => {
    const props: InstanceProps = {
      ...LEAST,
      ...EVERY_MACHINE_PROP,
      ...EVERY_LIFECYCLE_PROP,
      cpu: EVERY_CPU,
      maxMemory: undefined,
      firmware: Firmware.uefi(),
      secondaryDisks: [{ disk: Disk.fromClaimName('data') }],
      cloudInit: CloudInit.fromSecretName('user-data'),
      hostname: 'web',
      nodeSelector: { zone: 'a' },
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
    };
    const instance = manifest(new VirtualMachineInstance(testChart(), 'once', props));
    const vm = manifest(new BootableVM(testChart(), 'once', props)) as unknown as {
      readonly spec: { readonly template: { readonly spec: object } };
    };
    expect(instance.spec).toEqual(vm.spec.template.spec);
    expect(instance.metadata).toEqual({ name: 'once', labels: { team: 'blue' }, annotations: { note: 'yes' } });
  });

  test('takes disks later, and offers its ports', () => {
    const instance = made({ hostname: 'front' });
    instance.attach(Disk.fromClaimName('data'));
    instance.expose({ ports: [GuestPort.ssh()] });
    const [vmi, service] = manifests(instance);
    expect(vmi?.spec).toMatchObject({ volumes: [{}, { name: 'data' }] });
    expect(service?.spec).toMatchObject({ selector: { 'vm.kubevirt.io/name': 'front' } });
  });

  test('knows the host name of its overrides', () => {
    expect(made({ hostname: 'a', overrides: { spec: { hostname: 'b' } } }).hostname).toBe('b');
  });

  const template = DataVolumeTemplate.of('boot', { source: DataVolumeSource.blank(), size: Size.gibibytes(1) });
  test.each<[string, object, string]>([
    ['no memory', { memory: undefined }, "'memory' must be given"],
    [
      'a template of a disk',
      { bootDisk: template },
      '\'bootDisk\' must not be a template, which only a VM makes, got "boot"',
    ],
    ['a run strategy', { runStrategy: 'Always' }, `'props' must have known keys only, got "runStrategy"`],
    ['an instance type', { instancetype: 'a' }, `'props' must have known keys only, got "instancetype"`],
    ['labels of a template', { templateLabels: {} }, `got "templateLabels"`],
  ])('fails when given %s', (_, props, message) => {
    expect(failureOf(() => made(untyped<Partial<BootableVMProps>>(props)))).toContain(message);
  });

  testEscapeHatch((overrides) =>
    made({ labels: { app: 'web', gone: 'yes' }, annotations: { note: 'yes' }, overrides }),
  );
});
