import { objectAt, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { whileGateIsOn } from '../shared/gate-rule';
import { parseDuration } from '../shared/go-duration';
import { specStays } from '../shared/immutable-spec';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';

const SOURCE = 'KubeVirt, pkg/storage/admitters/vmsnapshot.go:Admit';

/** Rules for VirtualMachineSnapshots. */
export const SNAPSHOT_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineSnapshot'] }, [
  {
    id: 'snapshot-gate',
    sentence: 'A snapshot is made while its feature gate is on.',
    source: SOURCE,
    check: whileGateIsOn('VirtualMachineSnapshot', 'Snapshot'),
  },
  {
    id: 'snapshot-source-api-group',
    sentence: "The API group of a snapshot's source is kubevirt.io.",
    source: SOURCE,
    check: ({ object, old }, note) => {
      const source = objectAt(object, 'spec', 'source');
      if (old === undefined && source !== undefined) checkApiGroup(source, 'spec.source', note);
    },
  },
  {
    id: 'snapshot-source-kind',
    sentence: 'The source of a snapshot is a VirtualMachine.',
    source: SOURCE,
    check: ({ object, old }, note) => {
      if (old === undefined) checkKind(objectAt(object, 'spec', 'source') ?? {}, 'spec.source', note);
    },
  },
  {
    id: 'snapshot-failure-deadline',
    sentence: 'The failure deadline of a snapshot is a Go duration.',
    source: `${SOURCE} (metav1.Duration)`,
    check: ({ object }, note) => {
      const deadline = valueAt(object, 'spec', 'failureDeadline');
      if (deadline === undefined || parseDuration(deadline) !== undefined) return;
      note('spec.failureDeadline', must('failureDeadline', `be a duration such as '5m'`, deadline));
    },
  },
  {
    id: 'snapshot-spec-immutable',
    sentence: 'The spec of a snapshot stays what it was.',
    source: SOURCE,
    check: specStays({ kind: 'VirtualMachineSnapshot', serverField: 'spec' }),
  },
]);

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
