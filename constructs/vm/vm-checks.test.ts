import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import fc from 'fast-check';
import { keysOf } from '../shared/prop-checks';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { GuestNetwork } from './guest-network';
import { Instancetype } from './instancetype';
import { LIFECYCLE_PROPS } from './lifecycle-props';
import { MACHINE_PROPS } from './machine-props';
import { Password } from './password';

const LEAST = { bootDisk: Disk.fromClaimName('boot'), memory: Size.gibibytes(1) };
const CPU_BESIDE = { instancetype: Instancetype.cluster('u1.medium'), memory: undefined };

describe('checkVm', () => {
  test.each<[string, unknown, string]>([
    ['text for the memory', { memory: '2Gi' }, `'memory' must be a Size of cdk8s, got "2Gi"; write Quantity.parse(`],
    ['a number for the memory', { memory: 2 }, "'memory' must be a Size of cdk8s, got 2; write Size.gibibytes(2)"],
    ['null for the memory', { memory: null }, "'memory' must be a Size of cdk8s, got null"],
    ['no memory', { memory: undefined }, "'memory' must be given, got nothing; write for example Size.gibibytes(2)"],
    [
      'no memory but CPU time',
      { memory: undefined, resources: { cpuRequest: Cpu.units(1) } },
      "'memory' must be given",
    ],
    ['a number for the CPU', { cpu: 2 }, "'cpu' must be an object, got 2; write { cores: 2 }"],
    ['text for the CPU', { cpu: '2' }, `'cpu' must be an object, got "2"; write { cores: 2 }`],
    ['null for the CPU', { cpu: null }, "'cpu' must be an object, got null"],
    ['a list for the CPU', { cpu: [2] }, "'cpu' must be an object, got a list"],
    ['a misspelt CPU', { cpu: { core: 2 } }, `'cpu' must have known keys only, got "core"`],
    ['no core', { cpu: { cores: 0 } }, "'cpu.cores' must be a whole number of at least 1, got 0"],
    ['half a core', { cpu: { cores: 1.5 } }, "'cpu.cores' must be a whole number of at least 1, got 1.5"],
    ['text for the cores', { cpu: { cores: '2' } }, `'cpu.cores' must be a whole number of at least 1, got "2"`],
    ['negative sockets', { cpu: { sockets: -1 } }, "'cpu.sockets' must be a whole number of at least 1, got -1"],
    ['no thread', { cpu: { threads: 0 } }, "'cpu.threads' must be a whole number of at least 1, got 0"],
    ['an empty model', { cpu: { model: '' } }, `'cpu.model' must be text, got ""`],
    ['text for the resources', { resources: '2Gi' }, `'resources' must be an object, got "2Gi"; write for example {`],
    ['null for the resources', { resources: null }, "'resources' must be an object, got null"],
    [
      'a list that is no text for a CPU request',
      { resources: { cpuRequest: [Object.create(null)] } },
      `'resources.cpuRequest' must be a Cpu of cdk8s-plus-27, not negative, got a list; write Cpu.units(2)`,
    ],
    ['Kubernetes for the resources', { resources: { requests: {} } }, `'resources' must have known keys only`],
    [
      'text for a request',
      { resources: { memoryRequest: '1Gi' } },
      `'resources.memoryRequest' must be a Size of cdk8s`,
    ],
    ['text for a limit', { resources: { memoryLimit: '1Gi' } }, `'resources.memoryLimit' must be a Size of cdk8s`],
    ['text for CPU time', { resources: { cpuRequest: '500m' } }, `got "500m"; write Cpu.millis(500)`],
    ['a number for CPU time', { resources: { cpuLimit: 2 } }, "'resources.cpuLimit' must be a Cpu of cdk8s-plus-27"],
    ['null for CPU time', { resources: { cpuLimit: null } }, 'got null; write Cpu.units(2)'],
    ['negative CPU time', { resources: { cpuRequest: Cpu.millis(-5) } }, `not negative, got "-5m"`],
    ['text for the instance type', { instancetype: 'u1.medium' }, "'instancetype' must be an Instancetype"],
    ['null for the instance type', { instancetype: null }, "'instancetype' must be an Instancetype, got null"],
    ['text for the preference', { preference: 'ubuntu' }, `'preference' must be a Preference, got "ubuntu"`],
    ['an instance type for the preference', { preference: Instancetype.cluster('a') }, 'got an Instancetype'],
    ['text for the firmware', { firmware: 'uefi' }, `'firmware' must be a Firmware, got "uefi"; write Firmware.uefi()`],
    ['null for the firmware', { firmware: null }, "'firmware' must be a Firmware, got null"],
    ['null for cloud-init', { cloudInit: null }, "'cloudInit' must be a CloudInit, got null"],
    ['text for the networks', { networks: 'pod' }, `'networks' must be a list of GuestNetwork, got "pod"; write for`],
    ['a network without its list', { networks: GuestNetwork.pod() }, 'got a GuestNetwork; write'],
    ['null for the networks', { networks: null }, "'networks' must be a list of GuestNetwork, got null"],
    ['text among the networks', { networks: [GuestNetwork.pod(), 'front'] }, `'networks[1]' must be a GuestNetwork`],
    ['nothing among the networks', { networks: [undefined] }, "'networks[0]' must be a GuestNetwork, got null"],
    ['Kubernetes among the networks', { networks: [{ name: 'a', pod: {} }] }, 'a GuestNetwork, got an object'],
    ['an unknown run strategy', { runStrategy: 'alwayz' }, "'runStrategy' must be 'Always', 'Halted', 'Manual', 'Re"],
    ['a lower-case run strategy', { runStrategy: 'always' }, `'runStrategy' must be 'Always'`],
    ['null for the run strategy', { runStrategy: null }, "'runStrategy' must be"],
    ['an unknown eviction', { evictionStrategy: 'Migrate' }, `'evictionStrategy' must be 'None', 'LiveMigrate'`],
    ['an upper-case host name', { hostname: 'Web' }, `'hostname' must be a DNS label`],
    ['a host name with dots', { hostname: 'web.example' }, `'hostname' must be a DNS label`],
    ['null for the host name', { hostname: null }, "'hostname' must be a DNS label"],
    ['a node selector of a number', { nodeSelector: { cores: 4 } }, `'nodeSelector["cores"]' must be text`],
    ['text for the node selector', { nodeSelector: 'zone=a' }, "'nodeSelector' must be an object"],
    ['a boolean label', { templateLabels: { a: true } }, `'templateLabels["a"]' must be text`],
    ['a number annotation', { templateAnnotations: { a: 1 } }, `'templateAnnotations["a"]' must be text, got 1`],
    ['null for labels', { templateLabels: null }, "'templateLabels' must be an object"],
    ['an upper-case name', { name: 'Web' }, `'name' must be a DNS name`],
    ['a number for the name', { name: 7 }, "'name' must be a DNS name"],
    ['an upper-case namespace', { namespace: 'Apps' }, `'namespace' must be a DNS label`],
    ['text for overrides', { overrides: '{}' }, "'overrides' must be a plain object"],
    ['a misspelt prop', { cloudinit: 1 }, `'props' must have known keys only, got "cloudinit"; write 'cloudInit'`],
    [
      'an unknown prop',
      { image: 'fedora' },
      `'props' must have known keys only, got "image"; write bootDisk: ContainerDisk.of('…')`,
    ],
  ])('fails when given %s', (_, props, message) => {
    const failure = failureOf(() => make(props));
    expect(failure).toContain(message);
    expect(failure.split('\n').filter((line) => !line.startsWith('[test/web] '))).toEqual([]);
  });

  test.each([undefined, null, 'web', 7, [LEAST]])('fails when the props are %p', (props) => {
    const failure = failureOf(() => new BootableVM(testChart(), 'web', untyped<BootableVMProps>(props)));
    expect(failure).toMatch(/^\[test\/web\] 'props' must be an object, got /);
  });

  test('takes a name of 63 characters', () => {
    expect(make({ name: 'a'.repeat(63) }).name).toBe('a'.repeat(63));
  });

  test.each([64, 254])('fails when the name has %p characters', (length) => {
    expect(failureOf(() => make({ name: 'a'.repeat(length) }))).toMatch(
      /^\[test\/web\] 'name' must be a DNS name \(.*, at most 63 characters\), got "a+[…"]/,
    );
    const asId = failureOf(() => new BootableVM(testChart(), 'a'.repeat(length), LEAST));
    expect(asId).toContain("'id' must be a DNS name");
    expect(asId.split('\n')).toHaveLength(1);
  });

  test.each([
    [Size.kibibytes(976.5625), '1000000'],
    [Size.kibibytes(977), '977Ki'],
  ])('takes the least memory that KubeVirt takes, %p', (memory, text) => {
    expect(domain({ memory })).toMatchObject({ memory: { guest: text } });
    expect(domain({ memory: undefined, resources: { memoryRequest: memory } })).toMatchObject({
      resources: { requests: { memory: text } },
    });
    expect(domain({ memory: undefined, resources: { memoryLimit: memory } })).toMatchObject({
      resources: { limits: { memory: text } },
    });
  });

  test.each([
    ['memory', { memory: Size.kibibytes(976) }],
    ['memory', { memory: Size.kibibytes(0) }],
    ['resources.memoryRequest', { resources: { memoryRequest: Size.kibibytes(976) } }],
    ['resources.memoryLimit', { resources: { memoryLimit: Size.kibibytes(976) } }],
  ])('fails when %s is less than KubeVirt takes', (property, props) => {
    expect(failureOf(() => make(props))).toMatch(
      new RegExp(`'${property}' must be at least '1M', got "(976Ki|0 bytes)"`),
    );
  });

  test('takes a request as large as its limit', () => {
    const resources = {
      memoryRequest: Size.gibibytes(1),
      memoryLimit: Size.mebibytes(1024),
      cpuRequest: Cpu.millis(2000),
      cpuLimit: Cpu.units(2),
    };
    expect(domain({ resources })).toMatchObject({
      resources: { requests: { memory: '1Gi', cpu: '2000m' }, limits: { memory: '1Gi', cpu: '2' } },
    });
  });

  test('fails when a request is larger than its limit', () => {
    const resources = {
      memoryRequest: Size.mebibytes(1025),
      memoryLimit: Size.gibibytes(1),
      cpuRequest: Cpu.millis(2001),
      cpuLimit: Cpu.units(2),
    };
    const failure = failureOf(() => make({ resources }));
    expect(failure).toContain(`'resources.memoryRequest' must be at most the limit "1Gi", got "1025Mi"`);
    expect(failure).toContain(`'resources.cpuRequest' must be at most the limit "2", got "2001m"`);
  });

  test('takes a memory limit as large as the memory of the guest', () => {
    const resources = { memoryLimit: Size.mebibytes(2048) };
    expect(domain({ memory: Size.gibibytes(2), resources })).toMatchObject({
      memory: { guest: '2Gi' },
      resources: { limits: { memory: '2Gi' } },
    });
  });

  test('fails when the memory limit is smaller than the memory of the guest', () => {
    const resources = { memoryLimit: Size.mebibytes(2047) };
    expect(failureOf(() => make({ memory: Size.gibibytes(2), resources }))).toBe(
      `[test/web] 'resources.memoryLimit' must be at least the 'memory' of the guest "2Gi", got "2047Mi"`,
    );
  });

  test('needs no memory beside an instance type', () => {
    expect(domain(CPU_BESIDE)).not.toHaveProperty('memory');
  });

  test('fails when an instance type stands beside what it brings', () => {
    const failure = failureOf(() =>
      make({
        instancetype: Instancetype.cluster('u1.medium'),
        memory: Size.gibibytes(2),
        cpu: { cores: 2 },
        resources: { memoryRequest: Size.gibibytes(2) },
      }),
    );
    expect(failure.split('\n')).toEqual([
      expect.stringMatching(/^\[test\/web\] 'memory' must not be given beside an instancetype, got "2/),
      "[test/web] 'cpu.cores' must not be given beside an instancetype, got 2; the instance type brings it",
      expect.stringMatching(
        /^\[test\/web\] 'resources.memoryRequest' must not be given beside an instancetype, got "2/,
      ),
    ]);
  });

  test.each([
    'kubevirt.io/created-by',
    'kubevirt.io/migrationJobUID',
    'kubevirt.io/nodeName',
    'kubevirt.io/migrationTargetNodeName',
    'kubevirt.io/schedulable',
    'kubevirt.io/install-strategy',
  ])('fails when a template label is %s', (key) => {
    expect(failureOf(() => make({ templateLabels: { [key]: 'a' } }))).toBe(
      `[test/web] 'templateLabels' must leave out what KubeVirt sets itself, got "${key}"`,
    );
  });

  test('takes other labels of KubeVirt', () => {
    const vm = make({ templateLabels: { 'kubevirt.io/os': 'linux' } });
    expect(manifest(vm).spec).toMatchObject({ template: { metadata: { labels: { 'kubevirt.io/os': 'linux' } } } });
  });

  test('fails when the pod network is there twice', () => {
    const failure = failureOf(() => make({ networks: [GuestNetwork.pod(), GuestNetwork.pod({ name: 'again' })] }));
    expect(failure).toBe(`[test/web] 'networks' must hold one pod network, got ["default","again"]`);
  });

  test('fails when two networks have one name', () => {
    const networks = [GuestNetwork.multus('a/front'), GuestNetwork.multus('b/front')];
    expect(failureOf(() => make({ networks }))).toBe(
      `[test/web] 'networks' must have names that differ, got ["front","front"]`,
    );
  });

  test('fails with all faults in one message, a line each', () => {
    const failure = failureOf(() =>
      make({
        name: 'Web',
        runStrategy: 'alwayz',
        cpu: { cores: 0, threads: 'x' },
        memory: '2Gi',
        networks: 'pod',
        firmware: 'uefi',
        cloudInit: 'text',
        bootDisk: undefined,
        secondaryDisks: [Disk.fromClaimName('data')],
      }),
    );
    expect(failure.split('\n').map((line) => /^\[test\/web\] '([^']+)' must /.exec(line)?.[1])).toEqual([
      'name',
      'runStrategy',
      'cpu.cores',
      'cpu.threads',
      'memory',
      'networks',
      'firmware',
      'cloudInit',
      'secondaryDisks[0]',
      'bootDisk',
    ]);
  });

  test.each<[string, unknown]>([
    ['user data', '#cloud-config\npassword: s3cret'],
    ['a configuration', { password: 's3cret' }],
    ['lines of it', ['password: s3cret']],
  ])('shows nothing of %s in the place of cloud-init', (_, cloudInit) => {
    const failure = failureOf(() => make({ cloudInit }));
    expect(failure).toMatch(/^\[test\/web\] 'cloudInit' must be a CloudInit, got .*; write CloudInit\.of\(/);
    expect(failure).not.toContain('s3cret');
  });

  test.each([
    'bootDisk',
    'bootDiskOptions',
    'secondaryDisks',
    'cpu',
    'resources',
    'instancetype',
    'preference',
    'firmware',
    'networks',
  ])('shows nothing of user data in the place of %s', (property) => {
    const secret = CloudInit.of({ password: Password.publicDemoValue('s3cret') });
    const failure = failureOf(() => make({ [property]: secret }));
    expect(failure).toContain(`'${property}' must `);
    expect(failure).not.toContain('s3cret');
    expect(failureOf(() => make({ [property]: [secret] }))).not.toContain('s3cret');
  });
});

