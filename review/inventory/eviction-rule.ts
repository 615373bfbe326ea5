import { judgeLiveMigration, MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { isKubeVirt } from '../config';
import { Severity } from '../finding';
import { textAt } from '../json';
import { SetRule } from '../references/set';
import { guestFacts } from './guest';
import { machineOf } from './machines';
import { InventoryState } from './state';

/**
 * An eviction strategy that asks for a live migration which cannot be. The VM is accepted, KubeVirt notes an event on
 * the instance, and the drain of its node waits for ever.
 *
 * @see https://kubevirt.io/user-guide/cluster_admin/node_maintenance/#eviction-strategies
 */
export const EVICTION_RULE: SetRule = {
  id: 'eviction-live-migrate',
  source: 'pkg/virt-handler/vm.go, calculateLiveMigrationCondition (KubeVirt v1.6.2)',
  severity: Severity.WARNING,
  check: ({ objects }, note) => {
    const cluster = objects.find(({ object }) => isKubeVirt(object))?.object;
    const byDefault = textAt(cluster, 'spec', 'configuration', 'evictionStrategy');
    const asking = objects.flatMap((reviewed) => {
      const machine = machineOf(reviewed.object);
      const strategy = textAt(machine?.guest, 'evictionStrategy') || byDefault;
      return machine !== undefined && strategy === 'LiveMigrate' ? [{ reviewed, machine }] : [];
    });
    if (asking.length === 0) return;
    const state = new InventoryState({ storageClasses: [] }, false);
    for (const { object } of objects) state.apply(object, '');
    for (const { reviewed, machine } of asking) {
      const { verdict, obstacles } = judgeLiveMigration(guestFacts(machine, state));
      if (verdict !== MigrationVerdict.NOT_MIGRATABLE) continue;
      const why = obstacles.filter(({ certain }) => certain).map(({ message }) => message);
      const field = machine.kind === 'VirtualMachine' ? 'spec.template.spec.evictionStrategy' : 'spec.evictionStrategy';
      const whose = textAt(machine.guest, 'evictionStrategy') === '' ? " (KubeVirt's own setting)" : '';
      const message = `'evictionStrategy' must not be "LiveMigrate"${whose} of a VM that cannot be live-migrated: ${why.join('; ')}`;
      note(reviewed, field, message, "write 'LiveMigrateIfPossible', or make it migratable");
    }
  },
};
