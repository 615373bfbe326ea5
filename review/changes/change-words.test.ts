import type { Json } from '../rule';
import { machine } from '../testing/update-tester';
import { diff, DiffOptions } from '.';

/** A change, and what is said of it: consequence, field, message and reason. */
interface Row {
  readonly title: string;
  readonly was: Json | undefined;
  readonly is: Json | undefined;
  readonly says: readonly string[];
  readonly more?: Partial<DiffOptions> & { readonly beside?: readonly Json[] };
}

const net = (networks: readonly Json[], interfaces: readonly Json[]): Json =>
  machine({ 'T.networks': networks, 'V.interfaces': interfaces });
const pod = { name: 'default', pod: {} };
const card = { name: 'default', masquerade: {} };
const second = { name: 'b', multus: { networkName: 'x' } };
const secondCard = { name: 'b', bridge: {} };

const object = (apiVersion: string, kind: string, more: Json): Json => ({
  apiVersion,
  kind,
  metadata: { name: 'd', namespace: 'shop' },
  ...more,
});
const sz = (storage: string): Json => ({ resources: { requests: { storage } } });
const pvc = (spec: Json, status: Json = {}): Json =>
  object('v1', 'PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'], ...sz('2Gi'), ...spec }, status });
const dv = (spec: Json): Json =>
  object('cdi.kubevirt.io/v1beta1', 'DataVolume', {
    spec: { source: { blank: {} }, storage: { accessModes: ['ReadWriteOnce'], ...sz('2Gi') }, ...spec },
  });
const labels = { a: 'b' };
const guest: Json = { metadata: { labels }, spec: { domain: { devices: {}, memory: { guest: '1Gi' } } } };
const pool = (replicas: number, more: Json = {}): Json =>
  object('pool.kubevirt.io/v1beta1', 'VirtualMachinePool', {
    spec: {
      replicas,
      selector: { matchLabels: labels },
      virtualMachineTemplate: { metadata: { labels }, spec: { runStrategy: 'Always', template: guest } },
      ...more,
    },
  });
const rs = (replicas: number, more: Json = {}): Json =>
  object('kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet', {
    spec: { replicas, selector: { matchLabels: labels }, template: guest, ...more },
  });
