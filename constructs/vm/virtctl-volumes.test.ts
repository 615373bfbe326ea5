import { Size } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { RegistryCredentials } from '../disks/registry-credentials';
import { DiskSnapshot } from '../disks/snapshot';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { ClaimApi } from '../storage/claim-modes';
import { Disk, IVolume } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { ContainerDisk } from './container-disk';
import { DiskOptions } from './disk-attachment';
import { DiskDevice } from './disk-device';
import { InferenceFailurePolicy, Instancetype, Preference } from './instancetype';
import { Sysprep, Volume } from './volume';

/*
 * The volumes that the unit tests of `virtctl create vm` ask for (KubeVirt v1.9.0, pkg/virtctl/create/vm/vm_test.go), entry by entry.
 * virtctl makes up names such as `imported-volume-ab12`; here a name is given.
 */

const IGNORE = { failurePolicy: InferenceFailurePolicy.IGNORE };
const MEMORY = Size.mebibytes(512);

function made(props: Partial<BootableVMProps>): unknown {
  const least = { bootDisk: ContainerDisk.of('my.registry/my-image:my-tag'), memory: MEMORY };
  return manifest(new BootableVM(testChart('shop'), 'my-vm', { ...least, ...props })).spec;
}

function templated(name: string, source: DataVolumeSource, size?: Size): DataVolumeTemplate {
  return DataVolumeTemplate.of(name, { source, size, claimApi: ClaimApi.STORAGE });
}

/** What virtctl says of the VM of one volume that instance type and preference may be inferred from. */
function inferred(name: string): object {
  const inference = { inferFromVolume: name, inferFromVolumeFailurePolicy: 'Ignore' };
  return { instancetype: inference, preference: inference };
}

