import { MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { Cluster } from '../cluster/cluster';
import { groupOf, kindNameOf, nameOf, namespaceOf } from '../cluster/identity';
import { judge } from '../cluster/live-migration';
import { isStarted } from '../cluster/machine';
import { Severity } from '../finding';
import { objectAt, objectsAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { parseQuantity } from '../manifests/quantity';
import { claimField, WrittenClaim, writtenClaims } from './claims-written';
import { OutcomeRule } from './rule';

/** Rules that a namespace has room for its claims and machines. */
export const QUOTA_RULES: readonly OutcomeRule[] = [
  {
    id: 'claim-quota',
    sentence:
      'A claim, with those that CDI makes beside it, fits into the ResourceQuota and the LimitRange of its namespace.',
    source:
      'Kubernetes, pkg/quota/v1/evaluator/core/persistent_volume_claims.go, plugin/pkg/admission/limitranger; CDI, pkg/controller/populators/populator-base.go:createPVCPrime; pkg/controller/util.go:createScratchPersistentVolumeClaim',
    severity: Severity.ERROR,
    check: (cluster, note) => {
      const quotas = limitsOf(cluster, 'ResourceQuota');
      const ranges = limitsOf(cluster, 'LimitRange');
      if (quotas.size + ranges.size === 0 || !cluster.holdsClaims) return;
      for (const written of writtenClaims(cluster)) {
        const { namespace } = written.claim;
        const fault = [
          ...(quotas.get(namespace) ?? []).map((quota) => overQuota(quota, written)),
          ...(ranges.get(namespace) ?? []).map((range) => overRange(range, written)),
        ].find((one) => one !== undefined);
        if (fault === undefined) continue;
        const field = claimField(written, 'resources', 'requests', 'storage');
        const { text, severity } = fault;
        note(written.from, field, `'storage' must fit into ${text}`, 'ask for less, or raise it', undefined, severity);
      }
    },
  },
  {
    id: 'migration-quota',
    sentence: 'A ResourceQuota has room for the second pod of a live migration.',
    source: 'KubeVirt, pkg/virt-controller/watch/migration/migration.go:createTargetPod',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const quotas = limitsOf(cluster, 'ResourceQuota');
      if (quotas.size === 0) return;
      for (const machine of cluster.lastVirtualMachines) {
        const own = quotas.get(machine.namespace);
        if (own === undefined || !isStarted(machine)) continue;
        if (judge(machine, cluster.end).verdict === MigrationVerdict.NOT_MIGRATABLE) continue;
        for (const quota of own) {
          for (const [part, word] of MEMORY) {
            const hard = valueAt(quota.object, 'spec', 'hard', `${part}.memory`);
            const [most, takes] = [parseQuantity(hard), memoryOf(machine.guest, part)];
            if (most === undefined || takes === undefined || takes > most || takes * 2 <= most) continue;
            const message = `'domain' must leave room for a second pod in ResourceQuota '${nameOf(quota)}' (${part}.memory ${String(hard)}), got a machine that ${word} more than half of it; a live migration waits for ever`;
            note(
              machine.from,
              'spec.template.spec.domain',
              message,
              'raise the quota to twice the machine, and what its pod takes beside it',
            );
            break;
          }
        }
      }
    },
  },
];

const MEMORY = [
  ['limits', 'is limited to'],
  ['requests', 'requests'],
] as const;

/** Bytes of memory that the pod of a machine asks for at least: a request that is left out is that of the guest. */
function memoryOf(guest: unknown, part: 'limits' | 'requests'): number | undefined {
  const stated = parseQuantity(valueAt(guest, 'domain', 'resources', part, 'memory'));
  return stated ?? (part === 'requests' ? parseQuantity(valueAt(guest, 'domain', 'memory', 'guest')) : undefined);
}

/** The quotas or ranges among the manifests, by namespace. */
function limitsOf({ objects }: Cluster, kind: string): Map<string, Reviewed[]> {
  const limits = new Map<string, Reviewed[]>();
  for (const one of objects) {
    if (kindNameOf(one) !== kind || groupOf(one) !== '') continue;
    limits.set(namespaceOf(one), [...(limits.get(namespaceOf(one)) ?? []), one]);
  }
  return limits;
}

/** Why a claim does not fit: by itself it is certain; what CDI makes beside it depends on its driver. */
interface Fault {
  readonly text: string;
  readonly severity: Severity;
}

/** Why a claim does not fit into a quota, by itself, or with what CDI makes beside it while it fills it. */
function overQuota(quota: Reviewed, { claim }: WrittenClaim): Fault | undefined {
  const { requested, settled, scratch, source } = claim;
  const hard = objectAt(quota.object, 'spec', 'hard') ?? {};
  const name = `ResourceQuota '${nameOf(quota)}'`;
  const isFilled = /^(import|upload|blank)/.test(source.made) || source.clones !== undefined;
  const own = `${settled.storageClassName ?? ''}.storageclass.storage.k8s.io/`;
  for (const key of ['requests.storage', `${own}requests.storage`]) {
    const most = parseQuantity(hard[key]);
    if (most === undefined || requested === undefined) continue;
    if (requested > most) {
      return certain(
        `${name}, got more than its ${key} of ${String(hard[key])}; the claim is never made${isFilled ? ', though the DataVolume is accepted' : ''}`,
      );
    }
    const beside = source.scratch === 'needed' ? (scratch?.bytes ?? 0) : 0;
    const all = requested * (isFilled && source.clones === undefined ? 2 : 1) + beside;
    if (isFilled && all > most) {
      return likely(
        `${name}, got more than its ${key} of ${String(hard[key])} with what CDI makes beside it (a second claim of the same size${beside > 0 ? ' and scratch space' : ''}); it is never filled`,
      );
    }
  }
  const count = parseQuantity(hard.persistentvolumeclaims);
  const claims = 1 + (isFilled ? 1 : 0) + (source.scratch === 'needed' ? 1 : 0);
  if (count === undefined || claims <= count) return undefined;
  return likely(
    `${name}, got ${claims} claims where its persistentvolumeclaims are ${String(hard.persistentvolumeclaims)}: CDI makes others beside it while it fills it`,
  );
}

function certain(text: string): Fault {
  return { text, severity: Severity.ERROR };
}

function likely(text: string): Fault {
  return { text, severity: Severity.WARNING };
}

/** Why a claim does not fit into a LimitRange. */
function overRange(range: Reviewed, { claim: { requested } }: WrittenClaim): Fault | undefined {
  const limit = objectsAt(range.object, 'spec', 'limits').find(({ type }) => type === 'PersistentVolumeClaim');
  if (limit === undefined || requested === undefined) return undefined;
  const [most, least] = ['max', 'min'].map((part) => valueAt(limit, part, 'storage'));
  const name = `LimitRange '${nameOf(range)}'`;
  if (requested > (parseQuantity(most) ?? Infinity))
    return certain(`${name}, got more than its max of ${String(most)}`);
  if (requested < (parseQuantity(least) ?? 0)) return certain(`${name}, got less than its min of ${String(least)}`);
  return undefined;
}
