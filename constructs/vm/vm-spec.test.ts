import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { Disk } from '../storage/disk';
import { BootableVMProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { AttachOptions, SettledAttachment, settleAttachment } from './disk-attachment';
import { GuestNetwork } from './guest-network';
import { defaultVmSpec } from './testing/default-vm';
import { renderVmSpec } from './vm-spec';

const BOOT = settleAttachment(Disk.fromClaimName('boot'), {}, { name: 'rootdisk' });

describe('renderVmSpec', () => {
  test('runs always, with a masquerade on the pod network', () => {
    expect(spec({})).toEqual(defaultVmSpec('boot'));
  });

  test('has no network at all for an empty list, and says so: KubeVirt would add one', () => {
    const { template } = spec({ networks: [] });
    expect(template.spec.domain.devices).toEqual({
      disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
      autoattachPodInterface: false,
    });
    expect(template.spec).not.toHaveProperty('networks');
  });

  test('pairs every network with its card, in the order given', () => {
    const { template } = spec({ networks: [GuestNetwork.multus('front'), GuestNetwork.pod()] });
    expect(template.spec.networks).toEqual([
      { name: 'front', multus: { networkName: 'front' } },
      { name: 'default', pod: {} },
    ]);
    expect(template.spec.domain.devices.interfaces).toEqual([
      { name: 'front', bridge: {} },
      { name: 'default', masquerade: {} },
    ]);
  });

  test.each<[string, BootableVMProps['resources'], unknown]>([
    ['a memory request', { memoryRequest: Size.mebibytes(128) }, { requests: { memory: '128Mi' } }],
    ['a memory limit', { memoryLimit: Size.gibibytes(0.5) }, { limits: { memory: '512Mi' } }],
    ['a CPU request', { cpuRequest: Cpu.millis(500) }, { requests: { cpu: '500m' } }],
    ['a CPU limit', { cpuLimit: Cpu.units(2) }, { limits: { cpu: '2' } }],
    ['nothing', {}, {}],
  ])('asks the node for %s', (_, resources, expected) => {
    expect(spec({ resources }).template.spec.domain.resources).toEqual(expected);
  });

  test('puts the boot disk first, cloud-init after the static disks, the hotpluggable ones last', () => {
    const attached = [
      BOOT,
      attach('plugged-1', { hotpluggable: true }),
      attach('static-1'),
      attach('plugged-2', { hotpluggable: true }),
      attach('static-2'),
    ];
    const { template } = spec({ cloudInit: CloudInit.fromSecretName('guest') }, attached);
    const names = ['rootdisk', 'static-1', 'static-2', 'cloudinitdisk', 'plugged-1', 'plugged-2'];
    expect(template.spec.volumes.map(({ name }) => name)).toEqual(names);
    expect(template.spec.domain.devices.disks.map(({ name }) => name)).toEqual(names);
  });

  test('keeps the places of volumes when a hotpluggable disk is appended', () => {
    const before = [BOOT, attach('data')];
    const cloudInit = CloudInit.fromSecretName('guest');
    const now = spec({ cloudInit }, before).template.spec.volumes;
    const later = spec({ cloudInit }, [...before, attach('more', { hotpluggable: true })]).template.spec.volumes;
    expect(later.slice(0, now.length)).toEqual(now);
    expect(later).toHaveLength(now.length + 1);
  });

  test('carries cloud-init on a virtio disk', () => {
    const { template } = spec({ cloudInit: CloudInit.fromSecretName('guest') });
    expect(template.spec.domain.devices.disks[1]).toEqual({ name: 'cloudinitdisk', disk: { bus: 'virtio' } });
    expect(template.spec.volumes[1]).toEqual({
      name: 'cloudinitdisk',
      cloudInitNoCloud: { secretRef: { name: 'guest' } },
    });
  });

  test('makes the disk of a template itself, and refers to it as a DataVolume', () => {
    const boot = DataVolumeTemplate.of('web-boot', {
      source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
      size: Size.gibibytes(10),
      storageClassName: 'fast',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      bindImmediately: true,
    });
    const { dataVolumeTemplates, template } = spec({}, [settleAttachment(boot, {}, { name: 'rootdisk' })]);
    expect(dataVolumeTemplates).toEqual([
      {
        metadata: {
          name: 'web-boot',
          labels: { team: 'blue' },
          annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true', note: 'yes' },
        },
        spec: {
          source: { registry: { url: 'docker://quay.io/containerdisks/fedora:41' } },
          pvc: {
            accessModes: ['ReadWriteMany'],
            resources: { requests: { storage: '10Gi' } },
            storageClassName: 'fast',
            volumeMode: 'Block',
          },
        },
      },
    ]);
    expect(template.spec.volumes).toEqual([{ name: 'rootdisk', dataVolume: { name: 'web-boot' } }]);
  });

  test('names the namespace that a template clones from: of the source, else of the VM', () => {
    const clone = (namespace?: string): SettledAttachment => {
      const source = DataVolumeSource.claim(Disk.fromClaimName('golden', { namespace, size: Size.gibibytes(1) }));
      return settleAttachment(DataVolumeTemplate.of('web-boot', { source }), {}, { name: 'rootdisk' });
    };
    const sourceOf = (attached: SettledAttachment, namespace?: string): unknown =>
      spec({}, [attached], namespace).dataVolumeTemplates?.[0]?.spec.source;
    expect(sourceOf(clone('images'), 'apps')).toEqual({ pvc: { name: 'golden', namespace: 'images' } });
    expect(sourceOf(clone(), 'apps')).toEqual({ pvc: { name: 'golden', namespace: 'apps' } });
    expect(sourceOf(clone())).toEqual({ pvc: { name: 'golden' } });
  });

  test('plugs a template disk as a DataVolume too', () => {
    const data = DataVolumeTemplate.of('web-data', { source: DataVolumeSource.blank(), size: Size.gibibytes(1) });
    const { template } = spec({}, [BOOT, settleAttachment(data, { hotpluggable: true })]);
    expect(template.spec.volumes[1]).toEqual({
      name: 'web-data',
      dataVolume: { name: 'web-data', hotpluggable: true },
    });
  });
});

interface Named {
  readonly name: string;
}

interface PlainSpec {
  readonly dataVolumeTemplates?: { readonly spec: { readonly source: unknown } }[];
  readonly template: {
    readonly spec: {
      readonly domain: {
        readonly devices: { readonly disks: Named[]; readonly interfaces?: unknown };
        readonly resources?: unknown;
      };
      readonly networks?: unknown;
      readonly volumes: Named[];
    };
  };
}

function attach(claimName: string, options: AttachOptions = {}): SettledAttachment {
  return settleAttachment(Disk.fromClaimName(claimName), options);
}

function spec(props: Partial<BootableVMProps>, attached = [BOOT], namespace?: string): PlainSpec {
  const rendered = renderVmSpec({ ...props, bootDisk: BOOT.disk }, attached, namespace);
  return JSON.parse(JSON.stringify(rendered, plainQuantity)) as PlainSpec;
}

/** Quantities are wrapped in the generated types. */
function plainQuantity(_: string, value: unknown): unknown {
  const keys = value !== null && typeof value === 'object' ? Object.keys(value) : [];
  return keys.length === 1 && keys[0] === 'value' ? (value as { value: unknown }).value : value;
}
