import { clusterConfig } from '../cluster/config';
import { objectAt } from '../manifests/json';
import { Json } from '../rule';
import { prepare } from './webhook-defaults';

const CONFIG = clusterConfig();

function vm(domain: Json, spec: Json = {}): Json {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'a' },
    spec: { template: { spec: { domain: { devices: {}, ...domain }, ...spec } } },
  };
}

function defaulted(object: Json, config = CONFIG): Json {
  return objectAt(prepare(object, config).defaulted, 'spec', 'template', 'spec')!;
}

describe('prepare', () => {
  test('leaves other kinds as they are stored', () => {
    const raw = { apiVersion: 'v1', kind: 'Secret', x: 1 };
    const stored = { apiVersion: 'v1', kind: 'Secret' };
    expect(prepare(raw, CONFIG, { stored, old: raw })).toEqual({
      raw,
      object: stored,
      defaulted: stored,
      old: raw,
      config: CONFIG,
    });
  });

  test('stores the architecture, the machine type, and the kinds of instance type and preference', () => {
    const raw = vm({});
    const spec = { ...objectAt(raw, 'spec'), instancetype: { name: 'u1' }, preference: { name: 'p', kind: 'P' } };
    expect(prepare({ ...raw, spec }, CONFIG).object.spec).toEqual({
      template: { spec: { domain: { devices: {}, machine: { type: 'q35' } }, architecture: 'amd64' } },
      instancetype: { name: 'u1', kind: 'VirtualMachineClusterInstancetype' },
      preference: { name: 'p', kind: 'P' },
    });
    expect(raw).toEqual(vm({}));
  });

  test('stores no kind of an instance type without a name, nor one that is not there', () => {
    const raw = vm({});
    const spec = { ...objectAt(raw, 'spec'), instancetype: { inferFromVolume: 'root' } };
    expect(prepare({ ...raw, spec }, CONFIG).object.spec).toEqual({
      template: { spec: { domain: { devices: {}, machine: { type: 'q35' } }, architecture: 'amd64' } },
      instancetype: { inferFromVolume: 'root' },
    });
  });

  test.each([
    ['arm64', 'virt'],
    ['s390x', 's390-ccw-virtio'],
    ['ppc64le', 'pseries'],
  ])('gives %s the machine type %s', (architecture, type) => {
    expect(defaulted(vm({}, { architecture }))).toMatchObject({ domain: { machine: { type } } });
  });

  test.each([
    [{ memory: { guest: '2Gi' } }, { requests: { memory: '2Gi' } }, '2Gi'],
    [{ memory: { guest: '0' } }, undefined, '0'],
    [{ memory: { hugepages: { pageSize: '2Mi' } } }, { requests: { memory: '2Mi' } }, '2Mi'],
    [{ resources: { limits: { memory: '3Gi' } } }, { limits: { memory: '3Gi' }, requests: { memory: '3Gi' } }, '3Gi'],
    [{ resources: { requests: { memory: '1Gi' } } }, { requests: { memory: '1Gi' } }, '1Gi'],
    [
      { memory: { guest: '4Gi' }, resources: { limits: { memory: '3Gi' } } },
      { limits: { memory: '3Gi' }, requests: { memory: '3Gi' } },
      '4Gi',
    ],
  ])('completes memory and requests of %j', (domain, resources, guest) => {
    const { domain: found } = defaulted(vm(domain)) as { domain: { resources?: Json; memory?: Json } };
    expect(found.resources).toEqual(resources);
    expect(found.memory?.guest).toBe(guest);
  });

  test.each([
    ['v1.5.3', { requests: { memory: String(2 ** 30) } }],
    ['v1.6.2', { requests: { memory: '2Gi' } }],
    ['v1.7.4', undefined],
    ['v1.9.0', undefined],
  ])('asks for the memory of the guest as %s does where the cluster overcommits', (release, resources) => {
    const configuration = { developerConfiguration: { memoryOvercommit: 200 } };
    const spec = defaulted(vm({ memory: { guest: '2Gi' } }), { ...clusterConfig({ configuration }), release });
    expect(objectAt(spec, 'domain')!.resources).toEqual(resources);
  });

  test.each([
    [{}, { cores: 1, threads: 1, sockets: 1 }],
    [{ cpu: { cores: 2 } }, { cores: 2 }],
    [{ cpu: { model: 'host-model', sockets: 0 } }, { model: 'host-model', cores: 1, threads: 1, sockets: 1 }],
    [{ resources: { requests: { cpu: '1500m' } } }, { cores: 1, threads: 1, sockets: 2 }],
    [{ resources: { limits: { cpu: 3 }, requests: { cpu: '1' } } }, { cores: 1, threads: 1, sockets: 3 }],
  ])('completes the topology of %j', (domain, cpu) => {
    expect(defaulted(vm(domain))).toMatchObject({ domain: { cpu } });
  });

  test('gives a disk to each volume that none names', () => {
    const devices = { disks: [{ name: 'a', disk: {} }], filesystems: [{ name: 'b' }] };
    const volumes = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    expect(defaulted(vm({ devices }, { volumes }))).toMatchObject({
      domain: { devices: { disks: [{ name: 'a', disk: {} }, { name: 'c' }] } },
    });
  });

  test('connects a VM without networks to the pod network, unless it says no', () => {
    const pod = { networks: [{ name: 'default', pod: {} }] };
    expect(defaulted(vm({}))).toMatchObject({
      ...pod,
      domain: { devices: { interfaces: [{ name: 'default', bridge: {} }] } },
    });
    const configuration = { network: { defaultNetworkInterface: 'masquerade' } };
    expect(defaulted(vm({}), clusterConfig({ configuration }))).toMatchObject({
      domain: { devices: { interfaces: [{ name: 'default', masquerade: {} }] } },
    });
    expect(defaulted(vm({ devices: { autoattachPodInterface: false } })).networks).toBeUndefined();
    expect(defaulted(vm({}, { networks: [{ name: 'a' }] })).networks).toEqual([{ name: 'a' }]);
  });

  test('takes the eviction strategy of the cluster where a VM has none', () => {
    const config = clusterConfig({ configuration: { evictionStrategy: 'LiveMigrate' } });
    expect(defaulted(vm({}), config).evictionStrategy).toBe('LiveMigrate');
    expect(defaulted(vm({}, { evictionStrategy: 'None' }), config).evictionStrategy).toBe('None');
    expect('evictionStrategy' in defaulted(vm({}))).toBe(false);
  });

  test('leaves a VM without a domain to the schema', () => {
    const raw = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', spec: {} };
    expect(prepare(raw, CONFIG).defaulted).toBe(raw);
  });
});
