import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inventoryPaths, InventoryRequest } from './inventory';

const claim = (name: string, storageClassName: string, from?: string): string => `---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: {name: ${name}, namespace: shop}
spec:
  pvc:
    accessModes: [ReadWriteMany]
    volumeMode: Block
    storageClassName: ${storageClassName}
    resources: {requests: {storage: 1Gi}}
  source: ${from === undefined ? '{blank: {}}' : `{pvc: {namespace: shop, name: ${from}}}`}
`;

const STORAGE = `kind: List
items:
- {kind: StorageClass, metadata: {name: a}, provisioner: csi.a}
- {kind: StorageClass, metadata: {name: b}, provisioner: csi.a}
- {kind: VolumeSnapshotClass, metadata: {name: snap}, driver: csi.a}
`;

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'inventory-'));
  writeFileSync(join(cwd, 'disks.yaml'), claim('one', 'a'));
  writeFileSync(join(cwd, 'storage.yaml.txt'), STORAGE);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const piped = async (): Promise<Buffer> => Buffer.from(claim('two', 'b', 'one'));
const outcomes = async (request: Partial<InventoryRequest>): Promise<unknown[]> => {
  const { inventory } = await inventoryPaths({ paths: ['.', '-'], ...request }, { cwd, stdin: piped });
  return inventory.clones.map(({ claim: name, outcome }) => [name, outcome]);
};

describe('inventoryPaths', () => {
  test('counts folders and standard input, and guesses at nothing', async () => {
    expect(await outcomes({})).toEqual([['two', 'unknown']]);
  });

  test('knows the storage of a cluster from a file', async () => {
    const storage = 'storage.yaml.txt';
    expect(await outcomes({ storage })).toEqual([['two', 'snapshot']]);
    expect(await outcomes({ storage, backends: ['a=x', 'b=x'] })).toEqual([['two', 'snapshot']]);
    expect(await outcomes({ storage, backends: ['a=x', 'b=y'] })).toEqual([['two', 'never finishes']]);
  });

  test.each<[string, Partial<InventoryRequest>]>([
    [`'--backend' must stand beside '--storage', got "a=x" alone`, { backends: ['a=x'] }],
    [`'--backend' must be CLASS=BACKEND, got "a"`, { storage: 'storage.yaml.txt', backends: ['a'] }],
    [`must name a storage class of the catalog, got "c"`, { storage: 'storage.yaml.txt', backends: ['c=x'] }],
    [`'text' must hold a StorageClass, got DataVolume; run kubectl`, { storage: 'disks.yaml' }],
    ['no such file', { storage: 'none.yaml' }],
  ])('fails when %s', async (message, request) => {
    await expect(outcomes(request)).rejects.toThrow(message);
  });
});