describe('what only JavaScript lets through', () => {
  const key = fc.stringMatching(/^[a-z]{1,4}$/);
  const junk = fc.anything({ key });
  const runs = { numRuns: 50 };

  const props: { readonly [key in keyof Required<BootableVMProps>]: true } = {
    name: true,
    namespace: true,
    labels: true,
    annotations: true,
    overrides: true,
    ...keysOf(MACHINE_PROPS),
    ...keysOf(LIFECYCLE_PROPS),
    bootDisk: true,
    bootDiskOptions: true,
    secondaryDisks: true,
    cpu: true,
    memory: true,
    resources: true,
    instancetype: true,
    preference: true,
    firmware: true,
    cloudInit: true,
    cloudInitDiskOptions: true,
    networks: true,
    runStrategy: true,
    evictionStrategy: true,
    updateVolumesStrategy: true,
    nodeSelector: true,
    hostname: true,
    templateLabels: true,
    templateAnnotations: true,
  };

  test.each(Object.keys(props))('is refused in words in the place of %s, or rendered', (property) => {
    fc.assert(
      fc.property(junk, (value) => isRefusedOrRendered(() => manifest(make({ [property]: value })))),
      runs,
    );
  });

  test.each(['name', 'bus', 'device', 'serial', 'bootOrder', 'cache', 'io', 'readOnly', 'shareable', 'hotpluggable'])(
    'is refused in words in the place of %s of a disk, or rendered',
    (property) => {
      const attach = (value: unknown): unknown => {
        const vm = make({});
        vm.attach(Disk.fromClaimName('data'), untyped({ [property]: value }));
        return manifest(vm);
      };
      fc.assert(
        fc.property(junk, (value) => isRefusedOrRendered(() => attach(value))),
        runs,
      );
    },
  );

  test.each(['memoryRequest', 'memoryLimit', 'cpuRequest', 'cpuLimit'])(
    'is refused in words in the place of %s of the resources, or rendered',
    (property) => {
      const render = (value: unknown): unknown => manifest(make({ resources: { [property]: value } }));
      fc.assert(
        fc.property(junk, (value) => isRefusedOrRendered(() => render(value))),
        runs,
      );
    },
  );

  test('is refused in words in the place of a disk', () => {
    fc.assert(
      fc.property(junk, (disk) => isRefusedOrRendered(() => make({}).attach(untyped(disk)))),
      runs,
    );
  });
});

/** A refusal is an Error of ours; a TypeError is a fault of the code. */
function isRefusedOrRendered(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch (error) {
    return error instanceof Error && /^\[test\/web\] '/.test(error.message);
  }
}

function make(props: unknown): BootableVM {
  return new BootableVM(testChart(), 'web', { ...LEAST, ...untyped<Partial<BootableVMProps>>(props) });
}

function domain(props: Partial<BootableVMProps>): unknown {
  const { template } = manifest(make(props)).spec as { template: { spec: { domain: unknown } } };
  return template.spec.domain;
}
