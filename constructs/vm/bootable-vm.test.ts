import { Chart, Size, Testing } from 'cdk8s';
import { Cpu, ServiceType } from 'cdk8s-plus-27';
import { DataVolumeImport } from '../disks/data-volume-import';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { SecondaryDisk } from '../disks/secondary-disk';
import { Overrides } from '../shared/overrides';
import { failureOf, manifest, Manifest, manifests, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BlockSize } from './block-size';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { AttachOptions, DiskAttachment, DiskOptions } from './disk-attachment';
import { DiskBus, DiskDevice } from './disk-device';
import { DiskCache, DiskErrorPolicy, DiskIo } from './disk-tuning';
import { Firmware } from './firmware';
import { GuestNetwork } from './guest-network';
import { Instancetype, Preference } from './instancetype';
import { LifecycleProps } from './lifecycle-props';
import { MachineProps } from './machine-props';
import { EvictionStrategy, RunStrategy, UpdateVolumesStrategy } from './run-strategy';
import { SshService } from './ssh-service';
import { defaultVmSpec } from './testing/default-vm';
import { VmResources } from './vm-resources';

/** Options that only some devices and buses have. */
type OfSome = 'tray' | 'byDataVolume' | 'busLeftOpen' | 'reservation' | 'pciAddress' | 'dedicatedIoThread';

const BOOT = Disk.fromClaimName('web-boot');
const LEAST: BootableVMProps = { bootDisk: BOOT, memory: Size.gibibytes(2) };

