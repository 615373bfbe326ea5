import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { OBJECT_TRANSFER_RULES } from './object-transfer';

const object = (target: Json, kind = 'DataVolume'): Json => ({
  spec: { source: { kind, namespace: 'a', name: 'b' }, target },
});

const rows: Example[] = [
  {
    rule: 'object-transfer-spec-immutable',
    accepts: object({ name: 'c' }),
    refuses: object({ name: 'd' }),
    old: object({ name: 'c' }),
    field: 'spec',
    says: 'of an ObjectTransfer must stay',
  },
  {
    rule: 'object-transfer-target',
    accepts: object({ namespace: 'n' }),
    refuses: object({}),
    field: 'spec.target',
    says: `'namespace' or 'name', got {}`,
  },
  {
    rule: 'object-transfer-source-kind',
    accepts: object({ name: 'c' }, 'PersistentVolumeClaim'),
    refuses: object({ name: 'c' }, 'Pod'),
    field: 'spec.source.kind',
    says: 'got "Pod"',
  },
];

describe('ObjectTransfer', () => testRules(OBJECT_TRANSFER_RULES, rows));
