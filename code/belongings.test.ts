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
    expect(program.count).toMatchObject({ objects: 9, constructs: 9, typed: 9 });
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

describe('the order of what belongs to no machine', () => {
  const order = (...objects: readonly Json[]): readonly string[] =>
    belongings(objects.map((object) => ({ object }))).map(({ items }) =>
      items.map(({ object }) => `${String(object.kind)} ${placeOf(object)}`).join(', '),
    );
  const placeOf = ({ metadata }: Json): string => {
    const { namespace, name } = metadata as { readonly namespace?: string; readonly name: string };
    return namespace === undefined ? name : `${namespace}/${name}`;
  };
  const object = (kind: string, metadata: Json, spec: Json = {}): Json => ({ kind, metadata, spec });

  test('is that of kinds, and other kinds follow the machines', () => {
    const machine = { apiVersion: 'kubevirt.io/v1', ...object('VirtualMachine', { name: 'web' }) };
    const [pod, map, space] = ['Pod', 'ConfigMap', 'Namespace'].map((kind) => object(kind, { name: 'a' }));
    expect(order(pod!, machine, map!, space!)).toEqual(['Namespace a', 'ConfigMap a', 'VirtualMachine web', 'Pod a']);
  });

  test.each<[string, Json, Json]>([
    [
      'a claim',
      { pvc: { name: 'b', namespace: 'shop' } },
      object('PersistentVolumeClaim', { namespace: 'shop', name: 'b' }),
    ],
    [
      'a snapshot',
      { snapshot: { name: 'b', namespace: 'shop' } },
      object('VolumeSnapshot', { namespace: 'shop', name: 'b' }),
    ],
    [
      'another',
      { dataSource: { name: 'b', namespace: 'shop' } },
      object('DataSource', { namespace: 'shop', name: 'b' }),
    ],
    [
      'a claim in its own namespace',
      { pvc: { name: 'b' } },
      object('PersistentVolumeClaim', { namespace: 'images', name: 'b' }),
    ],
    [
      'a claim without a word of where',
      { pvc: { name: 'b', namespace: '' } },
      object('PersistentVolumeClaim', { namespace: 'images', name: 'b' }),
    ],
    [
      'a claim with a wrong word of where',
      { pvc: { name: 'b', namespace: 1 } },
      object('PersistentVolumeClaim', { namespace: 'images', name: 'b' }),
    ],
  ])('puts the source of a DataSource before it: %s', (_title, source, found) => {
    const image = object('DataSource', { namespace: 'images', name: 'a' }, { source });
    const others = ['shop', 'images'].map((namespace) => object(String(found.kind), { namespace, name: 'b' }));
    const [first, second] = order(image, ...others);
    expect([first, second]).toEqual([`${String(found.kind)} ${placeOf(found)}`, 'DataSource images/a']);
  });
});

test.each<[string, Json, Json]>([
  ['no name', { claimName: '' }, { generateName: 'a-' }],
  ['a name that looks like none', {}, { name: 'undefined' }],
])('a claim of %s is not that of a machine that names none', (_title, persistentVolumeClaim, metadata) => {
  const machine = {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'web' },
    spec: { template: { spec: { volumes: [{ name: 'root', persistentVolumeClaim }] } } },
  };
  const claim = { kind: 'PersistentVolumeClaim', metadata };
  expect(belongings([{ object: machine }, { object: claim }])).toHaveLength(2);
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

  test('stands alone where it leads back to itself, or to two machines', () => {
    const copy = (name: string, source: string): Json => ({
      kind: 'DataVolume',
      metadata: { name },
      spec: { source: { pvc: { name: source } } },
    });
    const items = [copy('a', 'b'), copy('b', 'a')].map((object) => ({ object }));
    expect(belongings(items).map((group) => group.items.length)).toEqual([1, 1]);
    const [disk, , machine] = chain(2);
    const other = { object: { ...machine!.object, metadata: { name: 'db' } } };
    const named = [{ object: copy('disk-1', 'disk-0') }, disk!, machine!, other];
    expect(belongings(named).map((group) => group.items.length)).toEqual([1, 1, 1, 1]);
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