describe('the volumes of virtctl create vm', () => {
  const sizes: [string, Size | undefined][] = [
    ['', undefined],
    [',size:10Gi', Size.gibibytes(10)],
  ];
  const places = [undefined, 1, 8];
  const names = ['imported-volume', 'my-dvt'];
  const shapes = sizes.flatMap(([words, size]) =>
    places.flatMap((bootOrder) => names.map((name) => ({ words, size, bootOrder, name }))),
  );

  test.each(
    [undefined, 'my-ns'].flatMap((namespace) =>
      shapes.map((shape) => [
        `src:${namespace ?? ''}/my-ds,name:${shape.name}${shape.words},bootorder:${shape.bootOrder}`,
        DataVolumeSource.dataSource('my-ds', { namespace }),
        { sourceRef: { kind: 'DataSource', name: 'my-ds', ...(namespace === undefined ? {} : { namespace }) } },
        shape,
      ]),
    ) as [string, DataVolumeSource, object, (typeof shapes)[number]][],
  )('take a DataSource: --volume-datasource %s', (_, source, expected, { size, bootOrder, name }) => {
    const spec = made({
      bootDisk: templated(name, source, size),
      bootDiskOptions: { name, bootOrder },
      instancetype: Instancetype.inferredFrom(name, IGNORE),
      preference: Preference.inferredFrom(name, IGNORE),
    });
    const storage = size === undefined ? {} : { resources: { requests: { storage: '10Gi' } } };
    expect(spec).toMatchObject({
      dataVolumeTemplates: [{ metadata: { name }, spec: { storage, ...expected } }],
      template: {
        spec: {
          domain: {
            memory: { guest: '512Mi' },
            devices: { disks: [bootOrder === undefined ? { name } : { name, bootOrder }] },
          },
          volumes: [{ name, dataVolume: { name } }],
        },
      },
      ...inferred(name),
    });
  });

  test.each(shapes.map((shape) => [`name:${shape.name}${shape.words},bootorder:${shape.bootOrder}`, shape] as const))(
    'clone a claim: --volume-clone-pvc src:my-ns/my-pvc,%s',
    (_, { size, bootOrder, name }) => {
      const source = DataVolumeSource.claim(Disk.fromClaimName('my-pvc', { namespace: 'my-ns' }));
      const spec = made({
        bootDisk: templated(name, source, size),
        bootDiskOptions: { name, bootOrder },
        instancetype: Instancetype.inferredFrom(name, IGNORE),
        preference: Preference.inferredFrom(name, IGNORE),
      });
      expect(spec).toMatchObject({
        dataVolumeTemplates: [
          {
            metadata: { name },
            spec: {
              storage: size === undefined ? {} : { resources: { requests: { storage: '10Gi' } } },
              source: { pvc: { name: 'my-pvc', namespace: 'my-ns' } },
            },
          },
        ],
        ...inferred(name),
      });
    },
  );

  test.each<[string, DiskOptions]>([
    ['src:my-pvc', {}],
    ['src:my-pvc,name:my-direct-pvc', { name: 'my-direct-pvc' }],
    ['src:my-pvc,bootorder:1', { bootOrder: 1 }],
    ['src:my-pvc,name:my-direct-pvc,bootorder:2', { name: 'my-direct-pvc', bootOrder: 2 }],
  ])('take a claim: --volume-pvc %s', (_, options) => {
    const name = options.name ?? 'my-pvc';
    const spec = made({
      bootDisk: Disk.fromClaimName('my-pvc'),
      bootDiskOptions: { ...options, name },
      instancetype: Instancetype.inferredFrom(name, IGNORE),
      preference: Preference.inferredFrom(name, IGNORE),
    });
    expect(spec).toMatchObject({
      template: {
        spec: {
          domain: { memory: { guest: '512Mi' }, devices: { disks: [{ ...options, name }] } },
          volumes: [{ name, persistentVolumeClaim: { claimName: 'my-pvc' } }],
        },
      },
      ...inferred(name),
    });
  });

  test.each<[string, DiskOptions]>([
    ['src:my.registry/my-image:my-tag', {}],
    ['src:my.registry/my-image:my-tag,name:my-cd', { name: 'my-cd' }],
    ['src:my.registry/my-image:my-tag,bootorder:1', { bootOrder: 1 }],
    ['src:my.registry/my-image:my-tag,name:my-cd,bootorder:2', { name: 'my-cd', bootOrder: 2 }],
  ])('take an image: --volume-containerdisk %s', (_, options) => {
    const name = options.name ?? 'rootdisk';
    const spec = made({ bootDiskOptions: options }) as object;
    expect(spec).toMatchObject({
      template: {
        spec: {
          domain: { devices: { disks: [{ ...options, name }] } },
          volumes: [{ name, containerDisk: { image: 'my.registry/my-image:my-tag' } }],
        },
      },
    });
    expect(spec).not.toHaveProperty('instancetype');
    expect(spec).not.toHaveProperty('preference');
  });

  test('are inferred from the volume that boots first, not from the first one', () => {
    const disk = (name: string): IVolume => templated(name, DataVolumeSource.dataSource(name));
    const spec = made({
      memory: undefined,
      bootDisk: disk('my-ds-1'),
      bootDiskOptions: { bootOrder: 1, name: 'my-ds-1' },
      secondaryDisks: [{ disk: disk('my-ds-2'), bootOrder: 2 }],
      instancetype: Instancetype.inferredFrom('my-ds-1'),
      preference: Preference.inferredFrom('my-ds-1'),
    });
    expect(spec).toMatchObject({
      instancetype: { inferFromVolume: 'my-ds-1' },
      preference: { inferFromVolume: 'my-ds-1' },
    });
  });

  test('are not asked for an instance type where memory is given', () => {
    const bootDisk = templated('my-ds', DataVolumeSource.dataSource('my-ds'));
    const preference = Preference.inferredFrom('my-ds', IGNORE);
    const spec = made({
      bootDisk,
      bootDiskOptions: { name: 'my-ds' },
      memory: Size.gibibytes(1),
      preference,
    }) as object;
    expect(spec).toMatchObject({
      template: { spec: { domain: { memory: { guest: '1Gi' } } } },
      preference: { inferFromVolume: 'my-ds', inferFromVolumeFailurePolicy: 'Ignore' },
    });
    expect(spec).not.toHaveProperty('instancetype');
  });

  test('are several of one VM: the complex example', () => {
    const spec = made({
      memory: undefined,
      bootDisk: Disk.fromClaimName('my-pvc'),
      bootDiskOptions: { name: 'my-pvc', bootOrder: 1 },
      secondaryDisks: [
        {
          disk: templated(
            'imported-volume',
            DataVolumeSource.dataSource('my-ds', { namespace: 'my-ns' }),
            Size.gibibytes(10),
          ),
        },
        { disk: Sysprep.fromSecretName('my-secret'), device: DiskDevice.CDROM },
      ],
      instancetype: Instancetype.namespaced('my-instancetype'),
      preference: Preference.inferredFrom('my-pvc'),
    });
    expect(spec).toMatchObject({
      instancetype: { kind: 'VirtualMachineInstancetype', name: 'my-instancetype' },
      preference: { inferFromVolume: 'my-pvc' },
      template: {
        spec: {
          volumes: [
            { name: 'my-pvc', persistentVolumeClaim: { claimName: 'my-pvc' } },
            { name: 'imported-volume', dataVolume: { name: 'imported-volume' } },
            { name: 'sysprep', sysprep: { secret: { name: 'my-secret' } } },
          ],
        },
      },
    });
  });
});

