import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { found, machine, object } from '../testing/reference-tester';
import { PREFERENCE_FIT_RULES } from './preferences';

const NAMED = { preference: { name: 'p1' } };
const TYPED = { ...NAMED, instancetype: { name: 'u1' } };

function ofGroup(kind: string, name: string, spec: Json): Reviewed {
  const made = object(kind, name, { spec });
  return { ...made, object: { ...made.object, apiVersion: 'instancetype.kubevirt.io/v1beta1' } };
}

const preference = (spec: Json) => ofGroup('VirtualMachineClusterPreference', 'p1', spec);
const type = (guest: number, memory = '2Gi') =>
  ofGroup('VirtualMachineClusterInstancetype', 'u1', { cpu: { guest }, memory: { guest: memory } });

function fields(rule: string, ...objects: readonly Reviewed[]): string[] {
  return found(PREFERENCE_FIT_RULES, rule, objects).map(({ field }) => field);
}

describe('preference-spread-divides', () => {
  const spread = (spreadOptions: Json = {}, more: Json = {}) =>
    preference({ cpu: { preferredCPUTopology: 'spread', spreadOptions }, ...more });
  const check = (guest: number, of: Reviewed) =>
    fields('preference-spread-divides', machine('m', {}, TYPED), type(guest), of);

  test.each([
    ['2 by default', 4, spread()],
    ['its ratio', 6, spread({ ratio: 3 })],
    ['the older ratio', 6, spread({}, { preferSpreadSocketToCoreRatio: 3 })],
    ['threads, too', 6, spread({ across: 'SocketsCoresThreads', ratio: 3 })],
    ['2 across cores and threads', 2, spread({ across: 'CoresThreads' })],
    ['nothing where it is not spread', 3, preference({ cpu: { preferredCPUTopology: 'cores' } })],
    ['nothing of a ratio that the schema refuses', 3, spread({ ratio: 0 })],
  ])('divides by %s', (_title, guest, of) => expect(check(guest, of)).toEqual([]));

  test.each([
    ['2 by default', 3, spread()],
    ['the deprecated name', 3, preference({ cpu: { preferredCPUTopology: 'preferSpread' } })],
    ['its ratio, before the older', 4, spread({ ratio: 3 }, { preferSpreadSocketToCoreRatio: 2 })],
    ['the older ratio', 4, spread({}, { preferSpreadSocketToCoreRatio: 3 })],
    ['threads, too', 3, spread({ across: 'SocketsCoresThreads', ratio: 3 })],
  ])('fails by %s', (_title, guest, of) => expect(check(guest, of)).toEqual(['instancetype.spec.cpu.guest']));

  test('says nothing of a machine whose instance type is not among the manifests', () => {
    expect(fields('preference-spread-divides', machine('m', {}, TYPED), spread())).toEqual([]);
    expect(fields('preference-spread-divides', machine('m', {}, NAMED), spread())).toEqual([]);
  });
});

describe('preference-cpu-required', () => {
  const RULE = 'preference-cpu-required';
  const CPU = 'spec.template.spec.domain.cpu';
  const requires = (cpu: Json = {}) => preference({ cpu, requirements: { cpu: { guest: 4 } } });
  const of = (topology: string, spreadOptions: Json = {}) =>
    requires({ preferredCPUTopology: topology, spreadOptions });
  const check = (domain: Json, by: Reviewed, ...more: readonly Reviewed[]) =>
    fields(RULE, machine('m', { domain }, NAMED), by, ...more);

  test.each([
    ['sockets', { cpu: { sockets: 4 } }, requires()],
    ['a request', { resources: { requests: { cpu: '3500m' } } }, requires()],
    ['a limit before a request', { resources: { limits: { cpu: 4 }, requests: { cpu: 1 } } }, requires()],
    ['cores', { cpu: { cores: 4 } }, of('cores')],
    ['threads', { cpu: { threads: 4 } }, of('preferThreads')],
    ['all of them', { cpu: { sockets: 2, cores: 2, threads: 1 } }, of('any')],
    ['sockets and cores', { cpu: { sockets: 2, cores: 2 } }, of('spread')],
    ['cores and threads', { cpu: { threads: 2, cores: 2 } }, of('spread', { across: 'CoresThreads' })],
  ])('takes %s', (_title, domain, by) => expect(check(domain, by)).toEqual([]));

  test.each([
    ['sockets', {}, requires()],
    ['sockets', { cpu: { cores: 4 } }, requires()],
    ['sockets', { resources: { limits: { cpu: 1 }, requests: { cpu: 4 } } }, requires()],
    ['cores', { cpu: { sockets: 4 } }, of('preferCores')],
    ['sockets', { cpu: { sockets: 2, cores: 2 } }, of('any')],
    ['cores', { cpu: { sockets: 2, cores: 2 } }, of('spread', { across: 'CoresThreads' })],
  ])('fails at %s', (part, domain, by) => expect(check(domain, by)).toEqual([`${CPU}.${part}`]));

  test('takes what the cluster asks for', () => {
    const cluster = object('KubeVirt', 'kubevirt', { spec: { configuration: { cpuRequest: '4' } } });
    const kubevirt = { ...cluster, object: { ...cluster.object, apiVersion: 'kubevirt.io/v1' } };
    expect(check({}, requires(), kubevirt)).toEqual([]);
  });

  test('asks the instance type, where there is one', () => {
    const typed = machine('m', {}, TYPED);
    expect(fields(RULE, typed, requires(), type(4))).toEqual([]);
    expect(fields(RULE, typed, requires(), type(3))).toEqual(['spec.instancetype']);
    expect(fields(RULE, typed, requires())).toEqual([]);
  });
});

