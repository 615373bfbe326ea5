import { Cluster } from '../cluster/cluster';
import { groupOf, kindNameOf, nameOf, namespaceOf } from '../cluster/identity';
import { Severity } from '../finding';
import { objectAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { parseQuantity } from '../manifests/quantity';
import { limitsOf } from './limits';
import { OutcomeRule } from './rule';

/** The rule that a namespace may hold as many objects of a kind as it has. */
export const OBJECT_QUOTA_RULE: OutcomeRule = {
  id: 'object-quota',
  sentence: 'A ResourceQuota lets a namespace have all of its objects of a kind.',
  source: 'Kubernetes, pkg/quota/v1/generic/evaluator.go:NewObjectCountEvaluator',
  severity: Severity.WARNING,
  check: (cluster, note) => {
    const quotas = limitsOf(cluster, 'ResourceQuota');
    for (const [namespace, own] of quotas) {
      const counts = own.flatMap(countsIn);
      if (counts.length === 0) continue;
      const held = cluster.once(byResource);
      for (const { quota, key, resource, most } of counts) {
        const objects = held.get(`${namespace} ${resource}`) ?? [];
        const first = objects[Math.floor(most)];
        if (first === undefined) continue;
        const message = `'namespace' must have room in ResourceQuota '${nameOf(quota)}' (${key} ${most}), got ${objects.length} objects of kind ${kindNameOf(first)}; the API server refuses those that come last`;
        note(first, 'metadata.namespace', message, 'raise the quota, or make fewer');
      }
    }
  },
};

/** A line of a quota that counts objects. */
interface ObjectCount {
  readonly quota: Reviewed;
  readonly key: string;
  /** `virtualmachines.kubevirt.io`, `secrets`. */
  readonly resource: string;
  readonly most: number;
}

/** Those of pods and claims are asked with what controllers make of both. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'pods',
  'persistentvolumeclaims',
  'virtualmachineinstances.kubevirt.io',
]);
/** What a quota names without `count/`. */
const SHORT: ReadonlySet<string> = new Set(['configmaps', 'secrets', 'services', 'resourcequotas']);

function countsIn(quota: Reviewed): ObjectCount[] {
  return Object.entries(objectAt(quota.object, 'spec', 'hard') ?? {}).flatMap(([key, hard]): ObjectCount[] => {
    const resource = key.startsWith('count/') ? key.slice('count/'.length) : key;
    if (ELSEWHERE.has(resource) || (resource === key && !SHORT.has(key))) return [];
    const most = parseQuantity(hard);
    return most === undefined ? [] : [{ quota, key, resource, most }];
  });
}

/** The objects of each namespace by their resources, each in its last state. */
function byResource(cluster: Cluster): ReadonlyMap<string, readonly Reviewed[]> {
  const held = new Map<string, Map<string, Reviewed>>();
  for (const reviewed of cluster.objects) {
    const [name, group] = [nameOf(reviewed), groupOf(reviewed)];
    if (name === '') continue;
    const plural = pluralOf(kindNameOf(reviewed));
    const key = `${namespaceOf(reviewed)} ${plural}${group === '' ? '' : `.${group}`}`;
    const same = held.get(key) ?? new Map<string, Reviewed>();
    held.set(key, same);
    same.set(name, reviewed);
  }
  return new Map([...held].map(([key, objects]) => [key, [...objects.values()]]));
}

/** As the API server names the resources of Kubernetes, KubeVirt and CDI. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower.endsWith('policy')) return lower.replace(/y$/, 'ies');
  return /(s|x|ch)$/.test(lower) ? `${lower}es` : `${lower}s`;
}
