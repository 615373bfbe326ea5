import { Json } from '../../rule';
import { ReviewedManifest } from '../manifest';
import { substituted } from './flux';
import { eachObject, inNamespace, withAffixes } from './transform';

const object = (kind: string, more: Json = {}, metadata: Json = { name: 'web' }): Json => ({ kind, metadata, ...more });

describe('inNamespace', () => {
  test.each<[string, Json, Json]>([
    ['an object', object('Secret'), object('Secret', {}, { name: 'web', namespace: 'shop' })],
    [
      'an object of another',
      object('Secret', {}, { name: 'a', namespace: 'b' }),
      object('Secret', {}, { name: 'a', namespace: 'shop' }),
    ],
    ['a Namespace, whose name it is', object('Namespace'), object('Namespace', {}, { name: 'shop' })],
    ['no object without a kind', { metadata: {} }, { metadata: {} }],
    ['no object of the cluster', object('StorageClass'), object('StorageClass')],
  ])('moves %s', (_what, given, expected) => expect(inNamespace(given, 'shop')).toEqual(expected));

  test('moves the ServiceAccounts of a binding that are of its namespace, and the default one', () => {
    const account = (name: string, namespace?: string): Json => ({
      kind: 'ServiceAccount',
      name,
      ...(namespace === undefined ? {} : { namespace }),
    });
    const subjects = [
      account('own', 'a'),
      account('other', 'b'),
      account('default', 'b'),
      { kind: 'User', name: 'default' },
      { kind: 'User', name: 'me', namespace: 'a' },
    ];
    const moved = [account('own', 'shop'), subjects[1], account('default', 'shop'), subjects[3], subjects[4]];
    const metadata = { name: 'web', namespace: 'a' };
    expect(inNamespace(object('RoleBinding', { subjects }, metadata), 'shop')).toEqual(
      object('RoleBinding', { subjects: moved }, { name: 'web', namespace: 'shop' }),
    );
    const ofCluster = { subjects: [account('own'), account('other', 'b')] };
    expect(inNamespace(object('ClusterRoleBinding', ofCluster), 'shop')).toEqual(
      object('ClusterRoleBinding', { subjects: [account('own', 'shop'), account('other', 'b')] }),
    );
    expect(inNamespace(object('Role', { subjects }, metadata), 'shop').subjects).toBe(subjects);
  });

  test('adds no subjects to a binding', () => {
    expect(inNamespace(object('RoleBinding'), 'shop')).not.toHaveProperty('subjects');
  });
});

test.each<[string, Json, string]>([
  ['an object', object('Secret'), 'a-web-b'],
  ['no Namespace', object('Namespace'), 'web'],
  ['no definition', object('CustomResourceDefinition'), 'web'],
  ['no object without a name', object('Secret', {}, { name: '' }), ''],
])('withAffixes renames %s', (_what, given, name) => {
  expect((withAffixes(given, 'a-', '-b').metadata as Json).name).toBe(name);
});

describe('eachObject', () => {
  const changed = (given: unknown, file = 'a.yaml'): unknown =>
    eachObject({ manifest: ReviewedManifest.of(given, { file }), object: given }, (one) => withAffixes(one, 'x-', ''));

  test('changes an object, the items of a list, and nothing that is no object', () => {
    expect(changed(object('Secret'))).toEqual(object('Secret', {}, { name: 'x-web' }));
    expect(changed({ kind: 'List', items: [object('Secret'), 1] })).toEqual({
      kind: 'List',
      items: [object('Secret', {}, { name: 'x-web' }), 1],
    });
    expect(changed({ ...object('Secret'), items: [object('Secret')] })).toEqual({
      ...object('Secret', {}, { name: 'x-web' }),
      items: [object('Secret')],
    });
    expect(changed('text')).toBe('text');
  });

  test('changes what a Kustomization generates', () => {
    const generators = { secretGenerator: [{ name: 'login', literals: ['a=b'] }], resources: ['a.yaml'] };
    const given = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...generators };
    expect(changed(given, 'kustomization.yaml')).toEqual({
      ...given,
      secretGenerator: [{ name: 'x-login', namespace: '', literals: ['a=b'] }],
    });
  });
});

describe('substituted', () => {
  const variables = new Map([
    ['APP', 'db'],
    ['YES', 'true'],
    ['SIZE', '10Gi'],
    ['COUNT', '3'],
    ['EMPTY', ''],
  ]);

  test.each<[unknown, unknown]>([
    ['plain', 'plain'],
    ['a-${APP}', 'a-db'],
    ['${APP}', 'db'],
    ['${SIZE}', '10Gi'],
    ['${COUNT}', '${COUNT}'],
    ['${YES}', '${YES}'],
    ['${EMPTY}', '${EMPTY}'],
    ['n${COUNT}', 'n3'],
    ['${OTHER}', '${OTHER}'],
    ['${OTHER:=a}', 'a'],
    ['${OTHER:-a}', 'a'],
    ['${APP:=a}', 'db'],
    [
      ['${APP}', 1, null],
      ['db', 1, null],
    ],
    [{ '${APP}': { a: '${APP}' } }, { db: { a: 'db' } }],
  ])('makes of %j %j', (given, expected) => {
    expect(substituted({ a: given }, variables)).toEqual({ a: expected });
  });

  test.each(['annotations', 'labels'])('leaves an object alone that asks for it by %s', (key) => {
    const metadata = { [key]: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } };
    expect(substituted({ metadata, a: '${APP}' }, variables).a).toBe('${APP}');
    const asking = { [key]: { 'kustomize.toolkit.fluxcd.io/substitute': 'enabled' } };
    expect(substituted({ metadata: asking, a: '${APP}' }, variables).a).toBe('db');
  });
});
