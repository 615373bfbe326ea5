import { claim, dataVolume, machine, said, storage as storageOf, stream } from '../testing/outcome-lines';

const quota = (hard: string, more = '') => `
apiVersion: v1
kind: ResourceQuota
metadata: { name: q, namespace: lab }
spec: { hard: { ${hard} }${more} }
`;
const range = (limits: string) => `
apiVersion: v1
kind: LimitRange
metadata: { name: r, namespace: lab }
spec: { limits: [{ type: PersistentVolumeClaim, ${limits} }] }
`;
const of = (...texts: string[]) => said(stream(...texts), ['claim-quota']);
const storage = (size: string, more = '') => quota(`requests.storage: ${size}`, more);

describe('claim-quota', () => {
  test('fails when a claim alone is too large', () => {
    expect(of(storage('5Gi'), claim('a'))).toEqual([
      `error spec.resources.requests.storage claim-quota: 'storage' must fit into ResourceQuota 'q', got more than its requests.storage of 5Gi; the claim is never made; ask for less, or raise it`,
    ]);
    expect(of(storage('5Gi'), dataVolume('a'))[0]).toContain('never made, though the DataVolume is accepted');
  });

  test('fails when the claims of the namespace are too large together', () => {
    expect(of(storage('25Gi'), claim('a'), claim('b'), claim('c'))).toEqual([
      `error spec.resources.requests.storage claim-quota: 'storage' must fit into ResourceQuota 'q', got 30Gi in all where its requests.storage of 25Gi is the most; the claims that come last are never made; ask for less, or raise it`,
    ]);
    expect(of(storage('30Gi'), claim('a'), claim('b'), claim('c'))).toEqual([]);
    expect(
      of(storage('25Gi').replace('namespace: lab', 'namespace: other'), claim('a'), claim('b'), claim('c')),
    ).toEqual([]);
  });

  test('counts the disks of each machine of a pool', () => {
    const pool = (replicas: number) => `
apiVersion: pool.kubevirt.io/v1beta1
kind: VirtualMachinePool
metadata: { name: p, namespace: lab }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { a: b } }
  virtualMachineTemplate:
    metadata: { labels: { a: b } }
    spec:
      runStrategy: Always
      dataVolumeTemplates: [{ metadata: { name: root }, spec: { source: { http: { url: "https://x.example/a" } }, pvc: { accessModes: [ReadWriteOnce], volumeMode: Block, resources: { requests: { storage: 10Gi } } } } }]
      template:
        metadata: { labels: { a: b } }
        spec: { domain: { memory: { guest: 1Gi }, devices: {} }, volumes: [{ name: root, dataVolume: { name: root } }] }
`;
    expect(of(storage('50Gi'), pool(6))[0]).toContain('got 60Gi in all');
    expect(of(storage('50Gi'), pool(2))).toEqual([]);
  });

  test('warns where what CDI makes beside an import is too much', () => {
    const imported = dataVolume('a', '{ registry: { url: "docker://x.example/a" } }');
    expect(of(storage('15Gi'), imported)[0]).toMatch(
      /^warning .* with what CDI makes beside it \(a second claim of the same size and scratch space\); it is never filled/,
    );
    expect(of(storage('40Gi'), imported)).toEqual([]);
    // Whether it needs scratch space depends on the image.
    const perhaps = dataVolume('a', '{ http: { url: "https://x.example/a" } }');
    expect(of(storage('19Gi'), perhaps)[0]).toContain('(a second claim of the same size); it is never filled');
    expect(of(storage('20Gi'), perhaps)).toEqual([]);
    expect(of(storage('15Gi'), claim('a'))).toEqual([]);
  });

  test('counts beside an import of a class what CDI makes in that class', () => {
    const imported = dataVolume('a', '{ registry: { url: "docker://x.example/a" } }');
    const ofClass = (size: string, given: string) =>
      said(stream(quota(`f.storageclass.storage.k8s.io/requests.storage: ${size}`), imported), ['claim-quota'], {
        storage: given,
      });
    const elsewhere = storageOf(
      '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: g }, provisioner: csi.b }',
      '{ apiVersion: cdi.kubevirt.io/v1beta1, kind: CDIConfig, metadata: { name: config }, spec: {}, status: { scratchSpaceStorageClass: g } }',
    );
    expect(ofClass('20Gi', elsewhere)).toEqual([]);
    expect(ofClass('19Gi', elsewhere)[0]).toContain('got 20Gi in all');
    // Without a class for it, scratch space is of the class of the claim, and has the overhead of a file system.
    expect(ofClass('30Gi', storageOf())[0]).toMatch(/got 3\d+Mi in all/);
    expect(ofClass('31Gi', storageOf())).toEqual([]);
  });

  test('counts claims, and those of a class', () => {
    expect(of(quota('persistentvolumeclaims: "1"'), claim('a'), claim('b'))[0]).toContain('got 2 claims in all');
    expect(of(quota('count/persistentvolumeclaims: "1"'), claim('a'), claim('b'))).toHaveLength(1);
    expect(of(quota('persistentvolumeclaims: "1"'), dataVolume('a'))[0]).toContain(
      'got 2 claims in all where its persistentvolumeclaims of 1 is the most, with what CDI makes beside it (a second',
    );
    expect(of(quota('persistentvolumeclaims: "2"'), dataVolume('a'))).toEqual([]);
    expect(of(quota('persistentvolumeclaims: "2"'), claim('a'), claim('b'))).toEqual([]);
    const ofClass = quota('f.storageclass.storage.k8s.io/requests.storage: 15Gi');
    expect(of(ofClass, claim('a'), claim('b'))).toHaveLength(1);
    expect(of(ofClass, claim('a'), claim('b', { class: 'g' }))).toEqual([]);
    expect(of(quota('g.storageclass.storage.k8s.io/persistentvolumeclaims: "0"'), claim('a'))).toEqual([]);
    expect(
      of(quota('g.storageclass.storage.k8s.io/persistentvolumeclaims: "0"'), claim('a', { class: 'g' })),
    ).toHaveLength(1);
  });

  test('is not asked of a quota for some pods', () => {
    expect(of(storage('5Gi', ', scopes: [BestEffort]'), claim('a'))).toEqual([]);
  });

  test('fails when a claim is out of a LimitRange', () => {
    expect(of(range('max: { storage: 5Gi }'), claim('a'))[0]).toContain("LimitRange 'r', got more than its max of 5Gi");
    expect(of(range('min: { storage: 20Gi }'), claim('a'))[0]).toContain(
      "LimitRange 'r', got less than its min of 20Gi",
    );
    expect(of(range('min: { storage: 1Gi }, max: { storage: 10Gi }'), claim('a'))).toEqual([]);
    expect(of(range('min: { storage: 10Gi }'), claim('a'))).toEqual([]);
    expect(of(range('max: { storage: 5Gi }'), machine('vm'))).toEqual([]);
  });
});
