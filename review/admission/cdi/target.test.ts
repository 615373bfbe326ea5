import { Json } from '../../rule';
import { Example, remedies, testRules } from '../../testing/rule-tester';
import { specRules } from './spec-check';
import { TARGET_CHECKS, TARGET_WARNINGS } from './target';

const rules = specRules('data-volume', { kinds: ['DataVolume'] }, [...TARGET_CHECKS, ...TARGET_WARNINGS]);
const resources = { requests: { storage: '1Gi' } };
const storage = { resources };
const pvc = { accessModes: ['ReadWriteOnce'], resources };
const size = (text: unknown) => ({ storage: { resources: { requests: { storage: text } } } });

const rows: Example[] = [
  {
    rule: 'data-volume-target-present',
    accepts: { pvc },
    refuses: {},
    field: 'spec.storage',
    serverField: 'spec.PVC',
    says: 'got nothing',
  },
  {
    rule: 'data-volume-target-single',
    accepts: { storage },
    refuses: { pvc, storage },
    field: 'spec.pvc',
    serverField: 'spec.PVC.Storage',
    says: 'both',
  },
  {
    rule: 'data-volume-size-positive',
    accepts: size(1),
    refuses: size('0'),
    field: 'spec.storage.resources.requests.storage',
    serverField: 'spec.Storage.resources.requests.size',
    says: 'more than zero, got "0"',
  },
  {
    rule: 'data-volume-size-positive',
    accepts: size('1Gi'),
    refuses: { pvc: size('-1Gi').storage },
    field: 'spec.pvc.resources.requests.storage',
    serverField: 'spec.PVC.resources.requests.size',
    says: 'got "-1Gi"',
  },
  {
    rule: 'data-volume-size-least',
    accepts: size('1Mi'),
    refuses: size(1048575),
    field: 'spec.storage.resources.requests.storage',
    serverField: 'spec.Storage.resources.requests.size',
    says: `at least '1Mi', got 1048575`,
  },
  {
    rule: 'data-volume-size-least',
    accepts: size('0'),
    refuses: size('1k'),
    field: 'spec.storage.resources.requests.storage',
    serverField: 'spec.Storage.resources.requests.size',
    says: `at least '1Mi', got "1k"`,
  },
  {
    rule: 'data-volume-size-present',
    accepts: { storage: {}, source: { pvc: {} } },
    refuses: { storage: {}, source: { http: {} } },
    field: 'spec.storage.resources.requests.storage',
    serverField: 'spec.Storage.resources.requests.size',
    says: 'got nothing',
  },
  {
    rule: 'data-volume-size-present',
    accepts: { storage: {}, sourceRef: {} },
    refuses: { pvc: {}, source: { snapshot: {} } },
    field: 'spec.pvc.resources.requests.storage',
    serverField: 'spec.PVC.resources.requests.size',
    says: 'got nothing',
  },
  {
    rule: 'data-volume-storage-class-name-short',
    accepts: { storage: { storageClassName: 's'.repeat(253) } },
    refuses: { storage: { storageClassName: 's'.repeat(254) } },
    field: 'spec.storage.storageClassName',
    says: 'at most 253 characters',
  },
  {
    rule: 'data-volume-access-modes-one',
    accepts: { pvc },
    refuses: { pvc: { resources } },
    field: 'spec.pvc.accessModes',
    serverField: 'spec.PVC.accessModes',
    says: 'got nothing',
  },
  {
    rule: 'data-volume-access-modes-one',
    accepts: { storage: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } },
    refuses: { pvc: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } },
    field: 'spec.pvc.accessModes',
    serverField: 'spec.PVC.accessModes',
    says: 'name one mode',
  },
  {
    rule: 'data-volume-access-modes-known',
    accepts: { storage: { accessModes: ['ReadWriteOncePod', 'ReadOnlyMany'] } },
    refuses: { storage: { accessModes: ['ReadWriteOnce', 'RWX'] } },
    field: 'spec.storage.accessModes',
    serverField: 'spec.PVC.accessModes',
    says: 'got "RWX"',
  },
  {
    rule: 'data-volume-archive-on-filesystem',
    accepts: { contentType: 'archive', storage: { volumeMode: 'Filesystem' } },
    refuses: { contentType: 'archive', storage: { volumeMode: 'Block' } },
    field: 'spec.storage.volumeMode',
    says: `for contentType 'archive', got "Block"`,
  },
];

describe('the claim of a DataVolume', () => testRules(rules, rows, (spec) => ({ spec })));

describe('the remedies for the target of a DataVolume', () => {
  const clone = { source: { pvc: { name: 'a', namespace: 'b' } } };
  const remedy = (rule: string, written: Json) => remedies(rules, rule, { spec: written });

  test.each<[string, Json, string]>([
    [
      'a clone into pvc',
      { ...clone, pvc: { accessModes: ['ReadWriteOnce'] } },
      "give it, or write 'storage' in place of 'pvc': its size is taken from the source",
    ],
    ['an import into pvc', { source: { blank: {} }, pvc: { accessModes: ['ReadWriteOnce'] } }, 'give the size'],
    ['an import into storage', { source: { blank: {} }, storage: {} }, 'give the size'],
  ])('say of %s how its size is given', (_title, written, said) => {
    expect(remedy('data-volume-size-present', written)).toEqual([said]);
  });

  it('say where several access modes are taken', () => {
    expect(
      remedy('data-volume-access-modes-one', { pvc: { resources, accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } }),
    ).toEqual(["write 'storage' in place of 'pvc', which takes several"]);
    expect(remedy('data-volume-access-modes-one', { pvc: { resources } })).toEqual([undefined]);
  });
});
