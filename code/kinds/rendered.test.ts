import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import {
  BootableVM,
  ContainerDisk,
  DataVolumeImport,
  DataVolumeSource,
  Disk,
  StorageClass,
  VirtualMachinePool,
} from '../../constructs';
import { Renderer } from './rendered';

const chart = (): Chart => new Chart(new App(), 'test', { namespace: 'shop' });

/** Without what is undefined, as a file has it. */
const written = (manifest: unknown): unknown => JSON.parse(JSON.stringify(manifest));

describe('what a construct makes', () => {
  test('is the same for the second object of a class as for the first', () => {
    const [renderer, scope] = [new Renderer(), chart()];
    for (const name of ['web', 'db']) {
      const vm = new BootableVM(scope, name, {
        bootDisk: Disk.fromClaimName(`${name}-root`),
        memory: Size.gibibytes(1),
        resources: { memoryRequest: Size.mebibytes(512) },
        labels: { app: name },
      });
      expect(written(renderer.manifest(ApiObject.of(vm)))).toEqual({
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachine',
        metadata: { name, namespace: 'shop', labels: { app: name } },
        spec: {
          runStrategy: 'Always',
          template: {
            spec: {
              domain: {
                devices: {
                  disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
                  interfaces: [{ name: 'default', masquerade: {} }],
                },
                memory: { guest: '1Gi' },
                resources: { requests: { memory: '512Mi' } },
              },
              networks: [{ name: 'default', pod: {} }],
              volumes: [{ name: 'rootdisk', persistentVolumeClaim: { claimName: `${name}-root` } }],
            },
          },
        },
      });
    }
  });

  test('has numbers and texts where a field takes both', () => {
    const [renderer, scope] = [new Renderer(), chart()];
    for (const [name, maxUnavailable, wire] of [
      ['a', PercentOrAbsolute.absolute(1), 1],
      ['b', PercentOrAbsolute.percent(50), '50%'],
      ['c', PercentOrAbsolute.absolute(2), 2],
    ] as const) {
      const pool = new VirtualMachinePool(scope, name, {
        replicas: 2,
        maxUnavailable,
        bootDisk: ContainerDisk.of('example.com/a:1'),
        memory: Size.gibibytes(1),
      });
      expect(written(renderer.manifest(ApiObject.of(pool)))).toMatchObject({ spec: { maxUnavailable: wire } });
    }
  });

  test('is made by cdk8s for the first object of a class alone, and for what is not plain', () => {
    const [renderer, scope] = [new Renderer(), chart()];
    const labelled = new Chart(scope, 'labelled', { labels: { app: 'a' } });
    const pool = (name: string, maxUnavailable: PercentOrAbsolute, of = scope): ApiObject =>
      ApiObject.of(
        new VirtualMachinePool(of, name, {
          replicas: 2,
          maxUnavailable,
          bootDisk: ContainerDisk.of('example.com/a:1'),
          memory: Size.gibibytes(1),
        }),
      );
    const first = pool('a', PercentOrAbsolute.absolute(1));
    const long = jest.spyOn(first.constructor.prototype as ApiObject, 'toJson');
    const times = (object: ApiObject): number => {
      long.mockClear();
      renderer.manifest(object);
      return long.mock.calls.length;
    };
    expect(times(first)).toBe(1);
    expect(times(pool('b', PercentOrAbsolute.absolute(2)))).toBe(0);
    expect(times(pool('c', PercentOrAbsolute.percent(50)))).toBe(0);
    expect(times(pool('d', PercentOrAbsolute.percent(50), labelled))).toBe(1);
    expect(renderer.manifest(pool('e', PercentOrAbsolute.percent(50), labelled))).toMatchObject({
      metadata: { labels: { app: 'a' } },
    });
    const other = new Renderer();
    long.mockClear();
    other.manifest(pool('f', PercentOrAbsolute.absolute(1)));
    other.manifest(pool('g', PercentOrAbsolute.absolute(1)));
    expect(long).toHaveBeenCalledTimes(1);
  });

  test('has what overrides, patches and constructs of cluster-wide objects do to it', () => {
    const [renderer, scope] = [new Renderer(), chart()];
    const disk = (id: string, more: object = {}): ApiObject =>
      ApiObject.of(
        new DataVolumeImport(scope, id, { source: DataVolumeSource.blank(), size: Size.gibibytes(1), ...more }),
      );
    renderer.manifest(disk('first'));
    expect(renderer.manifest(disk('a', { overrides: { spec: { preallocation: true } } }))).toMatchObject({
      spec: { preallocation: true },
    });
    const patched = disk('b');
    patched.addJsonPatch(JsonPatch.add('/metadata/generateName', 'b-'));
    expect(renderer.manifest(patched)).toMatchObject({ metadata: { generateName: 'b-' } });
    const fast = new StorageClass(scope, 'fast', { provisioner: 'csi.example.com' });
    expect(renderer.manifest(ApiObject.of(fast))).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'fast' },
      provisioner: 'csi.example.com',
    });
  });
});
