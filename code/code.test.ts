import * as path from 'node:path';
import { parseManifests, readManifests, ReviewedManifest } from '../review';
import { run } from './testing/run';
import { codeOf, Program } from '.';

/** A text whose comments are in one line each. */
const unwrapped = (text: string): string => text.replace(/\n *\/\/ {3}/g, ' ');

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

  test('is typed for a machine without a disk, without memory, or with a disk that is plugged later', () => {
    const vm = (rest: string): string => `
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web }
spec:
  runStrategy: Halted
  template:
    spec:
${rest}`;
    const text = (rest: string): string => {
      const program = one(vm(rest));
      expect(program.count).toMatchObject({ constructs: 1, typed: 1, overridden: 0 });
      return program.text;
    };
    expect(text('      domain: { devices: {}, memory: { guest: 1Gi } }')).toContain('bootDisk: Volume.none(),');
    expect(text('      domain: { devices: {} }')).toContain('memoryLeftOpen: true,');
    const plugged = text(`
      domain: { devices: { disks: [{ name: iso, cdrom: { bus: sata } }] }, memory: { guest: 1Gi } }
      volumes: [{ name: iso, dataVolume: { name: installer, hotpluggable: true } }]`);
    expect(plugged).toContain('bootDisk: Volume.none(),');
    expect(unwrapped(plugged)).toContain("disk: Disk.fromClaimName('installer')");
    expect(plugged).toContain('hotpluggable: true');
  });

  test.each([
    ['{ name: answers, cdrom: { bus: sata } }', "{ disk: Sysprep.fromSecretName('answers'), name: 'answers' }"],
    [
      '{ name: answers, disk: { bus: virtio } }',
      "{ disk: Sysprep.fromSecretName('answers'), name: 'answers', device: DiskDevice.DISK }",
    ],
  ])('says as what Windows sees its answer file, unless it is a CD-ROM: %s', (disk, code) => {
    const program = one(`apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: win }
spec:
  runStrategy: Halted
  template:
    spec:
      domain: { devices: { disks: [{ name: root, disk: { bus: sata } }, ${disk}] }, memory: { guest: 4Gi } }
      volumes:
        - { name: root, persistentVolumeClaim: { claimName: win } }
        - { name: answers, sysprep: { secret: { name: answers } } }
`);
    expect(program.text.replace(/\s+/g, ' ')).toContain(code);
    expect(program.count).toMatchObject({ constructs: 1, typed: 1, overridden: 0, different: 0 });
  });

  test('is typed where a machine says what its instance type brings, or has a claim twice', () => {
    const program = one(`
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web }
spec:
  runStrategy: Halted
  instancetype: { name: u1.small }
  template:
    spec:
      domain: { devices: { disks: [{ name: a, disk: {} }, { name: b, disk: {} }] }, memory: { guest: 1Gi } }
      volumes:
        - { name: a, persistentVolumeClaim: { claimName: root } }
        - { name: b, persistentVolumeClaim: { claimName: root } }`);
    expect(program.count).toMatchObject({ constructs: 1, typed: 1, overridden: 0 });
    expect(program.text).toContain("Instancetype.cluster('u1.small', { conflictsAllowed: true })");
    expect(program.text).toContain('sharesClaim: true');
  });

  test('holds a text of several lines that stands twice in a constant', () => {
    const script = ['#!/bin/bash', 'set -e', 'dnf install -y nginx', 'systemctl enable --now nginx'];
    const machine = (name: string, cores: number): object => ({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name, annotations: { 'example.com/longNote': `${script.join('\n')}\n` } },
      spec: {
        runStrategy: 'Always',
        template: {
          spec: {
            domain: { cpu: { cores }, memory: { guest: '1Gi' }, devices: { disks: [{ name: 'root', disk: {} }] } },
            volumes: [
              { name: 'root', containerDisk: { image: 'example.com/a:1' } },
              { name: 'seed', cloudInitNoCloud: { userData: `${script.join('\n')}\n` } },
            ],
          },
        },
      },
    });
    const [program] = codeOf([machine('web', 1), machine('db', 2)]);
    const { text } = program!;
    expect(text).toContain(`const LONG_NOTE = [
  '#!/bin/bash',
  'set -e',
  'dnf install -y nginx',
  'systemctl enable --now nginx',
  '',
].join('\\n');

export class Machines extends Chart {`);
    expect(text).toContain("'example.com/longNote': LONG_NOTE,");
    expect(text).toContain('cloudInit: CloudInit.raw(LONG_NOTE),');
    expect(text.match(/dnf install/g)).toHaveLength(1);
    const made = run(program!) as { metadata: { annotations: object } }[];
    expect(made.map(({ metadata }) => metadata.annotations)).toEqual(
      Array(2).fill({ 'example.com/longNote': `${script.join('\n')}\n` }),
    );
    const data = { run: `${script.join('\n')}\n` };
    const [once] = codeOf([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'scripts' }, data }]);
    expect(once!.text).not.toContain('const RUN');
  });

  test('says nothing of a secret that it left out already, but where it goes', () => {
    const { text } = one(VM.replace('packages: [nginx]', 'password: hunter2'));
    expect(text).toContain('// The user-data of cloud-init holds a secret:');
    expect(text).not.toContain('user-data-secret');
    expect(text).not.toContain('hunter2');
  });

  test('takes what no prop says into overrides, and names it', () => {
    const sound = '        devices:\n          sound: { name: speaker, model: ac97 }\n';
    const program = one(VM.replace('        devices:\n', sound));
    expect(program.text).toContain('// No prop says spec.template.spec.domain.devices.sound.name.');
    expect(program.text).toContain('overrides: {');
    expect(program.count).toMatchObject({ constructs: 1, typed: 0, overridden: 1 });
    expect(run(program)).toMatchObject([
      {
        spec: {
          template: { spec: { domain: { devices: { sound: { name: 'speaker', model: 'ac97' } } } } },
        },
      },
    ]);
  });

  test('is of its generated class where the construct refuses the machine, with what both say', () => {
    const program = one(VM.replace('guest: 4096Mi', 'guest: 4096Mj'));
    expect(program.text).toContain("new kubevirt.VirtualMachine(this, 'web', {");
    expect(program.text).toContain('// BootableVM refuses it: ');
    expect(unwrapped(program.text)).toMatch(/\/\/ error: spec\.template\.spec\.domain\.memory\.guest: .*4096Mj/);
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
    expect(unwrapped(one(secret).text)).toContain(
      '// Secret shop/keys is yours to make: kubectl create secret generic keys -n shop --from-file=accessKeyId=… --from-file=secretKey=…',
    );
  });
});

