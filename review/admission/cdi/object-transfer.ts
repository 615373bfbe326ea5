import { objectAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { specStays } from '../shared/immutable-spec';
import { topic } from '../shared/topic';
import { alternatives, must } from '../shared/wording';

const SOURCE = 'CDI, pkg/apiserver/webhooks/transfer-validate.go:Admit';
const KINDS = ['DataVolume', 'PersistentVolumeClaim'];

/** Rules for ObjectTransfers. */
export const OBJECT_TRANSFER_RULES: readonly Rule[] = topic({ kinds: ['ObjectTransfer'] }, [
  {
    id: 'object-transfer-spec-immutable',
    sentence: 'The spec of an ObjectTransfer stays what it was.',
    source: SOURCE,
    check: specStays({ kind: 'ObjectTransfer', serverField: 'spec' }),
  },
  {
    id: 'object-transfer-target',
    sentence: 'An ObjectTransfer has a target namespace or a target name.',
    source: SOURCE,
    check: ({ object, old }, note) => {
      const target = objectAt(object, 'spec', 'target');
      if (old !== undefined || target?.namespace !== undefined || target?.name !== undefined) return;
      note('spec.target', must('target', `have 'namespace' or 'name'`, target));
    },
  },
  {
    id: 'object-transfer-source-kind',
    sentence: 'An ObjectTransfer moves a DataVolume or a claim.',
    source: SOURCE,
    check: ({ object, old }, note) => {
      const kind = valueAt(object, 'spec', 'source', 'kind');
      if (old !== undefined || KINDS.includes(kind as string)) return;
      note('spec.source.kind', must('kind', `be ${alternatives(KINDS)}`, kind));
    },
  },
]);
