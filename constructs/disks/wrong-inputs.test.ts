import { Chart, Size } from 'cdk8s';
import { Secret, PersistentVolumeClaim } from 'cdk8s-plus-27';
import {
  AccessMode,
  DataVolumeImport,
  DataVolumeImportProps,
  DataVolumeSource,
  Disk,
  DiskClone,
  DiskSnapshot,
  Quantity,
  RegistryCredentials,
  RegistryPullMethod,
  SecondaryDisk,
  StorageCatalog,
  VolumeMode,
} from '../index';
import { gibi, testWrongInputs, WrongInput } from '../shared/testing/wrong-inputs';

const STORAGE = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }
provisioner: csi.example
`;

function disk(chart: Chart, props: Partial<DataVolumeImportProps> = {}): DataVolumeImport {
  return new DataVolumeImport(chart, 'disk', { source: DataVolumeSource.blank(), size: gibi(1), ...props });
}

function later(chart: Chart): Chart {
  return new Chart(chart.node.root, 'later', { namespace: 'shop' });
}

function secret(chart: Chart): Secret {
  return new Secret(chart, 'secret', { metadata: { name: 'login' } });
}

/** What people write without TypeScript, and what they mean. */
const WRONG: readonly WrongInput[] = [
  [
    'a source is an image',
    (chart, wrong) => disk(chart, { source: wrong('quay.io/a/b:1') }),
    "[test/disk] 'source' must be a DataVolumeSource, got a value of type 'string'; write DataVolumeSource.registry(\"docker://quay.io/a/b:1\")",
    (chart) => disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1') }),
    'DataVolume.spec.source.registry.url',
    'docker://quay.io/a/b:1',
  ],
  [
    'a source is an address',
    (chart, wrong) => disk(chart, { source: wrong('https://a.example/b.img') }),
    "[test/disk] 'source' must be a DataVolumeSource, got a value of type 'string'; write DataVolumeSource.http(\"https://a.example/b.img\")",
    (chart) => disk(chart, { source: DataVolumeSource.http('https://a.example/b.img') }),
    'DataVolume.spec.source.http.url',
    'https://a.example/b.img',
  ],
  [
    'a source is an object of a bucket',
    (chart, wrong) => disk(chart, { source: wrong('s3://bucket/b.img') }),
    "[test/disk] 'source' must be a DataVolumeSource, got a value of type 'string'; write DataVolumeSource.s3('https://HOST/BUCKET/OBJECT')",
    (chart) => disk(chart, { source: DataVolumeSource.s3('https://s3.example/bucket/b.img') }),
    'DataVolume.spec.source.s3.url',
    'https://s3.example/bucket/b.img',
  ],
  [
    'a source is the name of a claim',
    (chart, wrong) => disk(chart, { source: wrong('data') }),
    "[test/disk] 'source' must be a DataVolumeSource, got a value of type 'string'; write DataVolumeSource.claim(Disk.fromClaimName(\"data\"))",
    (chart) => disk(chart, { source: DataVolumeSource.claim(Disk.fromClaimName('data')) }),
    'DataVolume.spec.source.pvc.name',
    'data',
  ],
  [
    'a source is a file of this machine',
    (chart, wrong) => disk(chart, { source: wrong('./b.qcow2') }),
    "[test/disk] 'source' must be a DataVolumeSource, got a value of type 'string'; write DataVolumeSource.upload(), and upload the file to the disk",
    (chart) => disk(chart, { source: DataVolumeSource.upload() }),
    'DataVolume.spec.source.upload',
    {},
  ],
  [
    'a source is that of a manifest',
    (chart, wrong) => disk(chart, { source: wrong({ registry: { url: 'docker://quay.io/a/b:1' } }) }),
    '[test/disk] \'source\' must be a DataVolumeSource, got an object; write DataVolumeSource.registry("docker://quay.io/a/b:1")',
    (chart) => disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1') }),
    'DataVolume.spec.source.registry.url',
    'docker://quay.io/a/b:1',
  ],
  [
    'a source is the claim of a manifest',
    (chart, wrong) => disk(chart, { source: wrong({ pvc: { name: 'data' } }) }),
    '[test/disk] \'source\' must be a DataVolumeSource, got an object; write DataVolumeSource.claim(Disk.fromClaimName("data"))',
    (chart) => disk(chart, { source: DataVolumeSource.claim(Disk.fromClaimName('data')) }),
    'DataVolume.spec.source.pvc.name',
    'data',
  ],
  [
    'a source is the snapshot of a manifest',
    (chart, wrong) => disk(chart, { source: wrong({ snapshot: { name: 'monday' } }) }),
    '[test/disk] \'source\' must be a DataVolumeSource, got an object; write DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName("monday"))',
    (chart) => disk(chart, { source: DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('monday')) }),
    'DataVolume.spec.source.snapshot.name',
    'monday',
  ],
  [
    'a source is the empty disk of a manifest',
    (chart, wrong) => disk(chart, { source: wrong({ blank: {} }) }),
    "[test/disk] 'source' must be a DataVolumeSource, got an object; write DataVolumeSource.blank()",
    (chart) => disk(chart, { source: DataVolumeSource.blank() }),
    'DataVolume.spec.source.blank',
    {},
  ],
  [
    'a source is a disk',
    (chart, wrong) => disk(chart, { source: wrong(Disk.fromClaimName('data')) }),
    "[test/disk] 'source' must be a DataVolumeSource, got an object; write DataVolumeSource.claim(disk)",
    (chart) => disk(chart, { source: DataVolumeSource.claim(Disk.fromClaimName('data')) }),
    'DataVolume.spec.source.pvc.name',
    'data',
  ],
  [
    'a source is a claim of cdk8s-plus',
    (chart, wrong) => disk(chart, { source: wrong(PersistentVolumeClaim.fromClaimName(chart, 'pvc', 'data')) }),
    '[test/disk] \'source\' must be a DataVolumeSource, got an ImportedPersistentVolumeClaim; write DataVolumeSource.claim(Disk.fromClaimName("data"))',
    (chart) => disk(chart, { source: DataVolumeSource.claim(Disk.fromClaimName('data')) }),
    'DataVolume.spec.source.pvc.name',
    'data',
  ],
  [
    'a source is a snapshot',
    (chart, wrong) => disk(chart, { source: wrong(DiskSnapshot.fromSnapshotName('monday')) }),
    "[test/disk] 'source' must be a DataVolumeSource, got an object; write DataVolumeSource.snapshot(snapshot)",
    (chart) => disk(chart, { source: DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('monday')) }),
    'DataVolume.spec.source.snapshot.name',
    'monday',
  ],
  [
    'a source is missing',
    (chart, wrong) => disk(chart, { source: wrong(undefined) }),
    "[test/disk] 'source' must be a DataVolumeSource, got nothing; write for example DataVolumeSource.registry(…), or DataVolumeSource.blank() for an empty disk",
    (chart) => disk(chart, { source: DataVolumeSource.blank() }),
    'DataVolume.spec.source.blank',
    {},
  ],
  [
    'an image has no scheme',
    (chart) => disk(chart, { source: DataVolumeSource.registry('quay.io/a/b:1') }),
    "[DataVolumeSource.registry] 'url' must be an address that starts with 'docker://' or 'oci-archive://', got \"quay.io/a/b:1\"; write 'docker://quay.io/a/b:1'",
    (chart) => disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1') }),
    'DataVolume.spec.source.registry.url',
    'docker://quay.io/a/b:1',
  ],
  [
    'an image has the scheme of the web',
    (chart) => disk(chart, { source: DataVolumeSource.registry('https://quay.io/a/b:1') }),
    "[DataVolumeSource.registry] 'url' must be an address that starts with 'docker://' or 'oci-archive://', got \"https://quay.io/a/b:1\"; write 'docker://quay.io/a/b:1'",
    (chart) => disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1') }),
    'DataVolume.spec.source.registry.url',
    'docker://quay.io/a/b:1',
  ],
  [
    'an image has a blank before it',
    (chart) => disk(chart, { source: DataVolumeSource.registry(' docker://quay.io/a/b:1') }),
    "[DataVolumeSource.registry] 'url' must hold no blank, got \" docker://quay.io/a/b:1\"; write 'docker://quay.io/a/b:1'",
    (chart) => disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1') }),
    'DataVolume.spec.source.registry.url',
    'docker://quay.io/a/b:1',
  ],
  [
    'an image is in upper case',
    (chart) => disk(chart, { source: DataVolumeSource.registry('docker://quay.io/A/b:1') }),
    "[DataVolumeSource.registry] 'url' must have a repository of lower-case letters and digits, with '.', '_', '-' and '/' between them, got \"docker://quay.io/A/b:1\"; write 'docker://quay.io/a/b:1'",
    (chart) => disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1') }),
    'DataVolume.spec.source.registry.url',
    'docker://quay.io/a/b:1',
  ],
  [
    'an address has no scheme',
    (chart) => disk(chart, { source: DataVolumeSource.http('a.example/b.img') }),
    "[DataVolumeSource.http] 'url' must be an address that starts with 'https://' or 'http://', got \"a.example/b.img\"; write 'https://a.example/b.img'",
    (chart) => disk(chart, { source: DataVolumeSource.http('https://a.example/b.img') }),
    'DataVolume.spec.source.http.url',
    'https://a.example/b.img',
  ],
  [
    'an address lacks its slashes',
    (chart) => disk(chart, { source: DataVolumeSource.http('https:a.example/b.img') }),
    "[DataVolumeSource.http] 'url' must be an address that starts with 'https://' or 'http://', got \"https:a.example/b.img\"; write 'https://a.example/b.img'",
    (chart) => disk(chart, { source: DataVolumeSource.http('https://a.example/b.img') }),
    'DataVolume.spec.source.http.url',
    'https://a.example/b.img',
  ],
  [
    'the scheme of an address is in upper case',
    (chart) => disk(chart, { source: DataVolumeSource.http('HTTPS://a.example/b.img') }),
    "[DataVolumeSource.http] 'url' must be an address that starts with 'https://' or 'http://', got \"HTTPS://a.example/b.img\"; write 'https://a.example/b.img'",
    (chart) => disk(chart, { source: DataVolumeSource.http('https://a.example/b.img') }),
    'DataVolume.spec.source.http.url',
    'https://a.example/b.img',
  ],
  [
    'an address has a blank',
    (chart) => disk(chart, { source: DataVolumeSource.http('https://a.example/my disk.img') }),
    "[DataVolumeSource.http] 'url' must hold no blank, got \"https://a.example/my disk.img\"; write 'https://a.example/my%20disk.img'",
    (chart) => disk(chart, { source: DataVolumeSource.http('https://a.example/my%20disk.img') }),
    'DataVolume.spec.source.http.url',
    'https://a.example/my%20disk.img',
  ],
  [
    'an address is of a bucket',
    (chart) => disk(chart, { source: DataVolumeSource.http('s3://bucket/b.img') }),
    "[DataVolumeSource.http] 'url' must be an address that starts with 'https://' or 'http://', got \"s3://bucket/b.img\"; write DataVolumeSource.s3('https://HOST/bucket/b.img')",
    (chart) => disk(chart, { source: DataVolumeSource.s3('https://s3.example/bucket/b.img') }),
    'DataVolume.spec.source.s3.url',
    'https://s3.example/bucket/b.img',
  ],
  [
    'an address is of a registry',
    (chart) => disk(chart, { source: DataVolumeSource.http('docker://quay.io/a/b:1') }),
    "[DataVolumeSource.http] 'url' must be an address that starts with 'https://' or 'http://', got \"docker://quay.io/a/b:1\"; write DataVolumeSource.registry('docker://quay.io/a/b:1')",
    (chart) => disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1') }),
    'DataVolume.spec.source.registry.url',
    'docker://quay.io/a/b:1',
  ],
  [
    'an address is a file of this machine',
    (chart) => disk(chart, { source: DataVolumeSource.http('file:///tmp/b.img') }),
    "[DataVolumeSource.http] 'url' must be an address that starts with 'https://' or 'http://', got \"file:///tmp/b.img\"; write DataVolumeSource.upload(), and upload the file to the disk",
    (chart) => disk(chart, { source: DataVolumeSource.upload() }),
    'DataVolume.spec.source.upload',
    {},
  ],
  [
    'an address is a path',
    (chart) => disk(chart, { source: DataVolumeSource.http('/tmp/b.img') }),
    "[DataVolumeSource.http] 'url' must be an address that starts with 'https://' or 'http://', got \"/tmp/b.img\"; write DataVolumeSource.upload(), and upload the file to the disk",
    (chart) => disk(chart, { source: DataVolumeSource.upload() }),
    'DataVolume.spec.source.upload',
    {},
  ],
  [
    'an object of a bucket has no host',
    (chart) => disk(chart, { source: DataVolumeSource.s3('s3://bucket/b.img') }),
    "[DataVolumeSource.s3] 'url' must be an address that starts with 'https://' or 'http://', got \"s3://bucket/b.img\"; write 'https://HOST/bucket/b.img'",
    (chart) => disk(chart, { source: DataVolumeSource.s3('https://s3.example/bucket/b.img') }),
    'DataVolume.spec.source.s3.url',
    'https://s3.example/bucket/b.img',
  ],
  [
    'a login stands in an address',
    (chart) => disk(chart, { source: DataVolumeSource.http('https://me:secret@a.example/b.img') }),
    "[DataVolumeSource.http] 'url' must hold no login, got \"https://a.example/b.img\"; put the login into a Secret and give it as 'credentials'",
    (chart) =>
      disk(chart, {
        source: DataVolumeSource.http('https://a.example/b.img', {
          credentials: RegistryCredentials.fromSecretName('login'),
        }),
      }),
    'DataVolume.spec.source.http.secretRef',
    'login',
  ],
  [
    'credentials are the Secret',
    (chart, wrong) =>
      disk(chart, {
        source: DataVolumeSource.registry('docker://quay.io/a/b:1', { credentials: wrong(secret(chart)) }),
      }),
    "[DataVolumeSource.registry] 'credentials' must be RegistryCredentials, got a Secret; write RegistryCredentials.fromSecret(secret)",
    (chart) =>
      disk(chart, {
        source: DataVolumeSource.registry('docker://quay.io/a/b:1', {
          credentials: RegistryCredentials.fromSecret(secret(chart)),
        }),
      }),
    'DataVolume.spec.source.registry.secretRef',
    'login',
  ],
  [
    'credentials have the name of a manifest',
    (chart, wrong) =>
      disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1', wrong({ secretRef: 'login' })) }),
    "[DataVolumeSource.registry] 'options' must have known keys only, got \"secretRef\"; write credentials: RegistryCredentials.fromSecretName('…')",
    (chart) =>
      disk(chart, {
        source: DataVolumeSource.registry('docker://quay.io/a/b:1', {
          credentials: RegistryCredentials.fromSecretName('login'),
        }),
      }),
    'DataVolume.spec.source.registry.secretRef',
    'login',
  ],
  [
    'a pull method is in upper case',
    (chart, wrong) =>
      disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1', { pullMethod: wrong('Node') }) }),
    "[DataVolumeSource.registry] 'pullMethod' must be 'pod' or 'node', got \"Node\"; write 'node'",
    (chart) =>
      disk(chart, {
        source: DataVolumeSource.registry('docker://quay.io/a/b:1', { pullMethod: RegistryPullMethod.NODE }),
      }),
    'DataVolume.spec.source.registry.pullMethod',
    'node',
  ],
  [
    'a clone is of a name',
    (chart, wrong) => disk(chart, { source: DataVolumeSource.claim(wrong('data')) }),
    '[DataVolumeSource.claim] \'disk\' must be a disk, got "data"; write Disk.fromClaimName("data")',
    (chart) => disk(chart, { source: DataVolumeSource.claim(Disk.fromClaimName('data')) }),
    'DataVolume.spec.source.pvc.name',
    'data',
  ],
  [
    'a clone is of the name of a snapshot',
    (chart, wrong) => disk(chart, { source: DataVolumeSource.snapshot(wrong('monday')) }),
    '[DataVolumeSource.snapshot] \'snapshot\' must be a snapshot, got "monday"; write DiskSnapshot.fromSnapshotName("monday")',
    (chart) => disk(chart, { source: DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('monday')) }),
    'DataVolume.spec.source.snapshot.name',
    'monday',
  ],
  [
    'a clone of a snapshot is of a disk',
    (chart, wrong) => disk(chart, { source: DataVolumeSource.snapshot(wrong(Disk.fromClaimName('data'))) }),
    "[DataVolumeSource.snapshot] 'snapshot' must be a snapshot, got an object; write new DiskSnapshot(chart, 'snapshot', { disk: it })",
    (chart) =>
      disk(chart, {
        source: DataVolumeSource.snapshot(new DiskSnapshot(chart, 'monday', { disk: Disk.fromClaimName('data') })),
      }),
    'DataVolume.spec.source.snapshot.name',
    'monday',
  ],
  [
    'the name of a claim is an object',
    (chart, wrong) => disk(chart, { source: DataVolumeSource.claim(Disk.fromClaimName(wrong({ name: 'data' }))) }),
    "[Disk.fromClaimName] 'claimName' must be a DNS name (lower-case letters, digits, '-' and '.', at most 253 characters), got an object; write its name: 'data'",
    (chart) => disk(chart, { source: DataVolumeSource.claim(Disk.fromClaimName('data')) }),
    'DataVolume.spec.source.pvc.name',
    'data',
  ],
  [
    'the namespace of a claim stands alone',
    (chart, wrong) => disk(chart, { source: DataVolumeSource.claim(Disk.fromClaimName('data', wrong('golden'))) }),
    "[Disk.fromClaimName] 'facts' must be an object, got a value of type 'string'; write { namespace: \"golden\" }",
    (chart) => disk(chart, { source: DataVolumeSource.claim(Disk.fromClaimName('data', { namespace: 'golden' })) }),
    'DataVolume.spec.source.pvc.namespace',
    'golden',
  ],
  [
    'a clone has no namespace',
    (chart) =>
      new DiskClone(new Chart(chart.node.root, 'bare'), 'copy', {
        source: DataVolumeSource.claim(Disk.fromClaimName('data')),
        size: gibi(1),
      }),
    "[bare/copy] 'source' must name the namespace that it clones from, got \"data\"; set 'namespace' on the source, on this construct or on its chart",
    (chart) =>
      new DiskClone(new Chart(chart.node.root, 'bare'), 'copy', {
        namespace: 'shop',
        source: DataVolumeSource.claim(Disk.fromClaimName('data')),
        size: gibi(1),
      }),
    'DataVolume.spec.source.pvc.namespace',
    'shop',
  ],
  [
    'a clone is of an image',
    (chart) =>
      new DiskClone(chart, 'copy', { source: DataVolumeSource.registry('docker://quay.io/a/b:1'), size: gibi(1) }),
    '[test/copy] \'source\' must be a claim or a snapshot, got "registry"; write DataVolumeSource.claim(disk) or DataVolumeSource.snapshot(snapshot), or make a DataVolumeImport of it',
    (chart) => disk(chart, { source: DataVolumeSource.registry('docker://quay.io/a/b:1') }),
    'DataVolume.spec.source.registry.url',
    'docker://quay.io/a/b:1',
  ],
  [
    'a clone is smaller than its source',
    (chart) =>
      new DiskClone(chart, 'copy', {
        source: DataVolumeSource.claim(Disk.fromClaimName('data', { size: gibi(5) })),
        size: gibi(1),
      }),
    "[test/copy] 'size' must be at least '5Gi' (the source disk), got \"1Gi\"; a clone cannot shrink",
    (chart) =>
      new DiskClone(chart, 'copy', {
        source: DataVolumeSource.claim(Disk.fromClaimName('data', { size: gibi(5) })),
        size: gibi(5),
      }),
    'DataVolume.spec.pvc.resources.requests.storage',
    '5Gi',
  ],
  [
    'a clone is of itself',
    (chart) =>
      new DiskClone(chart, 'copy', { source: DataVolumeSource.claim(Disk.fromClaimName('copy')), size: gibi(1) }),
    "[test/copy] 'source' must be another disk than the clone itself, got \"shop/copy\"; give the clone another 'name'",
    (chart) =>
      new DiskClone(chart, 'copy', {
        name: 'copy-2',
        source: DataVolumeSource.claim(Disk.fromClaimName('copy')),
        size: gibi(1),
      }),
    'DataVolume.metadata.name',
    'copy-2',
  ],
  [
    'the catalog of a clone is a path',
    (chart, wrong) =>
      new DiskClone(chart, 'copy', {
        source: DataVolumeSource.claim(Disk.fromClaimName('data')),
        size: gibi(1),
        catalog: wrong('storage.yaml'),
      }),
    "[test/copy] 'catalog' must be a StorageCatalog, got a value of type 'string'; write StorageCatalog.fromKubectl(readFileSync('storage.yaml', 'utf8'))",
    (chart) =>
      new DiskClone(chart, 'copy', {
        source: DataVolumeSource.claim(Disk.fromClaimName('data')),
        size: gibi(1),
        catalog: StorageCatalog.fromKubectl(STORAGE),
      }),
    'DataVolume.spec.source.pvc.name',
    'data',
  ],
  [
    'a catalog is read from a path',
    () => StorageCatalog.fromKubectl('cluster/storage.yaml'),
    "[StorageCatalog.fromKubectl] 'text' must be what kubectl printed, got the path \"cluster/storage.yaml\"; write StorageCatalog.fromKubectl(readFileSync('cluster/storage.yaml', 'utf8'))",
    (chart) => disk(chart, { storageClassName: 'fast', catalog: StorageCatalog.fromKubectl(STORAGE) }),
    'DataVolume.spec.pvc.storageClassName',
    'fast',
  ],
  [
    'a catalog is read from a path of Windows',
    () => StorageCatalog.fromKubectl('C:\\cluster\\storage.yaml'),
    "[StorageCatalog.fromKubectl] 'text' must be what kubectl printed, got the path \"C:\\\\cluster\\\\storage.yaml\"; write StorageCatalog.fromKubectl(readFileSync('C:\\\\cluster\\\\storage.yaml', 'utf8'))",
    (chart) => disk(chart, { storageClassName: 'fast', catalog: StorageCatalog.fromKubectl(STORAGE) }),
    'DataVolume.spec.pvc.storageClassName',
    'fast',
  ],
  [
    'a catalog is read from bytes',
    (_chart, wrong) => StorageCatalog.fromKubectl(wrong(Buffer.from('a'))),
    "[StorageCatalog.fromKubectl] 'text' must be text, got a Buffer; write text.toString('utf8')",
    (chart) => disk(chart, { storageClassName: 'fast', catalog: StorageCatalog.fromKubectl(STORAGE) }),
    'DataVolume.spec.pvc.storageClassName',
    'fast',
  ],
  [
    'a catalog is read from nothing',
    () => StorageCatalog.fromKubectl(''),
    "[StorageCatalog.fromKubectl] 'text' must hold a StorageClass, got nothing; run kubectl get storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml",
    (chart) => disk(chart, { storageClassName: 'fast', catalog: StorageCatalog.fromKubectl(STORAGE) }),
    'DataVolume.spec.pvc.storageClassName',
    'fast',
  ],
  [
    'a catalog is read from a table',
    () => StorageCatalog.fromKubectl('NAME   PROVISIONER\nfast   a.example'),
    "[StorageCatalog.fromKubectl] document 1 must be a Kubernetes object, got a value of type 'string'; run kubectl get storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml",
    (chart) => disk(chart, { storageClassName: 'fast', catalog: StorageCatalog.fromKubectl(STORAGE) }),
    'DataVolume.spec.pvc.storageClassName',
    'fast',
  ],
  [
    'a catalog is read from other objects',
    () => StorageCatalog.fromKubectl('{ kind: Pod, metadata: { name: a } }'),
    "[StorageCatalog.fromKubectl] 'text' must hold a StorageClass, got Pod; run kubectl get storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml",
    (chart) => disk(chart, { storageClassName: 'fast', catalog: StorageCatalog.fromKubectl(STORAGE) }),
    'DataVolume.spec.pvc.storageClassName',
    'fast',
  ],
  [
    'a size is text',
    (chart, wrong) => disk(chart, { size: wrong('10Gi') }),
    "[test/disk] 'size' must be a Size of cdk8s, got \"10Gi\"; write Quantity.parse('10Gi')",
    (chart) => disk(chart, { size: Quantity.parse('10Gi') }),
    'DataVolume.spec.pvc.resources.requests.storage',
    '10Gi',
  ],
  [
    'a size has a blank',
    (chart, wrong) => disk(chart, { size: wrong('10 GiB') }),
    "[test/disk] 'size' must be a Size of cdk8s, got \"10 GiB\"; write Quantity.parse('10Gi') (10737418240 bytes)",
    (chart) => disk(chart, { size: Quantity.parse('10Gi') }),
    'DataVolume.spec.pvc.resources.requests.storage',
    '10Gi',
  ],
  [
    'a size is a number',
    (chart, wrong) => disk(chart, { size: wrong(10) }),
    "[test/disk] 'size' must be a Size of cdk8s, got 10; write Size.gibibytes(10) or Size.mebibytes(10)",
    (chart) => disk(chart, { size: gibi(10) }),
    'DataVolume.spec.pvc.resources.requests.storage',
    '10Gi',
  ],
  [
    'a size is missing',
    (chart, wrong) => disk(chart, { size: wrong(undefined) }),
    "[test/disk] 'size' must be given, got nothing; write for example Size.gibibytes(10)",
    (chart) => disk(chart, { size: gibi(10) }),
    'DataVolume.spec.pvc.resources.requests.storage',
    '10Gi',
  ],
  [
    'a size has another name',
    (chart, wrong) => disk(chart, wrong({ storage: gibi(10) })),
    "[test/disk] 'props' must have known keys only, got \"storage\"; write 'size'",
    (chart) => disk(chart, { size: gibi(10) }),
    'DataVolume.spec.pvc.resources.requests.storage',
    '10Gi',
  ],
  [
    'a class has another name',
    (chart, wrong) => disk(chart, wrong({ storageClass: 'fast' })),
    "[test/disk] 'props' must have known keys only, got \"storageClass\"; write 'storageClassName'",
    (chart) => disk(chart, { storageClassName: 'fast' }),
    'DataVolume.spec.pvc.storageClassName',
    'fast',
  ],
  [
    'the name of a class has an underscore',
    (chart, wrong) => disk(chart, { storageClassName: wrong('Fast_Block') }),
    "[test/disk] 'storageClassName' must be a DNS name (lower-case letters, digits, '-' and '.', at most 253 characters), got \"Fast_Block\"; write 'fast-block'",
    (chart) => disk(chart, { storageClassName: 'fast-block' }),
    'DataVolume.spec.pvc.storageClassName',
    'fast-block',
  ],
  [
    'an access mode is text',
    (chart, wrong) => disk(chart, { accessModes: wrong('ReadWriteOnce') }),
    "[test/disk] 'accessModes' must be a list of 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got \"ReadWriteOnce\"; write [\"ReadWriteOnce\"]",
    (chart) => disk(chart, { accessModes: ['ReadWriteOnce' as AccessMode] }),
    'DataVolume.spec.pvc.accessModes',
    ['ReadWriteOnce'],
  ],
  [
    'an access mode is abbreviated',
    (chart, wrong) => disk(chart, { accessModes: wrong(['RWX']) }),
    "[test/disk] 'accessModes[0]' must be 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got \"RWX\"; write 'ReadWriteMany'",
    (chart) => disk(chart, { accessModes: ['ReadWriteMany' as AccessMode] }),
    'DataVolume.spec.pvc.accessModes',
    ['ReadWriteMany'],
  ],
  [
    'the access modes are none',
    (chart, wrong) => disk(chart, { accessModes: wrong([]) }),
    "[test/disk] 'accessModes' must be a list of 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got []",
    (chart) => disk(chart, { accessModes: ['ReadWriteOnce' as AccessMode] }),
    'DataVolume.spec.pvc.accessModes',
    ['ReadWriteOnce'],
  ],
  [
    'a volume mode is in lower case',
    (chart, wrong) => disk(chart, { volumeMode: wrong('block') }),
    "[test/disk] 'volumeMode' must be 'Block' or 'Filesystem', got \"block\"; write 'Block'",
    (chart) => disk(chart, { volumeMode: VolumeMode.BLOCK }),
    'DataVolume.spec.pvc.volumeMode',
    'Block',
  ],
  [
    'an option is the text of a boolean',
    (chart, wrong) => disk(chart, { bindImmediately: wrong('true') }),
    '[test/disk] \'bindImmediately\' must be true or false, got "true"; write true',
    (chart) => disk(chart, { bindImmediately: true }),
    'DataVolume.metadata.annotations',
    { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true' },
  ],
  [
    'an empty disk has a source',
    (chart, wrong) => new SecondaryDisk(chart, 'data', wrong({ size: gibi(1), source: DataVolumeSource.upload() })),
    '[test/data] \'props\' must have known keys only, got "source"; write a DataVolumeImport in its place, which has a source',
    (chart) => disk(chart, { source: DataVolumeSource.upload() }),
    'DataVolume.spec.source.upload',
    {},
  ],
  [
    'a disk grows in its own chart',
    (chart) => disk(chart).grow(chart, 'grown', gibi(2)),
    "[test/grown] 'scope' must be of a later chart than the one that makes the disk, got \"test\"; write new Chart(app, 'later') and give it as the first argument",
    (chart) => disk(chart).grow(later(chart), 'grown', gibi(2)),
    'PersistentVolumeClaim.spec.resources.requests.storage',
    '2Gi',
  ],
  [
    'a disk grows to less',
    (chart) => disk(chart).grow(later(chart), 'grown', Size.mebibytes(5)),
    "[later/grown] 'size' must be more than '1Gi' (the disk's size so far), got \"5Mi\"; a claim can only grow",
    (chart) => disk(chart).grow(later(chart), 'grown', gibi(2)),
    'PersistentVolumeClaim.spec.resources.requests.storage',
    '2Gi',
  ],
  [
    'a disk grows without a chart',
    (chart, wrong) => disk(chart).grow(wrong(gibi(2)), wrong(undefined), wrong(undefined)),
    "[a new construct] 'scope' must be a chart or a construct in one, got a Size; make a chart, new Chart(app, 'web'), and give it as the first argument",
    (chart) => disk(chart).grow(later(chart), 'grown', gibi(2)),
    'PersistentVolumeClaim.spec.resources.requests.storage',
    '2Gi',
  ],
  [
    'the disk of a snapshot is a name',
    (chart, wrong) => new DiskSnapshot(chart, 'monday', { disk: wrong('data') }),
    '[test/monday] \'disk\' must be a disk, got "data"; write Disk.fromClaimName("data")',
    (chart) => new DiskSnapshot(chart, 'monday', { disk: Disk.fromClaimName('data') }),
    'VolumeSnapshot.spec.source.persistentVolumeClaimName',
    'data',
  ],
];

describe('a wrong input', () => testWrongInputs(WRONG));
