import { RuleRow, testRules } from '../shared/rule-table';
import { specPlace, specRules } from './spec-check';
import { TARGET_CHECKS, TARGET_WARNINGS } from './target';

const rules = specRules('dv', [...TARGET_CHECKS, ...TARGET_WARNINGS], ({ object }) => [specPlace(object, 'spec')]);
const resources = { requests: { storage: '1Gi' } };
const storage = { resources };
const pvc = { accessModes: ['ReadWriteOnce'], resources };
const size = (text: unknown) => ({ storage: { resources: { requests: { storage: text } } } });

const rows: RuleRow[] = [
  { rule: 'dv-target-present', accepts: { pvc }, refuses: {}, field: 'spec.PVC', says: 'got nothing' },
  {
    rule: 'dv-target-single',
    accepts: { storage },
    refuses: { pvc, storage },
    field: 'spec.PVC.Storage',
    says: 'both',
  },
  {
    rule: 'dv-size-positive',
    accepts: size(1),
    refuses: size('0'),
    field: 'spec.Storage.resources.requests.size',
    says: 'more than zero, got "0"',
  },
  {
    rule: 'dv-size-positive',
    accepts: size('1Gi'),
    refuses: { pvc: size('-1Gi').storage },
    field: 'spec.PVC.resources.requests.size',
    says: 'got "-1Gi"',
  },
  {
    rule: 'dv-size-least',
    accepts: size('1Mi'),
    refuses: size(1048575),
    field: 'spec.Storage.resources.requests.size',
    says: `at least '1Mi', got 1048575`,
  },
  {
    rule: 'dv-size-present',
    accepts: { storage: {}, source: { pvc: {} } },
    refuses: { storage: {}, source: { http: {} } },
    field: 'spec.Storage.resources.requests.size',
    says: 'got nothing',
  },
  {
    rule: 'dv-size-present',
    accepts: { storage: {}, sourceRef: {} },
    refuses: { pvc: {}, source: { snapshot: {} } },
    field: 'spec.PVC.resources.requests.size',
    says: 'got nothing',
  },
  {
    rule: 'dv-storage-class-name-short',
    accepts: { storage: { storageClassName: 's'.repeat(253) } },
    refuses: { storage: { storageClassName: 's'.repeat(254) } },
    field: 'spec.storage.storageClassName',
    says: 'at most 253 characters',
  },
  {
    rule: 'dv-access-modes-one',
    accepts: { pvc },
    refuses: { pvc: { resources } },
    field: 'spec.PVC.accessModes',
    says: 'got nothing',
  },
  {
    rule: 'dv-access-modes-one',
    accepts: { storage: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } },
    refuses: { pvc: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } },
    field: 'spec.PVC.accessModes',
    says: 'name one mode',
  },
  {
    rule: 'dv-access-modes-known',
    accepts: { storage: { accessModes: ['ReadWriteOncePod', 'ReadOnlyMany'] } },
    refuses: { storage: { accessModes: ['ReadWriteOnce', 'RWX'] } },
    field: 'spec.PVC.accessModes',
    says: 'got "RWX"',
  },
  {
    rule: 'dv-archive-on-filesystem',
    accepts: { contentType: 'archive', storage: { volumeMode: 'Filesystem' } },
    refuses: { contentType: 'archive', storage: { volumeMode: 'Block' } },
    field: 'spec.storage.volumeMode',
    says: `for contentType 'archive', got "Block"`,
  },
];

describe('the claim of a DataVolume', () => testRules(rules, rows));
