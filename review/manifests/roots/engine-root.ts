import { Json } from '../../rule';

/** What a GitOps engine applies by itself: a folder of the tree, with what the engine changes. */
export interface EngineRoot {
  readonly kind: 'argo-cd' | 'flux';
  /** The object that names the folder: `Application argocd/shop`. */
  readonly title: string;
  /** The file of that object. */
  readonly file: string;
  readonly folder: string;
  readonly prunes: boolean;
  /** Whether a folder without a Kustomization stands for the folders below it too. */
  readonly isRecursive: boolean;
  /** The namespace that every object is put into, or, of Argo CD, each object without one; empty if there is none. */
  readonly namespace: string;
  readonly keepsNamespaces: boolean;
  /** Patches, as a Kustomization writes them. */
  readonly patches: Json;
  /** Folders of Components. */
  readonly components: readonly string[];
  /** The variables that are filled in; undefined if the engine fills in none. */
  readonly variables?: ReadonlyMap<string, string>;
}
