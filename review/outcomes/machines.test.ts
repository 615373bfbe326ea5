import { Json } from '../rule';
import { found, machine, object } from '../testing/reference-tester';
import { MACHINE_RULES } from './machines';

const CLAIM = { persistentVolumeClaim: { claimName: 'data' } };
const claim = (more: Json = {}, spec: Json = {}) =>
  object('PersistentVolumeClaim', 'data', { spec: { accessModes: ['ReadWriteOnce'], ...spec }, ...more });

function set(kind: string, replicas: number, spec: Json = {}, more: Json = {}) {
  const template = { spec: { volumes: [{ name: 'd', ...CLAIM }], ...spec } };
  const whole =
    kind === 'VirtualMachinePool' ? { virtualMachineTemplate: { spec: { template, ...more } } } : { template };
  const apiVersion = kind === 'VirtualMachinePool' ? 'pool.kubevirt.io/v1beta1' : 'kubevirt.io/v1';
  const { object: made, origin } = object(kind, 'set', { spec: { replicas, ...whole } });
  return { object: { ...made, apiVersion }, origin };
}

describe('replicas-share-claim', () => {
  const of = (...objects: Parameters<typeof found>[2][number][]) =>
    found(MACHINE_RULES, 'replicas-share-claim', objects);

  test.each([
    ['VirtualMachinePool', 'spec.virtualMachineTemplate.spec.template.spec'],
    ['VirtualMachineInstanceReplicaSet', 'spec.template.spec'],
  ])('finds the claim that all machines of a %s name', (kind, path) => {
    expect(of(set(kind, 2), claim())).toMatchObject([
      { field: `${path}.volumes[0].persistentVolumeClaim.claimName`, name: 'set' },
    ]);
    expect(of(set(kind, 1), claim())).toEqual([]);
    expect(of(set(kind, 0), claim())).toEqual([]);
  });

  test('takes a disk of its own for each machine, and one that nobody writes to', () => {
    const templates = { dataVolumeTemplates: [{ metadata: { name: 'data' }, spec: { storage: {} } }] };
    expect(of(set('VirtualMachinePool', 3, {}, templates))).toEqual([]);
    const readOnly = { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data', readOnly: true } }] };
    expect(of(set('VirtualMachinePool', 3, readOnly), claim())).toEqual([]);
    const disk = (one: Json) => ({ domain: { devices: { disks: [{ name: 'd', ...one }] } } });
    expect(of(set('VirtualMachinePool', 3, disk({ cdrom: {} })), claim())).toEqual([]);
    expect(of(set('VirtualMachinePool', 3, disk({ disk: {}, shareable: true })), claim())).toEqual([]);
  });
});

describe('machine-claim-once', () => {
  test('takes a claim as a disk and as a CD', () => {
    const volumes = [
      { name: 'a', ...CLAIM },
      { name: 'b', ...CLAIM },
    ];
    const twice = (disks: Json[]) =>
      found(MACHINE_RULES, 'machine-claim-once', [machine('m', { volumes, domain: { devices: { disks } } })]);
    expect(
      twice([
        { name: 'a', disk: {} },
        { name: 'b', disk: {} },
      ]),
    ).toHaveLength(1);
    expect(
      twice([
        { name: 'a', disk: {} },
        { name: 'b', cdrom: {} },
      ]),
    ).toEqual([]);
    const shareable = { disk: {}, shareable: true };
    expect(
      twice([
        { name: 'a', ...shareable },
        { name: 'b', ...shareable },
      ]),
    ).toEqual([]);
    expect(
      twice([
        { name: 'a', ...shareable },
        { name: 'b', disk: {} },
      ]),
    ).toHaveLength(1);
    expect(
      twice([
        { name: 'a', disk: {} },
        { name: 'b', ...shareable },
      ]),
    ).toHaveLength(1);
  });
});

describe('machine-memory-limit', () => {
  const limited = (guest: string, limit: string) =>
    machine('m', { domain: { memory: { guest }, resources: { limits: { memory: limit } } } });
  const of = (...objects: Parameters<typeof found>[2][number][]) =>
    found(MACHINE_RULES, 'machine-memory-limit', objects);

  test('takes a limit of the size of the guest', () => {
    expect(of(limited('4Gi', '4Gi'))).toEqual([]);
    expect(of(limited('4097Mi', '4Gi'))).toHaveLength(1);
  });

  test('leaves it to the webhook where changes are staged', () => {
    const kubevirt = object('KubeVirt', 'kv', { spec: { configuration: { vmRolloutStrategy: 'Stage' } } });
    expect(of(limited('8Gi', '4Gi'), kubevirt)).toEqual([]);
  });
});
