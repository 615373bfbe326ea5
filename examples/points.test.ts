import { join } from 'node:path';
import { StorageCatalog } from 'cdk8s-kubevirt';
import { inventory } from 'cdk8s-kubevirt/review/inventory';
import { load, loadAll } from 'js-yaml';
import { Manifest, manifestsOf, readTree } from '../chapters/testing/scenario';

/** What an example has written, by path. */
const dist = (name: string): Map<string, string> => readTree(join(__dirname, name, 'dist'));

/** The manifests of an example, or of some of its files, in the order in which they are applied. */
function manifestsIn(name: string, files = /\.k8s\.yaml$/): Manifest[] {
  return [...dist(name)].flatMap(([path, text]) => (files.test(path) ? manifestsOf(text) : []));
}

const titles = (manifests: readonly Manifest[]): string[] =>
  manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

const only = (manifests: readonly Manifest[], kind: string): Manifest[] =>
  manifests.filter((manifest) => manifest.kind === kind);

describe('the point of each example', () => {
  test('import-from-registry: CDI logs in by a Secret that no manifest holds', () => {
    const all = manifestsIn('import-from-registry');
    expect(titles(all)).toEqual(['Namespace shop', 'DataVolume web-boot', 'VirtualMachine web']);
    expect(all[1]).toMatchObject({
      metadata: { namespace: 'shop' },
      spec: {
        source: {
          registry: { url: 'docker://registry.example.com/images/fedora:41', secretRef: 'registry-login' },
        },
      },
    });
  });

  test('upload-an-image: the disk waits for the upload, the VM comes in a later step', () => {
    const first = manifestsIn('upload-an-image', /^1-/);
    expect(titles(first)).toEqual(['Namespace shop', 'DataVolume web-boot']);
    expect(first[1]).toMatchObject({
      metadata: { annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true' } },
      spec: { source: { upload: {} } },
    });
    const [vm] = manifestsIn('upload-an-image', /^2-/);
    expect(vm).toMatchObject({
      spec: {
        template: { spec: { volumes: [{ name: 'rootdisk', persistentVolumeClaim: { claimName: 'web-boot' } }] } },
      },
    });
  });

  test('two-data-disks: two claims, which the guest finds by their serials', () => {
    const all = manifestsIn('two-data-disks');
    expect(only(all, 'PersistentVolumeClaim')).toMatchObject([
      { metadata: { name: 'db-data' }, spec: { resources: { requests: { storage: '50Gi' } } } },
      { metadata: { name: 'db-log' }, spec: { resources: { requests: { storage: '10Gi' } } } },
    ]);
    expect(only(all, 'VirtualMachine')).toMatchObject([
      {
        spec: {
          template: {
            spec: {
              domain: {
                devices: {
                  disks: [
                    { name: 'rootdisk' },
                    { name: 'db-data', serial: 'data', disk: { bus: 'virtio' } },
                    { name: 'db-log', serial: 'log', disk: { bus: 'virtio' } },
                    { name: 'cloudinitdisk' },
                  ],
                },
              },
              volumes: [
                { name: 'rootdisk' },
                { name: 'db-data', persistentVolumeClaim: { claimName: 'db-data' } },
                { name: 'db-log', persistentVolumeClaim: { claimName: 'db-log' } },
                {
                  name: 'cloudinitdisk',
                  cloudInitNoCloud: {
                    userData: {
                      runcmd: [
                        'blkid /dev/disk/by-id/virtio-data || mkfs.ext4 /dev/disk/by-id/virtio-data',
                        "echo '/dev/disk/by-id/virtio-data /srv/data ext4 nofail 0 2' >> /etc/fstab",
                        'mkdir -p /srv/data && mount /srv/data',
                        'blkid /dev/disk/by-id/virtio-log || mkfs.ext4 /dev/disk/by-id/virtio-log',
                        "echo '/dev/disk/by-id/virtio-log /srv/log ext4 nofail 0 2' >> /etc/fstab",
                        'mkdir -p /srv/log && mount /srv/log',
                      ],
                    },
                  },
                },
              ],
            },
          },
        },
      },
    ]);
  });

  test('grow-a-disk: the later step states the claims anew, larger, and nothing else', () => {
    const claim = (name: string, storage: string): object => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: 'shop' },
      spec: {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage } },
        storageClassName: 'fast-block',
        volumeMode: 'Block',
      },
    });
    const before = manifestsIn('grow-a-disk', /^1-/);
    expect(before).toContainEqual(claim('db-data', '50Gi'));
    expect(only(before, 'DataVolume')).toMatchObject([
      { metadata: { name: 'db-boot' }, spec: { pvc: { resources: { requests: { storage: '10Gi' } } } } },
    ]);
    expect(manifestsIn('grow-a-disk', /^2-/)).toEqual([claim('db-data', '100Gi'), claim('db-boot', '20Gi')]);
  });

  test('hotplug-a-disk: the VM has the disk in the second step alone, and keeps all else', () => {
    const [before] = only(manifestsIn('hotplug-a-disk', /^1-/), 'VirtualMachine');
    const [plugged] = only(manifestsIn('hotplug-a-disk', /^2-/), 'VirtualMachine');
    expect(before).toMatchObject({ spec: { template: { spec: { volumes: [{ name: 'rootdisk' }] } } } });
    expect(plugged).toMatchObject({
      spec: {
        template: {
          spec: {
            domain: { devices: { disks: [{ name: 'rootdisk' }, { name: 'db-data', disk: { bus: 'scsi' } }] } },
            volumes: [
              { name: 'rootdisk' },
              { name: 'db-data', persistentVolumeClaim: { claimName: 'db-data', hotpluggable: true } },
            ],
          },
        },
      },
    });
    expect(manifestsIn('hotplug-a-disk', /^3-/)).toEqual([before]);
  });

  describe('clone-across-storage-classes', () => {
    // As the example has it, but for the strategy, which the StorageProfile among the manifests says.
    const catalog = StorageCatalog.of({
      storageClasses: [
        { name: 'fast-block', provisioner: 'csi.example.com', backend: 'array-1' },
        { name: 'bulk-block', provisioner: 'csi.example.com', backend: 'array-2' },
      ],
      snapshotClasses: [{ name: 'snapshots', driver: 'csi.example.com' }],
    });
    const all = manifestsIn('clone-across-storage-classes');
    const outcomes = (manifests: readonly Manifest[]): string[][] =>
      inventory(manifests, { catalog }).clones.map(({ claim, outcome }) => [claim, outcome]);

    test('a snapshot within the class, a copy into the other one', () => {
      expect(dist('clone-across-storage-classes').get('CLONES.md')).toBe(
        '- golden-fast-block: snapshot\n- golden-bulk-block: copy\n',
      );
      expect(outcomes(all)).toEqual([
        ['golden-bulk-block', 'copy'],
        ['golden-fast-block', 'snapshot'],
      ]);
    });

    test('a clone that never finishes, without the StorageProfile', () => {
      expect(outcomes(all.filter(({ kind }) => kind !== 'StorageProfile'))).toEqual([
        ['golden-bulk-block', 'never finishes'],
        ['golden-fast-block', 'snapshot'],
      ]);
    });
  });

  test('golden-image-ten-vms: ten VMs clone one snapshot, and may', () => {
    const workers = only(manifestsIn('golden-image-ten-vms', /^3-/), 'VirtualMachine');
    const names = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => `worker-${number}`);
    expect(workers.map(({ metadata }) => metadata.name)).toEqual(names);
    expect(workers).toMatchObject(
      names.map((name) => ({
        metadata: { namespace: 'workers' },
        spec: {
          dataVolumeTemplates: [
            {
              metadata: { name },
              spec: {
                pvc: { resources: { requests: { storage: '10Gi' } } },
                source: { snapshot: { namespace: 'images', name: 'fedora' } },
              },
            },
          ],
          template: { spec: { volumes: [{ name: 'rootdisk', dataVolume: { name } }] } },
        },
      })),
    );
    expect(manifestsIn('golden-image-ten-vms', /^2-/)).toMatchObject([
      {
        kind: 'VolumeSnapshot',
        metadata: { namespace: 'images', name: 'fedora' },
        spec: { source: { persistentVolumeClaimName: 'fedora' } },
      },
    ]);
    expect(only(manifestsIn('golden-image-ten-vms', /^1-/), 'RoleBinding')).toMatchObject([
      {
        metadata: { namespace: 'images' },
        subjects: [{ kind: 'ServiceAccount', namespace: 'workers', name: 'default' }],
      },
    ]);
  });

  test('uefi-secure-boot-ssh: secure boot with SMM, a key and no password, port 22 from outside', () => {
    const all = manifestsIn('uefi-secure-boot-ssh');
    const [vm] = only(all, 'VirtualMachine');
    expect(vm).toMatchObject({
      spec: {
        template: {
          spec: {
            domain: {
              features: { smm: { enabled: true } },
              firmware: { bootloader: { efi: { secureBoot: true } } },
            },
            volumes: [
              { name: 'rootdisk' },
              {
                cloudInitNoCloud: {
                  userData: {
                    ssh_authorized_keys: [
                      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMkP/oxBLzUe/Ie6IZBxyJ1/noow3+lEFs+KtDRjfuoc ops',
                    ],
                  },
                },
              },
            ],
          },
        },
      },
    });
    expect(only(all, 'Service')).toMatchObject([
      {
        metadata: { name: 'bastion-ssh', namespace: 'shop' },
        spec: {
          type: 'LoadBalancer',
          selector: { 'vm.kubevirt.io/name': 'bastion' },
          ports: [{ port: 22, targetPort: 22 }],
        },
      },
    ]);
  });

  test('cloud-init-from-secret: the VM names the Secret, and no manifest holds it', () => {
    const all = manifestsIn('cloud-init-from-secret');
    expect(titles(all)).toEqual(['Namespace shop', 'DataVolume web-boot', 'VirtualMachine web']);
    expect(all[2]).toMatchObject({
      spec: {
        template: {
          spec: {
            volumes: [
              { name: 'rootdisk' },
              { name: 'cloudinitdisk', cloudInitNoCloud: { secretRef: { name: 'web-userdata' } } },
            ],
          },
        },
      },
    });
    expect(JSON.stringify(all)).not.toContain('userData');
  });

  test('instancetype-and-preference: sizes by name, and none beside them', () => {
    const vms = only(manifestsIn('instancetype-and-preference'), 'VirtualMachine');
    const preference = { kind: 'VirtualMachineClusterPreference', name: 'fedora' };
    const sized = (size: string): object => ({
      instancetype: { kind: 'VirtualMachineClusterInstancetype', name: size },
      preference,
    });
    expect(vms).toMatchObject([
      { metadata: { name: 'web' }, spec: sized('u1.medium') },
      { metadata: { name: 'queue' }, spec: sized('u1.large') },
      { metadata: { name: 'cache' }, spec: sized('u1.xlarge') },
    ]);
    for (const vm of vms) expect(vm).not.toMatchObject({ spec: { template: { spec: { domain: { cpu: {} } } } } });
    for (const vm of vms) expect(vm).not.toMatchObject({ spec: { template: { spec: { domain: { memory: {} } } } } });
  });

  describe('fleet-for-argo-cd', () => {
    const files = dist('fleet-for-argo-cd');

    test('a folder a team, and a Kustomization that names its files', () => {
      expect([...files.keys()]).toEqual([
        '.cdk8s-files',
        'team-a/1-base.k8s.yaml',
        'team-a/2-vms.k8s.yaml',
        'team-a/kustomization.yaml',
        'team-b/1-base.k8s.yaml',
        'team-b/2-vms.k8s.yaml',
        'team-b/kustomization.yaml',
      ]);
      for (const team of ['team-a', 'team-b']) {
        expect(load(files.get(`${team}/kustomization.yaml`) ?? '')).toEqual({
          apiVersion: 'kustomize.config.k8s.io/v1beta1',
          kind: 'Kustomization',
          resources: ['1-base.k8s.yaml', '2-vms.k8s.yaml'],
        });
      }
    });

    test('the VMs come a wave after the image that they clone, of their own namespace', () => {
      const wave = ({ metadata }: Manifest): unknown =>
        (metadata as { annotations?: Record<string, unknown> }).annotations?.['argocd.argoproj.io/sync-wave'];
      const waves = manifestsIn('fleet-for-argo-cd').map((object) => [
        object.metadata.namespace,
        ...titles([object]),
        wave(object),
      ]);
      expect(waves).toEqual([
        [undefined, 'Namespace team-a', '0'],
        ['team-a', 'DataVolume fedora', '0'],
        ['team-a', 'VirtualMachine web-1', '1'],
        ['team-a', 'VirtualMachine web-2', '1'],
        ['team-a', 'VirtualMachine web-3', '1'],
        [undefined, 'Namespace team-b', '0'],
        ['team-b', 'DataVolume fedora', '0'],
        ['team-b', 'VirtualMachine queue', '1'],
        ['team-b', 'VirtualMachine cache', '1'],
      ]);
      const sources = only(manifestsIn('fleet-for-argo-cd'), 'VirtualMachine').map(({ spec }) =>
        (spec as { dataVolumeTemplates: { spec: { source: unknown } }[] }).dataVolumeTemplates.map(
          (template) => template.spec.source,
        ),
      );
      const clone = (namespace: string): object[] => [{ pvc: { namespace, name: 'fedora' } }];
      expect(sources).toEqual([clone('team-a'), clone('team-a'), clone('team-a'), clone('team-b'), clone('team-b')]);
    });

    test('the ApplicationSet looks at the folders of dist/', () => {
      const [set, ...more] = loadAll(readTree(join(__dirname, 'fleet-for-argo-cd')).get('applicationset.yaml') ?? '');
      expect(more).toEqual([]);
      expect(set).toMatchObject({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'ApplicationSet',
        spec: {
          generators: [{ git: { directories: [{ path: 'dist/*' }] } }],
          template: {
            spec: {
              source: { path: '{{ .path.path }}' },
              ignoreDifferences: [
                {
                  group: 'kubevirt.io',
                  kind: 'VirtualMachine',
                  jsonPointers: [
                    '/spec/template/spec/architecture',
                    '/spec/template/spec/domain/firmware/uuid',
                    '/spec/template/spec/domain/firmware/serial',
                    '/spec/template/spec/domain/machine',
                    '/spec/template/metadata/annotations/kubevirt.io~1pci-topology-version',
                  ],
                },
              ],
            },
          },
        },
      });
    });
  });
});
