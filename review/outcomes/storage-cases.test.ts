import { claim, dataVolume, machine, said, snapshotClass, storage, stream } from '../testing/outcome-lines';
import { OUTCOME_RULES } from '.';

const sc = (name: string, p: string, more = '', ann = '{}') =>
  `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: ${name}, annotations: ${ann} }, provisioner: ${p}${more} }`;
const prof = (name: string, sets: string, more = '') =>
  `{ apiVersion: cdi.kubevirt.io/v1beta1, kind: StorageProfile, metadata: { name: ${name} }, spec: {}, status: { storageClass: ${name}, provisioner: x${sets === '' ? '' : `, claimPropertySets: [${sets}]`}${more} } }`;
const rwxb = '{ accessModes: [ReadWriteMany], volumeMode: Block }',
  rwof = '{ accessModes: [ReadWriteOnce], volumeMode: Filesystem }';
const pv = (name: string, cls: string, size = '10Gi', modes = 'ReadWriteOnce', more = '') =>
  `{ apiVersion: v1, kind: PersistentVolume, metadata: { name: ${name} }, spec: { storageClassName: ${cls}, capacity: { storage: ${size} }, accessModes: [${modes}]${more} } }`;
const dvs = (name: string, source: string, spec: string) =>
  `apiVersion: cdi.kubevirt.io/v1beta1\nkind: DataVolume\nmetadata: { name: ${name}, namespace: lab }\nspec: { source: ${source}, storage: { ${spec} } }`;
const HTTP = '{ http: { url: "https://x.example/a.qcow2" } }';

