import { codeOf } from '..';
import { parseManifests } from '../../review';
import type { Json } from '../../review/rule';
import { imported, statementsOf } from '../testing/run';
import { podLabels, selects } from './services';

const vm = (spec = ''): string => `---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web.a, namespace: shop }
spec:
  runStrategy: Always
  template:
    metadata: { labels: { app: web } }
    spec: { domain: { devices: { disks: [{ name: root, disk: { bus: virtio } }] }, memory: { guest: 1Gi } }, volumes: [{ name: root, persistentVolumeClaim: { claimName: boot } }]${spec} }
`;
const service = (spec: string, name = 'web-a'): string => `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
`;
const OWN = 'selector: { vm.kubevirt.io/name: web }';

/** The last statement of the code. */
function said(yaml: string): string | undefined {
  const external = [{ kind: 'PersistentVolumeClaim', name: 'boot' }];
  const statements = statementsOf(codeOf(parseManifests(yaml), { external })[0]!).trim();
  return statements.split(/;\n/).at(-1)?.replace(/\s+/g, ' ').replace(/;$/, '').trim();
}

describe('the code of a Service', () => {
  test.each<[string, string, string]>([
    [`${OWN}, ports: [{ port: 80, name: http }]`, 'web-a', 'webA.expose({ ports: [GuestPort.http()] })'],
    [`${OWN}, ports: [{ port: 443, name: https }]`, 'web-a', 'webA.expose({ ports: [GuestPort.https()] })'],
    [`${OWN}, ports: [{ port: 81, name: http }]`, 'web-a', "webA.expose({ ports: [GuestPort.tcp('http', 81)] })"],
    [
      `${OWN}, ports: [{ port: 80, targetPort: 81, name: http }]`,
      'web-a',
      "webA.expose({ ports: [GuestPort.tcp('http', 81, { port: 80 })] })",
    ],
    [
      `${OWN}, ports: [{ port: 53, name: dns, protocol: UDP }]`,
      'web-a',
      "webA.expose({ ports: [GuestPort.udp('dns', 53)] })",
    ],
    [
      `${OWN}, ports: [{ port: 80, name: http, protocol: UDP }]`,
      'web-a',
      "webA.expose({ ports: [GuestPort.udp('http', 80)] })",
    ],
    [`${OWN}, ports: [{ port: 80 }]`, 'web-a', 'webA.expose({ ports: [GuestPort.unnamed(80)] })'],
    [
      `${OWN}, ports: [{ port: 80, nodePort: 30080 }], type: NodePort`,
      'web-a',
      'webA.expose({ type: ServiceType.NODE_PORT, ports: [GuestPort.unnamed(80, { nodePort: 30080 })], })',
    ],
    [
      `${OWN}, ports: [{ port: 80 }], type: ClusterIP, clusterIP: None`,
      'web-a',
      'webA.expose({ headless: true, ports: [GuestPort.unnamed(80)] })',
    ],
    [`${OWN}, ports: [{ port: 80 }]`, 'other', "webA.expose({ name: 'other', ports: [GuestPort.unnamed(80)] })"],
    [
      `selector: { app: web }, ports: [{ port: 80 }]`,
      'web-a',
      "webA.expose({ selector: { app: 'web' }, ports: [GuestPort.unnamed(80)] })",
    ],
    [`${OWN}, ports: [{ port: 22, name: ssh }]`, 'web-a-ssh', 'webA.exposeSsh()'],
    [
      `${OWN}, ports: [{ port: 2222, targetPort: 22, name: ssh }], type: NodePort`,
      'web-a-ssh',
      'webA.exposeSsh({ type: ServiceType.NODE_PORT, port: 2222 })',
    ],
    [
      `${OWN}, ports: [{ port: 22, targetPort: 23, name: ssh }]`,
      'web-a',
      "webA.expose({ ports: [GuestPort.tcp('ssh', 23, { port: 22 })] })",
    ],
    [`${OWN}, ports: [{ port: 22, name: shell }]`, 'web-a', "webA.expose({ ports: [GuestPort.tcp('shell', 22)] })"],
    [
      `${OWN}, ports: [{ port: 22, name: ssh }, { port: 80, name: http }]`,
      'web-a',
      'webA.expose({ ports: [GuestPort.ssh(), GuestPort.http()] })',
    ],
    [
      `selector: { app: web }, ports: [{ port: 22, name: ssh }]`,
      'web-a-ssh',
      "webA.expose({ name: 'web-a-ssh', selector: { app: 'web' }, ports: [GuestPort.ssh()] })",
    ],
  ])('%s, called %s', (spec, name, code) => expect(said(`${vm()}${service(spec, name)}`)).toBe(code));

  test('of a machine with a host name asks for that', () => {
    const named = vm(', hostname: www');
    const spec = 'selector: { vm.kubevirt.io/name: www }, ports: [{ port: 80 }]';
    expect(said(`${named}${service(spec)}`)).toBe('webA.expose({ ports: [GuestPort.unnamed(80)] })');
  });
});

const GUARDED =
  'networks: [{ name: default, pod: {} }], domain: { devices: { interfaces: [{ name: default, masquerade: {}, ports: [{ port: 80 }] }], disks:';

test('a Service of a port that no network of the VM lets in stands beside the VM', () => {
  const guarded = vm().replace('domain: { devices: { disks:', GUARDED);
  expect(imported(`${guarded}${service(`${OWN}, ports: [{ port: 22, name: shell }]`)}`).code).toContain(
    "new VmService(this, 'web-a', { vm: webA, ports: [GuestPort.tcp('shell', 22)] });",
  );
  expect(imported(`${guarded}${service('selector: { app: web }, ports: [{ port: 22, name: shell }]')}`).code).toContain(
    "new VmService(this, 'web-a', { vm: webA, selector: { app: 'web' }, ports: [GuestPort.tcp('shell', 22)] });",
  );
});

