import { Size } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { LabelRule } from '../shared/label-rule';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, manifests, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { InstanceTemplateProps } from './bootable-vm-props';
import { ContainerDisk } from './container-disk';
import { FleetProps } from './fleet';
import { GuestNetwork } from './guest-network';
import { GuestPort } from './guest-port';
import {
  VirtualMachineInstanceReplicaSet,
  VirtualMachineInstanceReplicaSetProps,
} from './virtual-machine-instance-replica-set';

const LEAST: InstanceTemplateProps = {
  bootDisk: ContainerDisk.of('quay.io/containerdisks/fedora:41'),
  memory: Size.gibibytes(1),
};

function made(props: Partial<VirtualMachineInstanceReplicaSetProps> = {}): VirtualMachineInstanceReplicaSet {
  return new VirtualMachineInstanceReplicaSet(testChart('shop'), 'workers', { ...LEAST, ...props });
}

describe('VirtualMachineInstanceReplicaSet', () => {
  test('is a number of guests that it knows by its name', () => {
    expect(manifest(made())).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstanceReplicaSet',
      metadata: { name: 'workers', namespace: 'shop' },
      spec: {
        selector: { matchLabels: { 'kubevirt.io/vmReplicaSet': 'workers' } },
        template: {
          metadata: { labels: { 'kubevirt.io/vmReplicaSet': 'workers' } },
          spec: {
            domain: {
              devices: {
                disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
                interfaces: [{ name: 'default', masquerade: {} }],
              },
              memory: { guest: '1Gi' },
            },
            networks: [{ name: 'default', pod: {} }],
            volumes: [{ name: 'rootdisk', containerDisk: { image: 'quay.io/containerdisks/fedora:41' } }],
          },
        },
      },
    });
  });

  test('takes all props of its own', () => {
    const own: Required<FleetProps> = {
      replicas: 3,
      selector: { app: 'worker' },
      selectorRules: [LabelRule.in('tier', ['back', 'middle']), LabelRule.doesNotExist('old')],
      paused: true,
    };
    const template = { templateLabels: { tier: 'back', app: 'worker' }, templateAnnotations: { note: 'yes' } };
    expect(manifest(made({ ...own, ...template, name: 'w', labels: { team: 'blue' } }))).toMatchObject({
      metadata: { name: 'w', labels: { team: 'blue' } },
      spec: {
        replicas: 3,
        paused: true,
        selector: {
          matchLabels: { app: 'worker' },
          matchExpressions: [
            { key: 'tier', operator: 'In', values: ['back', 'middle'] },
            { key: 'old', operator: 'DoesNotExist' },
          ],
        },
        template: { metadata: { labels: { tier: 'back', app: 'worker' }, annotations: { note: 'yes' } } },
      },
    });
  });

  test('has no machine at all with no replicas', () => {
    expect(manifest(made({ replicas: 0 })).spec).toMatchObject({ replicas: 0 });
  });

  test('takes disks later, and offers ports of all its guests', () => {
    const set = made({ selector: { app: 'worker' } });
    set.attach(Disk.fromClaimName('data'), { readOnly: true });
    set.expose({ ports: [GuestPort.http()] });
    const [object, service] = manifests(set);
    expect(object?.spec).toMatchObject({ template: { spec: { volumes: [{}, { name: 'data' }] } } });
    expect(service).toMatchObject({
      metadata: { name: 'workers', namespace: 'shop' },
      spec: { selector: { app: 'worker' }, ports: [{ port: 80 }] },
    });
  });

  test('leads a Service to its guests where no selector is given', () => {
    const set = made({ selector: { app: 'worker' } });
    const service = set.expose({ ports: [GuestPort.http()], selector: undefined });
    expect(manifest(service).spec).toMatchObject({ selector: { app: 'worker' } });
  });

  test.each<[string, object, string]>([
    ['less than none', { replicas: -1 }, "'replicas' must be a whole number of at least 0, got -1"],
    ['an empty selector', { selector: {} }, "'selector' must hold a label, got {}"],
    ['a selector that is text', { selector: 'app' }, "'selector' must be an object of names and text"],
    [
      'a label beside the selector',
      { selector: { app: 'a' }, templateLabels: { app: 'b' } },
      `'templateLabels["app"]' must be that of the selector ("a"), got "b"`,
    ],
    [
      'a condition that its machines do not fulfil',
      { selector: { app: 'a' }, selectorRules: [LabelRule.exists('app'), LabelRule.notIn('app', ['a'])] },
      `'selectorRules[1]' must be fulfilled by the labels of its machines, got {"app":"a"}`,
    ],
    ['a condition that is text', { selectorRules: ['app'] }, "'selectorRules[0]' must be a LabelRule"],
    [
      'a hardware address for all',
      { replicas: 2, networks: [GuestNetwork.pod({ macAddress: '02:00:00:00:00:01' })] },
      `'networks[0]' must have no 'macAddress' for 2 machines, which would all have it, got "02:00:00:00:00:01"`,
    ],
    [
      'pages that the guest does not fill, whatever the limit',
      { hugepages: Size.mebibytes(2), memory: Size.mebibytes(1025), resources: { memoryLimit: Size.gibibytes(2) } },
      `'hugepages' must divide the 'memory' of the guest "1025Mi", got "2Mi"`,
    ],
    [
      'a template of a disk',
      { bootDisk: DataVolumeTemplate.of('boot', { source: DataVolumeSource.blank(), size: Size.gibibytes(1) }) },
      `'bootDisk' must not be a template, which only a VM makes, got "boot"`,
    ],
    ['a run strategy', { runStrategy: 'Always' }, `got "runStrategy"`],
    ['a misspelt prop', { replica: 2 }, `got "replica"; write 'replicas'`],
  ])('fails when given %s', (_, props, message) => {
    expect(failureOf(() => made(untyped(props)))).toContain(message);
  });

  test.each<[string, object]>([
    ['pages that the guest fills', { hugepages: Size.mebibytes(2), memory: Size.gibibytes(1) }],
    ['a limit without pages', { memory: Size.mebibytes(1025) }],
    ['pages that a request fills', { hugepages: Size.mebibytes(2), memory: Size.mebibytes(1025), memoryRequest: 2048 }],
    ['pages and no memory of the guest', { hugepages: Size.mebibytes(2), memory: undefined }],
  ])('takes %s', (_, { memoryRequest, ...props }: { readonly memoryRequest?: number }) => {
    const request = memoryRequest === undefined ? undefined : Size.mebibytes(memoryRequest);
    const resources = { memoryLimit: Size.gibibytes(2), memoryRequest: request };
    expect(() => made({ ...props, resources })).not.toThrow();
  });

  test('fails when its pages have no size, and is not divided by it', () => {
    const resources = { memoryLimit: Size.gibibytes(2) };
    const failure = failureOf(() => made({ hugepages: Size.kibibytes(0), memory: Size.gibibytes(1), resources }));
    expect(failure).not.toContain('divide');
  });

  test('fails when a port is exposed that its networks do not let in', () => {
    const set = made({ networks: [GuestNetwork.multus('lan')] });
    expect(failureOf(() => set.expose({ ports: [GuestPort.ssh()] }))).toContain("'networks' must let port 22 in");
  });

  testEscapeHatch((overrides) =>
    made({ labels: { app: 'web', gone: 'yes' }, annotations: { note: 'yes' }, overrides }),
  );
});
