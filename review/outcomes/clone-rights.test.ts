import { Json } from '../rule';
import { said as say, stream } from '../testing/outcome-lines';
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

  test('is missing where a binding of another namespace gives it there', () => {
    const own = { kind: 'ServiceAccount', name: 'default', namespace: 'n' };
    expect(of(vm(), role, bound(own, 'elsewhere'))).toHaveLength(1);
  });

  test('is asked of the ServiceAccount of the machine', () => {
    const builder = vm([{ name: 'sa', serviceAccount: { serviceAccountName: 'builder' } }]);
    const own = bound({ kind: 'ServiceAccount', name: 'builder', namespace: 'n' });
    expect(of(builder, role, own)).toEqual([]);
    expect(of(vm(), role, own)).toHaveLength(1);
  });

  test('is there with the right to make pods beside the claim', () => {
    const pods = rbac('ClusterRole', 'cloner', '', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }] });
    expect(of(vm(), pods, bound({ kind: 'ServiceAccount', name: 'default', namespace: 'n' }))).toEqual([]);
    expect(of(vm(), pods, bound({ kind: 'Group', name: 'team' }))).toHaveLength(1);
  });

  test.each<[string, Json]>([
    [
      'reads what it would clone',
      { apiGroups: ['cdi.kubevirt.io'], resources: ['datavolumes/source'], verbs: ['get'] },
    ],
    ['makes DataVolumes', { apiGroups: ['cdi.kubevirt.io'], resources: ['datavolumes'], verbs: ['create'] }],
    ['clones something else', { apiGroups: ['example.com'], resources: ['datavolumes/source'], verbs: ['create'] }],
    ['makes Secrets', { apiGroups: [''], resources: ['secrets'], verbs: ['create'] }],
    ['makes pods of another group', { apiGroups: ['example.com'], resources: ['pods'], verbs: ['create'] }],
    ['reads pods', { apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  ])('is missing with a role that %s', (_title, rule) => {
    const own = rbac('RoleBinding', 'own', 'images', {
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'n' }],
      roleRef: { kind: 'ClusterRole', name: 'other' },
    });
    const other = rbac('ClusterRole', 'other', '', { rules: [rule] });
    expect(of(vm(), role, bound({ kind: 'Group', name: 'team' }), other, own)).toHaveLength(1);
  });

  test.each<[string, Json]>([
    ['clones', { apiGroups: ['cdi.kubevirt.io'], resources: ['datavolumes/*'], verbs: ['get', 'create'] }],
    ['may do all', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    ['may do one of several things', { apiGroups: ['', 'apps'], resources: ['pods', 'secrets'], verbs: ['create'] }],
  ])('is there with a role that %s', (_title, rule) => {
    const own = rbac('RoleBinding', 'own', 'images', {
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'n' }],
      roleRef: { kind: 'ClusterRole', name: 'other' },
    });
    const other = rbac('ClusterRole', 'other', '', { rules: [rule] });
    expect(of(vm(), role, bound({ kind: 'Group', name: 'team' }), other, own)).toEqual([]);
  });

  test('is that of a role of the namespace, which is no other of its name', () => {
    const own = rbac('RoleBinding', 'own', 'images', {
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'n' }],
      roleRef: { kind: 'Role', name: 'puller' },
    });
    const may = [{ apiGroups: ['cdi.kubevirt.io'], resources: ['datavolumes/source'], verbs: ['create'] }];
    const others = bound({ kind: 'Group', name: 'team' });
    const puller = (namespace: string, rules: Json[], kind = 'Role') => rbac(kind, 'puller', namespace, { rules });
    expect(of(vm(), role, others, own, puller('images', may))).toEqual([]);
    expect(of(vm(), role, others, own, puller('images', []))).toHaveLength(1);
    expect(of(vm(), role, others, own, puller('images', []), puller('n', may))).toHaveLength(1);
    expect(of(vm(), role, others, own, puller('images', []), puller('', may, 'ClusterRole'))).toHaveLength(1);
  });

  test('is not known where a role that is not among the manifests is bound to the ServiceAccount', () => {
    const others = bound({ kind: 'Group', name: 'team' });
    const own = rbac('RoleBinding', 'own', 'images', {
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'n' }],
      roleRef: { kind: 'ClusterRole', name: 'os-images' },
    });
    expect(of(vm(), role, others)).toHaveLength(1);
    expect(of(vm(), role, others, own)).toEqual([]);
    const viewing = rbac('RoleBinding', 'own', 'images', {
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'n' }],
      roleRef: { kind: 'ClusterRole', name: 'view' },
    });
    expect(of(vm(), role, others, viewing)).toHaveLength(1);
  });

  test('is not asked for where the manifests give it to nobody: others may', () => {
    const open = (...objects: Parameters<typeof of>) => found(CLONE_RIGHT_RULES, 'clone-right', objects, [], false);
    expect(open(vm(), role)).toEqual([]);
    expect(open(vm(), role, bound({ kind: 'Group', name: 'team' }, 'elsewhere'))).toEqual([]);
    expect(open(vm(), bound({ kind: 'Group', name: 'team' }, 'images', 'viewer'))).toEqual([]);
  });

  test('is not held against what an operator may do in the whole cluster', () => {
    const engine = bound(
      { kind: 'ServiceAccount', name: 'engine', namespace: 'gitops' },
      '',
      'cluster-admin',
      'ClusterRoleBinding',
    );
    const open = (...objects: Parameters<typeof of>) => found(CLONE_RIGHT_RULES, 'clone-right', objects, [], false);
    expect(open(vm(), engine)).toEqual([]);
    expect(open(vm(), engine, role, bound({ kind: 'Group', name: 'team' }))).toHaveLength(1);
  });

  test('is not asked for where the machine is of no stated namespace', () => {
    const anywhere = vm();
    const of = (namespace: string) => ({
      ...anywhere,
      object: { ...anywhere.object, metadata: { name: 'web', namespace } },
    });
    const others = bound({ kind: 'Group', name: 'team' });
    expect(found(CLONE_RIGHT_RULES, 'clone-right', [of(''), role, others])).toEqual([]);
    expect(found(CLONE_RIGHT_RULES, 'clone-right', [of('n'), role, others])).toHaveLength(1);
  });

  test.each(['openshift-virtualization-os-images', 'kubevirt-os-images'])(
    "is everybody's for the boot images of %s",
    (namespace) => {
      const source = { pvc: { name: 'golden', namespace } };
      const cloned = object('VirtualMachine', 'web', {
        spec: { dataVolumeTemplates: [{ metadata: { name: 'boot' }, spec: { source, storage: {} } }], template: {} },
      });
      const others = bound({ kind: 'Group', name: 'team' }, namespace);
      expect(found(CLONE_RIGHT_RULES, 'clone-right', [cloned, role, others])).toEqual([]);
    },
  );

  test('is missing where the manifests are all that there is, and give it to nobody', () => {
    const closed = (external: { kind: string; name: string }[] = []) =>
      found(CLONE_RIGHT_RULES, 'clone-right', [vm()], external);
    expect(closed()).toMatchObject([
      {
        field: 'spec.dataVolumeTemplates[0].spec.source',
        message: expect.stringMatching(/got no binding of that right$/),
      },
    ]);
    expect(closed([{ kind: 'RoleBinding', name: 'clone' }])).toEqual([]);
  });
});

