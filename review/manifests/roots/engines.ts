import { textAt } from '../json';
import { ReviewedManifest } from '../manifest';
import { applicationRoots, applicationSetRoots } from './argo-cd';
import { EngineRoot } from './engine-root';
import { fluxRoots } from './flux';
import { Tree } from './tree';

/** The roots that the objects of a tree name: Argo CD's Applications and ApplicationSets, Flux's Kustomizations. */
export function engineRoots(manifests: readonly ReviewedManifest[], tree: Tree): EngineRoot[] {
  return manifests.flatMap((manifest) => {
    const { object } = manifest;
    const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
    if (kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'))
      return fluxRoots(manifest, tree);
    if (!apiVersion.startsWith('argoproj.io/')) return [];
    if (kind === 'Application') return applicationRoots(manifest, tree);
    return kind === 'ApplicationSet' ? applicationSetRoots(manifest, tree) : [];
  });
}
