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
/** A DataSource of the name that the cron manages. */
const dataSource = (metadata = 'labels: {}'): string => `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataSource
metadata: { name: fedora, namespace: lab, ${metadata} }
spec: { source: { pvc: { name: by-hand, namespace: lab } } }
`;
const quota = (hard: string): string => `
apiVersion: v1
kind: ResourceQuota
metadata: { name: q, namespace: lab }
spec: { hard: { ${hard} } }
`;
/** A machine that makes its disk of what the cron keeps. */
const templated = (size: string): string =>
  machine('vm', {
    spec: `dataVolumeTemplates: [{ metadata: { name: root }, spec: { sourceRef: { kind: DataSource, name: fedora }, storage: { storageClassName: f, resources: { requests: { storage: ${size} } } } } }]`,
    disks: { root: 'root' },
  });
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
  [
    'an import that a file system of Ceph RBD cannot share',
    ['error spec.template.spec.storage.volumeMode claim-modes-offered'],
    cron(
      '{ storageClassName: rbd, accessModes: [ReadWriteMany], volumeMode: Filesystem, resources: { requests: { storage: 1Gi } } }',
    ),
    storage(
      '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: rbd }, provisioner: rook-ceph.rbd.csi.ceph.com }',
    ),
  ],
  // The DataSource.
  [
    'a DataSource that is written by hand, without its label',
    ['warning spec.managedDataSource cron-data-source'],
    stream(cron(), dataSource()),
    blocks,
  ],
  [
    'a DataSource with its label',
    [],
    stream(cron(), dataSource('labels: { cdi.kubevirt.io/dataImportCron: weekly }')),
    blocks,
  ],
  [
    'a DataSource with the label of another cron',
    ['warning spec.managedDataSource cron-data-source'],
    stream(cron(), dataSource('labels: { cdi.kubevirt.io/dataImportCron: daily }')),
    blocks,
  ],
  ['a DataSource of its name in another namespace', [], stream(cron(), dataSource().replace('lab', 'other')), blocks],
  [
    'another cron for the same DataSource',
    ['warning spec.managedDataSource cron-data-source'],
    stream(cron(), cron().replace('weekly', 'daily')),
    blocks,
  ],
  [
    'another cron for another DataSource',
    [],
    stream(cron(), cron().replace('weekly', 'daily').replace('fedora\n', 'centos\n')),
    blocks,
  ],
  [
    'another cron in another namespace',
    [],
    stream(cron(), cron().replace('namespace: lab', 'namespace: other')),
    blocks,
  ],
  // Snapshots.
  [
    'snapshots without a class for them',
    ['error spec.template.spec.storage.storageClassName cron-snapshot-class'],
    cron(),
    storage(profile(BLOCK, ', dataImportCronSourceFormat: snapshot'), driver, snapshotClass('v', 'csi.b')),
  ],
  ['snapshots with a class for them', [], cron(), snapshots],
  ['claims, where no class makes snapshots', [], cron(), storage(profile(BLOCK), driver, snapshotClass('v', 'csi.b'))],
  // What is kept, and clones of it.
  [
    'three imports that are kept, and the next one, over a quota',
    ['warning spec.template.spec.storage.resources.requests.storage claim-quota'],
    stream(cron(), quota('requests.storage: 45Gi')),
    blocks,
  ],
  [
    'a quota with room for them and for what fills the next one',
    [],
    stream(cron(), quota('requests.storage: 70Gi')),
    blocks,
  ],
  [
    'one import that is kept, within a quota',
    [],
    stream(cron().replace('schedule', 'importsToKeep: 1\n  schedule'), quota('requests.storage: 45Gi')),
    blocks,
  ],
  [
    'imports that are all kept, whatever the quota',
    ['warning spec.template.spec.storage.resources.requests.storage claim-quota'],
    stream(cron().replace('schedule', 'garbageCollect: Never\n  schedule'), quota('requests.storage: 900Gi')),
    blocks,
  ],
  [
    'imports that are kept as snapshots, which a quota of claims does not count',
    [],
    stream(cron(), quota('requests.storage: 45Gi')),
    snapshots,
  ],
  [
    'more claims than a quota counts',
    ['warning spec.template.spec.storage.resources.requests.storage claim-quota'],
    stream(cron(), quota('persistentvolumeclaims: "4"')),
    blocks,
  ],
  [
    'a claim more than a quota counts',
    ['warning spec.template.spec.storage.resources.requests.storage claim-quota'],
    stream(cron(), quota('persistentvolumeclaims: "5"')),
    blocks,
  ],
  // Three are kept, the next one is made, and CDI makes two beside it.
  ['as many claims as a quota counts', [], stream(cron(), quota('persistentvolumeclaims: "6"')), blocks],
  [
    'as many claims as a quota counts, where no import is kept',
    [],
    stream(cron().replace('schedule', 'importsToKeep: 0\n  schedule'), quota('persistentvolumeclaims: "3"')),
    blocks,
  ],
  [
    'a number of imports that nobody can keep, which is taken for three',
    ['warning spec.template.spec.storage.resources.requests.storage claim-quota'],
    stream(cron().replace('schedule', 'importsToKeep: -1\n  schedule'), quota('persistentvolumeclaims: "5"')),
    blocks,
  ],
  [
    'a claim more, where no import is kept',
    ['warning spec.template.spec.storage.resources.requests.storage claim-quota'],
    stream(cron().replace('schedule', 'importsToKeep: 0\n  schedule'), quota('persistentvolumeclaims: "2"')),
    blocks,
  ],
  [
    'a machine whose template is a clone, which is smaller',
    ['error spec.dataVolumeTemplates[0].spec.sourceRef clone-finishes'],
    stream(cron(), templated('5Gi')),
    blocks,
  ],
  ['a machine whose template is a clone of the same size', [], stream(cron(), templated('10Gi')), blocks],
  [
    'a machine of another namespace, whose ServiceAccount nobody forbids',
    [],
    stream(
      cron(),
      templated('10Gi')
        .replace('namespace: lab', 'namespace: team')
        .replace('name: fedora }', 'name: fedora, namespace: lab }'),
    ),
    blocks,
  ],
  [
    'a clone without a size, by snapshots',
    [],
    stream(cron(), clone().replace(', resources: { requests: { storage: 10Gi } }', '')),
    snapshots,
  ],
  [
    'a clone of another DataSource that is a chain of two',
    ['error spec.sourceRef clone-finishes'],
    stream(
      cron(),
      ALIAS,
      ALIAS.replace('name: alias', 'name: second').replace('name: fedora', 'name: alias'),
      clone('5Gi', 'second'),
    ),
    blocks,
  ],
];

