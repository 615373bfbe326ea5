import { eachOf, messages, said, TextCase } from '../testing/said';

const RULES = ['claim-quota', 'machine-quota', 'machine-limit-range', 'migration-quota', 'object-quota'];

const NETWORK = 'devices: { interfaces: [{ name: default, masquerade: {} }] }';
const vm = (name: string, domain: string, spec = 'runStrategy: Always', more = ''): string =>
  `apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: { name: ${name}, namespace: lab }\nspec: { ${spec}, template: { spec: { domain: { ${domain}, ${NETWORK} }, networks: [{ name: default, pod: {} }]${more} } } }\n---\n`;
const instance = (domain: string): string =>
  `apiVersion: kubevirt.io/v1\nkind: VirtualMachineInstance\nmetadata: { name: alone, namespace: lab }\nspec: { domain: { ${domain}, ${NETWORK} }, networks: [{ name: default, pod: {} }] }\n---\n`;
const set = (kind: string, replicas: number, domain: string): string => {
  const template = `template: { metadata: { labels: { a: b } }, spec: { domain: { ${domain}, ${NETWORK} }, networks: [{ name: default, pod: {} }] } }`;
  return kind === 'VirtualMachinePool'
    ? `apiVersion: pool.kubevirt.io/v1beta1\nkind: ${kind}\nmetadata: { name: set, namespace: lab }\nspec: { replicas: ${replicas}, selector: { matchLabels: { a: b } }, virtualMachineTemplate: { metadata: { labels: { a: b } }, spec: { runStrategy: Always, ${template} } } }\n---\n`
    : `apiVersion: kubevirt.io/v1\nkind: ${kind}\nmetadata: { name: set, namespace: lab }\nspec: { replicas: ${replicas}, selector: { matchLabels: { a: b } }, ${template} }\n---\n`;
};
const quota = (hard: string, more = '', namespace = 'lab'): string =>
  `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: team, namespace: ${namespace} }\nspec: { hard: { ${hard} }${more} }\n---\n`;
const range = (limits: string): string =>
  `apiVersion: v1\nkind: LimitRange\nmetadata: { name: team, namespace: lab }\nspec: { limits: [${limits}] }\n---\n`;
const type = (spec: string): string =>
  `apiVersion: instancetype.kubevirt.io/v1beta1\nkind: VirtualMachineClusterInstancetype\nmetadata: { name: big }\nspec: { ${spec} }\n---\n`;
const volume = (source: string, size: string, name = 'd'): string =>
  `apiVersion: cdi.kubevirt.io/v1beta1\nkind: DataVolume\nmetadata: { name: ${name}, namespace: lab }\nspec: { source: { ${source} }, pvc: { accessModes: [ReadWriteMany], volumeMode: Block, storageClassName: fast, resources: { requests: { storage: ${size} } } } }\n---\n`;
const claim = (size: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: lab }\nspec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: ${size} } } }\n---\n`;
const secret = (name: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: lab }\n---\n`;
const IMAGE = 'registry: { url: "docker://quay.io/containerdisks/fedora:41" }';
const GUEST = (memory: string): string => `memory: { guest: ${memory} }`;

const DOMAIN = 'spec.template.spec.domain';
const machine = (name = 'web'): string => `machine-quota VirtualMachine ${name} ${DOMAIN}`;
const moved = (name = 'web'): string => `migration-quota VirtualMachine ${name} ${DOMAIN}`;

