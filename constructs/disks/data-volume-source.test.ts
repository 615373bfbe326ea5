import { Size } from 'cdk8s';
import fc from 'fast-check';
import { Faults } from '../shared/refusal';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { ClaimApi } from '../storage/claim-modes';
import { Disk, IDisk } from '../storage/disk';
import { DataVolumeImport } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { DataVolumeSourceKind } from './data-volume-source-kind';
import { RegistryCredentials } from './registry-credentials';
import { DiskSnapshot, ISnapshot } from './snapshot';
import {
  DataSourceOptions,
  RegistryPullMethod,
  RegistrySourceOptions,
  VddkSourceOptions,
  WebSourceOptions,
} from './source-options';

const LOGIN = RegistryCredentials.fromSecretName('endpoint-secret', { namespace: 'lab' });

describe('DataVolumeSource.registry', () => {
  test('is the address and nothing else', () => {
    const source = DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41');
    expect(source.kind).toBe(DataVolumeSourceKind.REGISTRY);
    expect(source.isClone).toBe(false);
    expect(source._render('lab')).toEqual({ registry: { url: 'docker://quay.io/containerdisks/fedora:41' } });
  });

  test('takes every option', () => {
    const options: Required<RegistrySourceOptions> = {
      credentials: LOGIN,
      certConfigMapName: 'registry-ca',
      architecture: 'arm64',
      pullMethod: RegistryPullMethod.NODE,
    };
    expect(DataVolumeSource.registry('docker://quay.io/x', options)._render('lab')).toEqual({
      registry: {
        url: 'docker://quay.io/x',
        secretRef: 'endpoint-secret',
        certConfigMap: 'registry-ca',
        platform: { architecture: 'arm64' },
        pullMethod: 'node',
      },
    });
  });

  test.each([
    'docker://localhost:5000/a/b:1.0',
    'docker://quay.io/x@sha256:abc',
    'docker://alpine@sha256:abc',
    'docker://alpine:3@sha256:abc',
    'docker://[fe80::1]:5000/x',
    'oci-archive:///images/a.tar',
  ])('takes the address %s', (url) => {
    expect(DataVolumeSource.registry(url)._render('lab')).toEqual({ registry: { url } });
  });

  const SCHEME = `must be an address that starts with 'docker://' or 'oci-archive://'`;
  test.each([
    ['quay.io/x:1', `${SCHEME}, got "quay.io/x:1"; write 'docker://quay.io/x:1'`],
    ['quay.io:5000/x', `${SCHEME}, got "quay.io:5000/x"; write 'docker://quay.io:5000/x'`],
    ['https://quay.io/x', `${SCHEME}, got "https://quay.io/x"; write 'docker://quay.io/x'`],
    ['docker:/quay.io/x', `${SCHEME}, got "docker:/quay.io/x"; write 'docker://quay.io/x'`],
    ['DOCKER://quay.io/x', `${SCHEME}, got "DOCKER://quay.io/x"; write 'docker://quay.io/x'`],
    ['docker://', `${SCHEME}, got "docker://"`],
    ['docker://quay.io/x y', `must hold no blank, got "docker://quay.io/x y"`],
    ['docker://quay.io/x ', `must hold no blank, got "docker://quay.io/x "; write 'docker://quay.io/x'`],
    ['', `${SCHEME}, got ""`],
    [undefined, `${SCHEME}, got nothing`],
    [7, `${SCHEME}, got 7`],
    ['docker:///x', `must have a host: 'HOST' or 'HOST:PORT' before the first '/', got "docker:///x"`],
    [
      'docker://host:port/x',
      `must have a host: 'HOST' or 'HOST:PORT' before the first '/', got "docker://host:port/x"`,
    ],
  ])('fails when the address is %p', (url, message) => {
    expect(failureOf(() => DataVolumeSource.registry(untyped<string>(url)))).toBe(
      `[DataVolumeSource.registry] 'url' ${message}`,
    );
  });

  test.each([
    'docker://ada:hunter2@quay.io/x',
    'docker://hunter2@quay.io/x',
    'docker://ada:hunt/er2@quay.io/x',
    'docker://ada:hunt@er2@quay.io/x',
    'docker://ada:hunt er2@quay.io/x',
    'ada:hunter2@quay.io/x',
    'https://ada:hunter2@quay.io/x',
    'docker://ada:hunter2@quay.io/x@sha256:abc',
  ])('fails when the address %s holds a login, without repeating it', (url) => {
    const message = failureOf(() => DataVolumeSource.registry(url));
    expect(message).toContain("'url' must hold no login, got ");
    expect(message).toContain('quay.io/x');
    expect(message).toContain("; put the login into a Secret and give it as 'credentials'");
    expect(message).not.toMatch(/hunt|er2|ada/);
  });

  test.each([
    [null, `'options' must be an object, got null`],
    [{ pullMethod: 'Node' }, `'pullMethod' must be 'pod' or 'node', got "Node"`],
    [{ certConfigMapName: 'CA' }, `'certConfigMapName' must be a DNS name`],
    [
      { credentials: 'hunter2' },
      `'credentials' must be RegistryCredentials, got a value of type 'string'; write RegistryC`,
    ],
    [{ credentials: null }, `'credentials' must be RegistryCredentials, got null`],
    [{ credentials: { secretKey: 'hunter2' } }, `'credentials' must be RegistryCredentials, got an object`],
    [{ credentials: { secretName: 'A' } }, `'credentials.secretName' must be a DNS name`],
    [{ credentials: { secretName: 'a', namespace: 'A' } }, `'credentials.namespace' must be a DNS label`],
  ])('fails when the options are %j', (options, message) => {
    const make = () => DataVolumeSource.registry('docker://quay.io/x', untyped<RegistrySourceOptions>(options));
    const failure = failureOf(make);
    expect(failure).toContain(`[DataVolumeSource.registry] ${message}`);
    expect(failure).not.toContain('hunter2');
  });

  test('says all faults in one error', () => {
    const options = untyped<RegistrySourceOptions>({ pullMethod: 'x', credentials: 1, certConfigMapName: 'A' });
    expect(failureOf(() => DataVolumeSource.registry('x', options)).split('\n')).toHaveLength(4);
  });

  test('never fails but by its own words, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', 'docker://', 'docker:/', 'a:b@'), (text, before) => {
        let message = '';
        try {
          DataVolumeSource.registry(before + text);
        } catch (error) {
          message = (error as Error).message;
        }
        expect(message).toMatch(/^($|\[DataVolumeSource\.registry\] 'url' must )/);
      }),
    );
  });

  test('takes no word that CDI does not know', () => {
    // @ts-expect-error pull methods are an enum
    expect(() => DataVolumeSource.registry('docker://quay.io/x', { pullMethod: 'Node' })).toThrow("'pullMethod'");
    // @ts-expect-error a source comes by a factory
    expect(() => new DataVolumeSource('registry', {})).not.toThrow();
  });
});

