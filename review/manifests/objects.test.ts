import { ReviewedManifest } from './manifest';
import { objectsOf } from './objects';

const of = (object: unknown, file?: string) => objectsOf(ReviewedManifest.of(object, { file, document: 2 }));
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };

describe('objectsOf', () => {
  test('takes one object as it is', () => {
    const manifest = ReviewedManifest.of(secret, { file: 'a.yaml' });
    expect(objectsOf(manifest)).toEqual({ objects: [manifest], passedBy: [] });
    expect(objectsOf(manifest).objects[0]).toBe(manifest);
  });

  test('takes the items of a list, and says which are no objects', () => {
    const origin = { file: 'a.yaml', document: 2 };
    expect(of({ apiVersion: 'v1', kind: 'List', items: [secret, 'x', null, []] }, 'a.yaml')).toEqual({
      objects: [{ object: secret, origin }],
      passedBy: ['string', 'nothing', 'a list'].map((what) => `an item of a list must be an object, got ${what}`),
    });
    expect(of({ kind: 'SecretList', items: [secret] }).objects).toHaveLength(1);
    expect(of({ kind: 'SecretList', items: [] })).toEqual({ objects: [], passedBy: [] });
  });

  test.each<[string, object]>([
    ['an object with items', { kind: 'Order', items: [secret] }],
    ['a list without items', { apiVersion: 'example.org/v1', kind: 'SecretList' }],
    ['a list of a text', { kind: 'List', items: 'none' }],
    ['a List of another group without items', { apiVersion: 'example.org/v1', kind: 'List' }],
    ['another kind of the core without items', { apiVersion: 'v1', kind: 'Secret' }],
  ])('takes %s as one object', (_what, object) => {
    expect(of(object).objects.map((one) => one.object)).toEqual([object]);
  });

  test.each([
    ['null', { apiVersion: 'v1', kind: 'List', items: null }],
    ['nothing', { apiVersion: 'v1', kind: 'List' }],
  ])('passes a List of %s by', (_what, object) => {
    expect(of(object)).toEqual({ objects: [], passedBy: ['a list of nothing'] });
  });

  test.each<[unknown, string]>([
    ['text', 'a manifest must be an object, got string'],
    [[secret], 'a manifest must be an object, got a list'],
    [null, 'a manifest must be an object, got nothing'],
  ])('passes %j by', (object, reason) => expect(of(object)).toEqual({ objects: [], passedBy: [reason] }));

  test('passes by what says of itself why', () => {
    expect(objectsOf(ReviewedManifest.passedBy('it is a chart'))).toEqual({ objects: [], passedBy: ['it is a chart'] });
  });
});
