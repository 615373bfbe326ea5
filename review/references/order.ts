import { kindNameOf, nameOf, namespaceOf } from '../cluster/identity';
import { Severity } from '../finding';
import { valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { ReferenceRule } from './rule';

/** The rule that a Namespace is made before what stands in it, where the order of the manifests is that of the apply. */
export const ORDER_RULE: ReferenceRule = {
  id: 'namespace-first',
  sentence: 'A Namespace stands before the objects in it, in a file and in a folder of steps.',
  source: 'Kubernetes, plugin/pkg/admission/namespace/lifecycle: refused until the namespace exists',
  severity: Severity.WARNING,
  check: ({ objects }, note) => {
    const ofNamespaces = objects.filter((reviewed) => kindNameOf(reviewed) === 'Namespace');
    if (ofNamespaces.length === 0) return;
    const bySequence = new Map<string, Map<string, Reviewed>>();
    for (const namespace of ofNamespaces) {
      const same = bySequence.get(sequenceOf(namespace));
      if (same === undefined) bySequence.set(sequenceOf(namespace), new Map([[nameOf(namespace), namespace]]));
      else same.set(nameOf(namespace), namespace);
    }
    const waiting = new Map<Reviewed, { readonly first: Reviewed; count: number }>();
    const made = new Set<Reviewed>();
    for (const reviewed of objects) {
      // What stands behind the last Namespace waits for none.
      if (made.size === ofNamespaces.length) break;
      const namespace = bySequence.get(sequenceOf(reviewed))?.get(namespaceOf(reviewed));
      if (kindNameOf(reviewed) === 'Namespace') made.add(reviewed);
      if (namespace === undefined || made.has(namespace) || !isApplied(namespace) || !isApplied(reviewed)) continue;
      const known = waiting.get(namespace);
      if (known === undefined) waiting.set(namespace, { first: reviewed, count: 1 });
      else known.count += 1;
    }
    for (const [namespace, { first, count }] of waiting) {
      const name = JSON.stringify(nameOf(namespace));
      const others = count === 1 ? '' : `, and so stand ${count - 1} more`;
      const message = `'namespace' must be made before what stands in it, got ${name}, which is made behind it${others}`;
      note(first, 'metadata.namespace', message, `put the Namespace ${name} first`);
    }
  },
};

/** What is applied one after the other: the steps of a folder, else the documents of a file. */
function sequenceOf({ root, origin }: Reviewed): string {
  return root?.kind === 'steps' ? root.name : (origin.file ?? '');
}

/** kustomize and the GitOps engines sort; what a cluster printed is there already. */
function isApplied({ root, origin, object }: Reviewed): boolean {
  if (origin.file === undefined || (root !== undefined && root.kind !== 'steps')) return false;
  return valueAt(object, 'metadata', 'uid') === undefined;
}
