import { ReviewedManifest } from '../manifests/manifest';
import { Json } from '../rule';
import { State } from './state';

function claim(metadata: Json, apiVersion = 'v1'): Json {
  return { apiVersion, kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop', ...metadata } };
}

/** An object of a file that one root takes, or several. */
function inRoot(object: Json, name: string, file = `${name}/claim.yaml`): ReviewedManifest {
  return ReviewedManifest.of(object, { file, document: 0 }).within({ name, kind: 'kustomization', isOpen: false });
}

const labelsOf = (objects: readonly Json[]): unknown[] => objects.map(({ metadata }) => (metadata as Json).labels);
const [first, second] = [claim({ labels: { at: 'first' } }), claim({ labels: { at: 'second' } })];

describe('roots that take a document together', () => {
  const state = new State([inRoot(first, 'prod', 'base/claim.yaml'), inRoot(second, 'test', 'base/claim.yaml')]);

  test('are not apart, but each is with itself', () => {
    expect([state.areApart('prod', 'prod'), state.areApart('prod', 'test')]).toEqual([true, false]);
  });

  test('see only their own objects', () => {
    expect(labelsOf(state.seen('PersistentVolumeClaim', 'test').map(({ object }) => object))).toEqual([
      { at: 'second' },
    ]);
    expect(labelsOf(state.seenFrom('test').all('PersistentVolumeClaim'))).toEqual([{ at: 'second' }]);
    expect(labelsOf(state.inView('test').map(({ object }) => object))).toEqual([{ at: 'second' }]);
  });
});

describe('roots that take no document together', () => {
  const state = new State([inRoot(first, 'a'), inRoot(second, 'b')]);

  test('see the objects of each other, and find their own first', () => {
    expect(state.areApart('a', 'b')).toBe(true);
    expect(labelsOf(state.seenFrom('b').all('PersistentVolumeClaim'))).toEqual([{ at: 'first' }, { at: 'second' }]);
    expect(
      labelsOf(['a', 'b'].map((root) => state.seenFrom(root).find('PersistentVolumeClaim', 'shop', 'data')!)),
    ).toEqual([{ at: 'first' }, { at: 'second' }]);
  });
});

test.each([
  ['its own', 'shop', 'shop', true],
  ['another one', 'shop', 'mart', false],
  ['any, if the manifest names none', undefined, 'mart', true],
  ['any, if none is asked for', 'shop', '', true],
])('an object is found in a namespace: %s', (_which, namespace, asked, isFound) => {
  const found = new State([claim({ namespace })]).seenFrom('').find('PersistentVolumeClaim', asked, 'data');
  expect(found !== undefined).toBe(isFound);
});

describe('the object of a cluster that a manifest without a namespace is applied to', () => {
  const next = claim({ namespace: undefined });
  const live = (namespace: string, apiVersion?: string): Json => claim({ namespace, uid: namespace }, apiVersion);

  test('is the only one of its name', () => {
    expect(new State([live('shop')]).liveElsewhere(next)).toEqual(live('shop'));
  });

  test.each<[string, readonly Json[], Json]>([
    ['of two namespaces', [live('shop'), live('mart')], next],
    ['of another group', [live('shop', 'example.org/v1')], next],
    ['that is only a manifest', [claim({})], next],
    ['if the manifest names a namespace', [live('shop')], claim({ namespace: 'mart' })],
  ])('is none %s', (_which, objects, manifest) => {
    expect(new State(objects).liveElsewhere(manifest)).toBeUndefined();
  });
});
