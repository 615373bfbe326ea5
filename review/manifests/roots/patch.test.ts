import { ReviewedManifest } from '../manifest';
import { patchesOf } from './patch';
import type { Tree } from './tree';

const NO_TREE = { file: () => undefined } as unknown as Tree;

const touched = (target: object, name = 'web'): boolean => {
  const object = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name } };
  const [patch] = patchesOf({ patches: [{ target, patch: '[]' }] }, '/', NO_TREE);
  return patch!.touches({ manifest: ReviewedManifest.of(object, { file: 'a.yaml', document: 0 }), object });
};

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
