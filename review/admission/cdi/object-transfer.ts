import { Severity } from '../../finding';
import { objectAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { immutableSpec } from '../shared/immutable-spec';
import { alternatives, must } from '../shared/wording';

const SOURCE = 'CDI v1.63.1, pkg/apiserver/webhooks/transfer-validate.go:Admit';
const KINDS = ['DataVolume', 'PersistentVolumeClaim'];

/** Rules for ObjectTransfers. */
export const OBJECT_TRANSFER_RULES: readonly Rule[] = [
  immutableSpec({ id: 'object-transfer-spec-immutable', source: SOURCE, kind: 'ObjectTransfer', field: 'spec' }),
  {
    id: 'object-transfer-target',
    source: SOURCE,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      const target = objectAt(object, 'spec', 'target');
      if (old !== undefined || target?.namespace !== undefined || target?.name !== undefined) return;
      note('spec.target', must('target', `have 'namespace' or 'name'`, target));
    },
  },
  {
    id: 'object-transfer-source-kind',
    source: SOURCE,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      const kind = valueAt(object, 'spec', 'source', 'kind');
      if (old !== undefined || KINDS.includes(kind as string)) return;
      note('spec.source.kind', must('kind', `be ${alternatives(KINDS)}`, kind));
    },
  },
];
