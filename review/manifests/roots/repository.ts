import * as path from 'node:path';
import { textAt } from '../json';
import { ReviewedManifest } from '../manifest';
import { isBelow, Tree } from './tree';

/**
 * The folders from which a path in an object may start, the likeliest first: the root of the repository that holds its file,
 * then the folders above the file, the outermost first, as far as all that was read stands below it.
 */
export function repositoryRoots({ origin }: ReviewedManifest, tree: Tree): string[] {
  const at = tree.pathOf(origin.file ?? '');
  const above = parents(at);
  const repository = above.find((folder) => tree.disk.exists(path.join(folder, '.git')));
  const all = tree.allFolders();
  const outermost = above.find((folder) => all.every((one) => one === folder || isBelow(one, folder)));
  const inside = above.filter(
    (folder) => outermost === undefined || folder === outermost || isBelow(folder, outermost),
  );
  return [...new Set([...(repository === undefined ? [] : [repository]), ...inside.reverse()])];
}

/** The folder that a path of an engine's object names; undefined if the tree does not hold it. */
export function folderIn(given: string, manifest: ReviewedManifest, tree: Tree): string | undefined {
  return repositoryRoots(manifest, tree)
    .map((root) => path.resolve(path.join(root, given)))
    .find((folder) => tree.holds(folder));
}

/** The folders above a path, the nearest first. */
function parents(at: string): string[] {
  const folder = path.dirname(at);
  return folder === at ? [] : [folder, ...parents(folder)];
}

/** What an engine's object is called: `Application argocd/shop`. */
export function engineTitle({ object }: ReviewedManifest): string {
  const namespace = textAt(object, 'metadata', 'namespace');
  return `${textAt(object, 'kind')} ${namespace === '' ? '' : `${namespace}/`}${textAt(object, 'metadata', 'name')}`;
}