describe('DataVolumeSource.http', () => {
  test('is the address and nothing else', () => {
    const source = DataVolumeSource.http('https://example.com/disk.qcow2?token=a@b');
    expect(source.kind).toBe('http');
    expect(source._render('lab')).toEqual({ http: { url: 'https://example.com/disk.qcow2?token=a@b' } });
  });

  test('takes every option', () => {
    const checksum = `sha256:${'0123456789abcdef'.repeat(4)}`;
    const options: Required<WebSourceOptions> = {
      credentials: LOGIN,
      certConfigMapName: 'web-ca',
      checksum,
      extraHeaders: ['Accept: application/octet-stream'],
      secretExtraHeaders: ['token'],
      insecureSkipVerify: true,
    };
    expect(DataVolumeSource.http('http://web:8080/a.img', options)._render('lab')).toEqual({
      http: {
        url: 'http://web:8080/a.img',
        secretRef: 'endpoint-secret',
        certConfigMap: 'web-ca',
        checksum,
        extraHeaders: ['Accept: application/octet-stream'],
        secretExtraHeaders: ['token'],
        insecureSkipVerify: true,
      },
    });
  });

  test('fails when a checksum or a header is not one, without repeating the header', () => {
    const make = (options: object): string => failureOf(() => DataVolumeSource.http('https://a', untyped(options)));
    expect(make({ checksum: 'sha256:abc' })).toContain(`'checksum' must be 'md5:', 'sha1:', 'sha256:' or 'sha512:'`);
    expect(make({ extraHeaders: ['X-Token: hunter2\nhunter2'] })).toBe(
      "[DataVolumeSource.http] 'extraHeaders' must be a list of lines such as 'NAME: VALUE', got a list",
    );
    expect(make({ secretExtraHeaders: 'token' })).toBe(
      "[DataVolumeSource.http] 'secretExtraHeaders' must be a list of text, got a value of type 'string'",
    );
  });

  test.each([
    ['example.com/a.img', `must be an address that starts with 'https://' or 'http://'`, `'https://example.com/a.img'`],
    ['ftp://example.com/a', `must be an address that starts with 'https://' or 'http://'`, 'got "ftp://example.com/a"'],
    ['http://', `must be an address that starts with 'https://' or 'http://'`, 'got "http://"'],
    ['http:///a.img', `must have a host`, 'got "http:///a.img"'],
  ])('fails when the address is %s', (url, must, got) => {
    const failure = failureOf(() => DataVolumeSource.http(url));
    expect(failure).toContain(`[DataVolumeSource.http] 'url' ${must}`);
    expect(failure).toContain(got);
  });
});

