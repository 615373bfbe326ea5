import { machine, said, snapshotClass, storage, stream } from '../testing/outcome-lines';
import { OUTCOME_RULES } from '.';

const RULES = OUTCOME_RULES.map(({ id }) => id);
const BLOCK = '{ accessModes: [ReadWriteMany], volumeMode: Block }';
const FILES = '{ accessModes: [ReadWriteOnce], volumeMode: Filesystem }';

function profile(sets: string, more = ''): string {
  const status = `{ storageClass: f, provisioner: csi.a, claimPropertySets: [${sets}]${more} }`;
  return `{ apiVersion: cdi.kubevirt.io/v1beta1, kind: StorageProfile, metadata: { name: f }, spec: {}, status: ${status} }`;
}

/** A cron of 10Gi of class `f`. */
function cron(target = '{ storageClassName: f, resources: { requests: { storage: 10Gi } } }'): string {
  return `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataImportCron
metadata: { name: weekly, namespace: lab }
spec:
  schedule: "0 0 * * 0"
  managedDataSource: fedora
  template: { spec: { source: { registry: { url: "docker://quay.io/containerdisks/fedora:41" } }, storage: ${target} } }
`;
}

/** A clone of what it keeps. */
function clone(size = '10Gi', source = 'fedora'): string {
  return `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: disk, namespace: lab }
spec: { sourceRef: { kind: DataSource, name: ${source} }, storage: { storageClassName: f, resources: { requests: { storage: ${size} } } } }
`;
}

const ALIAS = `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataSource
metadata: { name: alias, namespace: lab }
spec: { source: { dataSource: { name: fedora, namespace: lab } } }
`;
const QUOTA = `
apiVersion: v1
kind: ResourceQuota
metadata: { name: q, namespace: lab }
spec: { hard: { requests.storage: 5Gi } }
`;
const driver = '{ apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: { name: csi.a }, spec: {} }';
const blocks = storage(profile(BLOCK), driver, snapshotClass('v'));
const snapshots = storage(profile(BLOCK, ', dataImportCronSourceFormat: snapshot'), driver, snapshotClass('v'));
const nfs = storage(
  '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: nfs }, provisioner: nfs.csi.k8s.io }',
);
const late = storage(
  '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: l }, provisioner: csi.a, volumeBindingMode: WaitForFirstConsumer }',
);
const OF_LATE =
  '{ storageClassName: l, accessModes: [ReadWriteOnce], volumeMode: Block, resources: { requests: { storage: 1Gi } } }';
const ON_NFS =
  '{ storageClassName: nfs, accessModes: [ReadWriteMany], volumeMode: Block, resources: { requests: { storage: 1Gi } } }';

/** A title, what is said of which field, the manifests, and the storage. */
const CASES: readonly (readonly [title: string, expected: readonly string[], text: string, given: string])[] = [
  ['a clone of the same size', [], stream(cron(), clone()), blocks],
  ['a clone that is smaller', ['error spec.sourceRef clone-finishes'], stream(cron(), clone('5Gi')), blocks],
  [
    'a clone that is smaller, of a snapshot',
    ['error spec.sourceRef clone-finishes'],
    stream(cron(), clone('5Gi')),
    snapshots,
  ],
  [
    'a clone by another DataSource',
    ['error spec.sourceRef clone-finishes'],
    stream(cron(), ALIAS, clone('5Gi', 'alias')),
    blocks,
  ],
  [
    'a clone in a file system that is larger',
    ['warning spec.template.spec.volumes[0].persistentVolumeClaim.claimName disk-image-grows'],
    stream(cron(), clone('20Gi'), machine('vm', { disks: { root: 'disk' } })),
    storage(profile(FILES), driver, snapshotClass('v')),
  ],
  [
    'an import whose profile has no modes',
    ['error spec.template.spec.storage.accessModes claim-access-modes'],
    cron(),
    storage(profile('')),
  ],
  [
    'an import without a class',
    ['error spec.template.spec.storage.storageClassName claim-class'],
    cron('{ resources: { requests: { storage: 10Gi } } }'),
    blocks,
  ],
  [
    'an import onto a device of NFS',
    ['error spec.template.spec.storage.volumeMode claim-modes-offered'],
    cron(ON_NFS),
    nfs,
  ],
  [
    'an import that a quota refuses',
    ['error spec.template.spec.storage.resources.requests.storage claim-quota'],
    stream(cron(), QUOTA),
    blocks,
  ],
  ['an import into a class that waits: CDI binds it at once', [], cron(OF_LATE), late],
];

describe('a DataImportCron, and', () => {
  test.each(CASES)('%s: %j', (_title, expected, text, given) => {
    const lines = said(text, RULES, { storage: given, kubevirt: 'v1.6.2', cdi: 'v1.63.1' });
    expect(lines.map((line) => line.replace(/: .*$/s, ''))).toEqual(expected);
  });

  test('names what a larger clone is cloned from', () => {
    const text = stream(cron(), clone('20Gi'), machine('vm', { disks: { root: 'disk' } }));
    const given = storage(profile(FILES), driver, snapshotClass('v'));
    expect(said(text, ['disk-image-grows'], { storage: given, kubevirt: 'v1.6.2' })[0]).toContain(
      'got "disk" with a disk image of DataSource lab/fedora',
    );
  });
});
