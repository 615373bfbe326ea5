import { MissingObject } from '../finding';
import { Json } from '../rule';
import { textAt } from './json';

/**
 * Whether an object may be only a part of one that somebody else owns: it is marked for server-side apply by its own annotation
 * or label. That a whole Application or Kustomization is applied so changes nothing: what they apply is whole.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#server-side-apply
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
export function isForServerSideApply(object: Json): boolean {
  if (['annotations', 'labels'].some((map) => textAt(object, 'metadata', map, FLUX) === 'Merge')) return true;
  const options = textAt(object, 'metadata', 'annotations', ARGO_CD);
  return options.split(',').some((option) => option.trim() === 'ServerSideApply=true');
}

/** Argo CD, common/annotations: the options of one object, parted by commas. */
const ARGO_CD = 'argocd.argoproj.io/sync-options';

/** Flux, kustomize-controller: `Merge` patches what exists; `Override`, `IfNotPresent` and `Ignore` take whole objects. */
const FLUX = 'kustomize.toolkit.fluxcd.io/ssa';

/** Whether an object is one of those named; one without a namespace is meant in every namespace. */
export function isOneOf(object: Json, named: readonly MissingObject[]): boolean {
  return named.some(
    ({ kind, name, namespace }) =>
      kind === textAt(object, 'kind') &&
      name === textAt(object, 'metadata', 'name') &&
      (namespace === undefined || namespace === textAt(object, 'metadata', 'namespace')),
  );
}
