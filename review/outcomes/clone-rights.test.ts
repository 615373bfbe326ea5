import { Json } from '../rule';
import { found, object } from '../testing/reference-tester';
import { CLONE_RIGHT_RULES } from './clone-rights';

const RBAC = 'rbac.authorization.k8s.io/v1';

function rbac(kind: string, name: string, namespace: string, more: Json) {
  const made = object(kind, name, { namespace, ...more });
  return { ...made, object: { ...made.object, apiVersion: RBAC } };
}

const role = rbac('ClusterRole', 'cloner', '', {
  rules: [{ apiGroups: ['cdi.kubevirt.io'], resources: ['datavolumes/source'], verbs: ['create'] }],
});
const bound = (subject: Json, namespace = 'images', name = 'cloner', kind = 'RoleBinding') =>
  rbac(kind, 'b', namespace, { subjects: [subject], roleRef: { kind: 'ClusterRole', name } });
const vm = (volumes: Json[] = []) =>
  object('VirtualMachine', 'web', {
    spec: {
      dataVolumeTemplates: [
        { metadata: { name: 'boot' }, spec: { source: { pvc: { name: 'golden', namespace: 'images' } }, storage: {} } },
      ],
      template: { spec: { volumes } },
    },
  });
const of = (...objects: Parameters<typeof found>[2][number][]) => found(CLONE_RIGHT_RULES, 'clone-right', objects);

describe('clone-right', () => {
  test('is missing where a binding gives it to others alone', () => {
    expect(of(vm(), role, bound({ kind: 'Group', name: 'team' }))).toMatchObject([
      { field: 'spec.dataVolumeTemplates[0].spec.source' },
    ]);
  });

  test.each<[string, Json]>([
    ['the ServiceAccount', { kind: 'ServiceAccount', name: 'default', namespace: 'n' }],
    ['the ServiceAccount as a user', { kind: 'User', name: 'system:serviceaccount:n:default' }],
    ['all of the namespace', { kind: 'Group', name: 'system:serviceaccounts:n' }],
    ['all of the cluster', { kind: 'Group', name: 'system:serviceaccounts' }],
  ])('is there where %s has it', (_title, subject) => {
    expect(of(vm(), role, bound(subject))).toEqual([]);
    expect(of(vm(), role, bound(subject, '', 'cloner', 'ClusterRoleBinding'))).toEqual([]);
    expect(of(vm(), bound(subject, 'images', 'edit'))).toEqual([]);
  });

  test('is asked of the ServiceAccount of the machine', () => {
    const builder = vm([{ name: 'sa', serviceAccount: { serviceAccountName: 'builder' } }]);
    const own = bound({ kind: 'ServiceAccount', name: 'builder', namespace: 'n' });
    expect(of(builder, role, own)).toEqual([]);
    expect(of(vm(), role, own)).toHaveLength(1);
  });

  test('is not asked for where the manifests give it to nobody: others may', () => {
    expect(of(vm(), role)).toEqual([]);
    expect(of(vm(), role, bound({ kind: 'Group', name: 'team' }, 'elsewhere'))).toEqual([]);
    expect(of(vm(), bound({ kind: 'Group', name: 'team' }, 'images', 'viewer'))).toEqual([]);
  });
});
