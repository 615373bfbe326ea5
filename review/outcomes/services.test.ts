import { Json } from '../rule';
import { found, machine, object } from '../testing/reference-tester';
import { SERVICE_RULES } from './services';

const RULE = 'service-selects-machine';
const service = (name: string, more: Json = {}) =>
  object('Service', 'ssh', { spec: { selector: { 'vm.kubevirt.io/name': name } }, ...more });
const of = (...objects: Parameters<typeof found>[2]) => found(SERVICE_RULES, RULE, objects);
const FIELD = 'spec.selector["vm.kubevirt.io/name"]';

describe(RULE, () => {
  test.each([
    ['has a hostname', machine('web', { hostname: 'www' }), 'web', 'www'],
    ['has a dot in its name', machine('web.shop', {}), 'web.shop', 'web'],
  ])('warns where the machine %s', (_title, vm, name, label) => {
    expect(of(vm, service(name))).toEqual([
      {
        name: 'ssh',
        field: FIELD,
        message: `'vm.kubevirt.io/name' must be "${label}", as the pod of VirtualMachine n/${name} is labelled (its hostname), got "${name}"; the Service selects no pod`,
      },
    ]);
  });

  test.each<[title: string, objects: Parameters<typeof found>[2]]>([
    ['the hostname is selected', [machine('web', { hostname: 'www' }), service('www')]],
    ['the machine has no hostname', [machine('web'), service('web')]],
    ['the machine is of another namespace', [machine('web', { hostname: 'www' }), service('web', { namespace: 'o' })]],
    [
      'another machine has that hostname',
      [machine('web', { hostname: 'www' }), machine('b', { hostname: 'web' }), service('web')],
    ],
    [
      'an earlier step has no hostname',
      [machine('web'), machine('web', { hostname: 'www' }, {}, 'b.yaml'), service('web')],
    ],
  ])('says nothing where %s', (_title, objects) => {
    expect(of(...objects)).toEqual([]);
  });

  test('says nothing where something else may label a machine, or be selected', () => {
    const vm = machine('web', { hostname: 'www' });
    const root = (isOpen: boolean) => ({ name: 'app', kind: 'kustomization' as const, isOpen });
    expect(of(vm, { ...service('web'), root: root(false) })).toHaveLength(1);
    expect(of(vm, { ...service('web'), root: root(true) })).toEqual([]);
    expect(of({ ...vm, isChanged: true }, service('web'))).toEqual([]);
  });

  test('cuts a name as a DNS label is cut', () => {
    const long = 'a'.repeat(64);
    const label = 'a'.repeat(63);
    expect(of(machine(long), service(label))).toEqual([]);
    expect(of(machine(long), service(long)).map(({ field }) => field)).toEqual([FIELD]);
  });
});
