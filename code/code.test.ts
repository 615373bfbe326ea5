import * as fs from 'node:fs';
import * as path from 'node:path';
import { transformSync } from '@swc/core';
import { App, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { parseManifests, readManifests } from '../review';
import { codeOf, Program } from '.';

/** Runs the text of a program, and answers what its chart makes. */
function run({ text, className }: Program): { [field: string]: unknown }[] {
  const { code } = transformSync(text, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    configFile: false,
    swcrc: false,
  });
  const exported: { [name: string]: new (scope: Construct, id: string) => never } = {};
  const load = (name: string): unknown => jest.requireActual(name === 'cdk8s-kubevirt' ? '../constructs' : name);
  new Function('require', 'exports', code)(load, exported);
  return Testing.synth(new exported[className]!(new App(), 'test')) as { [field: string]: unknown }[];
}

const one = (yaml: string): Program => codeOf(parseManifests(yaml))[0]!;

const VM = `
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web, namespace: shop, labels: { team: blue } }
spec:
  running: true
  dataVolumeTemplates:
    - metadata: { name: web-root }
      spec:
        source: { registry: { url: "docker://quay.io/containerdisks/fedora:41" } }
        storage: { resources: { requests: { storage: 20Gi } }, storageClassName: fast }
  template:
    metadata: { labels: { kubevirt.io/domain: web } }
    spec:
      domain:
        cpu: { cores: 2 }
        memory: { guest: 4096Mi }
        machine: { type: "" }
        features: { acpi: {}, smm: { enabled: true } }
        firmware: { bootloader: { efi: {} }, uuid: 5d307ca9-b3ef-428c-8861-06e72d69f223 }
        devices:
          disks:
            - { name: seed, cdrom: { bus: sata } }
            - { name: root, disk: { bus: virtio }, bootOrder: 1 }
            - { name: data, disk: {} }
          interfaces: [{ name: default, masquerade: {}, macAddress: "02:00:00:00:00:01" }]
      networks: [{ name: default, pod: {} }]
      terminationGracePeriodSeconds: 180
      volumes:
        - { name: seed, cloudInitNoCloud: { userData: "#cloud-config\\npackages: [nginx]\\n" } }
        - { name: root, dataVolume: { name: web-root } }
        - { name: data, persistentVolumeClaim: { claimName: web-data } }
`;

describe('the code of a VM', () => {
  test('is what somebody would write', () => {
    const external = [{ kind: 'PersistentVolumeClaim', name: 'web-data' }];
    expect(codeOf(parseManifests(VM), { external })[0]!.text).toBe(`import { Chart, Duration, Size } from 'cdk8s';
import {
  BootableVM,
  ClaimApi,
  CloudInit,
  DataVolumeSource,
  DataVolumeTemplate,
  Disk,
  DiskDevice,
  Firmware,
  GuestNetwork,
} from 'cdk8s-kubevirt';
import { Construct } from 'constructs';

export class Machines extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id);

    new BootableVM(this, 'web', {
      namespace: 'shop',
      labels: { team: 'blue' },
      bootDisk: DataVolumeTemplate.of('web-root', {
        source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
        size: Size.gibibytes(20),
        storageClassName: 'fast',
        claimApi: ClaimApi.STORAGE,
      }),
      bootDiskOptions: { name: 'root', bootOrder: 1 },
      cpu: { cores: 2 },
      memory: Size.gibibytes(4),
      secondaryDisks: [{ disk: Disk.fromClaimName('web-data'), name: 'data', busLeftOpen: true }],
      networks: [GuestNetwork.pod({ macAddress: '02:00:00:00:00:01' })],
      cloudInit: CloudInit.of({ packages: ['nginx'] }),
      cloudInitDiskOptions: { name: 'seed', device: DiskDevice.CDROM },
      firmware: Firmware.secureBoot({ uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223' }),
      features: { acpi: true },
      terminationGracePeriod: Duration.minutes(3),
      templateLabels: { 'kubevirt.io/domain': 'web' },
    });
  }
}
`);
  });

  test('makes what the manifest makes', () => {
    expect(run(one(VM))).toMatchObject([
      {
        kind: 'VirtualMachine',
        metadata: { name: 'web', namespace: 'shop', labels: { team: 'blue' } },
        spec: {
          runStrategy: 'Always',
          dataVolumeTemplates: [{ metadata: { name: 'web-root' } }],
          template: {
            spec: {
              domain: {
                firmware: { uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223', bootloader: { efi: { secureBoot: true } } },
                devices: {
                  disks: [
                    { name: 'root', disk: { bus: 'virtio' }, bootOrder: 1 },
                    { name: 'data', disk: {} },
                    { name: 'seed', cdrom: { bus: 'sata' } },
                  ],
                },
              },
              terminationGracePeriodSeconds: 180,
            },
          },
        },
      },
    ]);
    expect(one(VM).count).toEqual({
      objects: 1,
      owned: 0,
      constructs: 1,
      typed: 1,
      generated: 0,
      plain: 0,
      secrets: 0,
      overridden: 0,
      different: 0,
    });
  });

  test('takes what no prop says into overrides, and names it', () => {
    const watchdog = '        devices:\n          watchdog: { name: dog, i6300esb: { action: reset } }\n';
    const program = one(VM.replace('        devices:\n', watchdog));
    expect(program.text).toContain('// No prop says spec.template.spec.domain.devices.watchdog.name.');
    expect(program.text).toContain('overrides: {');
    expect(program.count).toMatchObject({ constructs: 1, typed: 0, overridden: 1 });
    expect(run(program)).toMatchObject([
      {
        spec: {
          template: { spec: { domain: { devices: { watchdog: { name: 'dog', i6300esb: { action: 'reset' } } } } } },
        },
      },
    ]);
  });

  test('is of its generated class where the construct refuses the machine, with what both say', () => {
    const program = one(VM.replace('guest: 4096Mi', 'guest: 4096Mj'));
    expect(program.text).toContain("new kubevirt.VirtualMachine(this, 'web', {");
    expect(program.text).toContain('// BootableVM refuses it: ');
    expect(program.text).toMatch(/\/\/ error: spec\.template\.spec\.domain\.memory\.guest: .*4096Mj/);
    expect(program.count).toMatchObject({ constructs: 0, generated: 1 });
  });

  test('drops what the server added to a live one', () => {
    const live = VM.replace('name: web,', 'name: web, uid: 1-2, resourceVersion: "7", generation: 3,').concat(
      'status: { ready: true }\n',
    );
    expect(one(live).text).toBe(one(VM).text);
  });
});

describe('a secret', () => {
  const secret = `
apiVersion: v1
kind: Secret
metadata: { name: keys, namespace: shop }
stringData: { accessKeyId: hunter1, secretKey: hunter2 }
`;

  test.each([
    ['of a Secret', secret],
    ['in cloud-init', VM.replace('packages: [nginx]', 'password: hunter2')],
    [
      'in cloud-init in base64',
      VM.replace(
        /userData: "[^"]*"/,
        `userDataBase64: ${Buffer.from('#cloud-config\npassword: hunter2\n').toString('base64')}`,
      ),
    ],
    ['in the login of an address', VM.replace('docker://quay.io', 'docker://me:hunter2@quay.io')],
    ['in an annotation', VM.replace('labels: { team: blue }', 'annotations: { note: "password=hunter2" }')],
  ])('%s is not in the code, and counted', (_title, yaml) => {
    const { text, count } = one(yaml);
    expect(text).not.toMatch(/hunter|aHVudGVy/);
    expect(text).not.toContain(Buffer.from('#cloud-config\npassword: hunter2\n').toString('base64'));
    expect(count.secrets).toBe(1);
  });

  test('of a Secret is yours to make', () => {
    expect(one(secret).text).toContain(
      '// Secret shop/keys is yours to make: kubectl create secret generic keys -n shop --from-file=accessKeyId=… --from-file=secretKey=…',
    );
  });
});

