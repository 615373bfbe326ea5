import { Json } from '../../rule';
import { claimFaults } from './claim-update';
import { keptFaults, secretData } from './kept-fields';
import { serviceFaults } from './service-update';

type Found = readonly {
  readonly field: string;
  readonly what?: string;
  readonly why: string;
  readonly remedy?: string;
}[];

const fields = (found: Found): string[] => found.map(({ field }) => field);
const spec = (written: Json, status: Json = {}): Json => ({ metadata: { name: 'data' }, spec: written, status });
const size = (storage?: string, capacity?: string): Json =>
  spec({ resources: { requests: { storage } } }, capacity === undefined ? {} : { capacity: { storage: capacity } });
const limit = (storage?: string): Json => spec({ resources: { limits: { storage } } });

describe('the update of a claim', () => {
  test.each<[string, Json, Json, string[]]>([
    ['keeps its access modes', { accessModes: ['a'] }, { accessModes: ['b'] }, ['spec.accessModes']],
    ['must go on to say its access modes', { accessModes: ['a'] }, {}, ['spec.accessModes']],
    ['may say the mode that its absence stands for', {}, { volumeMode: 'Filesystem' }, []],
    ['keeps the mode that its absence stands for', {}, { volumeMode: 'Block' }, ['spec.volumeMode']],
    ['keeps its selector', { selector: { a: 1 } }, {}, ['spec.selector']],
    ['may leave out its volume', { volumeName: 'a' }, {}, []],
    ['may leave out its source', { dataSource: { a: 1 }, dataSourceRef: { a: 1 } }, {}, []],
    ['keeps its source', { dataSourceRef: { a: 1 } }, { dataSourceRef: { a: 2 } }, ['spec.dataSourceRef']],
    ['keeps its volume', { volumeName: 'a' }, { volumeName: 'b' }, ['spec.volumeName']],
    ['may be given a volume', {}, { volumeName: 'b' }, []],
    ['may be given a class', {}, { storageClassName: 'a' }, []],
    ['keeps its class', { storageClassName: 'a' }, { storageClassName: 'b' }, ['spec.storageClassName']],
    ["keeps the class ''", { storageClassName: '' }, { storageClassName: 'b' }, ['spec.storageClassName']],
    [
      'keeps what it says',
      { storageClassName: 'a', accessModes: ['a'] },
      { storageClassName: 'a', accessModes: ['a'] },
      [],
    ],
  ])('%s', (_title, was, is, found) => expect(fields(claimFaults(spec(was), spec(is)))).toEqual(found));

  it('gives a bound claim no other volume', () => {
    const bound = spec({}, { phase: 'Bound' });
    expect(fields(claimFaults(bound, spec({ volumeName: 'b' })))).toEqual(['spec.volumeName']);
    expect(fields(claimFaults(spec({}, { phase: 'Pending' }), spec({ volumeName: 'b' })))).toEqual([]);
    expect(fields(claimFaults(spec({}, { phase: 'Pending' }), spec({ selector: {} })))).toEqual(['spec.selector']);
  });

  it('has a remedy for another class, and none where the class is left out', () => {
    const remedies = (is: Json) => claimFaults(spec({ storageClassName: 'a' }), spec(is)).map(({ remedy }) => remedy);
    expect(remedies({ storageClassName: 'b' })).toEqual([
      'make a claim of another name in the new class, and move the data (updateVolumesStrategy: Migration)',
    ]);
    expect(remedies({})).toEqual([undefined]);
  });

  test.each<[Json, Json, string | undefined]>([
    [size('1Gi'), size('2Gi'), undefined],
    [size('1Gi'), size('1024Mi'), undefined],
    [size(), size('1Gi'), undefined],
    [size('2Gi'), size('1Gi'), 'disk data shrinks'],
    [size('2Gi'), size(), 'the size is left out'],
    [size('4Gi', '1Gi'), size('2Gi'), undefined],
    [size('4Gi', '2Gi'), size('2Gi'), 'disk data shrinks'],
    [size('4Gi', '3Gi'), size('2Gi'), 'disk data shrinks'],
  ])('of the size %j to %j says %j', (was, is, what) => {
    expect(claimFaults(was, is).map((fault) => fault.what)).toEqual(what === undefined ? [] : [what]);
  });

  it('keeps the limit of the size', () => {
    expect(fields(claimFaults(limit('1Gi'), limit('2Gi')))).toEqual(['spec.resources.limits.storage']);
    expect(fields(claimFaults(limit(), limit('2Gi')))).toEqual(['spec.resources.limits.storage']);
    expect(fields(claimFaults(limit('1Gi'), limit('1024Mi')))).toEqual([]);
  });
});