const svc = (spec: Json): Json => object('v1', 'Service', { spec });
const secret = (more: Json): Json => object('v1', 'Secret', more);
const rb = (roleRef: Json): Json => object('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef, subjects: [] });

const ROWS: readonly Row[] = [
  {
    title: 'plug bridge',
    was: net([pod], [card]),
    is: net([pod, second], [card, secondCard]),
    says: [
      'live spec.template.spec.domain.devices.interfaces[1]: interface b is added; it is plugged into the running machine, by a live migration',
    ],
  },
  {
    title: 'plug sriov',
    was: net([pod], [card]),
    is: net([pod, second], [card, { name: 'b', sriov: {} }]),
    says: [
      'live spec.template.spec.domain.devices.interfaces[1]: interface b is added; it is plugged into the running machine, by a live migration',
    ],
  },
  {
    title: 'plug macvtap',
    was: net([pod], [card]),
    is: net([pod, second], [card, { name: 'b', macvtap: {} }]),
    says: [
      "refused spec.template.spec.domain.devices.interfaces[1]: template.spec.domain.devices.interfaces, template.spec.networks change; the cluster refuses it, and nothing of the object is changed: 'interfaces' must each have one binding, got none (KubeVirt v1.9.0)",
    ],
  },
  {
    title: 'plug absent',
    was: net([pod], [card]),
    is: net([pod, second], [card, { ...secondCard, state: 'absent' }]),
    says: [
      'later spec.template.spec.domain.devices.interfaces[1]: interface b is added; only bridge and SR-IOV interfaces are plugged into a running machine; nothing asks for the restart',
    ],
  },
  {
    title: 'plug pod where none',
    was: net([], []),
    is: net([pod], [card]),
    says: [
      'restart spec.template.spec.domain.devices.interfaces[0]: interface default: bridge {} → (absent), masquerade (absent) → {}; the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
    ],
  },
  {
    title: 'plug pod where none 1.7',
    was: net([second], [secondCard]),
    is: net([second, pod], [secondCard, card]),
    says: [
      'later spec.template.spec.domain.devices.interfaces[1]: interface default is added; only bridge and SR-IOV interfaces are plugged into a running machine; nothing asks for the restart',
    ],
    more: { kubevirt: 'v1.7.4' },
  },
  {
    title: 'plug pod where none 1.9',
    was: net([second], [secondCard]),
    is: net([second, pod], [secondCard, card]),
    says: [
      'restart spec.template.spec.domain.devices.interfaces[1]: interface default is added; the running machine goes on without it until it is restarted (RestartRequired)',
    ],
  },
  {
    title: 'remove',
    was: net([pod, second], [card, secondCard]),
    is: net([pod], [card]),
    says: [
      'restart spec.template.spec.domain.devices.interfaces: interface b is removed; it stays until the machine is restarted (RestartRequired)',
    ],
  },
  {
    title: 'remove network only',
    was: net([pod, second], [card]),
    is: net([pod], [card]),
    says: [
      'restart spec.template.spec.networks: interface b is removed; it stays until the machine is restarted (RestartRequired)',
    ],
  },
  {
    title: 'unplug absent',
    was: net([pod, second], [card, secondCard]),
    is: net([pod, second], [card, { ...secondCard, state: 'absent' }]),
    says: [
      'live spec.template.spec.domain.devices.interfaces[1].state: interface b becomes absent; it is unplugged from the running machine; KubeVirt then removes interface and network from the VM itself',
    ],
  },
  {
    title: 'down',
    was: net([pod, second], [card, secondCard]),
    is: net([pod, second], [card, { ...secondCard, state: 'down' }]),
    says: [
      'live spec.template.spec.domain.devices.interfaces[1].state: interface b becomes down; the link of the running machine goes down',
    ],
  },
  {
    title: 'up',
    was: net([pod, second], [card, { ...secondCard, state: 'down' }]),
    is: net([pod, second], [card, secondCard]),
    says: [
      'live spec.template.spec.domain.devices.interfaces[1].state: interface b becomes up; the link of the running machine comes up',
    ],
  },
  {
    title: 'nad',
    was: net([pod, second], [card, secondCard]),
    is: net([pod, { name: 'b', multus: { networkName: 'y' } }], [card, secondCard]),
    says: [
      'live spec.template.spec.networks: network b x → y; the running machine is connected to the other network, by a live migration',
    ],
  },
  {
    title: 'nad gate',
    was: net([pod, second], [card, secondCard]),
    is: net([pod, { name: 'b', multus: { networkName: 'y' } }], [card, secondCard]),
    says: [
      'live spec.template.spec.networks: network b x → y; the running machine is connected to the other network, by a live migration',
    ],
    more: { featureGates: ['LiveUpdateNADRef'] },
  },
  {
    title: 'nad gate 1.7',
    was: net([pod, second], [card, secondCard]),
    is: net([pod, { name: 'b', multus: { networkName: 'y' } }], [card, secondCard]),
    says: [
      'restart spec.template.spec.networks: network b x → y; the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
    ],
    more: { featureGates: ['LiveUpdateNADRef'], kubevirt: 'v1.7.4' },
  },
  {
    title: 'pod to multus by bridge',
    was: net([pod], [{ name: 'default', bridge: {} }]),
    is: net([{ name: 'default', multus: { networkName: 'y' } }], [{ name: 'default', bridge: {} }]),
    says: [
      'restart spec.template.spec.networks: network default (absent) → y; the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
    ],
    more: { featureGates: ['LiveUpdateNADRef'] },
  },
  {
    title: 'multus to pod by bridge',
    was: net([{ name: 'default', multus: { networkName: 'y' } }], [{ name: 'default', bridge: {} }]),
    is: net([pod], [{ name: 'default', bridge: {} }]),
    says: [
      'restart spec.template.spec.networks: network default y → (absent); the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
    ],
    more: { featureGates: ['LiveUpdateNADRef'] },
  },
  {
    title: 'multus that becomes the default',
    was: net([{ name: 'default', multus: { networkName: 'y' } }], [{ name: 'default', bridge: {} }]),
    is: net([{ name: 'default', multus: { networkName: 'y', default: true } }], [{ name: 'default', bridge: {} }]),
    says: [
      'restart spec.template.spec.networks: network default y → y; the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
    ],
    more: { featureGates: ['LiveUpdateNADRef'] },
  },
  {
    title: 'pod to multus',
    was: net([pod], [card]),
    is: net([{ name: 'default', multus: { networkName: 'y' } }], [card]),
    says: [
      "refused spec.template.spec.domain.devices.interfaces[0].name: template.spec.networks changes; the cluster refuses it, and nothing of the object is changed: 'name' must be the pod network's with 'masquerade', got \"default\" (KubeVirt v1.9.0)",
    ],
  },
  {
    title: 'binding',
    was: net([pod], [card]),
    is: net([pod], [{ name: 'default', bridge: {} }]),
    says: [
      'restart spec.template.spec.domain.devices.interfaces[0]: interface default: bridge (absent) → {}, masquerade {} → (absent); the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
    ],
  },
  {
    title: 'model',
    was: net([pod], [card]),
    is: net([pod], [{ ...card, model: 'e1000' }]),
    says: [
      'restart spec.template.spec.domain.devices.interfaces[0]: interface default: model (absent) → e1000; the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
    ],
  },
  {
    title: 'running true -> false',
    was: machine({ 'spec.runStrategy': null, 'spec.running': true }),
    is: machine({ 'spec.runStrategy': null, 'spec.running': false }),
    says: ['stopped spec.running: run strategy Always → Halted; the running machine is shut down'],
  },
  {
    title: 'status Stopped',
    was: machine({ 'status.printableStatus': 'Stopped', 'spec.runStrategy': 'Manual' }),
    is: machine({ 'spec.runStrategy': 'Always' }),
    says: ['started spec.runStrategy: run strategy Manual → Always; the machine is started'],
  },
  {
    title: 'status Running',
    was: machine({ 'status.printableStatus': 'Running', 'spec.runStrategy': 'Manual' }),
    is: machine({ 'spec.runStrategy': 'Always' }),
    says: [
      'in-place spec.runStrategy: run strategy Manual → Always; nothing happens now; it decides what follows a shutdown',
    ],
  },
  {
    title: 'reorder',
    was: net([pod, second], [card, secondCard]),
    is: net([second, pod], [secondCard, card]),
    says: [
      'later spec.template.spec.domain.devices.interfaces: the interfaces are written in another way: default, b → b, default; the running machine keeps what it has, which is the same; the next start takes them in this order',
    ],
  },
  {
    title: 'absent up',
    was: net([pod, second], [card, { ...secondCard, state: 'absent' }]),
    is: net([pod, second], [card, secondCard]),
    says: [
      'later spec.template.spec.domain.devices.interfaces[1].state: interface b becomes up; an interface that is being unplugged does not come back before the next start',
    ],
  },
  {
    title: 'remove network, keep face',
    was: net([pod, second], [card, secondCard]),
    is: net([pod], [card, secondCard]),
    says: [
      'refused spec.template.spec.domain.devices.interfaces[1].name: template.spec.networks changes; the cluster refuses it, and nothing of the object is changed: \'name\' must be the name of a network, got "b" (KubeVirt v1.9.0)',
    ],
  },
  {
    title: 'grow',
    was: pvc({}),
    is: pvc(sz('3Gi')),
    says: [
      'in-place spec.resources.requests.storage: disk d grows 2Gi → 3Gi; the volume grows, and KubeVirt grows the disk in it; the guest then grows its partition',
    ],
  },
  {
    title: 'shrink',
    was: pvc({}),
    is: pvc(sz('1Gi')),
    says: ['refused spec.resources.requests.storage: disk d shrinks 2Gi → 1Gi; a claim never shrinks'],
  },
  {
    title: 'shrink withdrawn',
    was: pvc(sz('4Gi'), { capacity: { storage: '1Gi' } }),
    is: pvc(sz('2Gi')),
    says: [
      'in-place spec.resources.requests.storage: disk d shrinks 4Gi → 2Gi; a growth that did not come about is withdrawn',
    ],
  },
  { title: 'same other words', was: pvc({}), is: pvc(sz('2048Mi')), says: [] },
  {
    title: 'grow beyond capacity',
    was: pvc(sz('2Gi'), { capacity: { storage: '4Gi' } }),
    is: pvc(sz('3Gi')),
    says: [
      'in-place spec.resources.requests.storage: disk d grows 2Gi → 3Gi; the volume grows, and KubeVirt grows the disk in it; the guest then grows its partition',
    ],
  },
  {
    title: 'class',
    was: pvc({ storageClassName: 'a' }),
    is: pvc({ storageClassName: 'b' }),
    says: ['refused spec.storageClassName: storageClassName a → b; a claim keeps its class'],
  },
  {
    title: 'volume bound',
    was: pvc({}, { phase: 'Bound' }),
    is: pvc({ volumeName: 'x' }),
    says: ['refused spec.volumeName: volumeName (absent) → x; a claim keeps what it was made with'],
  },
  {
    title: 'volume pending',
    was: pvc({}),
    is: pvc({ volumeName: 'x' }),
    says: ['in-place spec.volumeName: volumeName (absent) → x; the claim is bound to this volume'],
  },
  {
    title: 'new class missing',
    was: undefined,
    is: pvc({ storageClassName: 'gone' }),
    says: ['created : PersistentVolumeClaim d is new; a new object'],
    more: { closed: true },
  },
  {
    title: 'dv grow',
    was: dv({}),
    is: dv({ storage: { accessModes: ['ReadWriteOnce'], ...sz('3Gi') } }),
    says: [
      "refused spec: storage.resources.requests.storage 2Gi → 3Gi; the cluster refuses it, and nothing of the object is changed: 'spec' of a DataVolume must stay what it was, got a change (CDI v1.66.0)",
    ],
  },
  {
    title: 'dv shrink',
    was: dv({}),
    is: dv({ storage: { accessModes: ['ReadWriteOnce'], ...sz('1Gi') } }),
    says: [
      "refused spec: storage.resources.requests.storage 2Gi → 1Gi; the cluster refuses it, and nothing of the object is changed: 'spec' of a DataVolume must stay what it was, got a change (CDI v1.66.0)",
    ],
  },
  {
    title: 'dv words',
    was: dv({}),
    is: dv({ storage: { accessModes: ['ReadWriteOnce'], ...sz('2048Mi') } }),
    says: [],
  },
  {
    title: 'delete claim',
    was: pvc({}),
    is: undefined,
    says: [
      'removed : PersistentVolumeClaim d is no longer managed; kubectl apply deletes nothing: the object stays in the cluster, and nobody changes it any more',
    ],
  },
  {
    title: 'delete claim retain',
    was: pvc({ storageClassName: 'r' }),
    is: undefined,
    says: [
      'removed : PersistentVolumeClaim d is no longer managed; kubectl apply deletes nothing: the object stays in the cluster, and nobody changes it any more',
    ],
    more: {
      beside: [
        {
          apiVersion: 'storage.k8s.io/v1',
          kind: 'StorageClass',
          metadata: { name: 'r' },
          provisioner: 'x',
          reclaimPolicy: 'Retain',
        },
      ],
    },
  },
  {
    title: 'delete ns',
    was: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    is: undefined,
    says: [
      'removed : Namespace shop is no longer managed; kubectl apply deletes nothing: the object stays in the cluster, and nobody changes it any more',
    ],
    more: {},
  },
  {
    title: 'pool up',
    was: pool(1),
    is: pool(3),
    says: ['started spec.replicas: machines of the pool 1 → 3; 2 machines are made'],
  },
  {
    title: 'pool down',
    was: pool(3),
    is: pool(1),
    says: ['stopped spec.replicas: machines of the pool 3 → 1; 2 machines are deleted; they have no disk of their own'],
  },
  {
    title: 'pool same',
    was: pool(2),
    is: pool(2, { paused: true }),
    says: ['in-place spec.paused: paused false → true; the controller leaves the machines alone'],
  },
  { title: 'rs up', was: rs(1), is: rs(3), says: ['started spec.replicas: machines 1 → 3; more machines are started'] },
  {
    title: 'rs down',
    was: rs(3),
    is: rs(1),
    says: ['stopped spec.replicas: machines 3 → 1; machines are deleted, with what they wrote to local disks'],
  },
  {
    title: 'rs paused',
    was: rs(2),
    is: rs(2, { paused: true }),
    says: ['in-place spec.paused: paused (absent) → true; it says whether the controller makes and deletes machines'],
  },
  {
    title: 'svc ports',
    was: svc({ ports: [{ port: 1 }] }),
    is: svc({ ports: [{ port: 2 }] }),
    says: [
      'in-place spec.ports: spec.ports[0].port 1 → 2, spec.ports[0].targetPort 1 → 2; it holds at once: whoever uses the Service must use the new port, address or selector',
    ],
  },
  {
    title: 'svc default',
    was: svc({ ports: [{ port: 1 }] }),
    is: svc({ type: 'ClusterIP', ports: [{ port: 1, protocol: 'TCP' }], sessionAffinity: 'None' }),
    says: [],
  },
  {
    title: 'svc ip left',
    was: svc({ clusterIP: '10.0.0.1', ports: [{ port: 1 }] }),
    is: svc({ ports: [{ port: 1 }] }),
    says: [],
  },
  {
    title: 'secret immutable',
    was: secret({ immutable: true, data: { a: 'eA==' } }),
    is: secret({ immutable: true, data: { a: 'eQ==' } }),
    says: ['refused data: data changes; the object is marked immutable'],
  },
  {
    title: 'secret type',
    was: secret({ type: 'a' }),
    is: secret({ type: 'b' }),
    says: ['refused type: type a → b; a Secret keeps its type'],
  },
  {
    title: 'rb',
    was: rb({ kind: 'Role', name: 'a' }),
    is: rb({ kind: 'Role', name: 'b' }),
    says: ['refused roleRef: roleRef.name a → b; a binding keeps its role: delete it and make it anew'],
  },
  {
    title: 'rb same',
    was: rb({ kind: 'Role', name: 'a' }),
    is: rb({ kind: 'Role', name: 'a', apiGroup: 'rbac.authorization.k8s.io' }),
    says: [],
  },
  {
    title: 'memory grow no max',
    was: machine({}),
    is: machine({ 'D.memory': { guest: '3Gi' } }),
    says: [
      'live spec.template.spec.domain.memory.guest: memory of the guest 2Gi → 3Gi; the memory is plugged, by a live migration',
    ],
  },
  {
    title: 'memory grow max',
    was: machine({ 'D.memory': { guest: '2Gi', maxGuest: '4Gi' } }),
    is: machine({ 'D.memory': { guest: '3Gi', maxGuest: '4Gi' } }),
    says: [
      'live spec.template.spec.domain.memory.guest: memory of the guest 2Gi → 3Gi; the memory is plugged, by a live migration',
    ],
  },
  {
    title: 'memory odd',
    was: machine({ 'D.memory': { guest: '2Gi', maxGuest: '4Gi' } }),
    is: machine({ 'D.memory': { guest: '2049Mi', maxGuest: '4Gi' } }),
    says: [
      "refused spec.template.spec.domain.memory.guest: template.spec.domain.memory.guest changes; the cluster refuses it, and nothing of the object is changed: 'guest' must be a multiple of '2Mi' with 'maxGuest', got \"2049Mi\" (KubeVirt v1.9.0)",
    ],
  },
  {
    title: 'memory less than start',
    was: machine({ 'D.memory': { guest: '512Mi' } }),
    is: machine({ 'D.memory': { guest: '1Gi' } }),
    says: [
      'restart spec.template.spec.domain.memory.guest: memory of the guest 512Mi → 1Gi; it started without room for more',
    ],
  },
  {
    title: 'memory shrink',
    was: machine({ 'D.memory': { guest: '2Gi', maxGuest: '4Gi' } }),
    is: machine({ 'D.memory': { guest: '1Gi', maxGuest: '4Gi' } }),
    says: [
      'restart spec.template.spec.domain.memory.guest: memory of the guest 2Gi → 1Gi; it is less than the machine started with',
    ],
  },
  {
    title: 'memory huge',
    was: machine({ 'D.memory': { guest: '2Gi', maxGuest: '4Gi', hugepages: { pageSize: '1Gi' } } }),
    is: machine({ 'D.memory': { guest: '3Gi', maxGuest: '4Gi', hugepages: { pageSize: '1Gi' } } }),
    says: [
      'live spec.template.spec.domain.memory.guest: memory of the guest 2Gi → 3Gi; the memory is plugged, by a live migration',
    ],
  },
  {
    title: 'memory beyond max',
    was: machine({ 'D.memory': { guest: '2Gi', maxGuest: '4Gi' } }),
    is: machine({ 'D.memory': { guest: '5Gi', maxGuest: '5Gi' } }),
    says: [
      'restart spec.template.spec.domain.memory.guest: memory of the guest 2Gi → 5Gi; it is more than the machine started with room for',
      'restart spec.template.spec.domain.memory.maxGuest: memory.maxGuest 4Gi → 5Gi; the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
    ],
  },
  {
    title: 'sockets big',
    was: machine({ 'D.cpu': { cores: 128, sockets: 1, threads: 1 } }),
    is: machine({ 'D.cpu': { cores: 128, sockets: 4, threads: 1 } }),
    says: [
      'live spec.template.spec.domain.cpu.sockets: sockets 1 → 4; the processors are plugged, by a live migration',
    ],
  },
  {
    title: 'sockets big 5',
    was: machine({ 'D.cpu': { cores: 128, sockets: 1, threads: 1 } }),
    is: machine({ 'D.cpu': { cores: 128, sockets: 5, threads: 1 } }),
    says: ['restart spec.template.spec.domain.cpu.sockets: sockets 1 → 5; the running machine has room for 4'],
  },
  {
    title: 'sockets of requests',
    was: machine({ 'D.cpu': { model: 'host-model' }, 'D.resources': { requests: { cpu: '4' } } }),
    is: machine({ 'D.cpu': { model: 'host-model', sockets: 4 }, 'D.resources': { requests: { cpu: '4' } } }),
    says: [
      'in-place spec.template.spec.domain.cpu.sockets: sockets (absent) → 4; it is what the running machine has already',
    ],
  },
  {
    title: 'guest memory of requests',
    was: machine({ 'D.memory': {}, 'D.resources': { requests: { memory: '4Gi' } } }),
    is: machine({ 'D.memory': { guest: '4Gi' }, 'D.resources': { requests: { memory: '4Gi' } } }),
    says: [
      'in-place spec.template.spec.domain.memory.guest: memory of the guest (absent) → 4Gi; it is what the running machine has already',
    ],
  },
  {
    title: 'cores',
    was: machine({}),
    is: machine({ 'D.cpu': { cores: 4, sockets: 1, threads: 1 } }),
    says: [
      'restart spec.template.spec.domain.cpu.cores: cpu.cores 2 → 4; the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
    ],
  },
  {
    title: 'labels',
    was: machine({}),
    is: machine({ 'spec.template.metadata.labels.x': 'y' }),
    says: [
      'later spec.template.metadata.labels: labels of the template: x; they reach the running machine and its pod with the next start, which nothing asks for',
    ],
  },
  {
    title: 'annotation',
    was: machine({}),
    is: machine({ 'spec.template.metadata.annotations.x': 'y' }),
    says: [
      'later spec.template.metadata.annotations: annotations of the template: x; they reach the running machine and its pod with the next start, which nothing asks for',
    ],
  },
  {
    title: 'node selector',
    was: machine({}),
    is: machine({ 'T.nodeSelector': { a: 'b' } }),
    says: [
      'live spec.template.spec.nodeSelector: nodeSelector (absent) → {"a":"b"}; it holds from the next live migration on; the pod stays where it is',
    ],
  },
];

const run = (runStrategy: string | null, more: Json = {}): Json =>
  machine({ 'spec.runStrategy': runStrategy, ...more });
const STOPS = 'the running machine is shut down';
const STARTS = 'the machine is started';
const LATER = 'nothing happens now; it decides what follows a shutdown';

describe('what is said of another run strategy', () => {
  test.each([
    ['Always', 'Halted', `stopped spec.runStrategy: run strategy Always → Halted; ${STOPS}`],
    ['Manual', 'Halted', `stopped spec.runStrategy: run strategy Manual → Halted; ${STOPS}`],
    ['Halted', 'Always', `started spec.runStrategy: run strategy Halted → Always; ${STARTS}`],
    ['Halted', 'Once', `started spec.runStrategy: run strategy Halted → Once; ${STARTS}`],
    ['Halted', 'RerunOnFailure', `started spec.runStrategy: run strategy Halted → RerunOnFailure; ${STARTS}`],
    ['Halted', 'Manual', `in-place spec.runStrategy: run strategy Halted → Manual; ${LATER}`],
    ['Manual', 'RerunOnFailure', `in-place spec.runStrategy: run strategy Manual → RerunOnFailure; ${LATER}`],
    ['Manual', 'Always', `in-place spec.runStrategy: run strategy Manual → Always; ${LATER}`],
  ])('%s becomes %s', (was, is, says) => expect(said(run(was), run(is))).toEqual([says]));

  test.each([
    ['Stopped', `started spec.runStrategy: run strategy Manual → Always; ${STARTS}`],
    ['Provisioning', `started spec.runStrategy: run strategy Manual → Always; ${STARTS}`],
    ['Running', `in-place spec.runStrategy: run strategy Manual → Always; ${LATER}`],
  ])('of a machine that is %s', (status, says) => {
    expect(said(run('Manual', { 'status.printableStatus': status }), run('Always'))).toEqual([says]);
  });

  test('said by the older field', () => {
    expect(said(run(null, { 'spec.running': true }), run(null, { 'spec.running': false }))).toEqual([
      `stopped spec.running: run strategy Always → Halted; ${STOPS}`,
    ]);
  });
});

function said(was: Json | undefined, is: Json | undefined, more: Row['more'] = {}): string[] {
  const { beside = [], ...options } = more;
  const [before, after] = [was, is].map((one) => [...(one === undefined ? [] : [one]), ...beside]);
  const cluster = { configuration: {}, migratable: true, kubevirt: 'v1.9.0', cdi: 'v1.66.0' };
  const { changes } = diff(before!, after!, { ...cluster, ...options });
  return changes.map(({ consequence, field, message, reason }) => `${consequence} ${field}: ${message}; ${reason}`);
}

describe('what is said of a change', () => {
  test.each(ROWS)('$title', ({ was, is, says, more }) => expect(said(was, is, more)).toEqual(says));
});
