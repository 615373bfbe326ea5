import { Cluster } from '../cluster/cluster';
import { namespaceOf } from '../cluster/identity';
import { objectAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';

/** The quotas or ranges among the manifests, by namespace. */
export function limitsOf(cluster: Cluster, kind: 'ResourceQuota' | 'LimitRange'): Map<string, Reviewed[]> {
  const limits = new Map<string, Reviewed[]>();
  for (const one of cluster.ofKind(kind)) {
    // What is limited to some pods or priorities says nothing of others.
    if (
      objectAt(one.object, 'spec', 'scopeSelector') !== undefined ||
      valueAt(one.object, 'spec', 'scopes') !== undefined
    )
      continue;
    limits.set(namespaceOf(one), [...(limits.get(namespaceOf(one)) ?? []), one]);
  }
  return limits;
}