test('a Service has the namespace of its VM without a word', () => {
  const other = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: other, namespace: other }
`;
  const ssh = service(`${OWN}, ports: [{ port: 22, name: ssh }]`, 'web-a-ssh');
  const { code } = imported(`${vm()}${ssh}${service(`${OWN}, ports: [{ port: 80 }]`)}${other}`);
  expect(code).toContain("new BootableVM(this, 'web.a', { namespace: 'shop',");
  expect(code).toContain('webA.exposeSsh();');
  expect(code).toContain('webA.expose({ ports: [GuestPort.unnamed(80)] });');
});

test('a Service of a VM that stands elsewhere is found by the label of its pod alone', () => {
  const { code } = imported(service('selector: { vm.kubevirt.io/name: web }, ports: [{ port: 80 }]'));
  expect(code).toContain("vm: VirtualMachine.fromName('web')");
  const other = imported(service('selector: { vm.kubevirt.io/name: web, app: web }, ports: [{ port: 80 }]'));
  expect(other.code).toContain('new ApiObject(this, ');
  expect(imported(service('selector: { app: web }, ports: [{ port: 80 }]')).code).toContain('new ApiObject(this, ');
});

test.each([
  ['LoadBalancer', ''],
  ['ClusterIP', ', type: ServiceType.CLUSTER_IP'],
  ['', ', type: ServiceType.CLUSTER_IP'],
  ['NodePort', ', type: ServiceType.NODE_PORT'],
])('the Service of the upload proxy of type %j is made by its construct', (type, props) => {
  const spec = `selector: { cdi.kubevirt.io: cdi-uploadproxy }, ports: [{ port: 443, targetPort: 8443 }]${type === '' ? '' : `, type: ${type}`}`;
  const { code, count } = imported(service(spec, 'cdi-uploadproxy-external').replace('shop', 'cdi'));
  expect(code).toBe(`new UploadProxyService(this, 'cdi-uploadproxy-external', { namespace: 'cdi'${props} });`);
  expect(count).toMatchObject({ constructs: 1, typed: 1 });
});

test('a Service that the verb does not say whole has overrides', () => {
  const { code, count } = imported(
    `${vm()}${service(`${OWN}, ports: [{ port: 80 }], sessionAffinity: ClientIP`)}${service(`${OWN}, ports: [{ port: 81 }]`, 'b')}`,
  );
  expect(code).toContain(
    "webA.expose({ ports: [GuestPort.unnamed(80)], overrides: { spec: { sessionAffinity: 'ClientIP' } } });",
  );
  expect(code).toContain("webA.expose({ name: 'b', ports: [GuestPort.unnamed(81)] });");
  expect(count).toMatchObject({ objects: 3, constructs: 3, typed: 2, overridden: 1 });
});

test('a Service that no verb says whole is said by one, with overrides', () => {
  const first = service(`${OWN}, ports: [{ port: 80 }]`);
  const second = service(`${OWN}, ports: [{ port: 22, name: ssh }], sessionAffinity: ClientIP`, 'web-a-ssh');
  const { code, count } = imported(`${vm()}${first}${second}`);
  expect(code).toContain('webA.expose({ ports: [GuestPort.unnamed(80)] });');
  expect(code).toContain("webA.exposeSsh({ overrides: { spec: { sessionAffinity: 'ClientIP' } } });");
  expect(count).toMatchObject({ objects: 3, constructs: 3, typed: 2, overridden: 1 });
});

describe('selects', () => {
  test.each<[Json, Json, boolean]>([
    [{ a: '1' }, { a: '1', b: '2' }, true],
    [{ a: '1', b: '2' }, { a: '1' }, false],
    [{ a: '1' }, { a: '2' }, false],
    [{}, { a: '1' }, false],
  ])('%j the labels %j: %j', (selector, labels, is) => expect(selects(selector, labels)).toBe(is));
});

describe('podLabels', () => {
  const template = (labels: Json, spec: Json = {}): Json => ({ metadata: { labels }, spec });
  const object = (kind: string, more: Json): Json => ({
    kind,
    metadata: { name: 'web.a', labels: { own: 'x' } },
    ...more,
  });

  test.each<[Json, Json]>([
    [object('VirtualMachine', { spec: { template: template({ a: 'b' }) } }), { a: 'b', 'vm.kubevirt.io/name': 'web' }],
    [
      object('VirtualMachine', { spec: { template: template({}, { hostname: 'www' }) } }),
      { 'vm.kubevirt.io/name': 'www' },
    ],
    [object('VirtualMachine', {}), { 'vm.kubevirt.io/name': 'web' }],
    [object('VirtualMachineInstance', { spec: {} }), { own: 'x', 'vm.kubevirt.io/name': 'web' }],
    [object('VirtualMachineInstance', { spec: { hostname: 'www' } }), { own: 'x', 'vm.kubevirt.io/name': 'www' }],
    [object('VirtualMachineInstanceReplicaSet', { spec: { template: template({ a: 'b' }) } }), { a: 'b' }],
    [
      object('VirtualMachinePool', { spec: { virtualMachineTemplate: { spec: { template: template({ a: 'b' }) } } } }),
      { a: 'b' },
    ],
  ])('%#', (machine, labels) => expect(podLabels(machine)).toEqual(labels));
});
