import { inventory } from '../inventory';
import type { Json } from '../rule';

const kubevirt = (version: string, configuration: Json = {}): Json => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'KubeVirt',
  metadata: { name: 'kubevirt', namespace: 'kubevirt' },
  spec: { configuration },
  status: { observedKubeVirtVersion: version },
});
const V18 = kubevirt('v1.8.4');
const V19 = kubevirt('v1.9.0');

const POD = { name: 'default', pod: {} };
const BOUND = { networks: [POD], interfaces: [{ name: 'default', masquerade: {} }] };

interface Parts {
  readonly devices?: Json;
  readonly domain?: Json;
  readonly guest?: Json;
  readonly spec?: Json;
  readonly annotations?: Json;
}

function machine({ devices, domain, guest, spec, annotations = {} }: Parts): Json {
  const { networks, interfaces } = BOUND;
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      runStrategy: 'Always',
      template: {
        metadata: { annotations },
        spec: { domain: { devices: { interfaces, ...devices }, ...domain }, networks, ...guest },
      },
      ...spec,
    },
  };
}

/** The verdict, and what stands against it by rule and message. */
function judged(parts: Parts, ...beside: Json[]): string[] {
  const [row] = inventory([machine(parts), ...beside]).vms;
  return [row?.verdict ?? '', ...(row?.obstacles ?? []).map(({ message }) => message)];
}

const named = (kind: string, spec: Json, annotations?: Json): Json => ({
  apiVersion: 'instancetype.kubevirt.io/v1beta1',
  kind,
  metadata: { name: 'u1' },
  spec: { cpu: { guest: 1 }, memory: { guest: '1Gi' }, ...spec, ...(annotations && { annotations }) },
});
const ofType: Json = { instancetype: { name: 'u1' } };
const ofPreference: Json = { preference: { name: 'u1' } };
const type = (spec: Json): Json => named('VirtualMachineClusterInstancetype', spec);
const preference = (devices: Json): Json => ({
  apiVersion: 'instancetype.kubevirt.io/v1beta1',
  kind: 'VirtualMachineClusterPreference',
  metadata: { name: 'u1' },
  spec: { devices },
});

describe('devices of the node', () => {
  test('stand against a migration, whoever asks for them', () => {
    expect(judged({}, V19)).toEqual(['migratable']);
    const of = (devices: Json) => judged({ devices }, V19);
    expect(of({ gpus: [{ name: 'a100' }] })).toEqual(['not migratable', expect.stringContaining('a100')]);
    expect(of({ hostDevices: [{ deviceName: 'nic' }] })).toEqual(['not migratable', expect.stringContaining('nic')]);
    const byType = (spec: Json) => judged({ spec: ofType }, V19, type(spec));
    expect(byType({})).toEqual(['migratable']);
    expect(byType({ gpus: [{ name: 'a100' }] })).toEqual(['not migratable', expect.stringContaining('a100')]);
    expect(byType({ hostDevices: [{ name: 'nic' }] })).toEqual(['not migratable', expect.stringContaining('nic')]);
  });

  test('may be those of an instance type that is not there', () => {
    expect(judged({ spec: ofType }, V19)).toEqual([
      'unknown',
      expect.stringContaining('it may bring devices of the node'),
    ]);
  });

  test('move where one mediated GPU may, from v1.9.0 on and by its gate', () => {
    const gate = { developerConfiguration: { featureGates: ['VGPULiveMigration'] } };
    const of = (version: string, gpus: Json[]) => judged({ devices: { gpus } }, kubevirt(version, gate));
    const message = 'a100 moves if it is a mediated device';
    expect(of('v1.9.0', [{ name: 'a100' }])).toEqual(['unknown', message]);
    expect(of('v1.8.4', [{ name: 'a100' }])[0]).toBe('not migratable');
    expect(of('v1.9.0', [{ name: 'a100' }, { name: 'b100' }])[0]).toBe('not migratable');
  });
});

test('a persistent reservation stands against it before v1.9.0', () => {
  const devices = (reservation: unknown): Json => ({ disks: [{ name: 'd', lun: { reservation } }] });
  expect(judged({ devices: devices(true) }, V18)).toEqual(['not migratable', expect.stringContaining('d')]);
  expect(judged({ devices: devices(true) }, V19)).toEqual(['migratable']);
  expect(judged({ devices: devices(false) }, V18)).toEqual(['migratable']);
});

test.each<[string, Json, boolean]>([
  ['SEV', { sev: {} }, false],
  ['nothing that has a name', {}, true],
])('encrypted memory by %s decides it, of the machine or its type', (_by, launchSecurity, isOpen) => {
  expect(judged({ domain: { launchSecurity } }, V19)[0] === 'migratable').toBe(isOpen);
  expect(judged({ spec: ofType }, V19, type({ launchSecurity }))[0] === 'migratable').toBe(isOpen);
});