/** A title, all that is said of it (its severity and rule), the manifests, and the storage. */
const CASES: readonly [title: string, expected: readonly string[], text: string, storage?: string][] = [
  [
    'an import of its own modes, where no class is the default',
    ['error claim-class'],
    dvs('d', HTTP, 'accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }'),
    storage(),
  ],
  ['a class that the cluster does not have', ['warning claim-class-known'], claim('a', { class: 'fats' }), storage()],
  [
    'three claims of two volumes that somebody made',
    ['warning claim-volume'],
    stream(
      claim('a', { class: 'l', mode: 'Filesystem', modes: 'ReadWriteOnce' }),
      claim('b', { class: 'l', mode: 'Filesystem', modes: 'ReadWriteOnce' }),
      claim('c', { class: 'l', mode: 'Filesystem', modes: 'ReadWriteOnce' }),
    ),
    storage(sc('l', 'kubernetes.io/no-provisioner'), pv('p1', 'l'), pv('p2', 'l')),
  ],
  [
    'a volume that is bound to another claim',
    ['warning claim-volume'],
    claim('a', { class: 'l', mode: 'Filesystem', modes: 'ReadWriteOnce' }),
    storage(
      sc('l', 'kubernetes.io/no-provisioner'),
      pv('p1', 'l', '10Gi', 'ReadWriteOnce', ', claimRef: { namespace: other, name: x }'),
    ),
  ],
  [
    'no class at all, where the volume has one',
    ['warning claim-volume'],
    claim('a', { class: "''", mode: 'Filesystem', modes: 'ReadWriteOnce' }),
    storage(pv('p1', 'l')),
  ],
  [
    'a file system that nodes share, of Ceph RBD',
    ['error claim-modes-offered'],
    dvs(
      'd',
      HTTP,
      'storageClassName: r, accessModes: [ReadWriteMany], volumeMode: Filesystem, resources: { requests: { storage: 1Gi } }',
    ),
    storage(sc('r', 'rook-ceph.rbd.csi.ceph.com'), prof('r', rwxb)),
  ],
  [
    'ReadWriteMany of Ceph RBD, and the mode of its profile',
    [],
    dvs('d', HTTP, 'storageClassName: r, accessModes: [ReadWriteMany], resources: { requests: { storage: 1Gi } }'),
    storage(sc('r', 'rook-ceph.rbd.csi.ceph.com'), prof('r', rwxb)),
  ],
  [
    'ReadWriteMany of Ceph RBD by spec.pvc, which is a file system if it says nothing',
    ['error claim-modes-offered'],
    dataVolume('d', HTTP, { class: 'r' }).replace('volumeMode: Block, ', ''),
    storage(sc('r', 'rook-ceph.rbd.csi.ceph.com'), prof('r', rwxb)),
  ],
  [
    'an upload into a class that waits for a consumer',
    [],
    dataVolume('d', '{ upload: {} }', { class: 'w' }),
    storage(sc('w', 'csi.a', ', volumeBindingMode: WaitForFirstConsumer')),
  ],
  [
    'a clone of a device into a file system of the same size',
    ['error clone-finishes'],
    stream(
      claim('g', { mode: 'Block' }),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }', { mode: 'Filesystem', size: '10Gi' }),
    ),
    storage(prof('f', rwxb)),
  ],
  [
    'a clone that is larger than its source, where the class does not expand: it is a copy',
    [],
    stream(claim('g'), dataVolume('c', '{ pvc: { namespace: lab, name: g } }', { size: '20Gi' })),
    storage(
      prof('f', rwxb, ', cloneStrategy: csi-clone'),
      '{ apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: { name: csi.a }, spec: {} }',
    ),
  ],
  [
    'a clone of 10G of a source of 10Gi',
    ['error clone-finishes'],
    stream(claim('g', { size: '10Gi' }), dataVolume('c', '{ pvc: { namespace: lab, name: g } }', { size: '10G' })),
  ],
  [
    'a clone of the CD of a machine that runs',
    ['warning clone-source-in-use'],
    stream(
      claim('g'),
      machine('vm', { disks: { cd: 'g' }, disk: 'cdrom: { bus: sata }' }),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }'),
    ),
  ],
  [
    'a clone of a machine that is halted',
    [],
    stream(
      claim('g'),
      machine('vm', { disks: { r: 'g' }, run: 'Halted' }),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }'),
    ),
  ],
  [
    'a clone of a machine that its owner starts',
    [],
    stream(
      claim('g'),
      machine('vm', { disks: { r: 'g' }, run: 'Manual' }),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }'),
    ),
  ],
  [
    'a clone of a machine that runs once, as an installer does: it ends by itself',
    [],
    stream(
      claim('g'),
      machine('vm', { disks: { r: 'g' }, run: 'Once' }),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }'),
    ),
  ],
  [
    'a clone of a disk that gets its volume when its halted machine starts',
    ['warning clone-source-bound'],
    stream(
      dataVolume('g', HTTP, { class: 'w' }),
      machine('golden', { disks: { r: 'g' }, run: 'Halted' }),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }', { class: 'w' }),
      machine('vm', { disks: { r: 'c' } }),
    ),
    storage(sc('w', 'csi.a', ', volumeBindingMode: WaitForFirstConsumer')),
  ],
  [
    'the same where the source is bound at once',
    [],
    stream(
      dataVolume('g', HTTP, { class: 'w' }).replace(
        'namespace: lab }',
        'namespace: lab, annotations: { cdi.kubevirt.io/storage.bind.immediate.requested: "" } }',
      ),
      machine('golden', { disks: { r: 'g' }, run: 'Halted' }),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }', { class: 'w' }),
      machine('vm', { disks: { r: 'c' } }),
    ),
    storage(sc('w', 'csi.a', ', volumeBindingMode: WaitForFirstConsumer')),
  ],
  [
    'a clone of an import that nothing uses, which is said once',
    ['warning claim-first-consumer'],
    stream(
      dataVolume('g', HTTP, { class: 'w' }),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }', { class: 'w' }),
      machine('vm', { disks: { r: 'c' } }),
    ),
    storage(sc('w', 'csi.a', ', volumeBindingMode: WaitForFirstConsumer')),
  ],
  [
    'a clone of a claim that is never bound, which is said once',
    ['error claim-modes-offered'],
    stream(claim('g', { class: 'nfs' }), dataVolume('c', '{ pvc: { namespace: lab, name: g } }', { class: 'f' })),
    storage(sc('nfs', 'nfs.csi.k8s.io')),
  ],
  [
    'a claim that the populator of others fills, and that pods use which nobody wrote here',
    [],
    claim('c', { class: 'w' }).replace(
      '{ accessModes',
      '{ dataSourceRef: { apiGroup: volsync.backube, kind: ReplicationDestination, name: c }, accessModes',
    ),
    storage(sc('w', 'csi.a', ', volumeBindingMode: WaitForFirstConsumer')),
  ],
  [
    'a claim that CDI fills, and that nothing uses',
    ['warning claim-first-consumer'],
    claim('c', { class: 'w' }).replace(
      '{ accessModes',
      '{ dataSourceRef: { apiGroup: cdi.kubevirt.io, kind: VolumeImportSource, name: c }, accessModes',
    ),
    storage(sc('w', 'csi.a', ', volumeBindingMode: WaitForFirstConsumer')),
  ],
  [
    'an import that the machine of its owner waits for',
    [],
    stream(dataVolume('d', HTTP, { class: 'w' }), machine('vm', { disks: { r: 'd' }, run: 'Halted' })),
    storage(sc('w', 'csi.a', ', volumeBindingMode: WaitForFirstConsumer')),
  ],
  [
    'a DataSource of the disk of a machine that runs',
    ['warning clone-source-in-use'],
    stream(
      claim('g'),
      machine('vm', { disks: { r: 'g' } }),
      'apiVersion: cdi.kubevirt.io/v1beta1\nkind: DataSource\nmetadata: { name: ds, namespace: lab }\nspec: { source: { pvc: { name: g, namespace: lab } } }',
      dvs('c', '{}', 'resources: { requests: { storage: 10Gi } }').replace(
        'source: {}',
        'sourceRef: { kind: DataSource, name: ds }',
      ),
    ),
  ],
  [
    'a clone that is smaller than its snapshot',
    ['error clone-finishes'],
    stream(
      claim('g'),
      'apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshot\nmetadata: { name: s, namespace: lab }\nspec: { volumeSnapshotClassName: v, source: { persistentVolumeClaimName: g } }',
      dataVolume('c', '{ snapshot: { namespace: lab, name: s } }', { size: '5Gi' }),
    ),
    storage(snapshotClass('v')),
  ],
  [
    'a claim that the driver clones, smaller than its source',
    ['error claim-source-fits'],
    stream(
      claim('g'),
      claim('c', { size: '5Gi' }).replace(
        '{ accessModes',
        '{ dataSource: { kind: PersistentVolumeClaim, name: g }, accessModes',
      ),
    ),
    storage(),
  ],
  [
    'a claim that the driver clones, of another driver',
    ['error claim-source-fits'],
    stream(
      claim('g'),
      claim('c', { class: 'h' }).replace(
        '{ accessModes',
        '{ dataSource: { kind: PersistentVolumeClaim, name: g }, accessModes',
      ),
    ),
    storage(sc('h', 'csi.b')),
  ],
  [
    'ReadWriteMany of a folder of one node',
    [],
    stream(claim('r', { class: 'h', mode: 'Filesystem' }), machine('vm', { disks: { r: 'r' } })),
    storage(sc('h', 'kubevirt.io.hostpath-provisioner', ', volumeBindingMode: WaitForFirstConsumer'), prof('h', rwof)),
  ],
  [
    'modes that nobody lists, of a driver that is not known to refuse them',
    [],
    claim('a', { class: 'lh' }),
    storage(sc('lh', 'driver.longhorn.io'), prof('lh', '{ accessModes: [ReadWriteOnce], volumeMode: Block }')),
  ],
  [
    'modes of its own, where the StorageProfile has none',
    [],
    dvs('d', HTTP, 'storageClassName: f, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }'),
    storage(prof('f', '')),
  ],
  [
    'no class, where one is the default of the disks of VMs',
    [],
    dvs('d', HTTP, 'resources: { requests: { storage: 1Gi } }'),
    storage(sc('v', 'csi.a', '', '{ storageclass.kubevirt.io/is-default-virt-class: "true" }'), prof('v', rwxb)),
  ],
  [
    'a disk template, where no class is the default',
    ['error claim-class'],
    machine('vm', {
      spec: 'dataVolumeTemplates: [{ metadata: { name: r }, spec: { source: { blank: {} }, storage: { resources: { requests: { storage: 1Gi } } } } }]',
      disks: { r: 'r' },
    }),
    storage(),
  ],
  [
    'an import that a pod waits for',
    [],
    stream(
      dataVolume('d', HTTP, { class: 'w' }),
      'apiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: lab }\nspec: { containers: [{ name: c, image: x }], volumes: [{ name: v, persistentVolumeClaim: { claimName: d } }] }',
    ),
    storage(sc('w', 'csi.a', ', volumeBindingMode: WaitForFirstConsumer')),
  ],
  [
    'less than the smallest claim of the class, which is raised',
    [],
    dvs('d', HTTP, 'storageClassName: f, resources: { requests: { storage: 1Gi } }'),
    storage(
      `{ apiVersion: cdi.kubevirt.io/v1beta1, kind: StorageProfile, metadata: { name: f, annotations: { cdi.kubevirt.io/minimumSupportedPvcSize: 4Gi } }, status: { claimPropertySets: [${rwxb}] } }`,
    ),
  ],
  [
    'an archive on a device',
    ['error claim-archive'],
    dvs(
      'd',
      HTTP,
      'storageClassName: f, accessModes: [ReadWriteOnce], volumeMode: Block, resources: { requests: { storage: 1Gi } }',
    ).replace('storage: {', 'contentType: archive, storage: {'),
    storage(),
  ],
  [
    'an import into a bucket',
    ['error claim-modes-offered'],
    claim('a', { class: 'b' }),
    storage(sc('b', 'openshift-storage.noobaa.io/obc')),
  ],
  [
    'a local path that nodes share',
    ['warning claim-modes-offered'],
    claim('a', { class: 'l', mode: 'Filesystem' }),
    storage(sc('l', 'rancher.io/local-path')),
  ],
  [
    'a disk of Azure that nodes share, without maxShares',
    ['error claim-modes-offered'],
    claim('a', { class: 'z' }),
    storage(sc('z', 'disk.csi.azure.com', ', parameters: { skuName: Premium_LRS }')),
  ],
  [
    'a disk of Azure with maxShares',
    [],
    claim('a', { class: 'z' }),
    storage(sc('z', 'disk.csi.azure.com', ', parameters: { maxShares: "2" }')),
  ],
  [
    'a claim that names its volume',
    [],
    claim('a', { class: 'l' }).replace('{ accessModes', '{ volumeName: p1, accessModes'),
    storage(sc('l', 'kubernetes.io/no-provisioner'), pv('p1', 'l', '10Gi', 'ReadWriteMany', ', volumeMode: Block')),
  ],
  [
    'a volume that is kept for the claim',
    [],
    claim('a', { class: 'l' }),
    storage(
      sc('l', 'kubernetes.io/no-provisioner'),
      pv('p1', 'l', '10Gi', 'ReadWriteMany', ', volumeMode: Block, claimRef: { namespace: lab, name: a }'),
    ),
  ],
  [
    'a volume that is too small',
    ['warning claim-volume'],
    claim('a', { class: 'l' }),
    storage(sc('l', 'kubernetes.io/no-provisioner'), pv('p1', 'l', '5Gi', 'ReadWriteMany', ', volumeMode: Block')),
  ],
  [
    'a snapshot class that both profiles name, and that is not there',
    ['error clone-finishes'],
    stream(claim('g'), dataVolume('c', '{ pvc: { namespace: lab, name: g } }')),
    storage(prof('f', rwxb, ', cloneStrategy: snapshot, snapshotClass: gone'), snapshotClass('v')),
  ],
  [
    'a clone of an archive into the image of a disk',
    ['error clone-finishes'],
    stream(
      dataVolume('g', HTTP, { mode: 'Filesystem' }).replace('pvc:', 'contentType: archive, pvc:'),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }', { mode: 'Filesystem' }),
    ),
    storage(prof('f', rwof)),
  ],
];

const RULES = OUTCOME_RULES.map(({ id }) => id);

describe('of claims and clones', () => {
  test.each(CASES.map(([title, expected, text, given]) => [title, expected, text, given] as const))(
    '%s: %j',
    (_title, expected, text, given) => {
      const found = said(text, RULES, { storage: given, kubevirt: 'v1.9.0' });
      expect(found.map((line) => line.replace(/^(\w+) \S+ ([\w-]+):.*$/s, '$1 $2'))).toEqual(expected);
    },
  );
});
