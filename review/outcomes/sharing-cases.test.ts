import { eachOf, messages, said, TextCase } from '../testing/said';

const RULES = [
  ...['replicas-share-claim', 'machine-claim-once', 'disk-of-one-machine', 'disk-shared-unlocked'],
  ...['mac-address-of-one-machine', 'firmware-uuid-of-one-machine', 'firmware-serial-of-one-machine'],
  ...['data-volume-template-of-one-machine', 'data-volume-template-or-standalone', 'instancetype-conflict'],
];

type Part = string;
const guest = (disks: Part, volumes: Part, domain = ''): Part =>
  `{ domain: { memory: { guest: 1Gi }, ${domain}devices: { disks: [${disks}], interfaces: [{ name: default, bridge: {}MAC }] } }, networks: [{ name: default, pod: {} }], volumes: [${volumes}] }`;
const of = (text: Part, mac = ''): Part => text.replace('MAC', mac === '' ? '' : `, macAddress: '${mac}'`);
const ROOT = '{ name: root, disk: { bus: virtio } }';
const volume = (claim = 'shared', more = ''): Part =>
  `{ name: root, persistentVolumeClaim: { claimName: ${claim}${more} } }`;
const DISK = guest(ROOT, volume());

const vm = (name: string, spec: Part = DISK, more = 'runStrategy: Always'): Part =>
  `apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: { name: ${name}, namespace: lab }\nspec: { ${more}, template: { spec: ${of(spec)} } }\n---\n`;
const vmi = (name: string, spec: Part = DISK): Part =>
  `apiVersion: kubevirt.io/v1\nkind: VirtualMachineInstance\nmetadata: { name: ${name}, namespace: lab }\nspec: ${of(spec)}\n---\n`;
const pool = (name: string, replicas: number, spec: Part = DISK, more = ''): Part =>
  `apiVersion: pool.kubevirt.io/v1beta1\nkind: VirtualMachinePool\nmetadata: { name: ${name}, namespace: lab }\nspec: { replicas: ${replicas}, selector: { matchLabels: { a: ${name} } }, virtualMachineTemplate: { metadata: { labels: { a: ${name} } }, spec: { runStrategy: Always, ${more}template: { metadata: { labels: { a: ${name} } }, spec: ${of(spec)} } } } }\n---\n`;
const replicaSet = (name: string, replicas: number, spec: Part = DISK): Part =>
  `apiVersion: kubevirt.io/v1\nkind: VirtualMachineInstanceReplicaSet\nmetadata: { name: ${name}, namespace: lab }\nspec: { replicas: ${replicas}, selector: { matchLabels: { a: ${name} } }, template: { metadata: { labels: { a: ${name} } }, spec: ${of(spec)} } }\n---\n`;
