import { ReviewedManifest } from '../manifest';
import { patchesOf } from './patch';
import type { Tree } from './tree';

const NO_TREE = { file: () => undefined } as unknown as Tree;

const touched = (target: object, name = 'web'): boolean => {
  const object = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name } };
  const [patch] = patchesOf({ patches: [{ target, patch: '[]' }] }, '/', NO_TREE);
  return patch!.touches({ manifest: ReviewedManifest.of(object, { file: 'a.yaml', document: 0 }), object });
};

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