describe('DataVolumeSource.upload and DataVolumeSource.blank', () => {
  test('have nothing to say', () => {
    expect(DataVolumeSource.upload()._render('lab')).toEqual({ upload: {} });
    expect(DataVolumeSource.blank()._render('lab')).toEqual({ blank: {} });
    expect(DataVolumeSource.upload().isClone).toBe(false);
    expect(DataVolumeSource.blank().disk).toBeUndefined();
  });
});

describe('DataVolumeSource.claim', () => {
  const disk = Disk.fromClaimName('golden', { namespace: 'images', size: Size.gibibytes(1) });

  test('names the claim and its namespace, and knows the disk', () => {
    const source = DataVolumeSource.claim(disk);
    expect(source.kind).toBe('pvc');
    expect(source.isClone).toBe(true);
    expect(source.disk).toBe(disk);
    expect(source._render('lab')).toEqual({ pvc: { name: 'golden', namespace: 'images' } });
  });

  test('takes the namespace of the clone where the disk has none', () => {
    expect(DataVolumeSource.claim(Disk.fromClaimName('golden'))._render('lab')).toEqual({
      pvc: { name: 'golden', namespace: 'lab' },
    });
  });

  test.each([
    ['golden', `'disk' must be a disk, got "golden"; write Disk.fromClaimName("golden")`],
    [undefined, `'disk' must be a disk, got nothing`],
    [null, `'disk' must be a disk, got null`],
    [{ claimName: 'golden', size: '1Gi' }, `'disk.size' must be a Size of cdk8s, got "1Gi"`],
  ])('fails when the disk is %j', (value, message) => {
    expect(failureOf(() => DataVolumeSource.claim(untyped<IDisk>(value)))).toContain(
      `[DataVolumeSource.claim] ${message}`,
    );
  });
});

describe('DataVolumeSource.snapshot', () => {
  const disk = Disk.fromClaimName('golden', { namespace: 'images' });
  const snapshot = DiskSnapshot.fromSnapshotName('golden-1', { namespace: 'images', disk });

  test('names the snapshot and its namespace, and knows the disk', () => {
    const source = DataVolumeSource.snapshot(snapshot);
    expect(source.kind).toBe('snapshot');
    expect(source.isClone).toBe(true);
    expect(source.disk).toBe(disk);
    expect(source._render('lab')).toEqual({ snapshot: { name: 'golden-1', namespace: 'images' } });
  });

  test.each([
    ['golden-1', `'snapshot' must be a snapshot, got "golden-1"; write DiskSnapshot.fromSnapshotName("golden-1")`],
    [undefined, `'snapshot' must be a snapshot, got nothing; write DiskSnapshot.fromSnapshotName(…)`],
    [testChart(), `'snapshot' must be a snapshot, got a Chart`],
    [{ userData: 'hunter2' }, `'snapshot' must be a snapshot, got an object; write DiskSnapshot.fromSnapshotName(…)`],
    [DataVolumeSource.blank(), `'snapshot' must be a snapshot, got a DataVolumeSource; write`],
    [{ snapshotName: 'A' }, `'snapshot.snapshotName' must be a DNS name`],
    [{ snapshotName: 'a', namespace: 'A' }, `'snapshot.namespace' must be a DNS label`],
    [{ snapshotName: 'a', disk: 'b' }, `'snapshot.disk' must be a disk, got "b"`],
  ])('fails when the snapshot is %p', (value, message) => {
    expect(failureOf(() => DataVolumeSource.snapshot(untyped<ISnapshot>(value)))).toContain(
      `[DataVolumeSource.snapshot] ${message}`,
    );
  });
});

