import { Json } from '../../rule';
import { notes, Example, testRules } from '../../testing/rule-tester';
import { DATA_VOLUME_PARTS, DATA_VOLUME_RULES, isMultiStage } from './data-volume';

const blank = (storage: unknown) => ({ source: { blank: {} }, storage: { resources: { requests: { storage } } } });
const object = (spec: Json, name = 'o'): Json => ({ metadata: { name }, spec });
const vddk = (checkpoints: object[], size = '1Gi') => ({ ...blank(size), source: { vddk: {} }, checkpoints });

// The rules of the spec have their examples beside the checks.
const ALL = DATA_VOLUME_PARTS.flatMap(({ rules }) => rules);
const rows: Example[] = [
  {
    rule: 'data-volume-spec-immutable',
    accepts: object({ ...blank('1024Mi'), checkpoints: [] }),
    refuses: object(blank('2Gi')),
    old: object(blank('1Gi')),
    field: 'spec',
    serverField: 'DataVolume.Spec',
    says: 'of a DataVolume must stay what it was',
  },
  {
    rule: 'data-volume-spec-immutable',
    accepts: object(vddk([{ current: 'b', previous: 'a' }])),
    refuses: object(vddk([{ current: 'b', previous: 'a' }], '2Gi')),
    old: object(vddk([{ current: 'a', previous: '' }])),
    field: 'spec',
    serverField: 'DataVolume.Spec',
    says: 'got a change',
  },
];

describe('DataVolume', () => {
  testRules(DATA_VOLUME_RULES, rows);

  test('of a common form has no finding', () => {
    expect(notes(ALL, undefined, object(blank('1Gi')))).toEqual([]);
  });

  test.each([
    ['fails when the spec says nothing', {}, ['spec.storage', 'spec.source']],
    [
      'fails when the disk is too small and the kind of the source missing',
      { ...blank('1k'), source: {} },
      ['spec.storage.resources.requests.storage', 'spec.source'],
    ],
  ])('%s', (_title, spec, fields) => {
    expect(notes(ALL, undefined, object(spec)).map(([field]) => field)).toEqual(fields);
  });
});

describe('isMultiStage', () => {
  test.each([
    [{ source: { vddk: {} }, checkpoints: [{}] }, true],
    [{ source: { imageio: {} }, checkpoints: [{}] }, true],
    [{ source: { http: {} }, checkpoints: [{}] }, false],
    [{ source: { vddk: {} }, checkpoints: [] }, false],
    [{ source: { imageio: {} } }, false],
    [{ checkpoints: [{}] }, false],
  ])('of %j is %j', (spec, is) => expect(isMultiStage(spec)).toBe(is));
});
