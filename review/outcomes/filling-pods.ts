import { CloneOutcomeKind } from '../../constructs/storage/clone/outcome';
import { Cluster } from '../cluster/cluster';
import { nameOf, placeKey } from '../cluster/identity';
import { fillingContainer, PodContainer } from '../cluster/pod-container';
import { Severity } from '../finding';
import { valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { parseQuantity } from '../manifests/quantity';
import { amountText } from './amounts';
import { asksForClaims, claimField, WrittenClaim, writtenClaims } from './claims-written';
import { containerFault } from './limit-range';
import { limitsOf } from './limits';
import { OutcomeRule } from './rule';

/** The rule that a namespace lets the pods be made with which CDI fills claims. */
export const FILLING_POD_RULE: OutcomeRule = {
  id: 'filling-pod-limits',
  sentence: 'The pods with which CDI fills the claims of a namespace keep to its LimitRanges and ResourceQuotas.',
  source:
    'CDI, pkg/controller/config-controller.go:reconcileDefaultPodResourceRequirements; Kubernetes, plugin/pkg/admission/limitranger/admission.go:PodValidateLimitFunc',
  severity: Severity.WARNING,
  check: (cluster, note) => {
    const [ranges, quotas] = [limitsOf(cluster, 'LimitRange'), limitsOf(cluster, 'ResourceQuota')];
    if (ranges.size + quotas.size === 0 || !asksForClaims(cluster)) return;
    const pod = fillingContainer(cluster.settings);
    const faults = new Map<string, string | undefined>();
    const first = new Map<string, WrittenClaim>();
    const counts = new Map<string, number>();
    for (const written of writtenClaims(cluster)) {
      const { namespace } = written.claim;
      if (!faults.has(namespace)) {
        faults.set(namespace, faultOf(ranges.get(namespace) ?? [], quotas.get(namespace) ?? [], pod));
      }
      if (faults.get(namespace) === undefined || !isFilledByPod(cluster, written)) continue;
      first.set(namespace, written);
      counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
    }
    for (const [namespace, written] of first) {
      const others = counts.get(namespace)! - 1;
      const more = others === 0 ? '' : `, and so are ${others} more`;
      const field = claimField(written);
      const word = field.split('.').at(-1);
      const message = `'${word}' must be filled by a pod that ${faults.get(namespace)}; CDI never makes it, and the claim is never filled${more}`;
      note(written.from, field, message, "allow it, or set 'podResourceRequirements' of the CDI object");
    }
  },
};

/** What a pod of CDI breaks, in words. */
function faultOf(ranges: readonly Reviewed[], quotas: readonly Reviewed[], pod: PodContainer): string | undefined {
  const range = ranges.map((one) => containerFault(one, pod, true)).find((fault) => fault !== undefined);
  if (range !== undefined) return `keeps to LimitRange ${range}`;
  return quotas.map((quota) => quotaFault(quota, pod)).find((fault) => fault !== undefined);
}

const WORDS = [
  ['limits.memory', 'limits', 'memory'],
  ['limits.cpu', 'limits', 'cpu'],
  ['requests.memory', 'requests', 'memory'],
  ['requests.cpu', 'requests', 'cpu'],
  ['memory', 'requests', 'memory'],
  ['cpu', 'requests', 'cpu'],
] as const;

function quotaFault(quota: Reviewed, pod: PodContainer): string | undefined {
  for (const [word, part, resource] of WORDS) {
    const most = parseQuantity(valueAt(quota.object, 'spec', 'hard', word));
    const asked = pod[part][resource];
    if (most === undefined || asked === undefined || asked <= most) continue;
    return `fits into ResourceQuota '${nameOf(quota)}' (${word} ${amountText(word, most)}), got the container '${pod.name}', which takes ${amountText(word, asked)}`;
  }
  return undefined;
}

/** Whether CDI makes a pod to fill a claim: for an import, an upload, an empty image, and a clone that is copied. */
function isFilledByPod(cluster: Cluster, { claim }: WrittenClaim): boolean {
  const { source, namespace, name } = claim;
  if (source.clones === undefined)
    return /^(import|upload|blank|populated by Volume(Import|Upload)Source$)/.test(source.made);
  return cluster.clones.get(placeKey(namespace, name))?.outcome.kind === CloneOutcomeKind.COPY;
}
