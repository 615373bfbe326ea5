import * as path from 'node:path';
import { Json } from '../../rule';
import { objectAt, objectsAt, textAt, valueAt } from '../json';
import { ReviewedManifest } from '../manifest';
import { fitsWildcards, Place } from '../wildcards';
import type { EngineRoot } from './engine-root';
import { textsAt } from './kustomization';
import { engineTitle, folderIn, repositoryRoots } from './repository';
import { isBelow, Tree } from './tree';

/**
 * The roots of an Application of Argo CD, for each of its sources whose path the tree holds.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
 */
export function applicationRoots(manifest: ReviewedManifest, tree: Tree): EngineRoot[] {
  const spec = objectAt(manifest.object, 'spec') ?? {};
  return sourcesOf(spec).flatMap((source) => {
    const given = textAt(source, 'path');
    const folder = given === '' ? undefined : folderIn(given, manifest, tree);
    return folder === undefined
      ? []
      : [rootOf(manifest, spec, source, folder, textAt(spec, 'destination', 'namespace'))];
  });
}

/**
 * The roots of an ApplicationSet whose generators look into Git: one for each folder that they find.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/
 */
export function applicationSetRoots(manifest: ReviewedManifest, tree: Tree): EngineRoot[] {
  const spec = objectAt(manifest.object, 'spec', 'template', 'spec') ?? {};
  const globs = gitGenerators(objectsAt(manifest.object, 'spec', 'generators')).flatMap((git) => [
    ...objectsAt(git, 'directories').map((one) => ({ glob: textAt(one, 'path'), isLeftOut: one.exclude === true })),
    ...objectsAt(git, 'files').map((one) => ({ glob: path.posix.dirname(textAt(one, 'path')), isLeftOut: false })),
  ]);
  for (const root of repositoryRoots(manifest, tree)) {
    const found = foldersOf(tree, root).filter((folder) => isWanted(folder, globs));
    if (found.length === 0) continue;
    return found.flatMap((folder) =>
      sourcesOf(spec).flatMap((source) => {
        const given = filled(textAt(source, 'path'), folder);
        const at = given === undefined || given === '' ? undefined : path.join(root, given);
        if (at === undefined || !tree.holds(at)) return [];
        return [rootOf(manifest, spec, source, at, filled(textAt(spec, 'destination', 'namespace'), folder) ?? '')];
      }),
    );
  }
  return [];
}

function rootOf(manifest: ReviewedManifest, spec: Json, source: Json, folder: string, destination: string): EngineRoot {
  const kustomize = objectAt(source, 'kustomize') ?? {};
  const own = textAt(kustomize, 'namespace');
  return {
    kind: 'argo-cd',
    title: engineTitle(manifest),
    file: manifest.origin.file ?? 'standard input',
    folder,
    prunes: valueAt(spec, 'syncPolicy', 'automated', 'prune') === true,
    isRecursive: valueAt(source, 'directory', 'recurse') === true,
    namespace: own || (/[{$]/.test(destination) ? '' : destination),
    keepsNamespaces: own === '',
    patches: kustomize,
    components: textsAt(kustomize, 'components').map((component) => path.resolve(folder, component)),
  };
}

function sourcesOf(spec: Json): Json[] {
  const source = objectAt(spec, 'source');
  return [...(source === undefined ? [] : [source]), ...objectsAt(spec, 'sources')];
}

/** Generators of Git, within a matrix or a merge too. */
function gitGenerators(generators: readonly Json[]): Json[] {
  return generators.flatMap((generator) => {
    const git = objectAt(generator, 'git');
    const within = ['matrix', 'merge'].flatMap((key) => gitGenerators(objectsAt(generator, key, 'generators')));
    return git === undefined ? within : [git, ...within];
  });
}

/** The folders with files, and those above them, as paths below a root. */
function foldersOf(tree: Tree, root: string): string[] {
  const found = new Set<string>();
  for (const folder of tree.allFolders()) {
    for (let at = folder; isBelow(at, root); at = path.dirname(at)) {
      found.add(path.relative(root, at).split(path.sep).join('/'));
    }
  }
  return [...found].sort();
}

function isWanted(folder: string, globs: readonly { readonly glob: string; readonly isLeftOut: boolean }[]): boolean {
  const fitting = globs.filter(({ glob }) => fitsWildcards(placesOf(glob), folder));
  return fitting.length > 0 && fitting.every(({ isLeftOut }) => !isLeftOut);
}

function placesOf(glob: string): Place[] {
  const bare = glob.replace(/^\.?\//, '');
  return Array.from(bare.matchAll(/\*\*|[^]/gu), ([part]): Place => {
    if (part === '**') return { fits: () => true, repeats: true };
    if (part === '*' || part === '?') return { fits: (character) => character !== '/', repeats: part === '*' };
    return { fits: (character) => character === part };
  });
}

/** A text of the template for one folder; undefined if it holds more than the folder's path and name. */
function filled(text: string, folder: string): string | undefined {
  const result = text
    .replace(/\{\{\s*\.?path(\.path)?\s*\}\}/g, folder)
    .replace(/\{\{\s*\.?path\.basename\s*\}\}/g, path.posix.basename(folder));
  return result.includes('{{') ? undefined : result;
}
