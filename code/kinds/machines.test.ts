import { imported } from '../testing/run';

const vm = (spec: string, instance = '{ domain: { devices: {} } }'): string => `---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web }
spec: { runStrategy: Halted, ${spec}template: { spec: ${instance} } }
`;

describe('what a VM takes its size from', () => {
  test.each([
    ['{ inferFromVolume: root }', "Instancetype.inferredFrom('root')"],
    [
      '{ inferFromVolume: root, inferFromVolumeFailurePolicy: Ignore }',
      "Instancetype.inferredFrom('root', { failurePolicy: InferenceFailurePolicy.IGNORE })",
    ],
    ['{ name: u1.small, inferFromVolume: "" }', "Instancetype.cluster('u1.small')"],
    ['{ name: small, kind: VirtualMachineInstancetype }', "Instancetype.namespaced('small')"],
    ['{ name: small, kind: "" }', "Instancetype.cluster('small')"],
    ['{ name: small, revisionName: a }', "Instancetype.cluster('small', { revisionName: 'a' })"],
  ])('is said of %s', (matcher, code) => {
    const one = imported(
      vm(
        `instancetype: ${matcher}, `,
        '{ domain: { devices: { disks: [{ name: root, disk: {} }] } }, volumes: [{ name: root, persistentVolumeClaim: { claimName: root } }] }',
      ),
    );
    expect(one.code).toContain(`instancetype: ${code},`);
    expect(one.count).toMatchObject({ constructs: 1, typed: 1 });
  });
});

test('an instance has no instance type that brings its memory', () => {
  const { code, count } = imported(`
apiVersion: kubevirt.io/v1
kind: VirtualMachineInstance
metadata: { name: once }
spec:
  domain: { devices: { disks: [{ name: rootdisk, disk: { bus: virtio } }] } }
  volumes: [{ name: rootdisk, containerDisk: { image: "example.com/a:1" } }]
`);
  expect(code).toContain('memoryLeftOpen: true');
  expect(count).toMatchObject({ constructs: 1, typed: 1 });
});

describe('the disks of a VM', () => {
  const machine = (disks: string, volumes: string, spec = ''): ReturnType<typeof imported> => {
    const one = imported(
      vm(spec, `{ domain: { devices: { disks: [${disks}] }, memory: { guest: 1Gi } }, volumes: [${volumes}] }`),
    );
    expect(one.count).toMatchObject({ constructs: 1, typed: 1, overridden: 0 });
    return one;
  };

  test('begin with an empty CD-ROM where that is the first', () => {
    const { code } = machine('{ name: rootdisk, cdrom: { bus: sata } }', '');
    expect(code).toContain('bootDisk: Volume.emptyCdrom()');
    expect(code).not.toContain('secondaryDisks');
  });

  test('are not begun by one that the guest only reads', () => {
    const { code } = machine(
      '{ name: root, disk: { bus: virtio } }',
      '{ name: root, persistentVolumeClaim: { claimName: root, readOnly: true } }',
    );
    expect(code).toContain('bootDisk: Volume.none()');
    expect(code).toContain("{ disk: Disk.fromClaimName('root'), readOnlyClaim: true }");
  });

  test.each([
    ['{ claimName: dump, hotpluggable: true }', "Volume.memoryDump(Disk.fromClaimName('dump'))"],
    ['{ claimName: dump }', "Volume.memoryDump(Disk.fromClaimName('dump'), { hotpluggable: false })"],
  ])('are not begun by the dump of memory %s, which the guest does not see', (dump, code) => {
    const one = machine('', `{ name: dump, memoryDump: ${dump} }`);
    expect(one.code).toContain('bootDisk: Volume.none()');
    expect(one.code).toContain(`{ disk: ${code}`);
  });

  test.each([
    ['{ bus: virtio }', false, 'bus: DiskBus.VIRTIO'],
    ['{}', false, undefined],
    ['{ bus: scsi }', true, undefined],
    ['{}', true, 'busLeftOpen: true'],
  ])('leave the bus %s to a preference unless they are plugged later: %s', (target, hotpluggable, option) => {
    const { code } = machine(
      `{ name: rootdisk, disk: {} }, { name: data, disk: ${target} }`,
      `{ name: rootdisk, persistentVolumeClaim: { claimName: root } }, { name: data, persistentVolumeClaim: { claimName: data, hotpluggable: ${hotpluggable} } }`,
      'preference: { name: linux }, ',
    );
    const options = [hotpluggable ? 'hotpluggable: true' : undefined, option].filter((one) => one !== undefined);
    for (const one of options) expect(code).toContain(one);
    expect(/bus/.test(code)).toBe(option !== undefined);
  });

  test.each([
    ['compute', undefined],
    ['other', "containerName: 'other'"],
  ])('hold what a resource of the container %s is', (container, option) => {
    const { code } = machine(
      '',
      `{ name: info, downwardAPI: { fields: [{ path: cpu, resourceFieldRef: { resource: limits.cpu, containerName: ${container} } }] } }`,
    );
    expect(code).toContain("DownwardField.resource('cpu', DownwardResource.CPU_LIMIT");
    expect(/containerName: '\w+'/.exec(code)?.[0]).toBe(option);
  });
});

describe('cloud-init of a VM', () => {
  const machine = (data: string): ReturnType<typeof imported> =>
    imported(
      vm(
        '',
        `{ domain: { devices: { disks: [{ name: rootdisk, disk: { bus: virtio } }, { name: cloudinitdisk, disk: { bus: virtio } }] }, memory: { guest: 1Gi } }, volumes: [{ name: rootdisk, persistentVolumeClaim: { claimName: root } }, { name: cloudinitdisk, cloudInitNoCloud: ${data} }] }`,
      ),
    );

  test('of network data alone says that', () => {
    const { code, count } = machine('{ networkData: "version: 2\\nethernets: { eth0: { dhcp4: true } }" }');
    expect(code).toContain('cloudInit: CloudInit.networkOnly({ network: CloudInitNetwork.of({');
    expect(count).toMatchObject({ constructs: 1, typed: 1 });
  });

  test.each([
    ['"version: 2 # so\\nethernets: {}"', "networkData: 'version: 2 # so\\nethernets: {}'"],
    ['"version: 9"', "networkData: 'version: 9'"],
  ])('of network data that no words say, %s, says its text', (text, code) => {
    const one = machine(`{ networkData: ${text} }`);
    expect(one.code).toContain(`CloudInit.networkOnly({ ${code} })`);
    expect(one.count).toMatchObject({ constructs: 1, typed: 1 });
  });

  test('has the name of its disk, whatever that is', () => {
    const yaml = vm(
      '',
      '{ domain: { devices: { disks: [{ name: root, disk: { bus: virtio } }, { name: rootdisk, disk: { bus: virtio } }] }, memory: { guest: 1Gi } }, volumes: [{ name: root, persistentVolumeClaim: { claimName: root } }, { name: rootdisk, cloudInitNoCloud: { networkData: "version: 9" } }] }',
    );
    const { code, count } = imported(yaml);
    expect(code).toContain("bootDiskOptions: { name: 'root' }");
    expect(code).toContain("cloudInitDiskOptions: { name: 'rootdisk' }");
    expect(count).toMatchObject({ constructs: 1, typed: 1 });
  });

  test('of no data says none', () => expect(machine('{}').code).not.toContain('CloudInit'));
});
