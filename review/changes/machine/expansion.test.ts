import { Json } from '../../rule';
import { StateObjects } from '../context';
import { expandedSpec } from './expansion';

const machine = (spec: Json, template: Json = {}): Json => ({
  kind: 'VirtualMachine',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ...spec, template: { spec: template } },
});

/** Objects by kind, namespace and name. */
const state = (objects: Record<string, Json>): StateObjects =>
  ({
    find: (...key: string[]) => {
      const spec = objects[key.join('/')];
      return spec === undefined ? undefined : { spec };
    },
  }) as unknown as StateObjects;

const TYPE = 'VirtualMachineClusterInstancetype//u1';
const typed = (type: Json, preference?: Json, template?: Json): Json => {
  const objects = { [TYPE]: type, ...(preference && { 'VirtualMachineClusterPreference//fedora': preference }) };
  const named = preference === undefined ? {} : { preference: { name: 'fedora' } };
  return expandedSpec(machine({ instancetype: { name: 'u1' }, ...named }, template), state(objects)).spec;
};
const cpuOf = (guest: number, cpu?: Json): unknown => (typed({ cpu: { guest } }, cpu && { cpu }).domain as Json).cpu;

describe('expandedSpec', () => {
  test('is the spec of a machine that names neither', () => {
    expect(expandedSpec(machine({}, { domain: {} }), state({}))).toEqual({ spec: { domain: {} }, missing: [] });
  });

  test('works the instance type in: over what the template says, without what it does not say', () => {
    const type = {
      cpu: { guest: 1, model: 'host-model', dedicatedCPUPlacement: true, maxSockets: 4 },
      memory: { guest: '2Gi', hugepages: { pageSize: '2Mi' } },
      gpus: [{ name: 'g' }],
      ioThreadsPolicy: 'auto',
      nodeSelector: { a: 'b' },
    };
    const template = { hostname: 'web', domain: { memory: { maxGuest: '8Gi' }, devices: { rng: {} } } };
    expect(typed(type, undefined, template)).toEqual({
      hostname: 'web',
      nodeSelector: { a: 'b' },
      domain: {
        cpu: {
          model: 'host-model',
          dedicatedCpuPlacement: true,
          maxSockets: 4,
          cores: 1,
          sockets: 1,
          threads: 1,
        },
        memory: { guest: '2Gi', hugepages: { pageSize: '2Mi' }, maxGuest: '8Gi' },
        devices: { rng: {}, gpus: [{ name: 'g' }] },
        ioThreadsPolicy: 'auto',
      },
    });
  });

  test('asks for less memory by an overcommit', () => {
    const memory = (overcommitPercent: unknown): unknown =>
      (typed({ memory: { guest: '1000', overcommitPercent } }).domain as Json).resources;
    expect(memory(25)).toEqual({ requests: { memory: '750' } });
    expect(memory(0)).toBeUndefined();
    expect(memory('25')).toBeUndefined();
  });

  test.each<[string, number, Json | undefined, Json]>([
    ['one processor', 1, undefined, { cores: 1, sockets: 1, threads: 1 }],
    ['without a preference', 4, undefined, { cores: 1, sockets: 4, threads: 1 }],
    ['as cores', 4, { preferredCPUTopology: 'cores' }, { cores: 4, sockets: 1, threads: 1 }],
    ['as threads', 2, { preferredCPUTopology: 'threads' }, { cores: 1, sockets: 1, threads: 2 }],
    ['spread over sockets and cores', 8, { preferredCPUTopology: 'spread' }, { cores: 2, sockets: 4, threads: 1 }],
    [
      'spread by a ratio',
      8,
      { preferredCPUTopology: 'spread', spreadOptions: { ratio: 4 } },
      { cores: 4, sockets: 2, threads: 1 },
    ],
    [
      'spread over cores and threads',
      8,
      { preferredCPUTopology: 'spread', spreadOptions: { across: 'CoresThreads', ratio: 2 } },
      { cores: 4, sockets: 1, threads: 2 },
    ],
    [
      'spread over all three',
      16,
      { preferredCPUTopology: 'spread', spreadOptions: { across: 'SocketsCoresThreads', ratio: 4 } },
      { cores: 4, sockets: 2, threads: 2 },
    ],
  ])('lays the processors out: %s', (_how, guest, preference, expected) => {
    expect(cpuOf(guest, preference)).toEqual(expected);
  });

  test('says what is named and not there, by the kind that is looked for', () => {
    const missingOf = (spec: Json): unknown => expandedSpec(machine(spec), state({})).missing;
    expect(
      missingOf({ instancetype: { name: 'u1' }, preference: { kind: 'VirtualMachinePreferences', name: 'p' } }),
    ).toEqual([
      { matcher: 'instancetype', kind: 'VirtualMachineClusterInstancetype', name: 'u1', isKind: true },
      { matcher: 'preference', kind: 'VirtualMachinePreference', name: 'p', isKind: true },
    ]);
    expect(missingOf({ instancetype: { kind: 'Flavor', name: 'u1' } })).toEqual([
      { matcher: 'instancetype', kind: 'Flavor', name: 'u1', isKind: false },
    ]);
  });

  test('finds what is not of the cluster in the namespace of the machine', () => {
    const objects = state({ 'VirtualMachineInstancetype/shop/own': { memory: { guest: '3Gi' } } });
    const own = { kind: 'VirtualMachineInstancetype', name: 'own' };
    const { spec, missing } = expandedSpec(machine({ instancetype: own }), objects);
    expect([(spec.domain as Json).memory, missing]).toEqual([{ guest: '3Gi' }, []]);
  });
});
