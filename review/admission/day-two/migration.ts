import { gateIsOn } from '../../cluster/config';
import { objectAt, textAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { specStays } from '../shared/immutable-spec';
import { topic } from '../shared/topic';
import { listGate, must, needsGate } from '../shared/wording';

const FOLDER = 'KubeVirt, pkg/virt-api/webhooks';
const CREATE = `${FOLDER}/validating-webhook/admitters/migration-create-admitter.go`;
const UPDATE = `${FOLDER}/validating-webhook/admitters/migration-update-admitter.go`;
const GATE = 'DecentralizedLiveMigration';
const SELECTOR_LABEL = 'kubevirt.io/vmi-name';

/** The longest value of a label. */
const LONGEST_LABEL = 63;

/** Rules for VirtualMachineInstanceMigrations. */
export const MIGRATION_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineInstanceMigration'] }, [
  {
    id: 'migration-name-given',
    sentence: 'A migration names the machine that it moves.',
    source: `${CREATE}:ValidateVirtualMachineInstanceMigrationSpec`,
    check: ({ object, old }, note) => {
      if (old !== undefined || textAt(object, 'spec', 'vmiName') !== '') return;
      note('spec.vmiName', must('vmiName', 'be the name of a running machine', objectAt(object, 'spec')?.vmiName));
    },
  },
  {
    id: 'migration-name-short',
    sentence: 'The name of the machine that a migration moves can be a label value.',
    source: `${FOLDER}/mutating-webhook/mutators/migration-create-mutator.go: it becomes the value of a label`,
    check: ({ object, old }, note) => {
      const name = textAt(object, 'spec', 'vmiName');
      if (old !== undefined || name.length <= LONGEST_LABEL) return;
      note('spec.vmiName', must('vmiName', `have at most ${LONGEST_LABEL} characters`, name));
    },
  },
  {
    id: 'migration-between-clusters-gate',
    sentence: 'A migration between clusters is made while its feature gate is on.',
    source: `${CREATE}:ValidateVirtualMachineInstanceMigrationSpec`,
    check: ({ object, old, config }, note) => {
      if (old !== undefined || gateIsOn(config, GATE)) return;
      for (const key of ['sendTo', 'receive']) {
        if (objectAt(object, 'spec', key) === undefined) continue;
        note(`spec.${key}`, needsGate(key, GATE), listGate(GATE));
      }
    },
  },
  {
    id: 'migration-between-clusters-id',
    sentence: 'Both ends of a migration between clusters have the same id.',
    source: `${CREATE}:ValidateVirtualMachineInstanceMigrationSpec`,
    check: ({ object, old }, note) => {
      const [send, receive] = [objectAt(object, 'spec', 'sendTo'), objectAt(object, 'spec', 'receive')];
      if (old !== undefined || send === undefined || receive === undefined) return;
      if (send.migrationID === receive.migrationID) return;
      // An absent one is the schema's to refuse.
      if (send.migrationID === undefined || receive.migrationID === undefined) return;
      const message = must(
        'migrationID',
        `be that of 'sendTo', ${JSON.stringify(send.migrationID)}`,
        receive.migrationID,
      );
      note('spec.receive.migrationID', message);
    },
  },
  {
    id: 'migration-priority-reserved',
    since: 'v1.7.4',
    sentence: 'The priority of a migration is set by KubeVirt alone.',
    source: `${CREATE}:Admit`,
    check: ({ object, old }, note) => {
      const priority = objectAt(object, 'spec')?.priority;
      if (old !== undefined || priority === undefined) return;
      const message = must('priority', 'be left out: virt-controller alone sets it', priority);
      note('spec.priority', message, undefined, 'spec.migrationPriority');
    },
  },
  {
    id: 'migration-spec-immutable',
    sentence: 'The spec of a migration stays what it was.',
    source: `${UPDATE}:Admit`,
    check: specStays({ kind: 'VirtualMachineInstanceMigration', serverField: 'spec' }),
  },
  {
    id: 'migration-label-kept',
    sentence: 'A running migration keeps the label of its machine.',
    source: `${UPDATE}:ensureSelectorLabelSafe`,
    check: ({ object, old }, note) => {
      if (['Succeeded', 'Failed'].includes(textAt(object, 'status', 'phase'))) return;
      const before = objectAt(old, 'metadata', 'labels')?.[SELECTOR_LABEL];
      const after = objectAt(object, 'metadata', 'labels')?.[SELECTOR_LABEL];
      if (before === undefined || before === after) return;
      const message = must(SELECTOR_LABEL, `stay ${JSON.stringify(before)} while the migration runs`, after);
      note(`metadata.labels["${SELECTOR_LABEL}"]`, message);
    },
  },
]);