describe('a DataVolume of a namespace', () => {
  test.each([
    ['lab', ''],
    [
      'other',
      `[x] 'source.credentials' must name a Secret of the DataVolume's namespace 'other', got "lab/endpoint-secret"`,
    ],
    [
      undefined,
      `[x] 'source.credentials' must name a Secret of the DataVolume's namespace, which is not set, got "lab/endpoint-secret"`,
    ],
  ])('reads no Secret of another namespace: %p', (namespace, message) => {
    const faults = new Faults('x');
    DataVolumeSource.registry('docker://quay.io/x', { credentials: LOGIN })._checkTarget(faults, 'boot', namespace);
    expect(faults.count === 0 ? '' : failureOf(() => faults.refuse())).toBe(message);
  });

  test('fails when a clone is from nowhere', () => {
    const faults = new Faults('x');
    DataVolumeSource.claim(Disk.fromClaimName('golden'))._checkTarget(faults, 'boot', undefined);
    expect(failureOf(() => faults.refuse())).toBe(
      `[x] 'source' must name the namespace that it clones from, got "golden"; set 'namespace' on the source, on this construct or on its chart`,
    );
  });

  it('fails when a claim is to be a clone of itself', () => {
    const faults = new Faults('test');
    DataVolumeSource.claim(Disk.fromClaimName('boot', { namespace: 'shop' }))._checkTarget(faults, 'boot', 'shop');
    expect(() => faults.refuse()).toThrow(
      "[test] 'source' must be another disk than the clone itself, got \"shop/boot\"; give the clone another 'name'",
    );
  });

  it('clones a claim of the same name from another namespace', () => {
    const faults = new Faults('test');
    DataVolumeSource.claim(Disk.fromClaimName('boot', { namespace: 'images' }))._checkTarget(faults, 'boot', 'shop');
    expect(faults.count).toBe(0);
  });
});

describe('DataVolumeSource.dataSource', () => {
  const size = Size.gibibytes(10);

  test('refers to a DataSource, of another namespace or that of the DataVolume', () => {
    const options: Required<DataSourceOptions> = { namespace: 'golden-images' };
    const source = DataVolumeSource.dataSource('fedora', options);
    const spec = manifest(new DataVolumeImport(testChart('apps'), 'boot', { source, size })).spec;
    expect(spec).toMatchObject({ sourceRef: { kind: 'DataSource', name: 'fedora', namespace: 'golden-images' } });
    expect(spec).not.toHaveProperty('source');
    const near = new DataVolumeImport(testChart('apps'), 'boot', {
      source: DataVolumeSource.dataSource('fedora'),
      size,
    });
    expect(manifest(near).spec).toMatchObject({ sourceRef: { kind: 'DataSource', name: 'fedora' } });
  });

  test('leaves the size to CDI where the claim is left to the StorageProfile', () => {
    const source = DataVolumeSource.dataSource('fedora');
    const props = { source, claimApi: ClaimApi.STORAGE };
    expect(manifest(new DataVolumeImport(testChart(), 'boot', props)).spec).toEqual({
      sourceRef: { kind: 'DataSource', name: 'fedora' },
      storage: {},
    });
    expect(failureOf(() => new DataVolumeImport(testChart(), 'boot', { source }))).toContain("'size' must be given");
  });

  test('fails when the name or the namespace is not one', () => {
    expect(failureOf(() => DataVolumeSource.dataSource('Fedora'))).toContain("'name' must be a DNS name");
    expect(failureOf(() => DataVolumeSource.dataSource('a', { namespace: 'b.c' }))).toContain(
      "'namespace' must be a DNS",
    );
  });
});