describe('BootableVM', () => {
  test('runs always, from a virtio disk, with a masquerade on the pod network', () => {
    const vm = new BootableVM(testChart('apps'), 'web', LEAST);
    expect(manifest(vm)).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'web', namespace: 'apps' },
      spec: defaultVmSpec('web-boot', '2Gi'),
    });
    expect(vm.name).toBe('web');
    expect(vm.namespace).toBe('apps');
    expect(vm.node.findAll().map(({ node }) => node.path)).toEqual(['test/web', 'test/web/Resource']);
  });

  test('takes all props; an instance type stands in the place of CPU and memory', () => {
    const cpu = { cores: 2, sockets: 1, threads: 2, model: 'host-passthrough' };
    const resources: Required<VmResources> = {
      memoryRequest: Size.gibibytes(2),
      memoryLimit: Size.gibibytes(5),
      cpuRequest: Cpu.millis(500),
      cpuLimit: Cpu.units(4),
      overcommitGuestOverhead: true,
    };
    const bootDiskOptions: Required<Omit<DiskOptions, OfSome>> = {
      name: 'root',
      bus: DiskBus.SCSI,
      device: DiskDevice.DISK,
      serial: 'ROOT',
      bootOrder: 1,
      cache: DiskCache.WRITE_BACK,
      io: DiskIo.THREADS,
      readOnly: false,
      shareable: false,
      errorPolicy: DiskErrorPolicy.REPORT,
      blockSize: BlockSize.matchVolume(),
      changedBlockTracking: true,
      tag: 'root',
    };
    const attachment: Required<Omit<DiskAttachment, Exclude<OfSome, 'reservation'>>> = {
      disk: Disk.fromClaimName('web-data'),
      name: 'data',
      bus: DiskBus.SCSI,
      device: DiskDevice.LUN,
      serial: 'DATA',
      bootOrder: 2,
      cache: DiskCache.NONE,
      io: DiskIo.NATIVE,
      readOnly: true,
      shareable: true,
      hotpluggable: true,
      readOnlyClaim: true,
      sharesClaim: true,
      reservation: true,
      errorPolicy: DiskErrorPolicy.STOP,
      blockSize: BlockSize.custom({ logical: 512, physical: 4096 }),
      changedBlockTracking: false,
      tag: 'data',
    };
    const all: Required<Omit<BootableVMProps, keyof MachineProps | keyof LifecycleProps>> = {
      bootDisk: BOOT,
      bootDiskOptions,
      secondaryDisks: [attachment],
      cpu,
      memory: Size.gibibytes(4),
      resources,
      instancetype: Instancetype.namespaced('small'),
      preference: Preference.cluster('ubuntu'),
      firmware: Firmware.secureBoot({ persistent: true }),
      cloudInit: CloudInit.fromSecretName('web-guest'),
      cloudInitDiskOptions: { name: 'seed', device: DiskDevice.CDROM, bus: DiskBus.SATA },
      networks: [GuestNetwork.pod(), GuestNetwork.multus('infra/front')],
      runStrategy: RunStrategy.RERUN_ON_FAILURE,
      evictionStrategy: EvictionStrategy.LIVE_MIGRATE,
      updateVolumesStrategy: UpdateVolumesStrategy.REPLACEMENT,
      nodeSelector: { zone: 'a' },
      hostname: 'web-1',
      templateLabels: { tier: 'front' },
      templateAnnotations: { note: 'instance' },
      name: 'web-vm',
      namespace: 'apps',
      labels: { team: 'blue' },
      annotations: { note: 'machine' },
      overrides: {
        spec: { runStrategy: 'Manual', template: { spec: { unknownField: Overrides.unknownField({ kept: [1] }) } } },
      },
    };
    expect(manifest(new BootableVM(testChart('other'), 'web', { ...all, instancetype: undefined }))).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'web-vm', namespace: 'apps', labels: { team: 'blue' }, annotations: { note: 'machine' } },
      spec: {
        runStrategy: 'Manual',
        updateVolumesStrategy: 'Replacement',
        preference: { kind: 'VirtualMachineClusterPreference', name: 'ubuntu' },
        template: {
          metadata: { labels: { tier: 'front' }, annotations: { note: 'instance' } },
          spec: {
            domain: {
              cpu: { cores: 2, sockets: 1, threads: 2, model: 'host-passthrough' },
              memory: { guest: '4Gi' },
              resources: {
                requests: { memory: '2Gi', cpu: '500m' },
                limits: { memory: '5Gi', cpu: '4' },
                overcommitGuestOverhead: true,
              },
              firmware: { bootloader: { efi: { secureBoot: true, persistent: true } } },
              features: { smm: { enabled: true } },
              devices: {
                disks: [
                  {
                    name: 'root',
                    disk: { bus: 'scsi', readonly: false },
                    serial: 'ROOT',
                    bootOrder: 1,
                    cache: 'writeback',
                    io: 'threads',
                    shareable: false,
                    errorPolicy: 'report',
                    blockSize: { matchVolume: { enabled: true } },
                    changedBlockTracking: true,
                    tag: 'root',
                  },
                  { name: 'seed', cdrom: { bus: 'sata' } },
                  {
                    name: 'data',
                    lun: { bus: 'scsi', readonly: true, reservation: true },
                    serial: 'DATA',
                    bootOrder: 2,
                    cache: 'none',
                    io: 'native',
                    shareable: true,
                    errorPolicy: 'stop',
                    blockSize: { custom: { logical: 512, physical: 4096 } },
                    changedBlockTracking: false,
                    tag: 'data',
                  },
                ],
                interfaces: [
                  { name: 'default', masquerade: {} },
                  { name: 'front', bridge: {} },
                ],
              },
            },
            evictionStrategy: 'LiveMigrate',
            hostname: 'web-1',
            networks: [
              { name: 'default', pod: {} },
              { name: 'front', multus: { networkName: 'infra/front' } },
            ],
            nodeSelector: { zone: 'a' },
            volumes: [
              { name: 'root', persistentVolumeClaim: { claimName: 'web-boot' } },
              { name: 'seed', cloudInitNoCloud: { secretRef: { name: 'web-guest' } } },
              { name: 'data', persistentVolumeClaim: { claimName: 'web-data', hotpluggable: true, readOnly: true } },
            ],
            unknownField: { kept: [1] },
          },
        },
      },
    });
    const typed = { ...all, cpu: undefined, memory: undefined, resources: undefined };
    const vm = new BootableVM(testChart('other'), 'web', typed);
    expect(manifest(vm).spec).toMatchObject({
      instancetype: { kind: 'VirtualMachineInstancetype', name: 'small' },
      preference: { kind: 'VirtualMachineClusterPreference', name: 'ubuntu' },
    });
    expect(Object.keys(templateSpec(vm).domain)).toEqual(['devices', 'features', 'firmware']);
  });

  test('takes an instance type in the place of CPU and memory', () => {
    const vm = new BootableVM(testChart(), 'web', { bootDisk: BOOT, instancetype: Instancetype.namespaced('small') });
    expect(manifest(vm).spec).toMatchObject({ instancetype: { kind: 'VirtualMachineInstancetype', name: 'small' } });
    expect(templateSpec(vm).domain).toEqual({
      devices: {
        disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
        interfaces: [{ name: 'default', masquerade: {} }],
      },
    });
  });

  test('leaves the bus that is not given to the preference, except of what is plugged in', () => {
    const preference = Preference.cluster('windows.10');
    const vm = new BootableVM(testChart(), 'web', {
      ...LEAST,
      preference,
      cloudInit: CloudInit.fromSecretName('user'),
    });
    vm.attach(Disk.fromClaimName('data'), { bus: DiskBus.VIRTIO });
    vm.attach(Disk.fromClaimName('cd'), { device: DiskDevice.CDROM });
    vm.attach(Disk.fromClaimName('plugged'), { hotpluggable: true });
    expect(templateSpec(vm).domain).toMatchObject({
      devices: {
        disks: [
          { name: 'rootdisk', disk: {} },
          { name: 'data', disk: { bus: 'virtio' } },
          { name: 'cd', cdrom: {} },
          { name: 'cloudinitdisk', disk: {} },
          { name: 'plugged', disk: { bus: 'scsi' } },
        ],
      },
    });
    expect(JSON.stringify(templateSpec(vm).domain)).not.toContain('sata');
  });

  test('keeps its disk from a template, which dies with it', () => {
    const bootDisk = DataVolumeTemplate.of('web-boot', {
      source: DataVolumeSource.claim(Disk.fromClaimName('golden', { size: Size.gibibytes(1) })),
    });
    const vm = new BootableVM(testChart('apps'), 'web', { ...LEAST, bootDisk });
    expect(manifest(vm).spec).toMatchObject({
      dataVolumeTemplates: [
        {
          metadata: { name: 'web-boot' },
          spec: {
            source: { pvc: { name: 'golden', namespace: 'apps' } },
            pvc: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Block' },
          },
        },
      ],
    });
    expect(templateSpec(vm).volumes).toEqual([{ name: 'rootdisk', dataVolume: { name: 'web-boot' } }]);
  });

  test('uses a disk of the app by its claim, and makes no other object of it', () => {
    const chart = testChart('apps');
    const bootDisk = new DataVolumeImport(chart, 'boot', {
      source: DataVolumeSource.upload(),
      size: Size.gibibytes(1),
    });
    const vm = new BootableVM(chart, 'web', { ...LEAST, bootDisk });
    expect(manifests(chart).map(({ kind }) => kind)).toEqual(['DataVolume', 'VirtualMachine']);
    expect(templateSpec(vm).volumes).toEqual([{ name: 'rootdisk', persistentVolumeClaim: { claimName: 'boot' } }]);
  });

  test('attaches disks after it was made', () => {
    const chart = testChart('apps');
    const cloudInit = CloudInit.fromSecretName('guest');
    const vm = new BootableVM(chart, 'web', { ...LEAST, cloudInit });
    vm.attach(Disk.fromClaimName('plugged'), { hotpluggable: true });
    vm.attach(new SecondaryDisk(chart, 'data', { size: Size.gibibytes(1) }));
    expect(templateSpec(vm).domain.devices.disks).toEqual([
      { name: 'rootdisk', disk: { bus: 'virtio' } },
      { name: 'data', disk: { bus: 'virtio' } },
      { name: 'cloudinitdisk', disk: { bus: 'virtio' } },
      { name: 'plugged', disk: { bus: 'scsi' } },
    ]);
    expect(templateSpec(vm).volumes).toEqual([
      { name: 'rootdisk', persistentVolumeClaim: { claimName: 'web-boot' } },
      { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'cloudinitdisk', cloudInitNoCloud: { secretRef: { name: 'guest' } } },
      { name: 'plugged', persistentVolumeClaim: { claimName: 'plugged', hotpluggable: true } },
    ]);
  });

  test('attaches by verb as by props', () => {
    const attachment = { disk: Disk.fromClaimName('data'), name: 'd1', serial: 'S-1', hotpluggable: true };
    const byProps = new BootableVM(testChart(), 'web', { ...LEAST, secondaryDisks: [attachment] });
    const byVerb = new BootableVM(testChart(), 'web', LEAST);
    const { disk, ...options } = attachment;
    byVerb.attach(disk, options);
    expect(manifest(byVerb)).toEqual(manifest(byProps));
    expect(byVerb.disks).toEqual(byProps.disks);
  });

  test('gives its disks in the order of the manifest, as copies', () => {
    const vm = new BootableVM(testChart(), 'web', LEAST);
    vm.attach(Disk.fromClaimName('plugged'), { hotpluggable: true });
    vm.attach(Disk.fromClaimName('data'));
    expect(vm.disks.map(({ name }) => name)).toEqual(['rootdisk', 'data', 'plugged']);
    expect(vm.disks[0]).toEqual({ disk: BOOT, name: 'rootdisk', bus: 'virtio', device: 'disk', hotpluggable: false });
    vm.disks.pop();
    Object.assign(vm.disks[0] ?? {}, { name: 'other' });
    expect(vm.disks.map(({ name }) => name)).toEqual(['rootdisk', 'data', 'plugged']);
  });

  test.each<[string, AttachOptions]>([
    ['an unknown bus', { bus: untyped<DiskBus>('virtoi') }],
    ['a name that is taken', { name: 'rootdisk' }],
    ['a bus that cannot be plugged', { bus: DiskBus.SATA, hotpluggable: true }],
  ])('is as it was after an attach that fails for %s', (_, options) => {
    const vm = new BootableVM(testChart(), 'web', LEAST);
    const before = manifest(vm);
    const disk = Disk.fromClaimName('data');
    expect(() => vm.attach(disk, options)).toThrow('[test/web] ');
    expect(manifest(vm)).toEqual(before);
    expect(vm.disks).toHaveLength(1);
    vm.attach(disk);
    expect(vm.disks).toHaveLength(2);
  });

  test('exposes SSH in its own namespace', () => {
    const vm = new BootableVM(testChart(), 'web', { ...LEAST, namespace: 'apps' });
    const service = vm.exposeSsh();
    expect(manifest(service)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web-ssh', namespace: 'apps' },
      spec: {
        type: 'ClusterIP',
        selector: { 'vm.kubevirt.io/name': 'web' },
        ports: [{ name: 'ssh', protocol: 'TCP', port: 22, targetPort: 22 }],
      },
    });
    expect(service.node.path).toBe('test/web/Ssh');
  });

  test.each<[string, string | undefined, object | undefined, string]>([
    ['web', undefined, undefined, 'web'],
    ['web.v2', undefined, undefined, 'web'],
    ['web', 'front', undefined, 'front'],
    ['web', 'front', { hostname: 'door' }, 'door'],
    ['web', 'front', { hostname: null }, 'web'],
    ['web', 'front', { subdomain: 'shop' }, 'front'],
  ])('exposes SSH of %s with the host name %p and the overrides %j', (name, hostname, spec, label) => {
    const overrides = spec && { spec: { template: { spec } } };
    const vm = new BootableVM(testChart(), name, { ...LEAST, hostname, overrides });
    expect(manifest(vm.exposeSsh())).toMatchObject({ spec: { selector: { 'vm.kubevirt.io/name': label } } });
  });

  test('exposes SSH with options', () => {
    const vm = new BootableVM(testChart('apps'), 'web', LEAST);
    const service = vm.exposeSsh({ name: 'web-ssh-lb', type: ServiceType.LOAD_BALANCER, port: 2222 });
    expect(manifest(service)).toMatchObject({
      metadata: { name: 'web-ssh-lb', namespace: 'apps' },
      spec: { type: 'LoadBalancer', ports: [{ port: 2222, targetPort: 22 }] },
    });
  });

  test('fails when SSH is exposed twice', () => {
    const vm = new BootableVM(testChart(), 'web', LEAST);
    vm.exposeSsh();
    expect(failureOf(() => vm.exposeSsh())).toBe(
      "[test/web] 'exposeSsh' must be called once; write new SshService(…) for another Service",
    );
    expect(new SshService(vm, 'Other', { vm, name: 'web-ssh-2' }).name).toBe('web-ssh-2');
  });

  test('fails when SSH is exposed in another namespace', () => {
    const vm = new BootableVM(testChart('apps'), 'web', LEAST);
    expect(failureOf(() => vm.exposeSsh({ namespace: 'other' }))).toBe(
      `[test/web/Ssh] 'namespace' must be that of the VM ('apps'), got "other"`,
    );
  });

  test('keeps an unknown field of the overrides, and lets it win over disks that are attached later', () => {
    const devices = { future: Overrides.unknownField({ a: 1 }) };
    const overrides = { spec: { template: { spec: { volumes: Overrides.replaceList([]), domain: { devices } } } } };
    const vm = new BootableVM(testChart(), 'web', { ...LEAST, overrides });
    vm.attach(Disk.fromClaimName('data'));
    expect(templateSpec(vm).volumes).toEqual([]);
    expect(templateSpec(vm).domain.devices).toMatchObject({ future: { a: 1 }, interfaces: [{ name: 'default' }] });
    expect(templateSpec(vm).domain.devices.disks).toHaveLength(2);
  });

  test('keeps its disks where overrides add one, also those that are attached later', () => {
    const volumes = [{ name: 'tools', containerDisk: { image: 'quay.io/kubevirt/virtio-container-disk:v1.9.0' } }];
    const devices = {
      disks: [
        { name: 'tools', cdrom: { bus: 'sata' } },
        { name: 'rootdisk', bootOrder: 1 },
      ],
    };
    const overrides = { spec: { template: { spec: { volumes, domain: { devices } } } } };
    const vm = new BootableVM(testChart(), 'web', { ...LEAST, overrides });
    vm.attach(Disk.fromClaimName('data'));
    expect(templateSpec(vm).domain.devices.disks).toEqual([
      { name: 'rootdisk', disk: { bus: 'virtio' }, bootOrder: 1 },
      { name: 'data', disk: { bus: 'virtio' } },
      { name: 'tools', cdrom: { bus: 'sata' } },
    ]);
    expect(templateSpec(vm).volumes).toHaveLength(3);
  });

  test('fails when overrides misspell a field of the VM', () => {
    const overrides = { spec: { template: { spec: { domain: { devices: { disk: [] }, cpu: { core: 2 } } } } } };
    const failure = failureOf(() => new BootableVM(testChart(), 'web', { ...LEAST, overrides }));
    expect(failure.split('\n')).toEqual([
      expect.stringContaining(
        `'overrides.spec.template.spec.domain.devices' must have fields that the schema knows, got "disk"; write 'disks'`,
      ),
      expect.stringContaining(`got "core"; write 'cores', or Overrides.unknownField(…) if it is meant`),
    ]);
  });

  test('renders the same manifest each time', () => {
    const vm = new BootableVM(testChart(), 'web', { ...LEAST, secondaryDisks: [{ disk: Disk.fromClaimName('data') }] });
    expect(manifest(vm)).toEqual(manifest(vm));
  });

  test('stands in the namespace of its chart', () => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'apps' });
    expect(new BootableVM(chart, 'a', LEAST).namespace).toBe('apps');
    expect(new BootableVM(chart, 'b', { ...LEAST, namespace: 'other' }).namespace).toBe('other');
    expect(new BootableVM(testChart(), 'c', LEAST).namespace).toBeUndefined();
  });

  test('fails when the types are not heeded', () => {
    const make = (props: BootableVMProps): BootableVM => new BootableVM(testChart(), 'web', props);
    // @ts-expect-error no strategy has that name
    expect(failureOf(() => make({ ...LEAST, runStrategy: 'alwayz' }))).toContain("'runStrategy' must be 'Always'");
    // @ts-expect-error a wire word is no member of the enum
    expect(manifest(make({ ...LEAST, runStrategy: 'Halted' })).spec).toMatchObject({ runStrategy: 'Halted' });
    // @ts-expect-error no bus has that name
    expect(failureOf(() => make({ ...LEAST, bootDiskOptions: { bus: 'virtoi' } }))).toContain("'bootDiskOptions.bus'");
    // @ts-expect-error no eviction strategy has that name
    expect(failureOf(() => make({ ...LEAST, evictionStrategy: 'Migrate' }))).toContain("'evictionStrategy' must be");
    // @ts-expect-error a size is a Size
    expect(failureOf(() => make({ ...LEAST, memory: '2Gi' }))).toContain("'memory' must be a Size of cdk8s");
    // @ts-expect-error processors are an object
    expect(failureOf(() => make({ ...LEAST, cpu: 2 }))).toContain("'cpu' must be an object, got 2");
    // @ts-expect-error a VM boots from a disk
    expect(failureOf(() => make({ memory: Size.gibibytes(1) }))).toContain("'bootDisk' must be a disk, got nothing");
    // @ts-expect-error cloud-init is made by a factory
    expect(failureOf(() => make({ ...LEAST, cloudInit: '#cloud-config' }))).toContain(
      "'cloudInit' must be a CloudInit",
    );
    // @ts-expect-error networks are made by factories, in a list
    expect(failureOf(() => make({ ...LEAST, networks: 'pod' }))).toContain("'networks' must be a list of GuestNetwork");
    // @ts-expect-error an instance type is made by a factory
    expect(failureOf(() => make({ bootDisk: BOOT, instancetype: 'u1' }))).toContain("'instancetype' must be");
    // @ts-expect-error a firmware is made by a factory
    expect(failureOf(() => make({ ...LEAST, firmware: 'uefi' }))).toContain("'firmware' must be a Firmware");
    // @ts-expect-error no prop has that name
    expect(failureOf(() => make({ ...LEAST, image: 'fedora' }))).toContain(`'props' must have known keys only`);
    // @ts-expect-error there is no VM without props
    expect(failureOf(() => new BootableVM(testChart(), 'web'))).toContain("'props' must be an object, got nothing");
  });

  it.each([
    ['lists other ports alone', [GuestNetwork.pod({ tcpPorts: [80] })], "add 22 to 'tcpPorts' of the pod network"],
    ['is on secondary networks alone', [GuestNetwork.multus('lan')], 'give it GuestNetwork.pod()'],
    ['has no network', [], 'give it GuestNetwork.pod()'],
  ])('fails when SSH is exposed and the VM %s', (_, networks, remedy) => {
    const vm = new BootableVM(testChart(), 'web', {
      bootDisk: Disk.fromClaimName('boot'),
      memory: Size.gibibytes(1),
      networks,
    });
    expect(failureOf(() => vm.exposeSsh())).toContain(`'networks' must let port 22 in for a Service; ${remedy}`);
  });
});

interface TemplateSpec {
  readonly domain: { readonly devices: { readonly disks: unknown[] } };
  readonly volumes: unknown[];
}

function templateSpec(vm: BootableVM): TemplateSpec {
  const { spec } = manifest(vm) as Manifest & { readonly spec: { readonly template: { readonly spec: TemplateSpec } } };
  return spec.template.spec;
}
