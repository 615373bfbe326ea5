import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { generated } from '../generated';
import { applyOverrides, ClusterObjectProps } from './api-object';
import { Overrides } from './overrides';
import { failureOf, manifest, testChart, untyped } from './testing/manifests';

/** A VM with a disk, a port and an access mode, as the overrides leave it. */
function overridden(overrides: ClusterObjectProps['overrides']): Record<string, unknown> {
  const vm = new generated.kubevirt.VirtualMachine(testChart(), 'vm', {
    metadata: { name: 'web' },
    spec: {
      template: {
        spec: {
          domain: { devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] } },
          dnsConfig: { nameservers: ['192.0.2.1'] },
          volumes: [
            { name: 'root', dataVolume: { name: 'root' } },
            { name: 'data', dataVolume: { name: 'data' } },
          ],
        },
      },
    },
  });
  applyOverrides(vm, overrides);
  const { template } = manifest(vm).spec as { readonly template: { readonly spec: Record<string, unknown> } };
  return template.spec;
}

function inTemplate(spec: object): Record<string, unknown> {
  return { spec: { template: { spec } } };
}

describe('overrides', () => {
  test('merge an item of a list into the one of its name, and add one of a new name behind the others', () => {
    const volumes = [
      { name: 'extra', emptyDisk: { capacity: Size.gibibytes(1) } },
      { name: 'data', dataVolume: { hotpluggable: true } },
    ];
    expect(overridden(inTemplate({ volumes })).volumes).toEqual([
      { name: 'root', dataVolume: { name: 'root' } },
      { name: 'data', dataVolume: { name: 'data', hotpluggable: true } },
      { name: 'extra', emptyDisk: { capacity: '1Gi' } },
    ]);
  });

  test('remove a field of an item by null, and an item by its name', () => {
    const volumes = [Overrides.removeItem('data'), { name: 'root', dataVolume: null, emptyDisk: { capacity: '1Gi' } }];
    expect(overridden(inTemplate({ volumes })).volumes).toEqual([{ name: 'root', emptyDisk: { capacity: '1Gi' } }]);
  });

  test('remove the first item of a list', () => {
    expect(overridden(inTemplate({ volumes: [Overrides.removeItem('root')] })).volumes).toEqual([
      { name: 'data', dataVolume: { name: 'data' } },
    ]);
  });

  test('replace a whole list where they say so', () => {
    expect(overridden(inTemplate({ volumes: Overrides.replaceList([]) })).volumes).toEqual([]);
    const dnsConfig = { nameservers: Overrides.replaceList(['192.0.2.2']) };
    expect(overridden(inTemplate({ dnsConfig })).dnsConfig).toEqual({ nameservers: ['192.0.2.2'] });
  });

  test('write a list where the construct has none', () => {
    expect(overridden(inTemplate({ tolerations: [{ key: 'vm' }] })).tolerations).toEqual([{ key: 'vm' }]);
  });

  test('write sizes and the quantities of generated classes as text', () => {
    const quantity = generated.kubevirt.VirtualMachineSpecTemplateSpecDomainMemoryMaxGuest.fromString('4Gi');
    const memory = { guest: Size.mebibytes(2048), maxGuest: quantity };
    expect(overridden(inTemplate({ domain: { memory } }))).toMatchObject({
      domain: { memory: { guest: '2Gi', maxGuest: '4Gi' } },
    });
  });

  test('find the ports of a Service by their numbers', () => {
    const service = new k8s.KubeService(testChart(), 'service', { spec: { ports: [{ port: 22, name: 'ssh' }] } });
    applyOverrides(service, { spec: { ports: [{ port: 22, nodePort: 30022 }, { port: 80 }] } });
    expect(manifest(service).spec).toEqual({ ports: [{ port: 22, name: 'ssh', nodePort: 30022 }, { port: 80 }] });
  });

  test('may take another version of the same API group', () => {
    const migration = new generated.kubevirt.VirtualMachineInstanceMigration(testChart(), 'm', { spec: {} });
    applyOverrides(migration, { apiVersion: 'kubevirt.io/v1alpha3' });
    expect(manifest(migration).apiVersion).toBe('kubevirt.io/v1alpha3');
    expect(() => applyOverrides(migration, { apiVersion: 'v1' })).toThrow(
      `'overrides.apiVersion' must be "kubevirt.io/v1alpha3", as the construct has it, got "v1"`,
    );
  });

  test('take the name only from what the server names', () => {
    const of = (metadata: object, name: unknown) => {
      const migration = new generated.kubevirt.VirtualMachineInstanceMigration(testChart(), 'm', {
        metadata,
        spec: {},
      });
      return () => applyOverrides(migration, { metadata: { name } });
    };
    expect(of({ name: 'a', generateName: 'a-' }, null)).not.toThrow();
    expect(of({ name: 'a', generateName: 'a-' }, 'b')).toThrow(`'overrides.metadata.name' must be "a", as the`);
    expect(of({ name: 'a' }, null)).toThrow(`'overrides.metadata.name' must be "a", as the construct has it, got null`);
  });

  test('know the fields by their names on the wire, also where a list of lists holds them', () => {
    const devices = { disks: [{ name: 'root', dedicatedIOThread: true }], watchdog: { name: 'w', i6300esb: {} } };
    expect(overridden(inTemplate({ domain: { devices, ioThreadsPolicy: 'auto' } }))).toMatchObject({
      domain: { devices: { disks: [{ name: 'root', dedicatedIOThread: true }] }, ioThreadsPolicy: 'auto' },
    });
  });

  test.each<[string, object, string]>([
    ['would drop a list', { dnsConfig: { nameservers: [] } }, `dnsConfig.nameservers' must not be a plain list`],
    ['would empty a list of names', { volumes: [] }, `volumes' must not be a plain list`],
    ['do not say which item', { volumes: [{ emptyDisk: {} }] }, `volumes[0].name' must be given, got nothing`],
    [
      'say an item twice',
      {
        volumes: [
          { name: 'a', emptyDisk: { capacity: '1Gi' } },
          { name: 'a', hostDisk: { path: '/a', type: 'Disk' } },
        ],
      },
      `volumes[1].name' must name each item once, got "a"; or write Overrides.replaceList([…])`,
    ],
    [
      'remove an item that is not there',
      { volumes: [Overrides.removeItem('x')] },
      'name an item that the list has, got "x"',
    ],
    ['remove an item outside a list', { hostname: Overrides.removeItem('x') }, 'write null for a field'],
    ['misspell a field', { hostName: 'a' }, `got "hostName"; write 'hostname', or Overrides.unknownField(…)`],
    [
      'misspell a field of an item',
      { volumes: [{ name: 'root', datavolume: {} }] },
      `got "datavolume"; write 'dataVolume', or`,
    ],
    [
      'bring a field that nobody knows',
      { zzz: 'hunter2' },
      'got "zzz"; write Overrides.unknownField(…) if it is meant',
    ],
  ])('fail when they %s', (_, spec, message) => {
    const failure = failureOf(() => overridden(inTemplate(spec)));
    expect(failure).toMatch(/^\[test\] 'overrides\.spec\.template\.spec/);
    expect(failure).toContain(message);
    expect(failure).not.toContain('hunter2');
  });

  test('keep what no schema is known of', () => {
    const object = new ApiObject(testChart(), 'object', { apiVersion: 'a/v1', kind: 'Other', metadata: { name: 'a' } });
    applyOverrides(object, { zzz: { list: [1, null] } });
    expect(manifest(object).zzz).toEqual({ list: [1, null] });
  });
});

describe('Overrides', () => {
  test('fails when a list is no list, and a key is no key', () => {
    expect(failureOf(() => Overrides.replaceList(untyped('hunter2')))).toBe(
      `[Overrides.replaceList] 'items' must be a list, got "string"`,
    );
    expect(failureOf(() => Overrides.removeItem({}))).toContain("'key' must be the name of an item");
  });
});
