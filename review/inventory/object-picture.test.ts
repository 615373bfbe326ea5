import type { Json } from '../rule';
import { objectPicture } from './object-picture';

const dataVolume = (source: Json): Json => ({
  apiVersion: 'cdi.kubevirt.io/v1beta1',
  kind: 'DataVolume',
  metadata: { name: 'disk', namespace: 'shop' },
  spec: { source, storage: {} },
});

/** The texts of the boxes, in their order. */
const boxes = (source: Json): string[] =>
  [...objectPicture([dataVolume(source)]).matchAll(/"(.*)"/g)].map(([, text]) => (text ?? '').replace('<br/>', ' '));

describe('the picture of manifests', () => {
  const REST = ['DataVolume disk', 'PersistentVolumeClaim disk'];
  test.each<[string, Json, string[]]>([
    ['an empty disk', { blank: {} }, ['Source blank']],
    ['an address', { http: { url: 'https://x.example/a.qcow2' } }, ['Image https://x.example/a.qcow2']],
    ['an upload', { upload: {} }, ['Image upload']],
  ])('draws beside the namespaces that a DataVolume is made of %s', (_, source, outer) => {
    expect(boxes(source).sort()).toEqual(['shop', ...REST, ...outer].sort());
  });

  test.each<[string, Json, string[]]>([
    ['a claim', { pvc: { name: 'golden' } }, ['PersistentVolumeClaim golden']],
    ['a claim of another namespace', { pvc: { name: 'a', namespace: 'os' } }, ['PersistentVolumeClaim a', 'os']],
    ['a snapshot', { snapshot: { name: 'taken' } }, ['VolumeSnapshot taken']],
    ['a snapshot without a name', { snapshot: {} }, ['Image snapshot']],
    ['a claim without a name', { pvc: {} }, ['Image pvc']],
    ['a source that has a name of its own', { other: { name: 'a' } }, ['Image other']],
  ])('draws that it is made of %s', (_, source, more) => {
    expect(boxes(source).sort()).toEqual(['shop', ...REST, ...more].sort());
  });
});