describe('what stands together', () => {
  test('is passed as an object: a VM names the disk that stands above it', () => {
    const disk = `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: web-data, namespace: shop }
spec: { accessModes: [ReadWriteMany], volumeMode: Block, resources: { requests: { storage: 5Gi } } }
`;
    const { text } = one(`${VM}${disk}`);
    expect(text).toContain("const webData = new SecondaryDisk(this, 'web-data', {");
    expect(text).toContain('{ disk: webData, name: ');
  });

  test('is a chart for each step of a folder of steps', () => {
    const names = codeOf(readManifests([path.join(__dirname, '..', 'dist', '2-secondary-disks')])).map(
      ({ name }) => name,
    );
    expect(names[0]).toMatch(/2-secondary-disks-1-/);
    expect(new Set(names).size).toBe(names.length);
  });

  test('leaves out what a controller made of another object', () => {
    const owned = VM.replace(
      'labels: { team: blue }',
      'ownerReferences: [{ kind: VirtualMachinePool, name: p, controller: true }]',
    );
    expect(codeOf(parseManifests(owned))[0]!.count.objects).toBe(0);
  });
});

describe('names', () => {
  test.each([
    ['class', 'disk'],
    ['1-disk', 'disk1Disk'],
    ['new', 'diskNew'],
  ])('of a disk that is no variable: %s', (name, variable) => {
    const yaml = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name} }
spec: { accessModes: [ReadWriteMany], volumeMode: Block, resources: { requests: { storage: 5Gi } } }
---
${VM.replace('namespace: shop, ', '').replace('web-data', name)}`;
    expect(one(yaml).text).toMatch(new RegExp(`const ${variable}\\w* = new SecondaryDisk`));
  });

  test('of two objects in two namespaces give two ids', () => {
    const { text } = one(`${VM}---${VM.replace('namespace: shop', 'namespace: other')}`);
    expect(text).toContain("new BootableVM(this, 'web', {");
    expect(text).toContain("new BootableVM(this, 'web-other', {\n      name: 'web',");
  });
});

test('the worked example is imported whole, and makes the same objects but for Secrets', () => {
  const dist = path.join(__dirname, '..', 'dist');
  const manifests = readManifests([dist]);
  const identity = ({ kind, metadata }: { [field: string]: unknown }): string => {
    const { name, namespace } = metadata as { [field: string]: unknown };
    return `${String(kind)} ${String(namespace)}/${String(name)}`;
  };
  const programs = codeOf(manifests);
  const made = programs.flatMap(run).map(identity).sort();
  const read = manifests.map(({ object }) => object as { [field: string]: unknown });
  expect(made).toEqual(
    read
      .filter(({ kind }) => kind !== 'Secret')
      .map(identity)
      .sort(),
  );
  expect(programs.every(({ count }) => count.overridden === 0)).toBe(true);
  expect(fs.existsSync(dist)).toBe(true);
});
