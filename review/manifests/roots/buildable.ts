import { loadAll } from 'js-yaml';
import { withoutLogins } from '../../../constructs/shared/sensitive';
import { isObject, textAt } from '../json';
import { isGiven, Kustomization, textsAt } from './kustomization';
import { isBelow, Tree } from './tree';

/**
 * Why kustomize is not started for a Kustomization and all that it takes, in words, after `it`: what is fetched, a plugin, a
 * chart. Empty if another fault says it already, undefined if kustomize may be started.
 */
export function refusalOf(kustomization: Kustomization, tree: Tree): string | undefined {
  for (const { object, remotes, applied, folder } of reach(kustomization, tree)) {
    const [remote] = remotes;
    if (remote !== undefined) return `takes ${JSON.stringify(withoutLogins(remote))}, which is not fetched`;
    if (CHARTS.some((list) => isGiven(object, list))) return 'takes a Helm chart';
    if (PLUGINS.some((list) => textsAt(object, list).some((entry) => !isBuiltIn(entry, folder, tree))))
      return 'runs a plugin';
    if (applied.some((at) => !tree.disk.exists(at))) return '';
  }
  return undefined;
}

/** Whether a Kustomization, and all that it takes, names nothing but what stands below a folder. */
export function isWithin(kustomization: Kustomization, limit: string, tree: Tree): boolean {
  return [...reach(kustomization, tree)].every(({ applied, parts }) =>
    [...applied, ...parts].every((at) => at === limit || isBelow(at, limit)),
  );
}

/** A Kustomization, and those that it takes. */
function* reach(kustomization: Kustomization, tree: Tree, seen = new Set<Kustomization>()): Generator<Kustomization> {
  if (seen.has(kustomization)) return;
  seen.add(kustomization);
  yield kustomization;
  for (const at of kustomization.applied) {
    const below = tree.kustomization(at);
    if (below !== undefined) yield* reach(below, tree, seen);
  }
}

/** kustomize, api/types/kustomization.go. */
const CHARTS = ['helmCharts', 'helmChartInflationGenerator'];
const PLUGINS = ['generators', 'transformers', 'validators'];

/** Whether a configuration is of kustomize's own parts: it stands in a file, in the entry itself, or below a folder. */
function isBuiltIn(entry: string, folder: string, tree: Tree): boolean {
  const documents = entry.includes('\n') ? parsed(entry) : tree.documents(folder, entry);
  return documents.every(
    (document) =>
      isObject(document) &&
      textAt(document, 'apiVersion') === 'builtin' &&
      textAt(document, 'kind') !== 'HelmChartInflationGenerator',
  );
}

function parsed(text: string): readonly unknown[] {
  try {
    return loadAll(text);
  } catch {
    return [undefined];
  }
}
