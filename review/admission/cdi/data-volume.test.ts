import { Json } from '../../rule';
import { notes, RuleRow, testRules } from '../shared/rule-table';
import { DATA_VOLUME_RULES } from './data-volume';

const blank = (storage: unknown) => ({ source: { blank: {} }, storage: { resources: { requests: { storage } } } });
const object = (spec: Json, name = 'o'): Json => ({ metadata: { name }, spec });
const vddk = (checkpoints: object[], size = '1Gi') => ({ ...blank(size), source: { vddk: {} }, checkpoints });

// The rules of the spec have their rows beside the checks.
const own = DATA_VOLUME_RULES.filter(({ id }) => /immutable/.test(id) && !id.includes('class'));
const rows: RuleRow[] = [
  {
    rule: 'data-volume-spec-immutable',
    accepts: object({ ...blank('1024Mi'), checkpoints: [] }),
    refuses: object(blank('2Gi')),
    old: object(blank('1Gi')),
    field: 'DataVolume.Spec',
    says: 'of a DataVolume must stay what it was',
  },
  {
    rule: 'data-volume-spec-immutable',
    accepts: object(vddk([{ current: 'b', previous: 'a' }])),
    refuses: object(vddk([{ current: 'b', previous: 'a' }], '2Gi')),
    old: object(vddk([{ current: 'a', previous: '' }])),
    field: 'DataVolume.Spec',
    says: 'got a change',
  },
];

describe('DataVolume', () => {
  testRules(own, rows);

  test('of a common form has no finding', () => {
    expect(notes(DATA_VOLUME_RULES, undefined, object(blank('1Gi')))).toEqual([]);
  });

  test.each([
    ['fails when the spec says nothing', {}, ['spec.PVC', 'spec.source']],
    [
      'fails when the disk is too small and the kind of the source missing',
      { ...blank('1k'), source: {} },
      ['spec.Storage.resources.requests.size', 'spec.source'],
    ],
  ])('%s', (_title, spec, fields) => {
    expect(notes(DATA_VOLUME_RULES, undefined, object(spec)).map(([field]) => field)).toEqual(fields);
  });
});