const CASES: readonly TextCase[] = [
  // A machine by itself.
  ['a machine that fits twice', quota('requests.memory: 8Gi') + vm('web', GUEST('2Gi')), []],
  [
    'a machine larger than the quota',
    quota('requests.memory: 2Gi') + vm('web', GUEST('4Gi')),
    [machine()],
    "must fit into ResourceQuota 'team' (requests.memory 2Gi), got a machine whose pod asks for at least 4Gi; it is never made; ask for less",
  ],
  [
    'a halted machine larger than the quota',
    quota('requests.memory: 2Gi') + vm('web', GUEST('4Gi'), 'runStrategy: Halted'),
    [machine()],
  ],
  ['a quota that says memory alone', quota('memory: 2Gi') + vm('web', GUEST('4Gi')), [machine()]],
  ['a quota of another namespace', quota('requests.memory: 2Gi', '', 'other') + vm('web', GUEST('4Gi')), []],
  ['a quota of some pods only', quota('requests.memory: 2Gi', ', scopes: [BestEffort]') + vm('web', GUEST('4Gi')), []],
  [
    'a machine that requests less than its guest has',
    quota('requests.memory: 3Gi') + vm('web', `${GUEST('4Gi')}, resources: { requests: { memory: 1Gi } }`),
    [],
  ],
  [
    'limits that nobody stated',
    quota('limits.memory: 6Gi') + vm('web', GUEST('4Gi')),
    [machine()],
    'asks for at least 8Gi; it is never made (where a quota counts limits, KubeVirt sets one: of the memory that is asked for, the double)',
  ],
  [
    'limits that are stated',
    quota('limits.memory: 9Gi') + vm('web', `${GUEST('4Gi')}, resources: { limits: { memory: 4Gi } }`),
    [],
  ],
  [
    'limits by the label of the namespace',
    `apiVersion: v1\nkind: Namespace\nmetadata: { name: lab, labels: { alpha.kubevirt.io/auto-memory-limits-ratio: "1.2" } }\n---\n${quota('limits.memory: 10Gi')}${vm('web', GUEST('4Gi'))}`,
    [],
  ],
  [
    'limits that the label of the namespace makes as large as the requests',
    `apiVersion: v1\nkind: Namespace\nmetadata: { name: lab, labels: { alpha.kubevirt.io/auto-memory-limits-ratio: "1" } }\n---\n${quota('limits.memory: 8Gi')}${vm('web', GUEST('4Gi'))}`,
    [],
  ],
  [
    'limits that a label below 1 does not make smaller',
    `apiVersion: v1\nkind: Namespace\nmetadata: { name: lab, labels: { alpha.kubevirt.io/auto-memory-limits-ratio: "0.9" } }\n---\n${quota('limits.memory: 7Gi')}${vm('web', GUEST('4Gi'))}`,
    [machine()],
    'asks for at least 8Gi',
  ],
  [
    'processors that share those of the node',
    quota('requests.cpu: "1"') + vm('web', `${GUEST('1Gi')}, cpu: { cores: 4 }`),
    [],
  ],
  [
    'processors of its own',
    quota('requests.cpu: "3"') + vm('web', `${GUEST('1Gi')}, cpu: { cores: 4, dedicatedCpuPlacement: true }`),
    [machine()],
    '(requests.cpu 3), got a machine whose pod asks for at least 4',
  ],
  [
    'limits of processors that nobody stated',
    quota('limits.cpu: "3"') + vm('web', `${GUEST('1Gi')}, cpu: { sockets: 2, cores: 2 }`),
    [machine()],
    'a processor of the node for each of the guest',
  ],
  [
    'huge pages, which are counted apart',
    quota('requests.memory: 2Gi') + vm('web', 'memory: { guest: 4Gi, hugepages: { pageSize: 1Gi } }'),
    [],
  ],
  [
    'an instance type among the manifests',
    type('cpu: { guest: 4 }, memory: { guest: 16Gi }') +
      quota('requests.memory: 8Gi') +
      vm('web', 'cpu: { model: host-model }', 'runStrategy: Always, instancetype: { name: big }'),
    [machine()],
    'at least 16Gi',
  ],
  [
    'an instance type that is not among them',
    quota('requests.memory: 1Gi') +
      vm('web', 'cpu: { model: host-model }', 'runStrategy: Always, instancetype: { name: u1.medium }'),
    [],
  ],
  [
    'an instance that stands alone',
    quota('requests.memory: 2Gi') + instance(GUEST('4Gi')),
    ['machine-quota VirtualMachineInstance alone spec.domain'],
  ],
  // Machines together.
  [
    'two machines that do not fit together',
    quota('requests.memory: 6Gi') + vm('a', GUEST('4Gi')) + vm('b', GUEST('4Gi')),
    [machine('b')],
    '2 machines that ask for at least 8Gi together; not all of them start',
  ],
  [
    'two machines of which one is halted',
    quota('requests.memory: 9Gi') + vm('a', GUEST('4Gi')) + vm('b', GUEST('4Gi'), 'runStrategy: Halted'),
    [],
  ],
  [
    'the replicas of a pool',
    quota('requests.memory: 6Gi') + set('VirtualMachinePool', 4, GUEST('2Gi')),
    ['machine-quota VirtualMachinePool set spec.virtualMachineTemplate.spec.template.spec.domain'],
    '4 machines that ask for at least 8Gi together',
  ],
  [
    'the replicas of a replica set',
    quota('requests.memory: 6Gi') + set('VirtualMachineInstanceReplicaSet', 4, GUEST('2Gi')),
    ['machine-quota VirtualMachineInstanceReplicaSet set spec.template.spec.domain'],
  ],
  [
    'more pods than are counted',
    quota('pods: "2"') + set('VirtualMachinePool', 3, GUEST('1Gi')),
    ['machine-quota VirtualMachinePool set spec.virtualMachineTemplate.spec.template.spec.domain'],
    '3 machines that ask for at least 3 together',
  ],
  // Room for a live migration.
  [
    'no room for a second pod',
    quota('requests.memory: 6Gi') + vm('web', GUEST('4Gi')),
    [moved()],
    "must leave room for a second pod in ResourceQuota 'team' (requests.memory 6Gi), got machines of 4Gi together, of which this one is 4Gi; a live migration waits for ever; raise the quota to at least 8Gi",
  ],
  [
    'room for two machines and no third pod',
    quota('requests.memory: 10Gi') + vm('a', GUEST('4Gi')) + vm('b', GUEST('4Gi')),
    [moved('a')],
    'machines of 8Gi together, of which this one is 4Gi, as are 1 more',
  ],
  ['room for a third pod', quota('requests.memory: 12Gi') + vm('a', GUEST('4Gi')) + vm('b', GUEST('4Gi')), []],
  [
    'a second pod of a pool',
    quota('requests.memory: 4Gi') + set('VirtualMachinePool', 2, GUEST('2Gi')),
    ['migration-quota VirtualMachinePool set spec.virtualMachineTemplate.spec.template.spec.domain'],
  ],
  [
    'a machine that does not migrate anyway',
    quota('requests.memory: 6Gi') +
      vm('web', GUEST('4Gi'), undefined, ', volumes: [{ name: d, hostDisk: { path: /x, type: Disk } }]'),
    [],
  ],
  ['one pod more than is counted', quota('pods: "1"') + vm('web', GUEST('1Gi')), [moved()]],
  // Objects that are counted.
  [
    'more machines than are counted',
    quota('count/virtualmachines.kubevirt.io: "1"') +
      vm('a', GUEST('1Gi')) +
      vm('b', GUEST('1Gi'), 'runStrategy: Halted'),
    ['object-quota VirtualMachine b metadata.namespace'],
    "'namespace' must have room in ResourceQuota 'team' (count/virtualmachines.kubevirt.io 1), got 2 objects of kind VirtualMachine; the API server refuses those that come last",
  ],
  [
    'as many machines as are counted, one of them written twice',
    quota('count/virtualmachines.kubevirt.io: "2"') +
      vm('a', GUEST('1Gi')) +
      vm('b', GUEST('1Gi')) +
      vm('b', GUEST('1Gi')),
    [],
  ],
  [
    'more DataVolumes than are counted',
    quota('count/datavolumes.cdi.kubevirt.io: "1"') + volume('blank: {}', '1Gi') + volume('blank: {}', '1Gi', 'e'),
    ['object-quota DataVolume e metadata.namespace'],
  ],
  [
    'more Secrets than a quota names by their short word',
    quota('secrets: "1"') + secret('a') + secret('b'),
    ['object-quota Secret b metadata.namespace'],
  ],
  [
    'more machines than a word that counts nothing names',
    quota('virtualmachines.kubevirt.io: "1"') + vm('a', GUEST('1Gi')) + vm('b', GUEST('1Gi')),
    [],
  ],
  [
    'objects of another group',
    quota('count/virtualmachines.example.com: "1"') + vm('a', GUEST('1Gi')) + vm('b', GUEST('1Gi')),
    [],
  ],
  // LimitRanges.
  ['a machine within a LimitRange', range('{ type: Container, max: { memory: 8Gi } }') + vm('web', GUEST('4Gi')), []],
  [
    'a machine larger than a container may be',
    range('{ type: Container, max: { memory: 2Gi } }') + vm('web', GUEST('4Gi')),
    [`machine-limit-range VirtualMachine web ${DOMAIN}`],
    "'team' (Container), got a machine that asks for memory of at least 4Gi where 'max' is 2Gi; its pod is never made",
  ],
  [
    'a machine larger than a pod may be',
    range('{ type: Pod, max: { cpu: "2" } }') + vm('web', `${GUEST('1Gi')}, resources: { limits: { cpu: "4" } }`),
    [`machine-limit-range VirtualMachine web ${DOMAIN}`],
  ],
  [
    'a default limit below the guest',
    range('{ type: Container, default: { memory: 512Mi } }') + vm('web', GUEST('4Gi')),
    [`machine-limit-range VirtualMachine web ${DOMAIN}`],
    "requests memory of at least 4Gi where the 'default' limit is 512Mi",
  ],
  [
    'a default limit beside one that is stated',
    range('{ type: Container, default: { memory: 512Mi } }') +
      vm('web', `${GUEST('4Gi')}, resources: { limits: { memory: 5Gi } }`),
    [],
  ],
  [
    'a default limit above the guest',
    range('{ type: Container, default: { memory: 8Gi } }') + vm('web', GUEST('4Gi')),
    [],
  ],
  [
    'a LimitRange of claims',
    range('{ type: PersistentVolumeClaim, max: { storage: 1Gi } }') + vm('web', GUEST('4Gi')),
    [],
  ],
  // Claims.
  ['a claim within a quota', quota('requests.storage: 30Gi') + claim('20Gi'), []],
  [
    'a claim larger than a quota',
    quota('requests.storage: 10Gi') + claim('20Gi'),
    ['claim-quota PersistentVolumeClaim data spec.resources.requests.storage'],
    'the claim is never made',
  ],
  [
    'a claim larger than its class has',
    quota('fast.storageclass.storage.k8s.io/requests.storage: 10Gi') + claim('20Gi'),
    ['claim-quota PersistentVolumeClaim data spec.resources.requests.storage'],
  ],
  ['a claim of another class', quota('slow.storageclass.storage.k8s.io/requests.storage: 10Gi') + claim('20Gi'), []],
  [
    'an import with what CDI makes beside it',
    quota('requests.storage: 30Gi') + volume(IMAGE, '20Gi'),
    ['claim-quota DataVolume d spec.pvc.resources.requests.storage'],
    'a second claim of the same size',
  ],
  [
    'an import where one claim is counted',
    quota('persistentvolumeclaims: "1"') + volume(IMAGE, '1Gi'),
    ['claim-quota DataVolume d spec.pvc.resources.requests.storage'],
  ],
  [
    'a claim above the max of a LimitRange',
    range('{ type: PersistentVolumeClaim, max: { storage: 10Gi } }') + claim('20Gi'),
    ['claim-quota PersistentVolumeClaim data spec.resources.requests.storage'],
    'more than its max of 10Gi',
  ],
  [
    'a claim below the min of a LimitRange',
    range('{ type: PersistentVolumeClaim, min: { storage: 10Gi } }') + claim('1Gi'),
    ['claim-quota PersistentVolumeClaim data spec.resources.requests.storage'],
    'less than its min of 10Gi',
  ],
];

describe('a namespace has room for', () => {
  test.each(eachOf(CASES))('%s', (_title, text, expected, part) => {
    expect(said(text, RULES)).toEqual(expected);
    expect(messages(text, RULES)).toContain(part);
  });
});
