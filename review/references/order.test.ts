import { report } from '..';
import { ReviewedManifest } from '../manifests/manifest';
import { Root } from '../manifests/roots/root';

const object = (kind: string, name: string, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...metadata },
});
const shop = object('Namespace', 'shop');
const inShop = (name: string, metadata: object = {}) => object('ConfigMap', name, { namespace: 'shop', ...metadata });

function said(objects: readonly object[], files: readonly string[] = [], root?: Root) {
  const manifests = objects.map((one, index) => {
    const manifest = ReviewedManifest.of(one, { file: files[index] ?? 'all.yaml', document: index });
    return root === undefined ? manifest : manifest.within(root);
  });
  return report(manifests)
    .findings.filter(({ rule }) => rule === 'namespace-first')
    .map(({ object: { name }, field, message, remedy }) => [name, field, message, remedy]);
}

describe('namespace-first', () => {
  test('fails when the Namespace stands behind what is in it, once, and says what to put first', () => {
    expect(said([inShop('a'), inShop('b'), shop, inShop('c')])).toEqual([
      [
        'a',
        'metadata.namespace',
        `'namespace' must be made before what stands in it, got "shop", which is made behind it, and so stand 1 more`,
        'put the Namespace "shop" first',
      ],
    ]);
  });

  test('holds where the Namespace stands first, or is another one', () => {
    expect(said([shop, inShop('a')])).toEqual([]);
    expect(said([inShop('a'), object('Namespace', 'elsewhere')])).toEqual([]);
  });

  test('asks for no order among the files of a folder without steps', () => {
    expect(said([inShop('a'), shop], ['a.yaml', 'b.yaml'])).toEqual([]);
  });

  test.each([
    ['steps', 1],
    ['kustomization', 0],
    ['argo-cd', 0],
  ] as const)('in a root of the kind %s has %s findings', (kind, count) => {
    const root = { name: '.', kind, isOpen: false };
    expect(said([inShop('a'), shop], ['1-a.yaml', '2-b.yaml'], root)).toHaveLength(count);
  });

  test('holds for what a cluster printed', () => {
    expect(said([inShop('a', { uid: '1' }), object('Namespace', 'shop', { uid: '2' })])).toEqual([]);
  });
});
