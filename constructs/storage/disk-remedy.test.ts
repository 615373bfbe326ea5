import { App, Chart, Size } from 'cdk8s';
import { k8s, PersistentVolumeAccessMode, PersistentVolumeClaim, Secret } from 'cdk8s-plus-27';
import {
  BootableVM,
  ContainerDisk,
  DataVolumeImport,
  DataVolumeSource,
  Disk,
  RegistryCredentials,
  SecondaryDisk,
  StorageCatalog,
} from '../index';
import { diskRemedy, sourceRemedy } from './disk-remedy';

const chart = () => new Chart(new App(), 'shop', { namespace: 'shop' });

describe('diskRemedy', () => {
  it.each([
    [
      'https://example.org/a.qcow2',
      `write new DataVolumeImport(chart, 'boot', { source: DataVolumeSource.http("https://example.org/a.qcow2"), size: Size.gibibytes(…) })`,
    ],
    [
      'docker://quay.io/a/b:1',
      `write new DataVolumeImport(chart, 'boot', { source: DataVolumeSource.registry("docker://quay.io/a/b:1"), size: Size.gibibytes(…) }) or ContainerDisk.of("quay.io/a/b:1")`,
    ],
    [
      'quay.io/a/b:1',
      `write new DataVolumeImport(chart, 'boot', { source: DataVolumeSource.registry("docker://quay.io/a/b:1"), size: Size.gibibytes(…) }) or ContainerDisk.of("quay.io/a/b:1")`,
    ],
    [
      's3://bucket/a',
      `write new DataVolumeImport(chart, 'boot', { source: DataVolumeSource.s3('https://HOST/BUCKET/OBJECT'), size: Size.gibibytes(…) })`,
    ],
    ['db-boot', 'write Disk.fromClaimName("db-boot")'],
    ['Not A Name', 'write Disk.fromClaimName(…)'],
    [undefined, 'write Disk.fromClaimName(…)'],
  ])('leads from %j to what was meant', (value, remedy) => {
    expect(diskRemedy(value)).toBe(remedy);
  });

  it('leads from a claim of cdk8s-plus, and of its generated class, to a disk of its name', () => {
    const accessModes = [PersistentVolumeAccessMode.READ_WRITE_ONCE];
    const claim = new PersistentVolumeClaim(chart(), 'a', {
      metadata: { name: 'data' },
      storage: Size.gibibytes(1),
      accessModes,
    });
    const generated = new k8s.KubePersistentVolumeClaim(chart(), 'b', { metadata: { name: 'logs' } });
    expect(diskRemedy(claim)).toBe('write Disk.fromClaimName("data")');
    expect(diskRemedy(generated)).toBe('write Disk.fromClaimName("logs")');
    expect(sourceRemedy(claim)).toBe('write DataVolumeSource.claim(Disk.fromClaimName("data"))');
  });
});

const FOR_EXAMPLE = 'write for example DataVolumeSource.registry(…), or DataVolumeSource.blank() for an empty disk';

describe('sourceRemedy', () => {
  it.each([
    ['docker://quay.io/a/b:1', 'write DataVolumeSource.registry("docker://quay.io/a/b:1")'],
    ['quay.io/a/b:1', 'write DataVolumeSource.registry("docker://quay.io/a/b:1")'],
    ['https://example.org/a.iso', 'write DataVolumeSource.http("https://example.org/a.iso")'],
    ['gs://bucket/a', 'write DataVolumeSource.gcs("gs://bucket/a")'],
    ['golden', 'write DataVolumeSource.claim(Disk.fromClaimName("golden"))'],
    [Disk.fromClaimName('golden'), 'write DataVolumeSource.claim(disk)'],
    [{ blank: {} }, 'write DataVolumeSource.blank()'],
    [{ upload: {} }, 'write DataVolumeSource.upload()'],
    [{ registry: { url: 'docker://a/b' } }, 'write DataVolumeSource.registry("docker://a/b")'],
    [{ http: { url: 'https://a/b' } }, 'write DataVolumeSource.http("https://a/b")'],
    [{ s3: { url: 'https://a/b/c' } }, 'write DataVolumeSource.s3("https://a/b/c")'],
    [{ gcs: { url: 'gs://a/b' } }, 'write DataVolumeSource.gcs("gs://a/b")'],
    [{ pvc: { name: 'golden' } }, 'write DataVolumeSource.claim(Disk.fromClaimName("golden"))'],
    [{ snapshot: { name: 'daily' } }, 'write DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName("daily"))'],
    [{ http: { url: 1 } }, FOR_EXAMPLE],
    [{ pvc: { name: 1 } }, FOR_EXAMPLE],
    [{ snapshot: { name: 1 } }, FOR_EXAMPLE],
    [{ volume: { name: 'golden' } }, FOR_EXAMPLE],
    [{ blank: {}, upload: {} }, FOR_EXAMPLE],
    [7, FOR_EXAMPLE],
  ])('leads from %j to what was meant', (value, remedy) => {
    expect(sourceRemedy(value)).toBe(remedy);
  });
});

describe('a remedy in its message', () => {
  const wrong = <T>(value: unknown) => value as T;

  it.each<[string, () => unknown, string]>([
    [
      'an address as a boot disk',
      () =>
        new BootableVM(chart(), 'web', { memory: Size.gibibytes(1), bootDisk: wrong('https://example.org/a.qcow2') }),
      `'bootDisk' must be a disk, got "https://example.org/a.qcow2"; write new DataVolumeImport(`,
    ],
    [
      'a registry address as a source',
      () => new DataVolumeImport(chart(), 'web', { size: Size.gibibytes(1), source: wrong('docker://quay.io/a/b:1') }),
      `'source' must be a DataVolumeSource, got a value of type 'string'; write DataVolumeSource.registry("docker://quay.io/a/b:1")`,
    ],
    [
      'a source as a boot disk',
      () => new BootableVM(chart(), 'web', { memory: Size.gibibytes(1), bootDisk: wrong(DataVolumeSource.blank()) }),
      `'bootDisk' must be a disk, got a DataVolumeSource; write new DataVolumeImport(chart, 'boot', { source: it,`,
    ],
    [
      'a Secret as the name of one',
      () => RegistryCredentials.fromSecretName(wrong(new Secret(chart(), 'login', { metadata: { name: 'registry' } }))),
      "got a Secret; write its name: 'registry'",
    ],
    [
      'a path as the text of kubectl',
      () => StorageCatalog.fromKubectl('cluster-storage.yaml'),
      `got the path "cluster-storage.yaml"; write StorageCatalog.fromKubectl(readFileSync('cluster-storage.yaml', 'utf8'))`,
    ],
    [
      'an address with a blank',
      () => DataVolumeSource.http('https://example.org/my image.qcow2'),
      `'url' must hold no blank, got "https://example.org/my image.qcow2"; write 'https://example.org/my%20image.qcow2'`,
    ],
    [
      'a number as text',
      () =>
        new BootableVM(chart(), 'web', {
          memory: Size.gibibytes(1),
          bootDisk: ContainerDisk.of('quay.io/a/b:1'),
          cpu: { cores: wrong('2') },
        }),
      `got "2"; write 2`,
    ],
    [
      'a disk that grows in its own chart',
      () => {
        const own = chart();
        new SecondaryDisk(own, 'data', { size: Size.gibibytes(1) }).grow(own, 'grown', Size.gibibytes(2));
      },
      `'scope' must be of a later chart than the one that makes the disk, got "shop"; write new Chart(app, 'later')`,
    ],
  ])('leads on from %s', (_what, make, message) => {
    expect(make).toThrow(message);
  });
});
