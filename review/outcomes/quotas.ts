import { MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { nameOf } from '../cluster/identity';
import { judge } from '../cluster/live-migration';
import { isStarted } from '../cluster/machine';
import { Severity } from '../finding';
import { valueAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import { CLAIM_QUOTA_RULE } from './claim-quotas';
import { limitsOf } from './limits';
import { OutcomeRule } from './rule';

/** Rules that a namespace has room for its claims and machines. */
export const QUOTA_RULES: readonly OutcomeRule[] = [
  CLAIM_QUOTA_RULE,
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
