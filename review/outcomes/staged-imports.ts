import { Outcome, OutcomeKind } from '../../constructs/storage/outcome';
import type { Claim } from '../cluster/claim';
import { nameOf, namespaceOf } from '../cluster/identity';
import { diskTemplateField, diskTemplates } from '../cluster/machine';
import { Severity } from '../finding';
import { objectsAt, textAt } from '../manifests/json';
import { noteOutcome, Judged, OutcomeRule } from './rule';

const RULE = 'import-final-checkpoint';

/** What becomes of a claim whose import has copied the stages so far, and has no last one. */
export const PAUSED: Outcome = {
  kind: OutcomeKind.WAITS,
  rule: RULE,
  reason: 'CDI pauses the DataVolume after the checkpoints that it lists, and a machine that uses it waits',
  remedy: "add the last checkpoint, with 'finalCheckpoint: true'",
  source: 'CDI v1.63.1, pkg/controller/datavolume/import-controller.go, updateStatusPhase',
};

/** Rules of imports that copy a disk in stages, while its machine runs elsewhere. */
export const STAGED_IMPORT_RULES: readonly OutcomeRule[] = [
  {
    id: RULE,
    sentence: 'An import in stages has its last checkpoint.',
    source: 'CDI, pkg/controller/datavolume/import-controller.go:updateStatusPhase',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      // The last of what asks for the same claim counts.
      const found = new Map<Claim, Judged>();
      for (const from of cluster.ofKind('DataVolume')) {
        if (objectsAt(from.object, 'spec', 'checkpoints').length === 0) continue;
        const claim = cluster.end.claim(namespaceOf(from), nameOf(from));
        if (claim?.source.isPaused === true) found.set(claim, { from, field: FIELD.join('.'), outcome: PAUSED });
      }
      for (const machine of cluster.sampleMachines) {
        for (const [index, template] of diskTemplates(machine).entries()) {
          if (objectsAt(template, 'spec', 'checkpoints').length === 0) continue;
          const claim = cluster.end.claim(machine.namespace, textAt(template, 'metadata', 'name'));
          const field = diskTemplateField(machine, index, ...FIELD);
          if (claim?.source.isPaused === true) found.set(claim, { from: machine.from, field, outcome: PAUSED });
        }
      }
      for (const judged of found.values()) noteOutcome(judged, 'be true for the import to end', note);
    },
  },
];

const FIELD = ['spec', 'finalCheckpoint'] as const;
