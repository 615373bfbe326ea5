import { codeOf, Program } from '..';
import { parseManifests } from '../../review';
import { run, statementsOf } from '../testing/run';
import { stated } from './stated';

const one = (yaml: string): Program => codeOf(parseManifests(yaml))[0]!;

/** A VM as `kubectl get -o yaml` gives it. */
const LIVE = `
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  annotations:
    kubevirt.io/latest-observed-api-version: v1
    kubevirt.io/storage-observed-api-version: v1
  creationTimestamp: "2025-01-01T00:00:00Z"
  finalizers: [kubevirt.io/virtualMachineControllerFinalize]
  generation: 3
  managedFields: [{ manager: kubectl, operation: Apply }]
  name: web
  resourceVersion: "123"
  uid: 5d307ca9-b3ef-428c-8861-06e72d69f000
spec:
  running: true
  dataVolumeTemplates:
    - metadata: { creationTimestamp: null, name: web-root }
      spec:
        source: { registry: { url: "docker://quay.io/containerdisks/fedora:41" } }
        storage: { resources: { requests: { storage: 20Gi } } }
  template:
    metadata: { creationTimestamp: null, name: web }
    spec:
      architecture: amd64
      domain:
        devices:
          disks: [{ disk: { bus: virtio }, name: rootdisk }]
          interfaces: [{ masquerade: {}, name: default, macAddress: "02:00:00:00:00:01" }]
        firmware: { uuid: 5d307ca9-b3ef-428c-8861-06e72d69f223, serial: abc }
        machine: { type: pc-q35-rhel9.4.0 }
        memory: { guest: 2Gi }
        resources: {}
      networks: [{ name: default, pod: {} }]
      volumes: [{ dataVolume: { name: web-root }, name: rootdisk }]
status: { ready: true, printableStatus: Running }
`;

const OWNED = `---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata:
  name: web-root
  uid: 5d307ca9-b3ef-428c-8861-06e72d69f001
  ownerReferences:
    - { apiVersion: kubevirt.io/v1, kind: VirtualMachine, name: web, uid: 5d307ca9-b3ef-428c-8861-06e72d69f000, controller: true }
spec:
  source: { registry: { url: "docker://quay.io/containerdisks/fedora:41" } }
  storage: { resources: { requests: { storage: 20Gi } } }
`;

const VM = `    new BootableVM(this, 'web', {
      bootDisk: DataVolumeTemplate.of('web-root', {
        source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
        size: Size.gibibytes(20),
        claimApi: ClaimApi.STORAGE,
      }),
      memory: Size.gibibytes(2),
      networks: [GuestNetwork.pod({ macAddress: '02:00:00:00:00:01' })],
      firmware: Firmware.leftOpen({ uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223', serial: 'abc' }),
    });
`;

