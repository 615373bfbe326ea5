import { ReviewedManifest } from '../manifests/manifest';
import { Root } from '../manifests/roots/root';
import { Json } from '../rule';
import { Change, Consequence, diff, DiffOptions } from '.';

function claim(storage: string, metadata: Json = {}): Json {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'shop', ...metadata },
    spec: { accessModes: ['ReadWriteMany'], storageClassName: 'fast', resources: { requests: { storage } } },
  };
}

/** A claim of a root: of a file of that root, or of a base that several roots take. */
function inRoot(object: Json, name: string, root: Partial<Root> = {}, file = `${name}/claim.yaml`): ReviewedManifest {
  const whole: Root = { name, kind: 'kustomization', isOpen: false, ...root };
  return ReviewedManifest.of(object, { file, document: 0 }).within(whole);
}

const prunes = { kind: 'argo-cd', prunedBy: 'Application argocd/shop' } as const;

function rows(old: readonly ReviewedManifest[], next: readonly ReviewedManifest[], options: DiffOptions = {}) {
  return diff(old, next, options).changes.map(({ message, consequence }) => `${consequence}: ${message}`);
}

describe('objects of one name in several roots', () => {
  const base = 'base/claim.yaml';

  test('are paired each within its root', () => {
    const old = [inRoot(claim('1Gi'), 'prod', {}, base), inRoot(claim('5Gi'), 'test', {}, base)];
    const next = [inRoot(claim('2Gi'), 'prod', {}, base), inRoot(claim('6Gi'), 'test', {}, base)];
    expect(rows(old, next)).toEqual(['in-place: disk data grows 1Gi → 2Gi', 'in-place: disk data grows 5Gi → 6Gi']);
  });

  test('are paired where two copies of the tree stand in two folders', () => {
    const old = [inRoot(claim('1Gi'), 'old/prod', {}, base), inRoot(claim('5Gi'), 'old/test', {}, base)];
    const next = [inRoot(claim('2Gi'), 'new/prod', {}, base), inRoot(claim('5Gi'), 'new/test', {}, base)];
    expect(rows(old, next)).toEqual(['in-place: disk data grows 1Gi → 2Gi']);
  });

  test('are paired with one of two that end alike, and the other is no longer managed', () => {
    const old = [inRoot(claim('1Gi'), 'a/prod', {}, base), inRoot(claim('5Gi'), 'b/prod', {}, base)];
    expect(rows(old, [inRoot(claim('2Gi'), 'new/prod', {}, base)])).toEqual([
      'in-place: disk data grows 1Gi → 2Gi',
      'removed: PersistentVolumeClaim data is no longer managed',
    ]);
    expect(rows([inRoot(claim('2Gi'), 'old/prod', {}, base)], old)).toEqual([
      'refused: disk data shrinks 2Gi → 1Gi',
      'created: PersistentVolumeClaim data is new',
    ]);
  });

  test('are paired with the root whose name ends most alike', () => {
    const old = [inRoot(claim('1Gi'), 'a/shop/prod', {}, base), inRoot(claim('5Gi'), 'b/web/prod', {}, base)];
    const next = [inRoot(claim('6Gi'), 'new/web/prod', {}, base), inRoot(claim('2Gi'), 'new/shop/prod', {}, base)];
    expect(rows(old, next)).toEqual(['in-place: disk data grows 5Gi → 6Gi', 'in-place: disk data grows 1Gi → 2Gi']);
  });

  test('are new in a further overlay of the same base', () => {
    const old = [inRoot(claim('1Gi'), 'test', {}, base)];
    const next = [...old, inRoot(claim('9Gi'), 'prod', {}, base)];
    expect(rows(old, next)).toEqual(['created: PersistentVolumeClaim data is new']);
  });

  test('are no longer managed in the overlay that drops one, though another of the same base keeps it', () => {
    const test = inRoot(claim('1Gi'), 'test', {}, base);
    const old = [test, inRoot(claim('1Gi'), 'prod', {}, base)];
    const other = inRoot(claim('1Gi', { name: 'other' }), 'prod', {}, base);
    expect(rows([...old, other], [test, other])).toEqual(['removed: PersistentVolumeClaim data is no longer managed']);
  });

  test('that are refused are each told of their own', () => {
    const old = [inRoot(claim('2Gi'), 'prod', {}, base), inRoot(claim('5Gi'), 'test', {}, base)];
    const next = [inRoot(claim('1Gi'), 'prod', {}, base), inRoot(claim('6Gi'), 'test', {}, base)];
    expect(rows(old, next)).toEqual(['refused: disk data shrinks 2Gi → 1Gi', 'in-place: disk data grows 5Gi → 6Gi']);
  });
});

