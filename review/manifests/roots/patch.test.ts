import { ReviewedManifest } from '../manifest';
import { patchesOf } from './patch';
import type { Tree } from './tree';

const NO_TREE = { file: () => undefined } as unknown as Tree;

const touched = (target: object, name = 'web'): boolean => {
  const object = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name } };
  const [patch] = patchesOf({ patches: [{ target, patch: '[]' }] }, '/', NO_TREE);
  return patch!.touches({ manifest: ReviewedManifest.of(object, { file: 'a.yaml', document: 0 }), object });
};

/** Maps each of which names the one before it twice. */
const explosion = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => `a${level + 1}: &a${level + 1} {b: *a${level}, c: *a${level}}\n`).join(
    '',
  );

const claim = (name: string) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name } });

describe('a patch', () => {
  test('that cannot be read may change any object, and deletes none', () => {
    const [patch] = patchesOf({ patches: [{ path: 'gone.yaml' }] }, '/', NO_TREE);
    const manifest = ReviewedManifest.of(claim('web'), { file: 'a.yaml', document: 0 });
    expect([patch!.touches({ manifest, object: manifest.object }), patch!.deletes]).toEqual([true, false]);
  });

  test('touches an object by the name that it has, or had', () => {
    const patchOf = (name: string) => patchesOf({ patches: [{ target: { name }, patch: '[]' }] }, '/', NO_TREE)[0]!;
    const manifest = ReviewedManifest.of(claim('web'), { file: 'a.yaml', document: 0 });
    const part = { manifest, object: claim('x-web') };
    expect(['web', 'x-web', 'db'].map((name) => patchOf(name).touches(part))).toEqual([true, true, false]);
  });
});

describe('a patch that', () => {
  const patchOf = (patch: string) => patchesOf({ patches: [{ target: { name: 'web' }, patch }] }, '/', NO_TREE)[0]!;

  test.each([
    ['{kind: Pod, metadata: {name: web}, $patch: delete}', true],
    ['{kind: Pod, metadata: {name: web}, $patch: replace}', false],
    ['{kind: Pod, metadata: {name: delete}}', false],
    ['[]', false],
  ])('is %s deletes its object: %s', (patch, deletes) => expect(patchOf(patch).deletes).toBe(deletes));

  test.each([
    ['[{op: test, path: /kind, value: x}, {op: replace, path: /metadata/name, value: db}]', 'db'],
    ['[{op: add, path: /metadata/name, value: db}]', 'db'],
    ['[{op: test, path: /metadata/name, value: db}]', 'web'],
    ['[{op: replace, path: /metadata/namespace, value: db}]', 'web'],
    ['[{op: replace, path: /metadata/name, value: ""}]', 'web'],
    ['[]', 'web'],
  ])('is %s names the object %s', (patch, name) => {
    expect(patchOf(patch).renamed(claim('web'))).toEqual(claim(name));
    expect(patchOf(patch).renamed(claim('other'))).toEqual(claim('other'));
  });

  test('repeats a key is read as if its last one stood alone', () => {
    expect(patchOf('{spec: {a: 1}, spec: {b: 1}}').fieldsOn({})).toEqual(['spec.b']);
  });
});

describe('the fields of a patch', () => {
  const fields = (patch: string): readonly string[] =>
    patchesOf({ patches: [{ target: { name: 'web' }, patch }] }, '/', NO_TREE)[0]!.fieldsOn({});

  test.each<[string, string[]]>([
    [
      '{kind: Pod, metadata: {name: web, labels: {}}, spec: {a: {b: 1}, c: [{d: 1}, {d: 2, e: []}], f: null}}',
      ['metadata.labels', 'spec.a.b', 'spec.c.*.d', 'spec.f'],
    ],
    ['[{op: add, path: /spec/a~1b/0/-, value: 1}, {op: move, from: /c, path: /metadata/name}]', ['spec.a/b.*.*', 'c']],
  ])('%s are %j', (patch, expected) => expect(fields(patch)).toEqual(expected));

  test.each<[string, string]>([
    ['hold an alias within its own anchor', 'a: &a {b: *a, c: *a}\n'],
    ['are more than an object may have', `a0: &a0 {x: 1}\n${explosion(22)}`],
    ['cannot be read', 'a: [\n'],
  ])('are unknown where they %s', (_title, patch) => expect(fields(patch)).toEqual([]));

  test('are unknown where they are more than ten thousand', () => {
    const many = (count: number): string => Array.from({ length: count }, (_, key) => `k${key}: 1\n`).join('');
    expect(fields(many(10_000))).toHaveLength(10_000);
    expect(fields(many(10_001))).toEqual([]);
  });
});

describe('a patch with a target', () => {
  test.each([
    [{ name: 'web' }, true],
    [{ name: 'we' }, false],
    [{ name: 'w.*|x.*' }, true],
    [{ name: '(web|db)' }, true],
    [{ name: 'db-.*' }, false],
    [{ kind: 'Pod' }, false],
    [{ kind: 'Persistent.*', name: '[a-z]+' }, true],
    [{ name: '(' }, true],
    [{ name: '.*x.*y.*z' }, false],
  ])('of %j touches the claim: %s', (target, is) => expect(touched(target)).toBe(is));

  test.each([['(a+)+'], ['(a|aa)*'], ['(a*)*b'], ['(a+){9,}'], ['.*.*.*.*x'], ['(a+)\\1+']])(
    'may touch whatever %s would be tried on for long, without trying',
    (name) => expect(touched({ name }, `${'a'.repeat(60)}!`)).toBe(true),
  );

  test('may touch an object with a name that is longer than names are', () => {
    expect(touched({ name: 'x.*' }, 'a'.repeat(253))).toBe(false);
    expect(touched({ name: 'x.*' }, 'a'.repeat(254))).toBe(true);
  });
});
