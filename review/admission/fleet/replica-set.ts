import { objectAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { Part, part, whole } from '../part';
import { REPLICA_SET } from '../shared/holders';
import { topic } from '../shared/topic';
import { machineOfSpec, templateParts } from './machine-within';
import { noteOtherLabels, noteSelector } from './selector';

const SOURCE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/vmirs-admitter.go:ValidateVMIRSSpec';

/** Rules for a VirtualMachineInstanceReplicaSet beside its template. */
export const REPLICA_SET_RULES: readonly Rule[] = topic({ kinds: [REPLICA_SET] }, [
  {
    id: 'replica-set-selector-valid',
    sentence: 'The selector of a replica set is valid.',
    source: SOURCE,
    check: noteSelector,
  },
  {
    id: 'replica-set-selector-matches',
    sentence: 'The selector of a replica set fits the labels of its template.',
    source: SOURCE,
    check: (subject, note) => noteOtherLabels(subject, 'template', note),
  },
]);

/** Rules for a VirtualMachineInstanceReplicaSet and its template. */
export const REPLICA_SET_PARTS: readonly Part[] = [
  part(whole, REPLICA_SET_RULES),
  ...templateParts({
    kind: REPLICA_SET,
    machine: (object) => machineOfSpec({ runStrategy: 'Always', template: objectAt(object, 'spec', 'template') }),
    field: (path) => path,
  }),
];
