import { Json } from '../rule';
import { StateObjects } from './context';
import { machineNames, readersOf } from './readers';

const machine = (name: string, spec: Json, namespace = 'shop'): Json => ({
  kind: 'VirtualMachine',
  metadata: { name, namespace },
  spec: { template: { spec } },
});
const volume = (source: Json): Json => ({ volumes: [{ name: 'v', ...source }] });
const state = (...vms: Json[]): StateObjects =>
  ({ all: (kind: string) => (kind === 'VirtualMachine' ? vms : []) }) as unknown as StateObjects;
const named: Json = { metadata: { name: 'login', namespace: 'shop' } };
const usesOf = (kind: string, ...vms: Json[]): string[] =>
  readersOf(kind, named, state(...vms)).map(({ vm, when, use }) => {
    return `${(vm.metadata as { name: string }).name}: ${use} ${when}`;
  });

const credential = (source: Json): Json => ({ accessCredentials: [source] });
const byAgent = { propagationMethod: { qemuGuestAgent: { users: ['fedora'] } } };
const fromSecret = { source: { secret: { secretName: 'login' } } };

describe('readersOf', () => {
  test.each<[string, Json, string]>([
    ['Secret', volume({ cloudInitNoCloud: { secretRef: { name: 'login' } } }), 'user data at the first start'],
    [
      'Secret',
      volume({ cloudInitConfigDrive: { networkDataSecretRef: { name: 'login' } } }),
      'network data at every start',
    ],
    ['Secret', volume({ secret: { secretName: 'login' } }), 'a disk at every start'],
    ['ConfigMap', volume({ configMap: { name: 'login' } }), 'a disk at every start'],
    ['ConfigMap', volume({ sysprep: { configMap: { name: 'login' } } }), 'sysprep at the first start'],
    ['Secret', credential({ userPassword: { ...fromSecret, ...byAgent } }), 'access credentials at once'],
    [
      'Secret',
      credential({ sshPublicKey: { ...fromSecret, propagationMethod: { noCloud: {} } } }),
      'access credentials at the first start',
    ],
  ])('says when a machine reads a %s of %j', (kind, spec, expected) => {
    expect(usesOf(kind, machine('web', spec))).toEqual([`web: ${expected}`]);
  });

  test('takes no Secret for the ConfigMap of its name', () => {
    const spec = { ...volume({ secret: { secretName: 'login' } }), ...credential({ sshPublicKey: fromSecret }) };
    expect(usesOf('ConfigMap', machine('web', spec))).toEqual([]);
    expect(usesOf('Secret', machine('web', spec))).toHaveLength(2);
  });

  test('looks in the namespace of the object alone, and for its name', () => {
    const reading = volume({ secret: { secretName: 'login' } });
    const other = volume({ secret: { secretName: 'logon' } });
    const credentials = credential({ userPassword: { source: { secret: { secretName: 'logon' } } } });
    expect(
      usesOf(
        'Secret',
        machine('far', reading, 'bank'),
        machine('other', { ...other, ...credentials }),
        machine('web', reading),
      ),
    ).toEqual(['web: a disk at every start']);
  });
});

describe('machineNames', () => {
  const reader = (name: string) => ({ vm: machine(name, {}), when: 'at once', use: 'a disk' }) as const;

  test('names three machines, each once, and counts the others', () => {
    expect(machineNames(['a', 'a', 'b', 'c'].map(reader))).toBe('a, b, c');
    expect(machineNames(['a', 'b', 'c', 'd', 'e'].map(reader))).toBe('a, b, c and 2 more');
  });
});
