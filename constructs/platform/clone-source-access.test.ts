import { failureOf, manifests, testChart, untyped } from '../shared/testing/manifests';
import { CloneSourceAccess, CloneSourceAccessProps, CloneSubject } from './clone-source-access';

const RULE = { apiGroups: ['cdi.kubevirt.io'], resources: ['datavolumes/source'], verbs: ['create'] };
const RBAC = 'rbac.authorization.k8s.io';

describe('CloneSourceAccess', () => {
  test('lets the service account of a namespace clone from that of the chart', () => {
    const chart = testChart('images');
    const access = new CloneSourceAccess(chart, 'shop-clones', { subjects: [CloneSubject.serviceAccount('shop')] });
    expect([access.name, access.namespace]).toEqual(['shop-clones', 'images']);
    const metadata = { name: 'shop-clones', namespace: 'images' };
    expect(manifests(chart)).toEqual([
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules: [RULE] },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: RBAC, kind: 'Role', name: 'shop-clones' },
        subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'shop' }],
      },
    ]);
  });

  test('takes every prop', () => {
    const props: Required<CloneSourceAccessProps> = {
      name: 'cloners',
      namespace: 'golden',
      labels: { team: 'ops' },
      annotations: { why: 'templates' },
      subjects: [CloneSubject.user('ann'), CloneSubject.group('ops'), CloneSubject.serviceAccount('ci', 'deployer')],
      overrides: { metadata: { labels: { team: 'infra' } } },
      roleBindingOverrides: { metadata: { annotations: { why: null } } },
    };
    const [role, binding] = manifests(new CloneSourceAccess(testChart('images'), 'access', props));
    expect(role?.metadata).toEqual({
      name: 'cloners',
      namespace: 'golden',
      labels: { team: 'infra' },
      annotations: { why: 'templates' },
    });
    expect(binding).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'cloners', namespace: 'golden', labels: { team: 'ops' }, annotations: {} },
      roleRef: { apiGroup: RBAC, kind: 'Role', name: 'cloners' },
      subjects: [
        { apiGroup: RBAC, kind: 'User', name: 'ann' },
        { apiGroup: RBAC, kind: 'Group', name: 'ops' },
        { kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' },
      ],
    });
  });

  test.each([
    [undefined, `'subjects' must be a list of who may clone, got nothing; write for example [CloneSubject.serviceAcc`],
    [
      [],
      `'subjects' must be a list of who may clone, got []; write for example [CloneSubject.serviceAccount('shop')], for the namespace 'shop'`,
    ],
    [
      ['a'],
      `must be a CloneSubject, got a value of type 'string'; write CloneSubject.serviceAccount('a'), where 'a' is its namespace`,
    ],
  ])('fails when the subjects are %p', (subjects, message) => {
    const make = (): unknown => new CloneSourceAccess(testChart(), 'access', { subjects: untyped(subjects) });
    expect(failureOf(make)).toContain(message);
  });

  test('fails when a prop is unknown', () => {
    const props = untyped<CloneSourceAccessProps>({ subjects: [CloneSubject.user('ann')], subject: 'bob' });
    expect(failureOf(() => new CloneSourceAccess(testChart(), 'access', props))).toContain(
      `'props' must have known keys only, got "subject"; write 'subjects'`,
    );
  });

  test('fails when the escape hatch of the binding is not an object', () => {
    const props = { subjects: [CloneSubject.user('ann')] };
    expect(
      failureOf(() => new CloneSourceAccess(testChart(), 'access', { ...props, roleBindingOverrides: untyped('x') })),
    ).toContain(`'roleBindingOverrides' must be a plain object`);
  });
});

describe('CloneSubject', () => {
  test.each([
    ['user', () => CloneSubject.user(''), `[CloneSubject.user] 'name' must be text, got ""`],
    ['group', () => CloneSubject.group(untyped(undefined)), `[CloneSubject.group] 'name' must be text, got nothing`],
    ['namespace', () => CloneSubject.serviceAccount('My_Shop'), `[CloneSubject.serviceAccount] 'namespace' must be`],
    ['service account', () => CloneSubject.serviceAccount('shop', 'A b'), `'name' must be`],
  ])('fails when the %s has a wrong name', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});
