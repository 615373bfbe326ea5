import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { found, machine, object } from '../testing/reference-tester';
import { COLLISION_RULES } from './collisions';

const template = (name: string, spec: Json = {}) => ({ dataVolumeTemplates: [{ metadata: { name }, spec }] });
const domain = (value: Json) => ({ domain: value });
const mac = (macAddress: string) => domain({ devices: { interfaces: [{ name: 'default', macAddress }] } });
const uses = (claimName: string) => ({ volumes: [{ name: 'root', persistentVolumeClaim: { claimName } }] });
const usesDataVolume = (name: string) => ({ volumes: [{ name: 'root', dataVolume: { name } }] });
const claim = (accessModes?: string[]) => object('PersistentVolumeClaim', 'x', { spec: { accessModes } });
const config = (data: Json, file?: string) => object('ConfigMap', 'c', { data }, file);

interface Row {
  readonly rule: string;
  readonly title: string;
  readonly takes: readonly Reviewed[];
  readonly refuses: readonly Reviewed[];
  readonly field: string;
  readonly says: string;
}

const pool = (replicas: number): Reviewed => {
  const made = object('VirtualMachinePool', 'p', {
    spec: { replicas, virtualMachineTemplate: { spec: { ...template('x'), template: { spec: {} } } } },
  });
  return { ...made, object: { ...made.object, apiVersion: 'pool.kubevirt.io/v1beta1' } };
};

test.each([
  [1, 'x-0', 1],
  [1, 'x-1', 0],
  [2, 'x-0', 1],
  [2, 'x-1', 1],
  [2, 'x-2', 0],
  [3, 'x-2', 1],
])('a pool of %d that makes DataVolumes collides with %s: %d', (replicas, name, count) => {
  const objects = [pool(replicas), object('DataVolume', name)];
  expect(found(COLLISION_RULES, 'data-volume-template-or-standalone', objects)).toHaveLength(count);
});

const rows: Row[] = [
  {
    rule: 'object-once',
    title: 'an object stands in one file with two contents',
    takes: [config({ a: '1' }), config({ a: '1' }), config({ a: '2' }, 'b.yaml')],
    refuses: [config({ a: '1' }), config({ a: '2' })],
    field: 'metadata.name',
    says: 'got ConfigMap n/c with two contents',
  },
  {
    rule: 'data-volume-template-or-standalone',
    title: 'a DataVolume is a template too',
    takes: [machine('a', {}, template('x')), object('DataVolume', 'x', { namespace: 'other' })],
    refuses: [machine('a', {}, template('x')), object('DataVolume', 'x')],
    field: 'spec.dataVolumeTemplates[0].metadata.name',
    says: 'got "x" of both',
  },
  {
    rule: 'data-volume-template-of-one-machine',
    title: 'two machines have a template of one name',
    takes: [
      machine('a', {}, template('x')),
      machine('a', {}, template('x'), 'b.yaml'),
      machine('b', {}, template('y')),
    ],
    refuses: [machine('a', {}, template('x')), machine('b', {}, template('x'))],
    field: 'spec.dataVolumeTemplates[0].metadata.name',
    says: 'got "x" of VirtualMachine n/a',
  },
  {
    rule: 'firmware-uuid-of-one-machine',
    title: 'two machines have one UUID',
    takes: [machine('a', domain({ firmware: { uuid: 'a1' } })), machine('b'), machine('c')],
    refuses: [machine('a', domain({ firmware: { uuid: 'a1' } })), machine('b', domain({ firmware: { uuid: 'A1' } }))],
    field: 'spec.template.spec.domain.firmware.uuid',
    says: 'got "A1" of VirtualMachine n/a',
  },
  {
    rule: 'firmware-serial-of-one-machine',
    title: 'two machines have one serial',
    takes: [machine('a', domain({ firmware: { serial: 's' } })), machine('b', domain({ firmware: { serial: 't' } }))],
    refuses: [machine('a', domain({ firmware: { serial: 's' } })), machine('b', domain({ firmware: { serial: 's' } }))],
    field: 'spec.template.spec.domain.firmware.serial',
    says: 'got "s" of VirtualMachine n/a',
  },
  {
    rule: 'mac-address-of-one-machine',
    title: 'two machines have one MAC address',
    takes: [machine('a', mac('02:00:00:00:00:01')), machine('b', mac('02:00:00:00:00:02'))],
    refuses: [machine('a', mac('02:00:00:00:00:0a')), machine('b', mac('02-00-00-00-00-0A'))],
    field: 'spec.template.spec.domain.devices.interfaces[0].macAddress',
    says: 'got "02-00-00-00-00-0A" of VirtualMachine n/a',
  },
  {
    rule: 'disk-of-one-machine',
    title: 'two machines have a ReadWriteOnce claim',
    takes: [claim(['ReadWriteOnce', 'ReadWriteMany']), machine('a', uses('x')), machine('b', uses('x'))],
    refuses: [claim(['ReadWriteOnce']), machine('a', uses('x')), machine('b', usesDataVolume('x'))],
    field: 'spec.template.spec.volumes[0].dataVolume.name',
    says: 'got "x" of VirtualMachine n/a',
  },
  {
    rule: 'disk-of-one-machine',
    title: 'two machines have the disk of a template',
    takes: [claim(), machine('a', uses('x')), machine('b', uses('x'))],
    refuses: [
      machine('a', usesDataVolume('x'), template('x', { storage: { accessModes: ['ReadWriteOncePod'] } })),
      machine('b', uses('x')),
    ],
    field: 'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
    says: 'a ReadWriteOnce disk that no other machine has',
  },
];

describe('what stands twice', () => {
  test('has a row for every rule', () => {
    expect([...new Set(rows.map(({ rule }) => rule))].sort()).toEqual(COLLISION_RULES.map(({ id }) => id).sort());
  });

  test.each(rows)('$rule takes what is right', ({ rule, takes }) => {
    expect(found(COLLISION_RULES, rule, takes)).toEqual([]);
  });

  test.each(rows)('$rule fails when $title', ({ rule, refuses, field, says }) => {
    const findings = found(COLLISION_RULES, rule, refuses);
    expect(findings.map((finding) => finding.field)).toEqual([field]);
    expect(findings[0]?.message).toContain(says);
  });
});
