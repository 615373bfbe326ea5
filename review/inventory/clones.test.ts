import { StorageCatalog } from '../../constructs';
import { groupedInventory, inventory } from '.';

type Fields = Record<string, unknown>;

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Two classes of file systems, the first the default; of the second no claim is smaller than 100Gi. */
const CATALOG = StorageCatalog.fromKubectl(`kind: List
items:
- {kind: StorageClass, metadata: {name: base, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}, provisioner: csi.a}
- {kind: StorageClass, metadata: {name: files}, provisioner: csi.a}
- {kind: VolumeSnapshotClass, metadata: {name: snap}, driver: csi.a}
- kind: StorageProfile
  metadata: {name: files, annotations: {cdi.kubevirt.io/minimumSupportedPvcSize: 100Gi}}
  status: {claimPropertySets: [{accessModes: [ReadWriteOnce], volumeMode: Filesystem}]}
`);

const object = (kind: string, name: string, spec: Fields, metadata: Fields = {}): Fields => ({
  apiVersion: kind === 'VolumeSnapshot' ? 'snapshot.storage.k8s.io/v1' : 'cdi.kubevirt.io/v1beta1',
  kind,
  metadata: { name, namespace: 'shop', ...metadata },
  spec,
});

const FILES = { storageClassName: 'files', accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' };
const requests = (storage: string): Fields => ({ resources: { requests: { storage } } });

/** 1060Mi of a file system hold an image of 1000Mi. */
const GOLDEN = object('DataVolume', 'golden', { pvc: { ...FILES, ...requests('1060Mi') }, source: { blank: {} } });
const SNAPSHOT = object('VolumeSnapshot', 'taken', { source: { persistentVolumeClaimName: 'golden' } });

const clone = (source: Fields, storage: Fields = FILES, metadata: Fields = {}): Fields =>
  object('DataVolume', 'copy', { storage, source }, metadata);
const ofClaim = { pvc: { namespace: 'shop', name: 'golden' } };
const ofSnapshot = { snapshot: { namespace: 'shop', name: 'taken' } };

const sizes = (...manifests: Fields[]): unknown => {
  const { disks, clones } = inventory(manifests, { catalog: CATALOG });
  const disk = disks.find(({ claim }) => claim === 'copy');
  return [disk?.bytes, clones[0]?.bytes];
};

describe('a clone that names no size', () => {
  test('of a snapshot gets the size of the snapshot as it is', () => {
    expect(sizes(GOLDEN, SNAPSHOT, clone(ofSnapshot))).toEqual([1060 * MIB, 1060 * MIB]);
  });

  test('of a claim gets what its image takes, and no smallest size of the class', () => {
    expect(sizes(GOLDEN, clone(ofClaim))).toEqual([1060 * MIB, 1060 * MIB]);
  });

  test('of a device into a file system gets its size and the overhead', () => {
    const device = { storageClassName: 'base', accessModes: ['ReadWriteOnce'], volumeMode: 'Block' };
    const golden = object('DataVolume', 'golden', { pvc: { ...device, ...requests('1000Mi') }, source: { blank: {} } });
    expect(sizes(golden, clone(ofClaim))).toEqual([1060 * MIB, 1060 * MIB]);
  });

  test('has the size also where its source comes later', () => {
    expect(sizes(clone(ofClaim), GOLDEN)).toEqual([1060 * MIB, 1060 * MIB]);
  });
});

test('a clone that names a size gets at least the smallest of its class', () => {
  expect(sizes(GOLDEN, clone(ofClaim, { ...FILES, ...requests('2Gi') }))).toEqual([100 * GIB, 100 * GIB]);
});

describe('the scratch space of an import', () => {
  const imported = object('DataVolume', 'iso', {
    pvc: { ...FILES, ...requests('1060Mi') },
    source: { registry: { url: 'docker://x/y' } },
  });

  test("is of the cluster's default class, where CDI is told none", () => {
    const { capacity } = inventory([imported], { catalog: CATALOG });
    expect(capacity.map(({ storageClass, scratch }) => [storageClass, scratch])).toEqual([
      ['base', 1060 * MIB],
      ['files', 0],
    ]);
  });

  test('is of the class of the disk, where no class is the default', () => {
    const { capacity } = inventory([imported]);
    expect(capacity.map(({ storageClass, scratch }) => [storageClass, scratch])).toEqual([['files', 1060 * MIB]]);
  });
});

describe('the annotations of a clone', () => {
  const outcome = (annotations: Fields): unknown => {
    const manifests = [GOLDEN, clone(ofClaim, FILES, { annotations })];
    const [row] = inventory(manifests, { catalog: CATALOG }).clones;
    return row?.outcome;
  };

  test.each([
    ['1', 'snapshot'],
    ['true', 'snapshot'],
    ['0', 'copy'],
    ['yes', 'copy'],
  ])("'usePopulator' %p: %s", (word, expected) => {
    expect(outcome({})).toBe('snapshot');
    expect(outcome({ 'cdi.kubevirt.io/storage.usePopulator': word })).toBe(expected);
  });
});

describe('a clone of what a DataImportCron makes', () => {
  const template = { spec: { storage: { ...FILES, ...requests('30Gi') } } };
  const CRON = object('DataImportCron', 'nightly', { managedDataSource: 'fedora', template });
  const COPY = object('DataVolume', 'copy', { storage: FILES, sourceRef: { kind: 'DataSource', name: 'fedora' } });
  const labels = { 'cdi.kubevirt.io/dataImportCron': 'nightly' };
  const rowOf = (...manifests: Fields[]): unknown => {
    const all = inventory(manifests, { catalog: CATALOG });
    expect(all.clones).toHaveLength(1);
    const [{ outcome, reason, bytes } = {}] = all.clones;
    return { outcome, reason, bytes };
  };
  /** An import of 30Gi is raised to the 100Gi of its class, and the clone to what holds the image of that. */
  const known = { outcome: 'snapshot', reason: undefined, bytes: 107_373_322_568 };
  const unknown = {
    outcome: 'unknown',
    reason: 'DataImportCron shop/nightly makes what DataSource shop/fedora names: its size and its class are not known',
    bytes: undefined,
  };

  test.each([
    ['before', [CRON, COPY]],
    ['after', [COPY, CRON]],
  ])('is that of the import, by the class of the cron, which stands %s it', (_, manifests) => {
    expect(rowOf(...manifests)).toEqual(known);
    expect(inventory(manifests).clones[0]?.reason).toBe(unknown.reason);
  });

  test('is that of the import of a DataSource that was read from a cluster, and not known without the cron', () => {
    const read = object(
      'DataSource',
      'fedora',
      { source: { pvc: { namespace: 'shop', name: 'fedora-1' } } },
      { labels },
    );
    expect(rowOf(CRON, read, COPY)).toEqual(known);
    expect(rowOf(read, COPY)).toEqual(unknown);
    const imported = object('DataVolume', 'fedora-1', {
      pvc: { ...FILES, ...requests('1060Mi') },
      source: { blank: {} },
    });
    expect(rowOf(CRON, read, imported, COPY)).toEqual({ outcome: 'snapshot', reason: undefined, bytes: 1060 * MIB });
  });

  test('is that of the import through a DataSource that names another', () => {
    const alias = object('DataSource', 'alias', { source: { dataSource: { name: 'fedora' } } });
    const copy = object('DataVolume', 'copy', { storage: FILES, sourceRef: { kind: 'DataSource', name: 'alias' } });
    expect(rowOf(alias, CRON, copy)).toEqual(known);
  });

  test.each([
    ['the cron', { kind: 'DataImportCron', name: 'nightly', namespace: 'shop' }],
    ['its namespace', { kind: 'Namespace', name: 'shop' }],
  ])('is none once %s is deleted', (_, removed) => {
    const steps = [{ manifests: [CRON], removed: [removed] }, { manifests: [COPY] }];
    const { clones } = groupedInventory([{ name: 'a', steps }], { catalog: CATALOG });
    expect(clones.map(({ reason }) => reason)).toEqual(['DataSource shop/fedora is not among the manifests']);
  });

  test('is none where the DataSource is its own master, or the cron is elsewhere', () => {
    const missing = { ...unknown, reason: 'DataSource shop/fedora is not among the manifests' };
    const own = object('DataSource', 'fedora', { source: { pvc: { namespace: 'shop', name: 'golden' } } });
    expect(rowOf(CRON, own, GOLDEN, COPY)).toEqual({ outcome: 'snapshot', reason: undefined, bytes: 1060 * MIB });
    expect(rowOf(CRON, own, COPY)).toEqual(missing);
    expect(rowOf({ ...CRON, metadata: { name: 'nightly', namespace: 'images' } }, COPY)).toEqual(missing);
  });
});