describe('the update of a Service', () => {
  test.each<[Json, Json, string[]]>([
    [{ clusterIP: 'a' }, { clusterIP: 'b' }, ['spec.clusterIP']],
    [{ clusterIP: 'a' }, {}, []],
    [{}, { clusterIP: 'b' }, []],
    [{ clusterIPs: ['a', 'c'] }, { clusterIP: 'a' }, []],
    [{ clusterIPs: ['a'] }, { clusterIPs: ['b'] }, ['spec.clusterIP']],
    [{ clusterIP: 'a', type: 'ExternalName' }, { clusterIP: 'b' }, []],
    [{ clusterIP: 'a' }, { clusterIP: 'b', type: 'ExternalName' }, []],
    [{ ipFamilies: ['IPv4'] }, { ipFamilies: ['IPv6', 'IPv4'] }, ['spec.ipFamilies']],
    [{ ipFamilies: ['IPv4'] }, { ipFamilies: ['IPv4', 'IPv6'] }, []],
    [{ type: 'LoadBalancer' }, { type: 'LoadBalancer', loadBalancerClass: 'a' }, ['spec.loadBalancerClass']],
    [{ type: 'LoadBalancer', loadBalancerClass: 'a' }, { type: 'LoadBalancer', loadBalancerClass: 'a' }, []],
    [{ type: 'NodePort' }, { type: 'LoadBalancer', loadBalancerClass: 'a' }, []],
    [{ type: 'LoadBalancer', loadBalancerClass: 'a' }, { type: 'NodePort' }, []],
    [{}, { loadBalancerClass: 'a' }, []],
  ])('from %j to %j changes %j', (was, is, found) => expect(fields(serviceFaults(spec(was), spec(is)))).toEqual(found));
});

