import { judge } from '../cluster/judgement';
import { kindOf } from '../cluster/kinds';
import { Machine, machineOf } from '../cluster/machine';
import { membersOf } from '../cluster/replicas';
import { KubeVirtSettings } from '../cluster/settings';
import { InventoryState } from '../cluster/state';
import { Severity } from '../finding';
import { textAt } from '../manifests/json';
import type { Json } from '../rule';
import { SetRule } from './rule';

/**
 * An eviction strategy that asks for a live migration which cannot be. The VM is accepted, KubeVirt notes an event on
 * the instance, and the drain of its node waits for ever. What stands against it by a default of KubeVirt that the cluster
 * may have changed is no finding.
 *
 * @see https://kubevirt.io/user-guide/cluster_admin/node_maintenance/#eviction-strategies
 */
export const EVICTION_RULE: SetRule = {
  id: 'eviction-live-migrate',
  source: 'pkg/virt-handler/vm.go, calculateLiveMigrationCondition (KubeVirt v1.6.2)',
  severity: Severity.WARNING,
  check: ({ objects }, note) => {
    const settings = new KubeVirtSettings();
    for (const { object } of objects) settings.note(object);
    const byDefault = settings.evictionStrategy;
    const asking = objects.flatMap((reviewed) => {
      const found = oneOf(reviewed.object);
      const strategy = textAt(found?.machine.guest, 'evictionStrategy') || byDefault;
      return found !== undefined && strategy === 'LiveMigrate' ? [{ reviewed, ...found }] : [];
    });
    if (asking.length === 0) return;
    const state = new InventoryState({ storageClasses: [] }, false);
    for (const { object } of objects) state.apply(object, '');
    for (const { reviewed, machine, field } of asking) {
      const why = judge(machine, state).proven.map(({ message }) => message);
      if (why.length === 0) continue;
      const whose = textAt(machine.guest, 'evictionStrategy') === '' ? " (KubeVirt's own setting)" : '';
      const message = `'evictionStrategy' must not be "LiveMigrate"${whose} of a VM that cannot be live-migrated: ${why.join('; ')}`;
      note(reviewed, field, message, "write 'LiveMigrateIfPossible', or make it migratable");
    }
  },
};

/** The field of each kind, of a set that of its template. */
const FIELDS: Readonly<Record<string, string>> = {
  VirtualMachine: 'spec.template.spec.evictionStrategy',
  VirtualMachineInstance: 'spec.evictionStrategy',
  VirtualMachineInstanceReplicaSet: 'spec.template.spec.evictionStrategy',
  VirtualMachinePool: 'spec.virtualMachineTemplate.spec.template.spec.evictionStrategy',
};

/** The machine that an object is, of a set the first of its machines: they are alike. */
function oneOf(object: Json): { readonly machine: Machine; readonly field: string } | undefined {
  const field = FIELDS[kindOf(object)];
  if (field === undefined) return undefined;
  const machine = machineOf(object) ?? membersOf(object)?.objects.map(machineOf)[0];
  return machine && { machine, field };
}