describe('DataVolumeSource of other stores', () => {
  const reach = { credentials: LOGIN, certConfigMapName: 'ca' };
  const vddk: Required<VddkSourceOptions> = {
    uuid: '52260566-b032-36cb-55b1-79bf29e30490',
    backingFile: '[store] vm/vm_1.vmdk',
    thumbprint: '20:6C:8A:5D:44:40:B3:79:4B:28:EA:76:13:60:90:6E:49:D9:D9:A3',
    credentials: LOGIN,
    initImageUrl: 'registry.example.com/vddk:8',
    extraArgsConfigMapName: 'vddk-args',
    certConfigMapName: 'ca',
  };

  test.each<[DataVolumeSource, object]>([
    [DataVolumeSource.s3('https://s3.example.com/b/a.qcow2'), { s3: { url: 'https://s3.example.com/b/a.qcow2' } }],
    [
      DataVolumeSource.s3('https://s3.example.com/b/a', reach),
      { s3: { url: 'https://s3.example.com/b/a', secretRef: 'endpoint-secret', certConfigMap: 'ca' } },
    ],
    [
      DataVolumeSource.gcs('gs://bucket/a.raw', { credentials: LOGIN }),
      { gcs: { url: 'gs://bucket/a.raw', secretRef: 'endpoint-secret' } },
    ],
    [
      DataVolumeSource.imageio('https://ovirt/ovirt-engine/api', '1', { ...reach, insecureSkipVerify: true }),
      {
        imageio: {
          url: 'https://ovirt/ovirt-engine/api',
          diskId: '1',
          secretRef: 'endpoint-secret',
          certConfigMap: 'ca',
          insecureSkipVerify: true,
        },
      },
    ],
    [
      DataVolumeSource.imageStream('rhel9', { credentials: LOGIN, architecture: 's390x' }),
      {
        registry: {
          imageStream: 'rhel9',
          secretRef: 'endpoint-secret',
          pullMethod: 'node',
          platform: { architecture: 's390x' },
        },
      },
    ],
    [
      DataVolumeSource.vddk('https://vcenter.example.com', vddk),
      {
        vddk: {
          url: 'https://vcenter.example.com',
          uuid: '52260566-b032-36cb-55b1-79bf29e30490',
          backingFile: '[store] vm/vm_1.vmdk',
          thumbprint: '20:6C:8A:5D:44:40:B3:79:4B:28:EA:76:13:60:90:6E:49:D9:D9:A3',
          secretRef: 'endpoint-secret',
          initImageUrl: 'registry.example.com/vddk:8',
          extraArgs: 'vddk-args',
          certConfigMap: 'ca',
        },
      },
    ],
  ])('is rendered: source %#', (source, expected) => {
    expect(source._render('lab')).toEqual(expected);
    expect(source.isClone).toBe(false);
  });

  test.each<[string, () => unknown, string]>([
    ['a bucket has another scheme', () => DataVolumeSource.s3('s3://b/a'), "'https://' or 'http://'"],
    [
      'a bucket of Google has certificates',
      () => DataVolumeSource.gcs('gs://b/a', reach),
      "'certConfigMapName' must be left out",
    ],
    ['oVirt has no login', () => DataVolumeSource.imageio('https://a', '1', {}), "'credentials' must be given"],
    ['a disk of oVirt has no number', () => DataVolumeSource.imageio('https://a', '', reach), "'diskId' must be text"],
    [
      'VMware has no fingerprint',
      () => DataVolumeSource.vddk('https://a', { ...vddk, thumbprint: '' }),
      "'thumbprint' must be text",
    ],
    [
      'VMware has no login',
      () => DataVolumeSource.vddk('https://a', untyped({ ...vddk, credentials: undefined })),
      "'credentials' must be given",
    ],
    ['an option is unknown', () => DataVolumeSource.vddk('https://a', untyped({ ...vddk, vm: 'a' })), 'got "vm"'],
  ])('fails when %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});
