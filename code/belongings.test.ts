import { parseManifests } from '../review';
import type { Json } from '../review/rule';
import { belongings } from './belongings';
import { run, statementsOf } from './testing/run';
import { codeOf, Program } from '.';

const options = { external: [{ kind: 'PersistentVolumeClaim', name: '*' }] };
const one = (yaml: string): Program => codeOf(parseManifests(yaml), options)[0]!;

function disk(name: string, namespace = 'shop'): string {
  return `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: ${namespace} }
spec: { accessModes: [ReadWriteMany], volumeMode: Block, resources: { requests: { storage: 5Gi } } }
`;
}

function vm(name: string, claims: readonly string[], { namespace = 'shop', memory = '1Gi' } = {}): string {
  const disks = claims.map((claim) => `{ name: ${claim}, disk: { bus: virtio } }`);
  const volumes = claims.map((claim) => `{ name: ${claim}, persistentVolumeClaim: { claimName: ${claim} } }`);
  return `---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  runStrategy: Always
  template:
    spec:
      hostname: ${name}
      domain:
        memory: { guest: ${memory} }
        devices:
          disks: [${disks.join(', ')}]
          interfaces: [{ name: default, masquerade: {} }]
      networks: [{ name: default, pod: {} }]
      volumes: [${volumes.join(', ')}]
`;
}

function service(name: string, vmName: string, port = 22): string {
  return `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { vm.kubevirt.io/name: ${vmName} }, ports: [{ name: ssh, port: ${port}, targetPort: 22 }] }
`;
}

describe('what belongs together', () => {
  test('stands together, and is passed as an object', () => {
    const program = one(
      `${service('web-ssh', 'web')}${vm('web', ['boot'])}${vm('db', ['data'], { memory: '2Gi' })}${disk('data')}${disk('boot')}`,
    );
    expect(statementsOf(program)).toBe(`    const boot = new SecondaryDisk(this, 'boot', { size: Size.gibibytes(5) });
    const web = new BootableVM(this, 'web', {
      bootDisk: boot,
      bootDiskOptions: { name: 'boot' },
      memory: Size.gibibytes(1),
      hostname: 'web',
    });
    web.exposeSsh();

    const data = new SecondaryDisk(this, 'data', { size: Size.gibibytes(5) });
    new BootableVM(this, 'db', {
      bootDisk: data,
      bootDiskOptions: { name: 'data' },
      memory: Size.gibibytes(2),
      hostname: 'db',
    });
`);
    expect(program.text).toContain("super(scope, id, { namespace: 'shop' });");
  });

  test('is a Secret as a comment above the machine that takes it', () => {
    const secret = `---
apiVersion: v1
kind: Secret
metadata: { name: keys, namespace: shop }
stringData: { key1: hunter1 }
`;
    const yaml = vm('web', ['boot']).replace('volumes: [', 'volumes: [{ name: keys, secret: { secretName: keys } }, ');
    const { text } = one(`${disk('boot')}${yaml}${secret}`);
    expect(text).toMatch(
      /\/\/ Secret shop\/keys is yours to make: [^]*const boot = new SecondaryDisk[^]*new BootableVM/,
    );
    expect(text).not.toContain('hunter');
  });

  test('is a disk of two machines before both', () => {
    const program = one(`${vm('a', ['x', 'both'])}${vm('b', ['y', 'both'], { memory: '2Gi' })}${disk('both')}`);
    expect(statementsOf(program)).toMatch(
      /^ {4}const both = new SecondaryDisk[^]*'a'[^]*disk: both[^]*'b'[^]*disk: both/,
    );
  });

  test('is a source before its clone, as an object where the clone is like it', () => {
    const clone = `---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: copy, namespace: shop }
spec: { source: { pvc: { name: data, namespace: shop } }, pvc: { accessModes: [ReadWriteMany], volumeMode: Block, resources: { requests: { storage: 5Gi } } } }
`;
    expect(statementsOf(one(`${clone}${disk('data')}`)))
      .toBe(`    const data = new SecondaryDisk(this, 'data', { size: Size.gibibytes(5) });

    new DiskClone(this, 'copy', { source: DataVolumeSource.claim(data), size: Size.gibibytes(5) });
`);
  });
});

