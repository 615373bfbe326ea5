import { storageFacts } from './storage-facts';

const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'a',
};
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

describe('storageFacts', () => {
  test('reads the classes of objects, whatever stands beside them', () => {
    const facts = storageFacts([namespace, storageClass]);
    expect(facts?.storageClasses.map(({ name }) => name)).toEqual(['fast']);
  });

  test('takes what CDI works out before what is asked of it, in whatever order they stand', () => {
    const overhead = (global: string) => ({ filesystemOverhead: { global } });
    const config = { kind: 'CDIConfig', metadata: { name: 'config' }, status: overhead('0.2') };
    const cdi = { kind: 'CDI', metadata: { name: 'cdi' }, spec: { config: overhead('0.1') } };
    for (const objects of [
      [config, cdi],
      [cdi, config],
    ]) {
      expect(storageFacts([...objects, storageClass])?.cdi?.filesystemOverhead).toBe(0.2);
    }
  });

  test('is undefined without storage', () => {
    expect(storageFacts(undefined)).toBeUndefined();
  });

  test.each<[string, readonly unknown[] | undefined, readonly string[], string]>([
    ['no object is a StorageClass', [namespace], [], "'storage' must hold a StorageClass, got none; run kubectl"],
    ['there are no objects', [], [], "'storage' must hold a StorageClass, got none; run kubectl"],
    [
      'backends stand alone',
      undefined,
      ['fast=ceph'],
      "'backends' must stand beside 'storage', got \"fast=ceph\" alone",
    ],
    ['a backend has no class', [storageClass], ['ceph'], '\'backends\' must hold CLASS=BACKEND, got "ceph"'],
  ])('fails when %s', (_what, objects, backends, message) => {
    expect(() => storageFacts(objects, backends)).toThrow(message);
  });
});