const claim = (modes: string, name = 'shared'): Part =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: ${name}, namespace: lab }\nspec: { accessModes: [${modes}], volumeMode: Block, resources: { requests: { storage: 1Gi } } }\n---\n`;
const open = `apiVersion: cdi.kubevirt.io/v1beta1\nkind: DataVolume\nmetadata: { name: shared, namespace: lab }\nspec: { source: { blank: {} }, storage: { resources: { requests: { storage: 1Gi } } } }\n---\n`;
const template = (name: string): Part =>
  `dataVolumeTemplates: [{ metadata: { name: ${name} }, spec: { source: { blank: {} }, pvc: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } }], `;
const withTemplate = (name: string): Part => guest(ROOT, `{ name: root, dataVolume: { name: ${name} } }`);
const RWO = claim('ReadWriteOnce');
const RWX = claim('ReadWriteMany');
const UUID = 'firmware: { uuid: 5d307ca9-b3ef-428c-8861-06e72d69f223 }, ';

const OF_VM = 'spec.template.spec.volumes[0].persistentVolumeClaim.claimName';
const OF_VMI = 'spec.volumes[0].persistentVolumeClaim.claimName';
const OF_POOL = 'spec.virtualMachineTemplate.spec.template.spec.volumes[0].persistentVolumeClaim.claimName';

const CASES: readonly TextCase[] = [
  // Machines of one set.
  [
    'a claim of a pool',
    RWO + pool('p', 3),
    [`replicas-share-claim VirtualMachinePool p ${OF_POOL}`],
    '"shared" of the 3 machines of VirtualMachinePool lab/p; one of them starts, and the others wait for its disk; make the disk by a dataVolumeTemplate',
  ],
  [
    'a claim of a replica set',
    RWX + replicaSet('r', 2),
    [`replicas-share-claim VirtualMachineInstanceReplicaSet r ${OF_VM}`],
    'they write to it at once, and destroy what is on it; use a VirtualMachinePool with a dataVolumeTemplate',
  ],
  [
    'a claim of a pool that is not among the manifests',
    pool('p', 2),
    [`replicas-share-claim VirtualMachinePool p ${OF_POOL}`],
  ],
  ['a pool of one machine', RWO + pool('p', 1), []],
  ['a replica set of none', RWO + replicaSet('r', 0), []],
  ['a template of a pool', pool('p', 3, withTemplate('disk'), template('disk')), []],
  ['a read-only claim of a pool', RWX + pool('p', 3, guest(ROOT, volume('shared', ', readOnly: true'))), []],
  ['a CD of a replica set', RWX + replicaSet('r', 3, guest('{ name: root, cdrom: { bus: sata } }', volume())), []],
  [
    'an ephemeral disk over a claim',
    RWX +
      replicaSet('r', 3, guest(ROOT, '{ name: root, ephemeral: { persistentVolumeClaim: { claimName: shared } } }')),
    [],
  ],
  [
    'a disk that a pool shares on purpose',
    RWX + pool('p', 3, guest('{ name: root, disk: { bus: virtio }, shareable: true }', volume())),
    [],
  ],
  [
    'a MAC address of a pool',
    pool('p', 2, guest('', '').replace('MAC', ", macAddress: '02:00:00:00:00:01'")),
    [
      'mac-address-of-one-machine VirtualMachinePool p spec.virtualMachineTemplate.spec.template.spec.domain.devices.interfaces[0].macAddress',
    ],
    'leave it out: each machine then gets its own',
  ],
  [
    'a firmware UUID of a replica set',
    replicaSet('r', 2, guest('', '', UUID)),
    ['firmware-uuid-of-one-machine VirtualMachineInstanceReplicaSet r spec.template.spec.domain.firmware.uuid'],
  ],
  ['a firmware UUID of a set of one', replicaSet('r', 1, guest('', '', UUID)), []],
  // Machines beside each other.
  [
    'a claim of two machines',
    RWO + vm('a') + vm('b'),
    [`disk-of-one-machine VirtualMachine b ${OF_VM}`],
    'got "shared" of VirtualMachine lab/a',
  ],
  [
    'a claim of a machine and an instance',
    RWO + vm('a') + vmi('b'),
    [`disk-of-one-machine VirtualMachineInstance b ${OF_VMI}`],
  ],
  ['a claim of a machine and its own instance', RWO + vm('a') + vmi('a'), []],
  [
    'a claim of a machine and a pool of one',
    RWO + vm('a') + pool('p', 1),
    [`disk-of-one-machine VirtualMachinePool p ${OF_POOL}`],
  ],
  [
    'a claim of a machine and a replica set of one',
    RWO + vm('a') + replicaSet('r', 1),
    [`disk-of-one-machine VirtualMachineInstanceReplicaSet r ${OF_VM}`],
  ],
  [
    'a shared claim of two machines that run',
    RWX + vm('a') + vm('b'),
    [`disk-shared-unlocked VirtualMachine b ${OF_VM}`],
    'two guests can write to a ReadWriteMany disk at once',
  ],
  [
    'a shared claim of a machine and an instance',
    RWX + vm('a') + vmi('b'),
    [`disk-shared-unlocked VirtualMachineInstance b ${OF_VMI}`],
  ],
  [
    'a shared claim of a machine and a pool',
    RWX + vm('a') + pool('p', 1),
    [`disk-shared-unlocked VirtualMachinePool p ${OF_POOL}`],
  ],
  [
    'a shared claim of an instance and a replica set',
    RWX + vmi('a') + replicaSet('r', 1),
    [`disk-shared-unlocked VirtualMachineInstanceReplicaSet r ${OF_VM}`],
  ],
  ['a shared claim of a machine that is halted', RWX + vm('a') + vm('b', DISK, 'runStrategy: Halted'), []],
  [
    'a claim whose class decides its modes',
    open + vm('a') + vm('b'),
    [`disk-shared-unlocked VirtualMachine b ${OF_VM}`],
    'as its class decides, the second waits for it, or both write to it at once',
  ],
  ['a claim that everybody only reads', claim('ReadOnlyMany') + vm('a') + vm('b'), []],
  [
    'a template of another machine',
    vm('a', withTemplate('disk'), `runStrategy: Always, ${template('disk').replace(/, $/, '')}`) +
      vm('b', guest(ROOT, volume('disk'))),
    [`disk-of-one-machine VirtualMachine b ${OF_VM}`],
  ],
  [
    'a disk of the first machine of a pool',
    pool('p', 2, withTemplate('disk'), template('disk')) + vm('b', guest(ROOT, volume('disk-0'))),
    [`disk-of-one-machine VirtualMachine b ${OF_VM}`],
  ],
  [
    'templates of one name in two pools',
    pool('p', 2, withTemplate('disk'), template('disk')) + pool('q', 2, withTemplate('disk'), template('disk')),
    [
      'data-volume-template-of-one-machine VirtualMachinePool q spec.virtualMachineTemplate.spec.dataVolumeTemplates[0].metadata.name',
      'disk-of-one-machine VirtualMachinePool q spec.virtualMachineTemplate.spec.template.spec.volumes[0].dataVolume.name',
    ],
  ],
  [
    'templates of two names in two pools',
    pool('p', 2, withTemplate('one'), template('one')) + pool('q', 2, withTemplate('two'), template('two')),
    [],
  ],
  [
    'a template with the name of another machine’s of a pool',
    pool('p', 3, withTemplate('disk'), template('disk')) +
      vm('b', withTemplate('disk-2'), `runStrategy: Always, ${template('disk-2').replace(/, $/, '')}`),
    ['data-volume-template-of-one-machine VirtualMachine b spec.dataVolumeTemplates[0].metadata.name'],
  ],
  [
    'a MAC address of a machine and an instance',
    vm('a', guest('', '').replace('MAC', ", macAddress: '02:00:00:00:00:01'")) +
      vmi('b', guest('', '').replace('MAC', ", macAddress: '02-00-00-00-00-01'")),
    ['mac-address-of-one-machine VirtualMachineInstance b spec.domain.devices.interfaces[0].macAddress'],
  ],
  // Within a machine.
  [
    'a claim twice in an instance',
    RWX +
      vmi(
        'a',
        guest(
          `${ROOT}, { name: more, disk: { bus: virtio } }`,
          `${volume()}, { name: more, persistentVolumeClaim: { claimName: shared } }`,
        ),
      ),
    ['machine-claim-once VirtualMachineInstance a spec.volumes[1].persistentVolumeClaim.claimName'],
    'the machine does not start',
  ],
  [
    'a claim twice in a pool',
    RWX +
      pool(
        'p',
        1,
        guest(
          `${ROOT}, { name: more, disk: { bus: virtio } }`,
          `${volume()}, { name: more, dataVolume: { name: shared } }`,
        ),
      ),
    [
      'machine-claim-once VirtualMachinePool p spec.virtualMachineTemplate.spec.template.spec.volumes[1].dataVolume.name',
    ],
  ],
  [
    'a claim as a disk and as a folder',
    RWX +
      vm(
        'a',
        guest(ROOT, `${volume()}, { name: folder, persistentVolumeClaim: { claimName: shared } }`).replace(
          'devices: {',
          'devices: { filesystems: [{ name: folder, virtiofs: {} }], ',
        ),
      ),
    [],
  ],
  // Instance types.
  [
    'memory beside the instance type of a pool',
    pool('p', 2, guest('', ''), 'instancetype: { name: u1.small }, '),
    ['instancetype-conflict VirtualMachinePool p spec.virtualMachineTemplate.spec.template.spec.domain.memory.guest'],
    "'guest' must be left out beside the instance type, got it in the machine and in every instance type",
  ],
  [
    'no memory beside the instance type of a pool',
    pool('p', 2, guest('', '').replace('memory: { guest: 1Gi }, ', ''), 'instancetype: { name: u1.small }, '),
    [],
  ],
];

describe('what machines share:', () => {
  test.each(eachOf(CASES))('%s', (_title, text, expected, part) => {
    expect(said(text, RULES)).toEqual(expected);
    expect(messages(text, RULES)).toContain(part);
  });
});
