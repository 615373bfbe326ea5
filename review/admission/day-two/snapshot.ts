import { Severity } from '../../finding';
import { objectAt, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { gateRule } from '../shared/gate-rule';
import { parseDuration } from '../shared/go-duration';
import { immutableSpec } from '../shared/immutable-spec';
import { must } from '../shared/wording';

const SOURCE = 'KubeVirt v1.6.2, pkg/storage/admitters/vmsnapshot.go:Admit';

/** Rules for VirtualMachineSnapshots. */
export const SNAPSHOT_RULES: readonly Rule[] = [
  gateRule('snapshot-gate', 'VirtualMachineSnapshot', 'Snapshot', SOURCE),
  {
    id: 'snapshot-source-api-group',
    source: SOURCE,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      const source = objectAt(object, 'spec', 'source');
      if (old === undefined && source !== undefined) checkApiGroup(source, 'spec.source', note);
    },
  },
  {
    id: 'snapshot-source-kind',
    source: SOURCE,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      if (old === undefined) checkKind(objectAt(object, 'spec', 'source') ?? {}, 'spec.source', note);
    },
  },
  {
    id: 'snapshot-failure-deadline',
    source: `${SOURCE} (metav1.Duration)`,
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      const deadline = valueAt(object, 'spec', 'failureDeadline');
      if (deadline === undefined || parseDuration(deadline) !== undefined) return;
      note('spec.failureDeadline', must('failureDeadline', `be a duration such as '5m'`, deadline));
    },
  },
  immutableSpec({
    id: 'snapshot-spec-immutable',
    source: SOURCE,
    kind: 'VirtualMachineSnapshot',
    field: 'spec',
  }),
];

/** Notes a reference to a VirtualMachine whose group is another: a version, as in `apiVersion`, is one too many. */
export function checkApiGroup({ apiGroup }: Json, field: string, note: Note): void {
  if (apiGroup === 'kubevirt.io') return;
  note(`${field}.apiGroup`, must('apiGroup', `be 'kubevirt.io'`, apiGroup), 'a group, without a version');
}

/** Notes a reference to something else than a VirtualMachine; asked only where the group is right. */
export function checkKind({ apiGroup, kind }: Json, field: string, note: Note): void {
  if (apiGroup !== 'kubevirt.io' || kind === undefined || kind === 'VirtualMachine') return;
  note(`${field}.kind`, must('kind', `be 'VirtualMachine'`, kind));
}
