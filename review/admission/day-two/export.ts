import { Severity } from '../../finding';
import { objectAt, textAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { gateRule } from '../shared/gate-rule';
import { parseDuration } from '../shared/go-duration';
import { immutableSpec } from '../shared/immutable-spec';
import { alternatives, must, show } from '../shared/wording';

const FILE = 'KubeVirt v1.6.2, pkg/storage/admitters/vmexport.go';

/** API group of each kind that can be exported; of a claim it is empty. */
const GROUPS: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: '',
  VirtualMachineSnapshot: 'snapshot.kubevirt.io',
  VirtualMachine: 'kubevirt.io',
};

/** Rules for VirtualMachineExports. */
export const EXPORT_RULES: readonly Rule[] = [
  gateRule('export-gate', 'VirtualMachineExport', 'VMExport', `${FILE}:Admit`),
  {
    id: 'export-source-kind',
    source: `${FILE}:Admit`,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      const kind = valueAt(object, 'spec', 'source', 'kind');
      if (old !== undefined || kind === undefined || GROUPS[kind as string] !== undefined) return;
      note('spec.source.kind', must('kind', `be ${alternatives(Object.keys(GROUPS))}`, kind));
    },
  },
  {
    id: 'export-source-api-group',
    source: `${FILE}:validatePVCApiGroup, validateVMSnapshotApiGroup, validateVMApiGroup`,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      const source = objectAt(object, 'spec', 'source') ?? {};
      const group = GROUPS[textAt(source, 'kind')];
      if (old !== undefined || group === undefined || textAt(source, 'apiGroup') === group) return;
      const what = `be ${group === '' ? 'empty' : `'${group}'`} for a ${textAt(source, 'kind')}`;
      note('spec.source.APIGroup', `'apiGroup' must ${what}, got ${show(source.apiGroup)}`);
    },
  },
  {
    id: 'export-source-name',
    source: `${FILE}:validatePVCName, validateVMSnapshotName, validateVMName`,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      const source = objectAt(object, 'spec', 'source') ?? {};
      if (old !== undefined || GROUPS[textAt(source, 'kind')] === undefined || source.name !== '') return;
      note('spec.source.name', must('name', 'not be empty', source.name));
    },
  },
  {
    id: 'export-ttl',
    source: `${FILE}:Admit (metav1.Duration)`,
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      const ttl = valueAt(object, 'spec', 'ttlDuration');
      if (ttl === undefined || parseDuration(ttl) !== undefined) return;
      note('spec.ttlDuration', must('ttlDuration', `be a duration such as '2h'`, ttl));
    },
  },
  immutableSpec({ id: 'export-spec-immutable', source: `${FILE}:Admit`, kind: 'VirtualMachineExport', field: 'spec' }),
];