test.each([
  ['XML of sysprep', 'data', '<Password><Value>hunter2</Value></Password>'],
  ['base64 of a text with a password', 'binaryData', Buffer.from('password: hunter2').toString('base64')],
  ['data of cloud-init with a password in a list', 'data', '#cloud-config\nchpasswd:\n  list:\n  - root:hunter2\n'],
])('%s stays out of the code of a ConfigMap', (_what, part, value) => {
  const [program] = codeOf([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, [part]: { a: value } }]);
  expect(program?.text).not.toContain(value.slice(-20, -3));
  expect(program?.text).toContain(`${part}.a is left out, since it holds a secret`);
});

test('a key that cdk8s writes in no object leaves that object out, and no other', () => {
  const [program] = codeOf([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' }, data: { constructor: 'x' } },
    { apiVersion: 'v1', kind: 'toString', metadata: {} },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' }, data: { a: 'x' } },
  ]);
  expect(program?.text).toContain('// ConfigMap shop/a is left out: cdk8s cannot write it.');
  expect(program?.text).toContain("kind: 'toString'");
  expect(program?.count).toMatchObject({ objects: 3, plain: 3, different: 1 });
  expect(run(program!)).toHaveLength(2);
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
    expect(names.slice(0, 3)).toEqual(['1-disks', '2-attached', '3-without-cloud-init']);
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

test.each([{ kind: 'ConfigMap' }, { apiVersion: 'v1' }, { apiVersion: 'v1', kind: 1 }])(
  'what has no API version and kind, such as %j, is not an object',
  (object) => {
    const [program] = codeOf([{ ...object, metadata: { name: 'a' } }]);
    expect(program!.count).toMatchObject({ objects: 0, plain: 0 });
    expect(run(program!)).toEqual([]);
  },
);

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

  test('of objects of several kinds tell them apart by a word', () => {
    const [machine] = parseManifests(VM);
    const claim = (name: string): object => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: 'shop' },
      spec: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', resources: { requests: { storage: '5Gi' } } },
    });
    const { text } = codeOf([claim('web'), machine!.object, claim('web-disk')])[0]!;
    expect(text).toContain("new BootableVM(this, 'web', {");
    expect(text).toContain("new SecondaryDisk(this, 'web-disk', { name: 'web', ");
    expect(text).toContain("new SecondaryDisk(this, 'web-disk-shop', { name: 'web-disk', ");
  });

  test('are variables of what others may name alone', () => {
    const objects = parseManifests(`
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: web-data }
provisioner: csi.example.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: web.data, namespace: shop }
spec: { accessModes: [ReadWriteMany], volumeMode: Block, resources: { requests: { storage: 5Gi } } }
---
${VM.replace('claimName: web-data', 'claimName: web.data')}`);
    expect(codeOf(objects)[0]!.text).toContain("const webData = new SecondaryDisk(this, 'web.data', {");
  });

  test.each<[readonly string[], readonly string[]]>([
    [['overlays/lab'], ['lab']],
    [['lab'], ['lab']],
    [
      ['overlays/lab', 'overlays/prod'],
      ['lab', 'prod'],
    ],
    [
      ['a/x', 'b/x'],
      ['a-x', 'b-x'],
    ],
    [
      ['a', 'a/b'],
      ['machines', 'b'],
    ],
    [
      ['overlays/lab', 'overlays/prod', 'overlays/prod/east'],
      ['lab', 'prod', 'prod-east'],
    ],
  ])('of charts are those of the roots %j without what they share', (roots, names) => {
    const manifests = roots.map((name) =>
      ReviewedManifest.of({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }).within({
        name,
        kind: 'kustomization',
        isOpen: false,
      }),
    );
    expect(codeOf(manifests).map(({ name }) => name)).toEqual(names);
  });

  test('of two objects in two namespaces give two ids', () => {
    const { text } = one(`${VM}---${VM.replace('namespace: shop', 'namespace: other')}`);
    expect(text).toContain("new BootableVM(this, 'web', {");
    expect(text).toContain("new BootableVM(this, 'web-other', {\n      name: 'web',");
  });
});

test('the worked example is imported whole, and makes the same manifests but for Secrets', () => {
  const dist = path.join(__dirname, '..', 'dist');
  const manifests = readManifests([dist]);
  const programs = codeOf(manifests);
  const read = manifests.map(({ object }) => object as { readonly [field: string]: unknown });
  // User data with a password comes from a Secret, of which a comment says what to put there.
  const isSecret = (manifest: { readonly [field: string]: unknown }): boolean =>
    manifest.kind === 'Secret' || /chpasswd|secretRef/.test(JSON.stringify(manifest));
  const texts = (all: readonly { readonly [field: string]: unknown }[]): string[] =>
    all
      .filter((manifest) => !isSecret(manifest))
      .map(sorted)
      .sort();
  const made = programs.flatMap(run);
  expect(texts(made)).toEqual(texts(read));
  expect(made.length).toBe(read.filter(({ kind }) => kind !== 'Secret').length);
  const sum = (key: 'overridden' | 'different' | 'secrets'): number =>
    programs.reduce((total, { count }) => total + count[key], 0);
  expect([sum('overridden'), sum('different'), sum('secrets')]).toEqual([0, 0, 8]);
});

/** A manifest as text, its keys in order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