describe('a root of another name', () => {
  const base = 'base/claim.yaml';
  const data = claim('1Gi');

  test('is the one whose folders end alike the most', () => {
    const old = [inRoot(claim('1Gi'), 'a/x/prod', {}, base), inRoot(claim('5Gi'), 'b/y/prod', {}, base)];
    expect(rows(old, [inRoot(claim('6Gi'), 'c/y/prod', {}, base)])).toEqual([
      'in-place: disk data grows 5Gi → 6Gi',
      'removed: PersistentVolumeClaim data is no longer managed',
    ]);
  });

  test('is the only one that is left: what prunes it deletes what is gone', () => {
    const next = inRoot(claim('1Gi', { name: 'other' }), 'b', prunes);
    expect(rows([inRoot(data, 'a')], [next])).toContain('data-lost: PersistentVolumeClaim data is deleted');
  });

  test.each([
    ['one of two old ones', ['a', 'c'], ['b']],
    ['one of two new ones', ['a'], ['b', 'd']],
    ['one of two and two', ['a', 'c'], ['b', 'd']],
  ])('is not just any: %s', (_which, was, is) => {
    const old = was.map((name) => inRoot(claim('1Gi', { name: `data-${name}` }), name));
    const next = is.map((name) => inRoot(claim('1Gi', { name: `data-${name}` }), name, prunes));
    const gone = rows(old, next).filter((row) => /data-a is (no longer|deleted)/.test(row));
    expect(gone).toEqual(['removed: PersistentVolumeClaim data-a is no longer managed']);
  });
});

describe('an object that moves from one root to another', () => {
  test('is the same one', () => {
    expect(rows([inRoot(claim('1Gi'), 'a')], [inRoot(claim('2Gi'), 'b')])).toEqual([
      'in-place: disk data grows 1Gi → 2Gi',
    ]);
    const other = inRoot(claim('1Gi', { name: 'other' }), 'a');
    expect(rows([inRoot(claim('1Gi'), 'a'), other], [inRoot(claim('1Gi'), 'b'), other])).toEqual([]);
  });

  test('is deleted where an engine prunes the root that it leaves', () => {
    const other = inRoot(claim('1Gi', { name: 'other' }), 'a', prunes);
    expect(rows([inRoot(claim('1Gi'), 'a', prunes), other], [inRoot(claim('1Gi'), 'b'), other])).toEqual([
      'data-lost: PersistentVolumeClaim data is deleted',
      'created: PersistentVolumeClaim data is new',
    ]);
  });
});

describe('an object that is gone from its root', () => {
  const other = (root: Partial<Root>): ReviewedManifest => inRoot(claim('1Gi', { name: 'other' }), 'shop', root);
  const gone = (was: Partial<Root>, is: Partial<Root>, options: DiffOptions = {}, metadata: Json = {}): Change =>
    diff([inRoot(claim('1Gi', metadata), 'shop', was), other(was)], [other(is)], options).changes[0]!;

  test.each([
    ['in both trees', prunes, prunes],
    ['in the old tree', prunes, {}],
    ['in the new tree', {}, prunes],
  ])('is deleted where an engine prunes it: %s', (_which, was, is) => {
    const { consequence, assumed } = gone(was, is);
    expect(consequence).toBe(Consequence.DATA_LOST);
    expect(assumed).toContain('Application argocd/shop deletes what is gone (prune)');
  });

  test('stays where no engine prunes its root, and says what is assumed', () => {
    const { consequence, assumed } = gone({}, {});
    expect([consequence, assumed]).toEqual(['removed', ['nothing prunes (--prune, Argo CD or Flux)']]);
  });

  test.each([
    ['an option of Argo CD', { annotations: { 'argocd.argoproj.io/sync-options': 'Replace=true, Prune=false' } }],
    ['an annotation of Flux', { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } }],
    ['a label of Flux', { labels: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } }],
  ])('stays where it says so by %s', (_how, metadata) => {
    const { consequence, reason } = gone(prunes, prunes, {}, metadata);
    expect(consequence).toBe(Consequence.REMOVED);
    expect(reason).toContain('the object says that Application argocd/shop does not delete it');
  });

  test('is deleted by the option, whatever it says to an engine', () => {
    const metadata = { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } };
    expect(gone(prunes, prunes, { prune: true }, metadata).consequence).toBe(Consequence.DATA_LOST);
  });

  test('names in the basis what prunes', () => {
    const basis = (root: Partial<Root>): string =>
      diff([inRoot(claim('1Gi'), 'shop', root), other(root)], [other(root)]).basis;
    expect(basis(prunes)).toMatch(/, pruned by Application argocd\/shop, and by nothing else$/);
    expect(basis({})).toMatch(/, nothing is pruned$/);
  });
});

describe('an object of a cluster', () => {
  test('that a controller made is no row, with pruning or without', () => {
    const ownerReferences = [
      { apiVersion: 'cdi.kubevirt.io/v1beta1', kind: 'DataVolume', name: 'data', controller: true },
    ];
    const made = claim('1Gi', { uid: 'a', ownerReferences });
    const kept = claim('1Gi', { name: 'other' });
    for (const prune of [false, true]) expect(diff([made, kept], [kept], { prune }).changes).toEqual([]);
    expect(diff([claim('1Gi', { uid: 'a' }), kept], [kept], { prune: true }).worst).toBe(Consequence.DATA_LOST);
  });

  test('is what every root that holds it is compared with', () => {
    const live = claim('1Gi', { uid: 'a' });
    const next = [inRoot(claim('2Gi'), 'one'), inRoot(claim('1Gi'), 'two')];
    expect(diff([live], next).changes.map(({ message }) => message)).toEqual(['disk data grows 1Gi → 2Gi']);
  });
});
