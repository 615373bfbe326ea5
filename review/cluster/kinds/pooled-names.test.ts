import type { Json } from '../../rule';
import { kindNamed } from '.';

const BOTH = { appendIndexToSecretRefs: true, appendIndexToConfigMapRefs: true };
const volumes = [
  { name: 'token', secret: { secretName: 'token' } },
  { name: 'seed', cloudInitNoCloud: { secretRef: { name: 'seed' }, networkDataSecretRef: { name: 'net' } } },
  { name: 'settings', configMap: { name: 'settings' } },
  { name: 'answers', sysprep: { secret: { name: 'answers' } } },
];
const accessCredentials = [{ sshPublicKey: { source: { secret: { secretName: 'keys' } } } }];

function namesOf(nameGeneration: Json, release?: string, replicas: unknown = 2, own: Json[] = volumes): string[] {
  const template = { spec: { volumes: own, accessCredentials: own === volumes ? accessCredentials : [] } };
  const names: string[] = [];
  kindNamed('VirtualMachinePool')?.names?.(
    {
      apiVersion: 'pool.kubevirt.io/v1beta1',
      kind: 'VirtualMachinePool',
      spec: { replicas, nameGeneration, virtualMachineTemplate: { spec: { template } } },
    },
    (kind, name) => {
      if (typeof name === 'string') names.push(`${kind} ${name}`);
    },
    release,
  );
  return names;
}

describe('the names in a pool', () => {
  test('have no number where nothing is named', () => {
    const unnamed = (secretName: unknown) => [{ name: 'token', secret: { secretName } }];
    expect(namesOf(BOTH, 'v1.9.0', 2, unnamed('a'))).toEqual(['Secret a-0', 'Secret a-1']);
    expect(namesOf(BOTH, 'v1.9.0', 2, unnamed(''))).toEqual(['Secret ']);
    expect(namesOf(BOTH, 'v1.9.0', 2, unnamed(5))).toEqual([]);
  });

  test('are those of the template, where no number is asked for', () => {
    expect(namesOf({ appendIndexToSecretRefs: false }, 'v1.9.0')).toEqual([
      'Secret token',
      'Secret seed',
      'Secret net',
      'ConfigMap settings',
      'Secret answers',
      'Secret keys',
    ]);
  });

  test('get the number of each machine; those of Sysprep and of access credentials do not', () => {
    expect(namesOf(BOTH, 'v1.8.4')).toEqual([
      'Secret token-0',
      'Secret token-1',
      'Secret seed-0',
      'Secret seed-1',
      'Secret net-0',
      'Secret net-1',
      'ConfigMap settings-0',
      'ConfigMap settings-1',
      'Secret answers',
      'Secret keys',
    ]);
  });

  test('of cloud-init stay up to v1.7.4', () => {
    expect(namesOf({ appendIndexToSecretRefs: true }, 'v1.7.4')).toEqual([
      'Secret token-0',
      'Secret token-1',
      'Secret seed',
      'Secret net',
      'ConfigMap settings',
      'Secret answers',
      'Secret keys',
    ]);
  });

  test('are asked of a hundred machines at most, and of none of a pool without machines', () => {
    expect(namesOf(BOTH, undefined, 5000)).toHaveLength(4 * 100 + 2);
    expect(namesOf(BOTH, undefined, 0)).toEqual(['Secret answers', 'Secret keys']);
  });
});