describe('preference-memory-required', () => {
  const RULE = 'preference-memory-required';
  const requires = preference({ requirements: { memory: { guest: '4Gi' } } });
  const check = (domain: Json) => fields(RULE, machine('m', { domain }, NAMED), requires);

  test.each([
    ['a guest', { memory: { guest: '4Gi' } }],
    ['a request', { resources: { requests: { memory: '4Gi' }, limits: { memory: '1Gi' } } }],
    ['a limit', { resources: { limits: { memory: '4Gi' } } }],
    ['no memory that it knows', {}],
    ['what is no quantity', { memory: { guest: 'much' } }],
  ])('takes %s', (_title, domain) => expect(check(domain)).toEqual([]));

  test.each([
    ['a guest', { memory: { guest: '2Gi' } }],
    ['a request', { resources: { requests: { memory: '2Gi' } } }],
    ['a page', { memory: { hugepages: { pageSize: '2Mi' } } }],
  ])('fails of %s', (_title, domain) => expect(check(domain)).toEqual(['spec.template.spec.domain.memory']));

  test('asks the instance type, where there is one', () => {
    const typed = machine('m', {}, TYPED);
    expect(found(PREFERENCE_FIT_RULES, RULE, [typed, requires, type(1)])).toMatchObject([
      {
        field: 'spec.instancetype',
        message: `'memory.guest' of the instance type must be at least "4Gi", got "2Gi"`,
      },
    ]);
    expect(fields(RULE, typed, requires, type(1, '4Gi'))).toEqual([]);
  });
});

test.each([
  [undefined, 0],
  [null, 0],
  [4, 1],
])('a preference that requires %j processors is kept, or not', (guest, count) => {
  const rules = PREFERENCE_FIT_RULES.map(({ id }) => id);
  const of = preference({ requirements: { cpu: { guest } } });
  const said = rules.flatMap((rule) => fields(rule, machine('m', {}, TYPED), type(2), of));
  expect(said).toHaveLength(count);
});

test.each<[Json, number]>([
  [{ memory: { guest: '4Gi' } }, 0],
  [{ memory: { guest: '3Gi' } }, 1],
  [{ resources: { requests: { memory: '4Gi' } } }, 0],
  [{ resources: { requests: { memory: '3Gi' }, limits: { memory: '4Gi' } } }, 1],
  [{ resources: { limits: { memory: '4Gi' } } }, 0],
  [{ resources: { limits: { memory: '3Gi' } } }, 1],
  [{ resources: { requests: { memory: 0 }, limits: { memory: '4Gi' } } }, 0],
  [{ memory: { hugepages: { pageSize: '4Gi' } } }, 0],
  [{ memory: { guest: 'x' } }, 0],
])('a preference that requires 4Gi is not kept by %j: %d', (domain, count) => {
  const of = preference({ requirements: { memory: { guest: '4Gi' } } });
  const rules = PREFERENCE_FIT_RULES.map(({ id }) => id);
  expect(rules.flatMap((rule) => fields(rule, machine('m', { domain }, NAMED), of))).toHaveLength(count);
});