describe('a DataImportCron, and', () => {
  test.each(CASES)('%s: %j', (_title, expected, text, given) => {
    const lines = said(text, RULES, { storage: given, kubevirt: 'v1.6.2', cdi: 'v1.63.1' });
    expect(lines.map((line) => line.replace(/: .*$/s, ''))).toEqual(expected);
  });

  test.each([
    ['labels: {}', 'got "fedora" without it; the images'],
    ['labels: { cdi.kubevirt.io/dataImportCron: daily }', `got "fedora" with 'daily'; the images`],
  ])('says what label the DataSource has: %s', (metadata, part) => {
    expect(said(stream(cron(), dataSource(metadata)), ['cron-data-source'])[0]).toContain(part);
  });

  test.each([
    ['importsToKeep: 2', 'got 5 claims in all', 'keeps 2 imports and makes'],
    ['garbageCollect: Never', 'got ever more in all', 'keeps every import and makes'],
  ])('says how much it takes with %s', (part, amount, kept) => {
    const text = stream(cron().replace('schedule', `${part}\n  schedule`), quota('persistentvolumeclaims: "4"'));
    const [line] = said(text, ['claim-quota'], { storage: blocks });
    expect(line).toContain(amount);
    expect(line).toContain(kept);
  });

  test('says nothing of classes for its snapshots where the manifests hold only a part of the storage', () => {
    const known = storage(profile(BLOCK, ', dataImportCronSourceFormat: snapshot'), snapshotClass('v', 'csi.b'));
    expect(said(cron(), ['cron-snapshot-class'], { storage: known })).toHaveLength(1);
    expect(said(stream(known, cron()), ['cron-snapshot-class'])).toEqual([]);
  });

  test('says nothing of a cron that the server names', () => {
    const unnamed = cron().replace('name: weekly', 'generateName: weekly-');
    const labelled = dataSource('labels: { cdi.kubevirt.io/dataImportCron: daily }');
    expect(said(stream(unnamed, labelled), ['cron-data-source'])).toEqual([]);
  });

  test('names what a larger clone is cloned from', () => {
    const text = stream(cron(), clone('20Gi'), machine('vm', { disks: { root: 'disk' } }));
    const given = storage(profile(FILES), driver, snapshotClass('v'));
    expect(said(text, ['disk-image-grows'], { storage: given, kubevirt: 'v1.6.2' })[0]).toContain(
      'got "disk" with a disk image of DataSource lab/fedora',
    );
  });
});
