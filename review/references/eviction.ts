import { judge } from '../cluster/live-migration';
import { guestField } from '../cluster/machine';
import { Severity } from '../finding';
import { textAt } from '../manifests/json';
import { ReferenceRule } from './rule';

/**
 * An eviction strategy that asks for a live migration which cannot be. The VM is accepted, KubeVirt notes an event on
 * the instance, and the drain of its node waits for ever. What stands against it by a default of KubeVirt that the cluster
 * may have changed is not a finding.
 *
 * @see https://kubevirt.io/user-guide/cluster_admin/node_maintenance/#eviction-strategies
 */
export const EVICTION_RULE: ReferenceRule = {
  id: 'eviction-live-migrate',
  sentence: 'A machine that must be live-migrated can be live-migrated.',
  source: 'KubeVirt, pkg/virt-handler/vm.go:calculateLiveMigrationCondition',
  severity: Severity.WARNING,
  check: (cluster, note) => {
    const byDefault = cluster.settings.evictionStrategy;
    const asking = cluster.sampleMachines.filter(
      ({ guest }) => (textAt(guest, 'evictionStrategy') || byDefault) === 'LiveMigrate',
    );
    for (const machine of asking) {
      const why = judge(machine, cluster.end).proven.map(({ message }) => message);
      if (why.length === 0) continue;
      const whose = textAt(machine.guest, 'evictionStrategy') === '' ? " (KubeVirt's own setting)" : '';
      const message = `'evictionStrategy' must not be "LiveMigrate"${whose} of a VM that cannot be live-migrated: ${why.join('; ')}`;
      const remedy = "write 'LiveMigrateIfPossible', or make it migratable";
      note(machine.from, guestField(machine, 'evictionStrategy'), message, remedy);
    }
  },
};