describe('the fields that the API server keeps', () => {
  test('are said as they were written, and a role with the group that it has', () => {
    const volume = (a: number): Json => ({ apiVersion: 'v1', ...spec({ nodeAffinity: { a } }) });
    expect(keptFaults('PersistentVolume', volume(1), volume(2)).map(({ was, is }) => [was, is])).toEqual([
      [{ a: 1 }, { a: 2 }],
    ]);
    const binding = (roleRef: unknown): Json => ({ apiVersion: 'rbac.authorization.k8s.io/v1', roleRef });
    const [group, role] = [{ apiGroup: 'rbac.authorization.k8s.io' }, { kind: 'Role', name: 'a' }];
    expect(keptFaults('RoleBinding', binding(role), binding({ ...group, ...role }))).toEqual([]);
    expect(keptFaults('RoleBinding', binding(role), binding(undefined)).map(({ was, is }) => [was, is])).toEqual([
      [{ ...group, ...role }, undefined],
    ]);
  });

  const of = (apiVersion: string, kind: string, was: Json, is: Json): string[] =>
    fields(keptFaults(kind, { apiVersion, ...was }, { apiVersion, ...is }));

  test.each<[string, string, Json, Json, string[]]>([
    ['storage.k8s.io/v1', 'StorageClass', { provisioner: 'a' }, { provisioner: 'b' }, ['provisioner']],
    ['storage.k8s.io/v1', 'StorageClass', {}, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }, []],
    ['storage.k8s.io/v1', 'StorageClass', {}, { reclaimPolicy: 'Retain' }, ['reclaimPolicy']],
    ['v1', 'ConfigMap', { data: { a: '1' } }, { data: { a: '2' } }, []],
    ['v1', 'ConfigMap', { data: { a: '1' }, immutable: true }, { data: { a: '2' }, immutable: true }, ['data']],
    ['v1', 'ConfigMap', { immutable: true }, {}, ['immutable']],
    ['v1', 'ConfigMap', {}, { immutable: true }, []],
    ['v1', 'Secret', { type: 'a' }, { type: 'b' }, ['type']],
    ['v1', 'Secret', { stringData: { a: 'x' } }, { stringData: { a: 'y' } }, []],
    [
      'v1',
      'Secret',
      { immutable: true, stringData: { a: 'x' } },
      { immutable: true, stringData: { a: 'y' } },
      ['data'],
    ],
    ['v1', 'Secret', { immutable: true, stringData: { a: 'x' } }, { immutable: true, data: { a: 'eA==' } }, []],
    ['v1', 'PersistentVolume', {}, spec({ nodeAffinity: { a: 1 } }), []],
    [
      'v1',
      'PersistentVolume',
      spec({ nodeAffinity: { a: 1 } }),
      spec({ nodeAffinity: { a: 2 } }),
      ['spec.nodeAffinity'],
    ],
    ['v1', 'PersistentVolume', spec({ nodeAffinity: { a: 1 } }), spec({}), ['spec.nodeAffinity']],
    ['v1', 'PersistentVolume', spec({}), spec({ csi: { a: 1 } }), ['spec.csi']],
    ['v1', 'Pod', spec({ containers: [{ image: 'a' }] }), spec({ containers: [{ image: 'b' }] }), []],
    ['v1', 'Pod', spec({ containers: [{ name: 'a' }] }), spec({ containers: [{ name: 'b' }] }), ['spec']],
    ['v1', 'Pod', spec({ tolerations: [{ key: 'a' }] }), spec({ tolerations: [{ key: 'a' }, { key: 'b' }] }), []],
    ['v1', 'Pod', spec({ tolerations: [{ key: 'a' }] }), spec({ tolerations: [{ key: 'b' }] }), ['spec']],
    ['v1', 'Pod', spec({ cpu: '1000m', activeDeadlineSeconds: 1 }), spec({ cpu: '1' }), []],
    ['v1', 'Pod', spec({ nodeName: 'a' }), spec({ nodeName: 'b', tolerations: [{ key: 'b' }] }), ['spec']],
    [
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      { roleRef: { name: 'a' } },
      { roleRef: { name: 'b' } },
      ['roleRef'],
    ],
    [
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      { roleRef: { name: 'a' } },
      { roleRef: { name: 'a', apiGroup: 'rbac.authorization.k8s.io' } },
      [],
    ],
    ['snapshot.storage.k8s.io/v1', 'VolumeSnapshot', spec({ source: 'a' }), spec({ source: 'b' }), ['spec.source']],
    ['v1', 'Service', spec({ clusterIP: 'a' }), spec({ clusterIP: 'b' }), ['spec.clusterIP']],
    ['serving.knative.dev/v1', 'Service', spec({ clusterIP: 'a' }), spec({ clusterIP: 'b' }), []],
    ['v1', 'PersistentVolumeClaim', spec({ selector: 1 }), spec({ selector: 2 }), ['spec.selector']],
    ['v1', 'Node', spec({ a: 1 }), spec({ a: 2 }), []],
  ])('of %s %s, from %j to %j, are %j', (apiVersion, kind, was, is, found) => {
    expect(of(apiVersion, kind, was, is)).toEqual(found);
  });

  it('are those of a Secret as the server keeps them', () => {
    expect(secretData({ data: { a: 'eA==', b: 'eQ==' }, stringData: { b: 'z' } })).toEqual({ a: 'eA==', b: 'eg==' });
    expect(secretData({ data: 'x', stringData: ['y'] })).toEqual({});
  });
});
