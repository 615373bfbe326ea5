import { Size } from 'cdk8s';
import { LabelRule } from '../shared/label-rule';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, ClaimApi, ContentType, VolumeMode } from '../storage/claim-modes';
import { Disk } from '../storage/disk';
import { ClaimSelection } from './claim-selection';
import { DataVolumeImportProps } from './data-volume';
import { DataVolumeImport } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { ImportOptions } from './import-options';
import { RegistryCredentials } from './registry-credentials';
import { DiskSnapshot } from './snapshot';

const VDDK = DataVolumeSource.vddk('https://vcenter.example.com', {
  uuid: 'a',
  backingFile: '[store] a/a.vmdk',
  thumbprint: '20:6C',
  credentials: RegistryCredentials.fromSecretName('login'),
});
const UPLOAD = DataVolumeSource.upload();
const GOLDEN = Disk.fromClaimName('golden', { namespace: 'images', size: Size.gibibytes(2) });

describe('DataVolumeImport', () => {
  test('is a block device for many nodes, exactly as written', () => {
    const props = { source: DataVolumeSource.registry('docker://quay.io/x'), size: Size.gibibytes(10) };
    expect(manifest(new DataVolumeImport(testChart('lab'), 'boot', props))).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { name: 'boot', namespace: 'lab' },
      spec: {
        pvc: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', resources: { requests: { storage: '10Gi' } } },
        source: { registry: { url: 'docker://quay.io/x' } },
      },
    });
  });

  test('writes every prop', () => {
    const props: Required<Omit<DataVolumeImportProps, keyof ClaimSelection | keyof ImportOptions>> = {
      name: 'alpine-boot',
      namespace: 'other',
      labels: { app: 'alpine' },
      annotations: { note: 'yes' },
      source: DataVolumeSource.http('https://example.com/a.tar', {
        credentials: RegistryCredentials.fromSecretName('login', { namespace: 'other' }),
      }),
      size: Size.gibibytes(10),
      accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_MANY],
      volumeMode: VolumeMode.FILESYSTEM,
      storageClassName: 'slow',
      catalog: StorageCatalog.of({ storageClasses: [{ name: 'slow', provisioner: 'csi.example.com' }] }),
      contentType: ContentType.ARCHIVE,
      claimApi: ClaimApi.STORAGE,
      bindImmediately: true,
      overrides: { spec: { preallocation: true } },
    };
    const disk = new DataVolumeImport(testChart('lab'), 'boot', props);
    expect(manifest(disk)).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: {
        name: 'alpine-boot',
        namespace: 'other',
        labels: { app: 'alpine' },
        annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true', note: 'yes' },
      },
      spec: {
        storage: {
          accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
          volumeMode: 'Filesystem',
          storageClassName: 'slow',
          resources: { requests: { storage: '10Gi' } },
        },
        contentType: 'archive',
        source: { http: { url: 'https://example.com/a.tar', secretRef: 'login' } },
        preallocation: true,
      },
    });
    expect(disk.claimName).toBe('alpine-boot');
    expect(disk.accessModes).toEqual(['ReadWriteOnce', 'ReadWriteMany']);
  });

  test('chooses its volume, and how it is filled', () => {
    const selection: Required<ClaimSelection> = {
      volumeName: 'pv-1',
      volumeRules: [LabelRule.in('tier', ['fast'])],
      volumeAttributesClassName: 'gold',
      sizeLimit: Size.gibibytes(20),
    };
    const options: Required<ImportOptions> = {
      checkpoints: [
        { previous: '', current: 'snapshot-1' },
        { previous: 'snapshot-1', current: 'snapshot-2' },
      ],
      finalCheckpoint: true,
      preallocation: true,
      priorityClassName: 'high',
      serviceAccountName: 'importer',
    };
    const props = { source: VDDK, size: Size.gibibytes(10), ...selection, ...options };
    expect(manifest(new DataVolumeImport(testChart('lab'), 'boot', props)).spec).toMatchObject({
      pvc: {
        volumeName: 'pv-1',
        selector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['fast'] }] },
        volumeAttributesClassName: 'gold',
        resources: { requests: { storage: '10Gi' }, limits: { storage: '20Gi' } },
      },
      checkpoints: [
        { previous: '', current: 'snapshot-1' },
        { previous: 'snapshot-1', current: 'snapshot-2' },
      ],
      finalCheckpoint: true,
      preallocation: true,
      priorityClassName: 'high',
      serviceAccountName: 'importer',
    });
  });

  test('is filled by a populator', () => {
    const source = DataVolumeSource.populator({ apiGroup: 'example.com', kind: 'Sample', name: 'one' });
    const props = { source, size: Size.gibibytes(1), claimApi: ClaimApi.STORAGE };
    expect(manifest(new DataVolumeImport(testChart('lab'), 'boot', props)).spec).toEqual({
      storage: {
        resources: { requests: { storage: '1Gi' } },
        dataSourceRef: { apiGroup: 'example.com', kind: 'Sample', name: 'one' },
      },
    });
  });

  test.each<[string, object, string]>([
    [
      'steps of an upload',
      { source: UPLOAD, checkpoints: [] },
      "'checkpoints' must be left out for a source of kind 'upload'",
    ],
    ['a last step of an upload', { source: UPLOAD, finalCheckpoint: true }, "'finalCheckpoint' must be left out for"],
    [
      'a step without a name',
      { source: VDDK, checkpoints: [{ previous: '' }] },
      "'checkpoints[0].current' must be given",
    ],
    [
      'attributes by the StorageProfile',
      { claimApi: ClaimApi.STORAGE, volumeAttributesClassName: 'gold' },
      "'volumeAttributesClassName' must be left out with ClaimApi.STORAGE",
    ],
    ['a rule that is text', { volumeRules: ['tier'] }, "'volumeRules[0]' must be a LabelRule"],
  ])('fails when given %s', (_, props, message) => {
    const make = (): unknown =>
      new DataVolumeImport(testChart('lab'), 'boot', untyped({ source: UPLOAD, size: Size.gibibytes(1), ...props }));
    expect(failureOf(make)).toContain(message);
  });

  test('leaves modes to the StorageProfile where it may', () => {
    const props = { source: UPLOAD, size: Size.gibibytes(1), claimApi: ClaimApi.STORAGE };
    const disk = new DataVolumeImport(testChart('lab'), 'boot', props);
    expect(manifest(disk).spec).toEqual({
      storage: { resources: { requests: { storage: '1Gi' } } },
      source: { upload: {} },
    });
    expect([disk.accessModes, disk.volumeMode]).toEqual([undefined, undefined]);
  });

  test('takes the size of a clone from its source, as far as it is known', () => {
    const disk = new DataVolumeImport(testChart('lab'), 'boot', { source: DataVolumeSource.claim(GOLDEN) });
    expect(disk.size).toEqual(Size.gibibytes(2));
    expect(manifest(disk)).toMatchObject({
      spec: {
        pvc: { resources: { requests: { storage: '2Gi' } } },
        source: { pvc: { name: 'golden', namespace: 'images' } },
      },
    });
  });

  test('leaves the size of a clone to CDI with ClaimApi.STORAGE', () => {
    const source = DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('golden-1'));
    const disk = new DataVolumeImport(testChart('lab'), 'boot', { source, claimApi: ClaimApi.STORAGE });
    expect(disk.size).toBeUndefined();
    expect(manifest(disk).spec).toEqual({
      storage: {},
      source: { snapshot: { name: 'golden-1', namespace: 'lab' } },
    });
  });

  test('does not change when the list that it was given changes', () => {
    const accessModes = [AccessMode.READ_WRITE_ONCE];
    const disk = new DataVolumeImport(testChart(), 'boot', { source: UPLOAD, size: Size.gibibytes(1), accessModes });
    accessModes.push(AccessMode.READ_WRITE_MANY);
    expect(manifest(disk)).toMatchObject({ spec: { pvc: { accessModes: ['ReadWriteOnce'] } } });
  });

  const MEBIBYTE = 1 / 1024;
  test.each([
    [Size.kibibytes(1023), `'size' must be at least '1Mi', got "1023Ki"`],
    [Size.kibibytes(1024), ''],
    [Size.kibibytes(1025), ''],
  ])('asks for at least what CDI takes: %p', (size, message) => {
    const make = () => new DataVolumeImport(testChart(), 'boot', { source: UPLOAD, size });
    if (message === '') expect(make).not.toThrow();
    else expect(failureOf(make)).toBe(`[test/boot] ${message}`);
  });

  test.each([
    [10 ** 9 / 1024 ** 3, `'size' must be at least '2Gi' (the source disk), got "1G"; a clone cannot shrink`],
    [2 - MEBIBYTE, `'size' must be at least '2Gi' (the source disk), got "2047Mi"; a clone cannot shrink`],
    [2, ''],
    [2 + MEBIBYTE, ''],
  ])('is no smaller than its source: %p Gi of 2Gi', (gibibytes, message) => {
    const props = { source: DataVolumeSource.claim(GOLDEN), size: Size.gibibytes(gibibytes) };
    const make = () => new DataVolumeImport(testChart('lab'), 'boot', props);
    if (message === '') expect(make).not.toThrow();
    else expect(failureOf(make)).toBe(`[test/boot] ${message}`);
  });

  const SIZE = Size.gibibytes(1);
  const BLANK = DataVolumeSource.blank();
  const REGISTRY = DataVolumeSource.registry('docker://quay.io/x');
  test.each([
    [undefined, `'props' must be an object, got nothing`],
    [null, `'props' must be an object, got null`],
    [
      { size: SIZE },
      `'source' must be a DataVolumeSource, got nothing; write for example DataVolumeSource.registry(…), or`,
    ],
    [{ size: SIZE, source: { upload: {} } }, `'source' must be a DataVolumeSource, got an object`],
    [{ size: SIZE, source: GOLDEN }, `got an object; write DataVolumeSource.claim(disk)`],
    [{ source: UPLOAD }, `'size' must be given, got nothing; write for example Size.gibibytes(10)`],
    [{ source: UPLOAD, claimApi: 'storage' }, `'size' must be given, got nothing`],
    [{ source: DataVolumeSource.claim(Disk.fromClaimName('a')) }, `'size' must be given, got nothing`],
    [{ source: UPLOAD, size: '10Gi' }, `'size' must be a Size of cdk8s, got "10Gi"; write Quantity.parse('10Gi')`],
    [{ source: UPLOAD, size: null }, `'size' must be a Size of cdk8s, got null`],
    [{ source: UPLOAD, size: SIZE, accessModes: 'ReadWriteMany' }, `got "ReadWriteMany"; write ["ReadWriteMany"]`],
    [
      { source: UPLOAD, size: SIZE, accessModes: ['ReadWriteOnce', 'ReadWriteMany'] },
      `'accessModes' must be one mode, got ["ReadWriteOnce","ReadWriteMany"]; or write claimApi: ClaimApi.STORAGE`,
    ],
    [{ source: UPLOAD, size: SIZE, volumeMode: 'BLOCK' }, `'volumeMode' must be 'Block' or 'Filesystem', got "BLOCK"`],
    [{ source: UPLOAD, size: SIZE, contentType: '' }, `'contentType' must be 'kubevirt' or 'archive', got ""`],
    [{ source: UPLOAD, size: SIZE, claimApi: 'PVC' }, `'claimApi' must be 'pvc' or 'storage', got "PVC"`],
    [{ source: UPLOAD, size: SIZE, bindImmediately: 'true' }, `'bindImmediately' must be true or false, got "true"`],
    [{ source: UPLOAD, size: SIZE, storageClassName: 'a'.repeat(254) }, `'storageClassName' must be a DNS name`],
    [
      { source: BLANK, size: SIZE, contentType: 'archive', volumeMode: 'Filesystem' },
      `'contentType' must be 'kubevirt' for a blank source, got "archive"; use an http or upload source for an archive`,
    ],
    [
      { source: REGISTRY, size: SIZE, contentType: 'archive', volumeMode: 'Filesystem' },
      `'contentType' must be 'kubevirt' for a registry source, got "archive"`,
    ],
    [
      { source: UPLOAD, size: SIZE, contentType: 'archive' },
      `'volumeMode' must be 'Filesystem' for an archive, got "Block"`,
    ],
    [
      { source: DataVolumeSource.claim(Disk.fromClaimName('a')), size: SIZE },
      `'source' must name the namespace that it clones from, got "a"`,
    ],
  ])('fails when the props are %p', (props, message) => {
    const make = () => new DataVolumeImport(testChart(), 'boot', untyped<DataVolumeImportProps>(props));
    const failure = failureOf(make);
    expect(failure).toMatch(/^(\[test\/boot\] '.*\n?)+$/);
    expect(failure).toContain(message);
  });

  test('takes an archive into a file system, and into whatever the StorageProfile says', () => {
    const props = { source: UPLOAD, size: SIZE, contentType: ContentType.ARCHIVE };
    expect(() => new DataVolumeImport(testChart(), 'a', { ...props, volumeMode: VolumeMode.FILESYSTEM })).not.toThrow();
    expect(() => new DataVolumeImport(testChart(), 'a', { ...props, claimApi: ClaimApi.STORAGE })).not.toThrow();
  });

  test('fails when the Secret of the source stands in another namespace', () => {
    const credentials = RegistryCredentials.fromSecretName('login', { namespace: 'other' });
    const source = DataVolumeSource.registry('docker://quay.io/x', { credentials });
    expect(failureOf(() => new DataVolumeImport(testChart('lab'), 'boot', { source, size: SIZE }))).toBe(
      `[test/boot] 'source.credentials' must name a Secret of the DataVolume's namespace 'lab', got "other/login"`,
    );
  });

  test('says all faults in one error, those beside a wrong source too', () => {
    const props = { name: 'Boot', source: 'upload', size: '1GB', claimApi: 1, storageClassName: 'A' };
    const make = () => new DataVolumeImport(testChart(), 'boot', untyped<DataVolumeImportProps>(props));
    expect(failureOf(make).match(/^\[test\/boot\] '[^']+'/gm)).toEqual([
      "[test/boot] 'name'",
      "[test/boot] 'source'",
      "[test/boot] 'size'",
      "[test/boot] 'claimApi'",
      "[test/boot] 'storageClassName'",
    ]);
  });

  test('repeats nothing of what was given as the source: it may hold a login', () => {
    const props = { source: { registry: { url: 'docker://ada:hunter2@quay.io' } }, size: SIZE };
    const make = () => new DataVolumeImport(testChart(), 'boot', untyped<DataVolumeImportProps>(props));
    expect(failureOf(make)).not.toContain('hunter2');
  });

  test('takes no import without a source, and no word that CDI does not know', () => {
    // @ts-expect-error a source must be given
    expect(() => new DataVolumeImport(testChart(), 'boot', { size: SIZE })).toThrow("'source'");
    // @ts-expect-error content types are an enum
    expect(() => new DataVolumeImport(testChart(), 'b', { source: UPLOAD, size: SIZE, contentType: 'iso' })).toThrow();
  });

  testEscapeHatch((overrides) => new DataVolumeImport(testChart(), 'boot', { source: UPLOAD, size: SIZE, overrides }));
});