describe('clone-right of a DataImportCron', () => {
  const RULES = ['clone-right'];
  const RIGHTS = stream(
    `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: cloner }
rules: [{ apiGroups: [cdi.kubevirt.io], resources: [datavolumes/source], verbs: [create] }]
`,
    `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: b, namespace: builders }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cloner }
subjects: [{ kind: ServiceAccount, name: importer, namespace: lab }]
`,
  );
  const cron = (more = '', namespace = 'builders') => `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataImportCron
metadata: { name: fedora, namespace: lab }
spec: { ${more} schedule: "30 1 * * 1", managedDataSource: fedora, template: { spec: { source: { pvc: { name: base, namespace: ${namespace} } }, storage: { resources: { requests: { storage: 1Gi } } } } } }
`;
  const of = (text: string, cdi = 'v1.66.0', kubevirt = 'v1.9.0') => say(text, RULES, { cdi, kubevirt });

  test('is that of its ServiceAccount, from CDI v1.64 on', () => {
    expect(of(stream(cron(), RIGHTS))).toEqual([
      "warning spec.template.spec.source clone-right: 'source' must be one that ServiceAccount lab/default may clone: a cron clones with its rights, not with those of whoever applies it, and no binding among the manifests gives it 'create' on datavolumes/source in the namespace 'builders', got a binding of others; bind the role to ServiceAccount default of the namespace 'lab'",
    ]);
    expect(of(stream(cron('serviceAccountName: importer,'), RIGHTS))).toEqual([]);
    expect(of(stream(cron(), RIGHTS), 'v1.63.1', 'v1.6.2')).toEqual([]);
  });

  test('is not asked for in its own namespace', () => {
    expect(of(stream(cron('', 'lab'), RIGHTS))).toEqual([]);
  });
});