test.each<[string, Json, string]>([
  ['reenlightenment', { features: { hyperv: { reenlightenment: {} } } }, 'unknown'],
  ['reenlightenment that is off', { features: { hyperv: { reenlightenment: { enabled: false } } } }, 'migratable'],
  [
    'reenlightenment beside an invariant TSC',
    { features: { hyperv: { reenlightenment: {} } }, cpu: { features: [{ name: 'invtsc', policy: 'require' }] } },
    'migratable',
  ],
  [
    'reenlightenment beside a TSC that is disabled',
    { features: { hyperv: { reenlightenment: {} } }, cpu: { features: [{ name: 'invtsc', policy: 'disable' }] } },
    'unknown',
  ],
  ['Hyper-V that is passed through', { features: { hypervPassthrough: { enabled: true } } }, 'not migratable'],
  ['Hyper-V that is not passed through', { features: { hypervPassthrough: { enabled: false } } }, 'migratable'],
])('%s decides it', (_what, domain, verdict) => expect(judged({ domain }, V19)[0]).toBe(verdict));

test('access modes that a DataVolume leaves to the StorageProfile leave it open', () => {
  const dataVolume = (accessModes: Json[string]): Json => ({
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name: 'boot', namespace: 'shop' },
    spec: { source: { blank: {} }, storage: { accessModes, resources: { requests: { storage: '1Gi' } } } },
  });
  const guest = { volumes: [{ name: 'root', dataVolume: { name: 'boot' } }] };
  const of = (accessModes: Json[string]) => judged({ guest }, V19, dataVolume(accessModes));
  const open = ['unknown', expect.stringContaining('the StorageProfile decides them')];
  expect(of(['ReadWriteMany'])).toEqual(['migratable']);
  expect(of([])).toEqual(open);
  expect(of(undefined)).toEqual(open);
});

test.each([
  [true, 'migratable'],
  [false, 'not migratable'],
  [undefined, 'not migratable'],
])('a file of the node that is shared: %j decides it', (shared, verdict) => {
  const guest = { volumes: [{ name: 'd', hostDisk: { path: '/d.img', type: 'Disk', shared } }] };
  expect(judged({ guest }, V19)[0]).toBe(verdict);
});

test('a machine is connected by default where it names neither a network nor an interface', () => {
  const of = (networks: Json[], interfaces: Json[]) => judged({ guest: { networks }, devices: { interfaces } }, V19)[0];
  const lan = { name: 'lan', multus: { networkName: 'lan' } };
  expect(of([], [])).toBe('not migratable');
  expect(of([lan], [])).toBe('migratable');
  expect(of([], [{ name: 'lan', bridge: {} }])).toBe('migratable');
});

describe('the interface of the pod network', () => {
  const bridged = { interfaces: [{ name: 'default', bridge: {} }] };

  test('by bridge stands against it, unless an annotation allows it', () => {
    expect(judged({ devices: bridged }, V19)[0]).toBe('not migratable');
    const allowed = { 'kubevirt.io/allow-pod-bridge-network-live-migration': '' };
    expect(judged({ devices: bridged, annotations: allowed }, V19)[0]).toBe('migratable');
    const byType = type({ annotations: allowed });
    expect(judged({ devices: bridged, spec: ofType }, V19, byType)[0]).toBe('migratable');
    expect(judged({ devices: bridged, spec: ofType }, V19, type({ annotations: { a: '' } }))[0]).toBe('not migratable');
  });

  test('is another network, or none', () => {
    const networks = [{ name: 'lan', multus: { networkName: 'lan' } }];
    const devices = { interfaces: [{ name: 'lan', bridge: {} }] };
    expect(judged({ devices, guest: { networks } }, V19)).toEqual(['migratable']);
  });

  const unbound = { interfaces: [{ name: 'default' }] };
  test('without a binding is bound as the preference says, else by bridge', () => {
    expect(judged({ devices: unbound }, V19)[0]).toBe('not migratable');
    const masquerade = preference({ preferredInterfaceMasquerade: {} });
    expect(judged({ devices: unbound, spec: ofPreference }, V19, masquerade)[0]).toBe('migratable');
    expect(judged({ devices: unbound, spec: ofPreference }, V19, preference({}))[0]).toBe('not migratable');
    expect(judged({ devices: unbound, spec: ofPreference }, V19)).toEqual([
      'unknown',
      expect.stringContaining('it may decide how the VM is connected'),
    ]);
  });

  test('is attached by default, unless the machine or its preference keeps it away', () => {
    const none = { guest: { networks: [] }, devices: { interfaces: [] } };
    const apart = { guest: { networks: [] }, devices: { interfaces: [], autoattachPodInterface: false } };
    expect(judged(none, V19)[0]).toBe('not migratable');
    expect(judged(apart, V19)).toEqual(['migratable']);
    const away = preference({ preferredAutoattachPodInterface: false });
    expect(judged({ ...none, spec: ofPreference }, V19, away)).toEqual(['migratable']);
    expect(judged({ ...none, spec: ofPreference }, V19)[0]).toBe('unknown');
    expect(judged({ ...apart, spec: ofPreference }, V19)).toEqual(['migratable']);
  });
});