describe('a live object', () => {
  test('is as its manifest: UUID, serial and MAC stay, what the server added goes', () => {
    expect(statementsOf(one(LIVE))).toBe(VM);
  });

  test('keeps what the manifest said that was applied', () => {
    const applied = { spec: { template: { spec: { architecture: 'amd64', domain: { machine: { type: 'q35' } } } } } };
    const annotation = `kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify(applied)}'`;
    const { text } = one(LIVE.replace('kubevirt.io/latest-observed-api-version: v1', annotation));
    expect(text).toContain('architecture: Architecture.AMD64,');
    expect(text).toContain("machineType: 'pc-q35-rhel9.4.0',");
    expect(text).not.toContain('last-applied');
  });

  test('does not restate what it owns, and the review says nothing of that', () => {
    const program = one(LIVE + OWNED);
    expect(statementsOf(program)).toBe(VM);
    expect(program.count).toMatchObject({ objects: 1, owned: 1 });
  });

  test.each([
    ['kubevirt.io/v1alpha3', 'VirtualMachine', 'kubevirt.io/v1'],
    ['snapshot.kubevirt.io/v1alpha1', 'VirtualMachineSnapshot', 'snapshot.kubevirt.io/v1beta1'],
    ['cdi.kubevirt.io/v1alpha1', 'DataVolume', 'cdi.kubevirt.io/v1beta1'],
    ['apps/v1beta1', 'Deployment', 'apps/v1beta1'],
  ])('of %s %s is raised to %s', (apiVersion, kind, raised) => {
    const { text } = codeOf([{ apiVersion, kind, metadata: { name: 'x' }, spec: { wrong: 1 } }])[0]!;
    if (raised === apiVersion) expect(text).toContain(`apiVersion: '${raised}'`);
    else expect(text).not.toContain(`apiVersion: '${apiVersion}'`);
  });

  test('does not restate what it owns in a list, and the review says nothing of that', () => {
    const items = parseManifests(LIVE + OWNED).map(({ object }) => object);
    const list = (all: readonly unknown[]): Program => codeOf([{ apiVersion: 'v1', kind: 'List', items: all }])[0]!;
    expect(statementsOf(list(items))).toBe(VM);
    expect(statementsOf(list([...items].reverse()))).toBe(VM);
    expect(list(items).count).toMatchObject({ objects: 1, owned: 1 });
  });

  test('drops the namespace of a template of a disk where it is that of the VM', () => {
    const placed = (namespace: string): string =>
      LIVE.replace('  name: web\n', '  name: web\n  namespace: shop\n').replace(
        'name: web-root }\n',
        `name: web-root, namespace: ${namespace} }\n`,
      );
    expect(one(placed('shop')).count).toMatchObject({ constructs: 1, typed: 1 });
    expect(one(placed('other')).text).toContain("namespace: 'other'");
  });

  test.each([false, true])(
    'of an unserved version says so, and what is wrong in the version that it is raised to (in a list: %j)',
    (isListed) => {
      const old = {
        apiVersion: 'kubevirt.io/v1alpha1',
        kind: 'VirtualMachine',
        metadata: { name: 'web' },
        spec: { runStrategy: 'Halted', domain: {} },
      };
      const { text } = codeOf(isListed ? [{ apiVersion: 'v1', kind: 'List', items: [old] }] : [old])[0]!;
      const said = text.replace(/\n *\/\/ {3}/g, ' ');
      expect(said).toContain("// error: apiVersion: 'apiVersion' must be 'kubevirt.io/v1'");
      expect(said).toMatch(/\/\/ error: spec\.template[^/]*\[schema-required\]/);
      expect(said).not.toMatch(/\/\/ error: spec[^/]*here it is raised/);
      expect(said).toContain("; here it is raised to 'kubevirt.io/v1' [");
    },
  );

  test.each([
    ['v1.8.4', 'v1beta1', 'v1beta1'],
    ['v1.8.4', 'v1alpha1', 'v1beta1'],
    ['v1.9.0', 'v1beta1', 'v1'],
    ['v1.8.4', 'v1', 'v1'],
  ])('for KubeVirt %s makes of an export of version %s one of %s', (kubevirt, version, made) => {
    const program = codeOf(
      [
        {
          apiVersion: `export.kubevirt.io/${version}`,
          kind: 'VirtualMachineExport',
          metadata: { name: 'web', namespace: 'shop' },
          spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' } },
        },
      ],
      { kubevirt },
    )[0]!;
    expect(run(program)).toMatchObject([{ apiVersion: `export.kubevirt.io/${made}`, kind: 'VirtualMachineExport' }]);
    expect(program.count.overridden).toBe(made === 'v1' ? 0 : 1);
  });

  test('is a Service without the addresses that the cluster gave it', () => {
    const { text } = one(`
apiVersion: v1
kind: Service
metadata: { name: web, uid: 5d307ca9-b3ef-428c-8861-06e72d69f002 }
spec:
  clusterIP: 10.0.0.1
  clusterIPs: [10.0.0.1]
  ipFamilies: [IPv4]
  ipFamilyPolicy: SingleStack
  internalTrafficPolicy: Cluster
  sessionAffinity: None
  type: ClusterIP
  selector: { vm.kubevirt.io/name: web }
  ports: [{ port: 80, protocol: TCP, targetPort: 8080 }]
`);
    expect(text).toContain(
      "    new VmService(this, 'web', {\n      vm: VirtualMachine.fromName('web'),\n      ports: [GuestPort.unnamed(8080, { port: 80 })],\n    });",
    );
  });

  test('is a claim without the volume that a controller bound to it, and with one that was asked for', () => {
    const claim = (annotations: string): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, uid: 5d307ca9-b3ef-428c-8861-06e72d69f003, annotations: { ${annotations} } }
spec: { accessModes: [ReadWriteMany], volumeMode: Block, volumeName: pv-1, resources: { requests: { storage: 5Gi } } }
`;
    expect(one(claim('pv.kubernetes.io/bound-by-controller: "yes"')).text).not.toContain('pv-1');
    expect(one(claim('pv.kubernetes.io/bind-completed: "yes"')).text).toContain("volumeName: 'pv-1'");
  });
});

describe('stated', () => {
  const service = (spec: object, metadata: object = { uid: '1' }): unknown =>
    stated({ apiVersion: 'v1', kind: 'Service', metadata, spec }).spec;

  test.each([
    ['allocateLoadBalancerNodePorts', true, false],
    ['ipFamilyPolicy', 'SingleStack', 'PreferDualStack'],
    ['internalTrafficPolicy', 'Cluster', 'Local'],
    ['externalTrafficPolicy', 'Cluster', 'Local'],
    ['sessionAffinity', 'None', 'ClientIP'],
    ['clusterIP', '10.0.0.1', 'None'],
  ])('leaves %s out where a live Service has what the server gives', (field, usual, other) => {
    expect(service({ [field]: usual })).toEqual({});
    expect(service({ [field]: other })).toEqual({ [field]: other });
    expect(service({ [field]: usual }, {})).toEqual({ [field]: usual });
  });

  test.each<[object, object]>([
    [{ finalizers: ['kubernetes.io/pvc-protection', 'example.com/a'] }, { finalizers: ['example.com/a'] }],
    [{ finalizers: 'x' }, { finalizers: 'x' }],
    [{ annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } }, {}],
    [{ annotations: { 'pv.kubernetes.io/bind-completed': 'yes', a: 'b' } }, { annotations: { a: 'b' } }],
    [{ labels: { 'kubernetes.io/metadata.name': 'a' } }, { labels: { 'kubernetes.io/metadata.name': 'a' } }],
    [{ labels: { 'kubernetes.io/metadata.name': 'a' }, uid: '1' }, {}],
    [{ ownerReferences: [{ kind: 'kubevirt.io/a' }] }, { ownerReferences: [{ kind: 'kubevirt.io/a' }] }],
    [{ namespace: 'shop', uid: '1', selfLink: 'a' }, { namespace: 'shop' }],
  ])('of the metadata %j keeps %j', (metadata, kept) => {
    const made = stated({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
    expect(JSON.parse(JSON.stringify(made))).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: kept });
  });

  test('of a class has no namespace', () => {
    const made = stated({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'a', namespace: 'b' },
    });
    expect(made).toEqual({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'a' } });
  });

  test.each<[object, object]>([
    [{ running: true }, { runStrategy: 'Always' }],
    [{ running: false }, { runStrategy: 'Halted' }],
    [
      { running: true, runStrategy: 'Manual' },
      { running: true, runStrategy: 'Manual' },
    ],
    [{ template: { metadata: { name: 'a', labels: { a: 'b' } } } }, { template: { metadata: { labels: { a: 'b' } } } }],
    [
      {
        dataVolumeTemplates: [
          { metadata: { name: 'a', namespace: 'shop' } },
          { metadata: { name: 'b', namespace: 'c' } },
          {},
        ],
      },
      { dataVolumeTemplates: [{ metadata: { name: 'a' } }, { metadata: { name: 'b', namespace: 'c' } }, {}] },
    ],
  ])('of a VM with %j has %j', (spec, kept) => {
    const vm = (of: object): object => ({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'web', namespace: 'shop' },
      spec: of,
    });
    expect(stated(vm(spec) as never)).toEqual(vm(kept));
  });

  test('of a VM without a spec has none', () => {
    const vm = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: { name: 'web' } };
    expect(stated(vm)).toEqual(vm);
  });
});