/** A volume as it is asked for, and how it is refused. */
type Refused = [words: string, make: () => unknown, message: string];
const LOGIN = RegistryCredentials.fromSecretName('secret-ref');
const LONG = 'somanycharactersthatthedisksnameislooooongerthantheallowedlength';
const blank = (size: unknown): unknown =>
  DataVolumeTemplate.of('a', { source: DataVolumeSource.blank(), size: untyped(size) });

describe('what virtctl refuses of volumes', () => {
  test.each<Refused>([
    ['a boot order of 0', () => made({ bootDiskOptions: { bootOrder: 0 } }), "'bootDiskOptions.bootOrder' must be"],
    ['a boot order below 0', () => made({ bootDiskOptions: { bootOrder: -1 } }), "'bootDiskOptions.bootOrder' must be"],
    [
      'a boot order that is text',
      () => made({ bootDiskOptions: { bootOrder: untyped('10Gu') } }),
      "'bootDiskOptions.bootOrder' must be",
    ],
    ['dots in a name', () => made({ bootDiskOptions: { name: 'name.with.dot' } }), "'bootDiskOptions.name' must be"],
    ['a long name', () => made({ bootDiskOptions: { name: LONG } }), "'bootDiskOptions.name' must be"],
    ['upper case in a name', () => made({ bootDiskOptions: { name: 'NOTALLOWED' } }), "'bootDiskOptions.name' must be"],
    ['a dash first', () => made({ bootDiskOptions: { name: '-notallowed' } }), "'bootDiskOptions.name' must be"],
    [
      'an option that is unknown',
      () => made({ bootDiskOptions: untyped({ test: 'test' }) }),
      'must have known keys only',
    ],
    ['an image without a name', () => ContainerDisk.of(''), "'image' must be"],
    ['a claim without a name', () => Disk.fromClaimName(''), "'claimName' must be a DNS name"],
    ['a claim with a slash', () => Disk.fromClaimName('my-ns/my-pvc'), "'claimName' must be a DNS name"],
    [
      'a claim of another namespace',
      () => made({ bootDisk: Disk.fromClaimName('a', { namespace: 'b' }) }),
      "'bootDisk'",
    ],
    ['a DataSource without a name', () => DataVolumeSource.dataSource(''), "'name' must be a DNS name"],
    ['a DataSource with a slash', () => DataVolumeSource.dataSource('my-ns/my-ds'), "'name' must be a DNS name"],
    ['a blank disk without a size', () => blank(undefined), "'size' must be given"],
    ['a size that is text', () => blank('10Gu'), "'size' must be a Size of cdk8s"],
    ['an http source without an address', () => DataVolumeSource.http(untyped(undefined)), "'url' must be"],
    ['a gcs source without an address', () => DataVolumeSource.gcs(untyped(undefined)), "'url' must be"],
    ['an s3 source without an address', () => DataVolumeSource.s3(untyped(undefined)), "'url' must be"],
    ['a registry without an address', () => DataVolumeSource.registry(untyped(undefined)), "'url' must be"],
    [
      'an image that is pulled by a wrong word',
      () => DataVolumeSource.registry('docker://a', { pullMethod: untyped('invalid') }),
      "'pullMethod' must be",
    ],
    [
      'an imageio source without a disk',
      () => DataVolumeSource.imageio('http://url.com', untyped(undefined), { credentials: LOGIN }),
      "'diskId' must be",
    ],
    ...(['uuid', 'backingFile', 'thumbprint', 'credentials'] as const).map((left): Refused => {
      const all = { uuid: 'test-uuid', backingFile: 'test-backingfile', thumbprint: 'test-thumb', credentials: LOGIN };
      return [
        `a vddk source without ${left}`,
        () => DataVolumeSource.vddk('http://url.com', { ...all, [left]: undefined }),
        `'${left}' must be`,
      ];
    }),
    ['a snapshot that is a name', () => DataVolumeSource.snapshot(untyped('my-snapshot')), "'snapshot' must be"],
    ['a claim that is a name', () => DataVolumeSource.claim(untyped('my-pvc')), "'disk' must be"],
    [
      'an instance type from an image',
      () => made({ memory: undefined, instancetype: Instancetype.inferredFrom('rootdisk') }),
      "'bootDisk' must have a claim",
    ],
    [
      'a preference from an image',
      () => made({ preference: Preference.inferredFrom('rootdisk') }),
      "'bootDisk' must have a claim",
    ],
    [
      'an instance type from a web server',
      () =>
        made({
          memory: undefined,
          bootDisk: templated('a', DataVolumeSource.http('http://url.com'), MEMORY),
          instancetype: Instancetype.inferredFrom('rootdisk'),
        }),
      "'bootDisk' must be a clone of a claim or a golden image",
    ],
    [
      'memory beside an instance type that must be inferred',
      () => made({ bootDisk: Disk.fromClaimName('a'), instancetype: Instancetype.inferredFrom('rootdisk') }),
      "'memory' must not be given beside an instancetype",
    ],
  ])('is refused: %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});

describe('what virtctl refuses of a VM when all of its disks are known', () => {
  test.each<[string, Partial<BootableVMProps>]>([
    ['an instance type from a volume that is not there', { instancetype: Instancetype.inferredFrom('does-not-exist') }],
    ['a preference from a volume that is not there', { preference: Preference.inferredFrom('does-not-exist') }],
  ])('is refused: %s', (_, props) => {
    const memory = props.instancetype === undefined ? MEMORY : undefined;
    const bootDisk = Disk.fromClaimName('my-pvc');
    const vm = new BootableVM(testChart('shop'), 'my-vm', { bootDisk, memory, ...props });
    expect(vm.node.validate().join()).toContain('"does-not-exist"');
  });
});

test('an empty drive is no volume that an instance type is inferred from, even where a failure is ignored', () => {
  const instancetype = Instancetype.inferredFrom('rootdisk', IGNORE);
  const vm = new BootableVM(testChart('shop'), 'my-vm', {
    bootDisk: Volume.emptyCdrom(),
    memory: MEMORY,
    instancetype,
  });
  expect(vm.node.validate().join()).toContain("'inferredFrom' must name a disk of the VM");
});

/**
 * What virtctl prints and the server refuses, so that it is refused here: CDI v1.66.0, pkg/apiserver/webhooks/util.go,
 * validateImageIOSource and validateDataVolumeSourceRegistry; KubeVirt v1.9.0, pkg/instancetype/infer/volume.go. Not rebuilt
 * beside that: VMs without any disk, for `bootDisk` is required; names that virtctl makes up, for a name is the id.
 */
describe('what virtctl prints and the server refuses', () => {
  test.each<Refused>([
    [
      'type:imageio without a certificate',
      () => DataVolumeSource.imageio('http://url.com', '1', { credentials: LOGIN }),
      "'certConfigMapName' must be",
    ],
    ['type:registry,url:http://url.com', () => DataVolumeSource.registry('http://url.com'), "'url' must be"],
    [
      '--infer-instancetype of type:registry',
      () =>
        made({
          memory: undefined,
          bootDisk: templated('a', DataVolumeSource.registry('docker://a'), MEMORY),
          instancetype: Instancetype.inferredFrom('rootdisk'),
        }),
      'be a clone of a claim or a golden image',
    ],
    [
      '--infer-instancetype of type:snapshot',
      () => {
        const snapshot = DiskSnapshot.fromSnapshotName('a', { disk: Disk.fromClaimName('b', { size: MEMORY }) });
        return made({
          memory: undefined,
          bootDisk: templated('a', DataVolumeSource.snapshot(snapshot), MEMORY),
          instancetype: Instancetype.inferredFrom('rootdisk'),
        });
      },
      'be a clone of a claim or a golden image',
    ],
  ])('is refused: %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});