describe('machines that are equal but for their names', () => {
  const three = ['web-10', 'web-2', 'web-1'].map(
    (name) => `${vm(name, [`${name}-boot`])}${disk(`${name}-boot`)}${service(`${name}-ssh`, name)}`,
  );

  test('are a loop, in the order in which people count', () => {
    const program = one(three.join(''));
    expect(statementsOf(program)).toBe(`    for (const name of ['web-1', 'web-2', 'web-10']) {
      const boot = new SecondaryDisk(this, \`\${name}-boot\`, { size: Size.gibibytes(5) });
      const vm = new BootableVM(this, name, {
        bootDisk: boot,
        bootDiskOptions: { name: \`\${name}-boot\` },
        memory: Size.gibibytes(1),
        hostname: name,
      });
      vm.exposeSsh();
    }
`);
    expect(program.count).toMatchObject({ objects: 9, typed: 9 });
    expect(
      run(program)
        .map(({ metadata }) => (metadata as { name: string }).name)
        .sort(),
    ).toEqual(['web-1', 'web-10', 'web-2'].flatMap((name) => [name, `${name}-boot`, `${name}-ssh`]).sort());
  });

  test('are a loop from two on', () => {
    const two = `${vm('web-1', ['a'])}${vm('web-2', ['a'])}`;
    expect(one(two).text).toContain("for (const name of ['web-1', 'web-2']) {");
    expect(one(vm('web-1', ['a'])).text).not.toContain('for (const name of');
  });

  test('are said as the longest name needs it', () => {
    const names = ['web-1', `web-${'2'.repeat(40)}`, 'web-3'];
    const { text } = one(names.map((name) => `${vm(name, [`${name}-boot`])}${disk(`${name}-boot`)}`).join(''));
    expect(text).toContain(
      '      const boot = new SecondaryDisk(this, `${name}-boot`, {\n        size: Size.gibibytes(5),\n      });\n',
    );
  });

  test('are no loop where a prop does not say all of them', () => {
    const loud = (name: string): string =>
      vm(name, ['a']).replace('devices:\n', 'devices:\n          sound: { name: speaker, model: ac97 }\n');
    const program = one(`${loud('web-1')}${loud('web-2')}`);
    expect(program.text).not.toContain('for (const name of');
    expect(program.count).toMatchObject({ constructs: 2, typed: 0, overridden: 2 });
  });

  test.each<[string, string]>([
    ['one has another memory', `${vm('web-1', ['a'])}${vm('web-2', ['a'], { memory: '2Gi' })}`],
    [
      'a number is the name of one',
      `${vm('1', ['a'], { memory: '1' })}${vm('2', ['a'], { memory: '2' })}`.replace(/guest: (\d)\n/g, 'guest: $1\n'),
    ],
    ['they are in two namespaces', `${vm('web-1', ['a'])}${vm('web-2', ['a'], { namespace: 'other' })}`],
    [
      'something else takes a disk of one',
      ['web-1', 'web-2'].map((name) => `${vm(name, [name])}${disk(name)}`).join('') + vm('backup', ['web-1']),
    ],
  ])('are no loop where %s', (_title, yaml) => {
    expect(one(yaml).text).not.toContain('for (const name of');
  });
});

describe('a chain of disks, of which each is made of the one before', () => {
  const chain = (length: number): readonly { readonly object: Json }[] => {
    const names = Array.from({ length }, (_, index) => `disk-${index}`);
    const copies = names.slice(1).map((name, index): Json => {
      return { kind: 'DataVolume', metadata: { name }, spec: { source: { pvc: { name: names[index] } } } };
    });
    const machine = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'web' },
      spec: { template: { spec: { volumes: [{ dataVolume: { name: names.at(-1) } }] } } },
    };
    const first = { kind: 'PersistentVolumeClaim', metadata: { name: names[0] } };
    return [first, ...copies, machine].map((object) => ({ object }));
  };
  const grouped = (length: number): readonly number[] => belongings(chain(length)).map(({ items }) => items.length);

  test('stands with the machine that takes the last of them, up to five', () => {
    expect(grouped(1)).toEqual([2]);
    expect(grouped(5)).toEqual([6]);
    expect(grouped(6)).toEqual([1, 6]);
  });
});

test('the same objects give the same text, and objects that are called the same stand in two charts', () => {
  const yaml = `${vm('web', ['a'])}${vm('web', ['b'])}`;
  const programs = codeOf(parseManifests(yaml), options);
  expect(programs.map(({ name }) => name)).toEqual(['machines', 'machines-2']);
  expect(codeOf(parseManifests(yaml), options)).toEqual(programs);
});

/** A disk of a name, and a VM that boots from it. */
function named(name: string): Program {
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', resources: { requests: { storage: '1Gi' } } },
  };
  const machine = parseManifests(vm('web', ['boot']).replace('namespace: shop', 'labels: {}'))[0]!;
  return codeOf([
    claim,
    JSON.parse(
      JSON.stringify(machine.object).replace('"claimName":"boot"', () => `"claimName":${JSON.stringify(name)}`),
    ),
  ])[0]!;
}

test.each([
  ['a.b-c', 'a.b-c', 'aBC'],
  ['new', 'new', 'diskNew'],
  ['2024-disk', '2024-disk', 'disk2024Disk'],
  ['constructor', 'constructor-disk', 'constructorDisk'],
])('a name such as %s gives the id %s and the variable %s', (name, id, variable) => {
  const program = named(name);
  expect(program.text).toContain(`const ${variable} = new SecondaryDisk(this, '${id}', {`);
  expect(program.text).toContain(`bootDisk: ${variable},`);
  expect(program.count).toMatchObject({ typed: 2, generated: 0, plain: 0 });
  expect(run(program)).toMatchObject([{ metadata: { name } }, { kind: 'VirtualMachine' }]);
});

test.each(['größe', '日本', 'a_b', '__proto__', 'toString'])(
  'a name that Kubernetes refuses, such as %s, stands as it is under what is wrong with it',
  (name) => {
    const program = named(name);
    expect(program.text).toContain("// error: metadata.name: 'name' must be a DNS name");
    expect(program.text).toMatch(new RegExp(`new ApiObject\\(this, '${name}(-disk)?', \\{`));
    expect(run(program)).toMatchObject([
      { kind: 'PersistentVolumeClaim', metadata: { name } },
      { spec: { template: { spec: { volumes: [{ persistentVolumeClaim: { claimName: name } }] } } } },
    ]);
  },
);
