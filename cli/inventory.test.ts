import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderMarkdown } from '../review/inventory';
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
const outcomes = async (options: InventoryRequest['options']): Promise<unknown[]> => {
  const { inventory } = await inventoryPaths({ paths: ['.', '-'], options }, { cwd, stdin: piped });
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

  test.each<[string, InventoryRequest['options']]>([
    [`'--backend' must stand beside '--storage', got "a=x" alone`, { backends: ['a=x'] }],
    [`'--backend' must be CLASS=BACKEND, got "a"`, { storage: 'storage.yaml.txt', backends: ['a'] }],
    [
      `'--backend' must name a storage class of the catalog, got "c"`,
      { storage: 'storage.yaml.txt', backends: ['c=x'] },
    ],
    [`'--storage' must hold a StorageClass, got DataVolume; run kubectl`, { storage: 'disks.yaml' }],
    [`'--storage' must be a file that can be read, got "none.yaml": ENOENT`, { storage: 'none.yaml' }],
  ])('fails when %s', async (message, options) => {
    await expect(outcomes(options)).rejects.toThrow(message);
  });
});

describe('docs/inventory.md', () => {
  const manifests = `apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: {name: golden, namespace: images}
spec:
  pvc:
    accessModes: [ReadWriteMany]
    volumeMode: Block
    storageClassName: fast-block
    resources: {requests: {storage: 10Gi}}
  source: {registry: {url: 'docker://quay.io/containerdisks/fedora:41'}}
---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: {name: web-boot, namespace: shop}
spec:
  storage: {storageClassName: files, resources: {requests: {storage: 10Gi}}}
  source: {pvc: {namespace: images, name: golden}}
---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      domain: {memory: {guest: 2Gi}, devices: {interfaces: [{name: default, masquerade: {}}]}}
      networks: [{name: default, pod: {}}]
      volumes: [{name: root, dataVolume: {name: web-boot}}]
`;
  const storage = `kind: List
items:
- {kind: StorageClass, metadata: {name: fast-block}, provisioner: csi.example.com}
- {kind: StorageClass, metadata: {name: files}, provisioner: csi.example.com}
- kind: StorageProfile
  metadata: {name: files}
  status: {claimPropertySets: [{accessModes: [ReadWriteOnce], volumeMode: Filesystem}]}
`;

  test('shows rows that the command writes, without a catalog and with one', async () => {
    writeFileSync(join(cwd, 'web.yaml.txt'), manifests);
    writeFileSync(join(cwd, 'cluster.txt'), storage);
    const written = async (request: Partial<InventoryRequest>): Promise<string> => {
      const { inventory } = await inventoryPaths({ paths: ['web.yaml.txt'], ...request }, { cwd, stdin: piped });
      return renderMarkdown(inventory);
    };
    const page = readFileSync(join(__dirname, '..', 'docs', 'inventory.md'), 'utf8');
    const blocks = [...page.matchAll(/^```\n(\| .*?)\n```$/gms)].map(([, block = '']) => block);
    const rowsOf = (block: string | undefined): string[] =>
      block?.split('\n').flatMap((row) => (row === '' ? [] : [row.replace(/ …$/, '')])) ?? [];
    expect(blocks).toHaveLength(2);
    const [without, withCatalog] = [await written({}), await written({ options: { storage: 'cluster.txt' } })];
    for (const row of rowsOf(blocks[0])) expect(without).toContain(row);
    for (const row of rowsOf(blocks[1])) expect(withCatalog).toContain(row);
    expect([...rowsOf(blocks[0]), ...rowsOf(blocks[1])]).toHaveLength(6);
  });
});
