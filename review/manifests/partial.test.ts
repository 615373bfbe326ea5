import { isForServerSideApply, isOneOf } from './partial';

const FLUX = 'kustomize.toolkit.fluxcd.io/ssa';
const ARGO_CD = 'argocd.argoproj.io/sync-options';

test.each<[object, boolean]>([
  [{ annotations: { [FLUX]: 'Merge' } }, true],
  [{ labels: { [FLUX]: 'Merge' } }, true],
  [{ annotations: { [FLUX]: 'Override' }, labels: { [FLUX]: 'Ignore' } }, false],
  [{ annotations: { [ARGO_CD]: 'Prune=false, ServerSideApply=true' } }, true],
  [{ annotations: { [ARGO_CD]: 'Prune=false,ServerSideApply=false' } }, false],
  [{ labels: { [ARGO_CD]: 'ServerSideApply=true' } }, false],
  [{}, false],
])('isForServerSideApply of %j is %s', (metadata, is) => expect(isForServerSideApply({ metadata })).toBe(is));

test.each<[object, boolean]>([
  [{ kind: 'Secret', name: 'a' }, true],
  [{ kind: 'Secret', name: 'a', namespace: 'n' }, true],
  [{ kind: 'Secret', name: 'a', namespace: 'm' }, false],
  [{ kind: 'Secret', name: 'b' }, false],
  [{ kind: 'ConfigMap', name: 'a' }, false],
])('isOneOf %j is %s', (named, is) => {
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'n' } };
  expect(isOneOf(object, [named as Parameters<typeof isOneOf>[1][number]])).toBe(is);
  expect(isOneOf(object, [])).toBe(false);
});
