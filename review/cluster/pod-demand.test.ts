import type { Json } from '../rule';
import { machineOf } from './machine';
import { podDemand, UNLIMITED } from './pod-demand';
import { ClusterSettings } from './settings';

const GIB = 2 ** 30;

/** What the pod of a guest asks for, where an instance type says the rest. */
function demand(domain: Json, type?: Json, developerConfiguration: Json = {}, limited = UNLIMITED) {
  const settings = new ClusterSettings({ configuration: { developerConfiguration } });
  const instancetype = type === undefined ? undefined : { name: 'u1' };
  const object = {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'web', namespace: 'n' },
    spec: { instancetype, template: { spec: { domain } } },
  };
  const machine = machineOf({ object, origin: {} })!;
  return podDemand(machine, { settings, object: () => type && { spec: type } }, limited);
}

describe('the pod of a machine', () => {
  const TYPE = { cpu: { guest: 2 }, memory: { guest: '4Gi' } };

  test('asks for the memory of its guest, and for a tenth of its processors', () => {
    const asked = { 'requests.memory': 4 * GIB, 'requests.cpu': 0.2, 'limits.memory': undefined };
    expect(demand({ memory: { guest: '4Gi' }, cpu: { cores: 2 } })).toMatchObject(asked);
    expect(demand({}, TYPE)).toMatchObject(asked);
  });

  test.each<[string, Json, Json | undefined, Json]>([
    ['overcommits it', {}, { ...TYPE, memory: { guest: '4Gi', overcommitPercent: 50 } }, {}],
    ['is of a cluster that overcommits it', { memory: { guest: '4Gi' } }, undefined, { memoryOvercommit: 150 }],
    [
      'overcommits it, as its cluster does',
      {},
      { ...TYPE, memory: { guest: '4Gi', overcommitPercent: 50 } },
      { memoryOvercommit: 150 },
    ],
    ['takes huge pages', { memory: { guest: '4Gi', hugepages: { pageSize: '2Mi' } } }, undefined, {}],
    ['takes huge pages by its type', {}, { ...TYPE, memory: { guest: '4Gi', hugepages: { pageSize: '2Mi' } } }, {}],
  ])('asks for an amount of memory that is not known where its machine %s', (_, domain, type, configuration) => {
    expect(demand(domain, type, configuration)['requests.memory']).toBeUndefined();
  });

  test('asks for all of it where the cluster overcommits nothing', () => {
    expect(demand({ memory: { guest: '4Gi' } }, undefined, { memoryOvercommit: 100 })['requests.memory']).toBe(4 * GIB);
  });

  test('has limits where a quota counts them', () => {
    const limited = { counted: new Set(['limits.memory', 'limits.cpu']), ratio: 2 };
    expect(demand({ memory: { guest: '4Gi' }, cpu: { cores: 2 } }, undefined, {}, limited)).toEqual({
      'requests.cpu': 0.2,
      'requests.memory': 4 * GIB,
      'limits.cpu': 2,
      'limits.memory': 8 * GIB,
    });
    const one = { counted: new Set(['limits.cpu']), ratio: 2 };
    expect(demand({ memory: { guest: '4Gi' } }, undefined, {}, one)['limits.memory']).toBeUndefined();
  });

  test.each<[string, Json, Json | undefined]>([
    ['by its own spec', { memory: { guest: '4Gi' }, cpu: { cores: 2, dedicatedCpuPlacement: true } }, undefined],
    ['by its type', {}, { ...TYPE, cpu: { guest: 2, dedicatedCPUPlacement: true } }],
  ])('that is pinned %s is limited to what it asks for', (_, domain, type) => {
    expect(demand(domain, type)).toEqual({
      'requests.cpu': 2,
      'requests.memory': 4 * GIB,
      'limits.cpu': 2,
      'limits.memory': 4 * GIB,
    });
  });

  test('asks for what is stated', () => {
    const resources = { requests: { memory: '2Gi', cpu: '500m' }, limits: { memory: '3Gi', cpu: '2' } };
    expect(demand({ memory: { guest: '4Gi' }, resources })).toEqual({
      'requests.cpu': 0.5,
      'requests.memory': 2 * GIB,
      'limits.cpu': 2,
      'limits.memory': 3 * GIB,
    });
    const { limits } = resources;
    expect(demand({ memory: { guest: '4Gi' }, resources: { limits } })).toMatchObject({
      'requests.cpu': 2,
      'requests.memory': 3 * GIB,
    });
  });
});
