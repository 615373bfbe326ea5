import { SensitiveValues } from '../../constructs/shared/sensitive-values';
import { Cluster } from '../cluster/cluster';
import { kindNameOf, nameOf, namespaceOf } from '../cluster/identity';
import type { ClusterState } from '../cluster/state';
import { asStates } from '../cluster/states';
import { Severity } from '../finding';
import { Reviewed } from '../manifests/manifest';
import { OUTCOME_RULES } from '../outcomes';
import type { Ground } from './ground';
import { ProblemRow } from './model';
import { compare } from './text';

/** What the review says will become of objects, where that is no good. */
export function problemRows(
  group: string,
  objects: readonly Reviewed[],
  { storage, given: { release, releaseAssumed, cdi, ...given } }: Ground,
  end: ClusterState,
): ProblemRow[] {
  const cluster = new Cluster(asStates(objects), { storage, end, release, releaseAssumed, cdi, given });
  const rows: ProblemRow[] = [];
  const spoken = new Map<Reviewed, SensitiveValues>();
  for (const rule of OUTCOME_RULES) {
    rule.check(cluster, (reviewed, field, message, remedy, _missing, severity = rule.severity) => {
      const sensitive = spoken.get(reviewed) ?? new SensitiveValues(kindNameOf(reviewed), [reviewed.object]);
      spoken.set(reviewed, sensitive);
      rows.push({
        group,
        namespace: namespaceOf(reviewed),
        object: `${kindNameOf(reviewed)} ${nameOf(reviewed)}`,
        rule: rule.id,
        isCertain: severity === Severity.ERROR,
        reason: sensitive.hide(message, field),
        remedy: remedy && sensitive.hide(remedy),
      });
    });
  }
  return rows.sort(
    (a, b) =>
      Number(b.isCertain) - Number(a.isCertain) ||
      compare(a.namespace, b.namespace) ||
      compare(a.object, b.object) ||
      compare(a.rule, b.rule),
  );
}
