import { ClaimWriter } from '../../constructs/storage/claim-defaults';
import type { Json } from '../rule';
import { claimIn, dataVolumeClaim, isPlain, plainClaim } from './claim';

const FACTS = { storageClasses: [] };
const claim = (spec: Json, metadata: Json = {}) => plainClaim(FACTS, { metadata: { name: 'a', ...metadata }, spec });

describe('the size of a claim', () => {
  // Kubernetes counts bytes in a signed number of 64 bits.
  test.each([
    ['7Ei', 7 * 2 ** 60],
    ['9223372036854774784', 2 ** 63 - 1024],
    ['8Ei', undefined],
    ['1', 1],
    ['500m', 1],
    ['0', undefined],
    ['-1', undefined],
    ['x', undefined],
  ])('of %s is %j', (storage, bytes) => {
    expect(claim({ resources: { requests: { storage } } }).asked).toBe(bytes);
  });
});

test.each<[string, Json, ClaimWriter]>([
  ['pvc', { pvc: {} }, ClaimWriter.PVC],
  ['storage', { storage: {} }, ClaimWriter.STORAGE],
  ['both', { pvc: {}, storage: {} }, ClaimWriter.PVC],
  ['neither', {}, ClaimWriter.PVC],
])('a DataVolume that says %s is read so', (_, spec, writer) => expect(claimIn(spec).writer).toBe(writer));

test('a claim without access modes is told from one with an empty list of them, whichever comes first', () => {
  const modes = [{}, { accessModes: [] }, {}].map((spec) => claim(spec).settled.accessModes);
  expect(modes).toEqual([undefined, [], undefined]);
});

describe('a claim that CDI does not know', () => {
  const of = (kind: string): Json => ({ dataSourceRef: { apiGroup: 'cdi.kubevirt.io', kind, name: 's' } });
  const owner = (kind: string): Json => ({ ownerReferences: [{ kind, name: 'a', controller: true }] });
  test.each<[string, Json, Json, boolean]>([
    ['is empty', {}, {}, true],
    ['is cloned by the driver', { dataSource: { kind: 'PersistentVolumeClaim', name: 's' } }, {}, true],
    ['is filled by a populator of CDI that clones', of('VolumeCloneSource'), {}, true],
    ['is made for a DataVolume', {}, owner('DataVolume'), false],
    ['is made for another object', {}, owner('StatefulSet'), true],
    ['bears its content', {}, { annotations: { 'cdi.kubevirt.io/storage.contentType': 'kubevirt' } }, false],
    ['bears another content', {}, { annotations: { 'cdi.kubevirt.io/storage.contentType': 'archive' } }, true],
  ])('%s: %j', (_, spec, metadata, is) => expect(isPlain(claim(spec, metadata))).toBe(is));

  test('is none that a DataVolume makes', () => {
    const source = { blank: {} };
    expect(isPlain(dataVolumeClaim(FACTS, { metadata: { name: 'a' }, spec: { source, pvc: {} } }, 'n'))).toBe(false);
  });
});
