import { Chart, Size, Testing } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, VolumeMode } from '../storage/claim-modes';
import { UploadTarget, UploadTargetProps } from './upload-target';

describe('UploadTarget', () => {
  test('is a block device for many nodes that waits for an upload', () => {
    expect(manifest(new UploadTarget(testChart('lab'), 'boot', { size: Size.gibibytes(1) }))).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'boot',
        namespace: 'lab',
        annotations: { 'cdi.kubevirt.io/storage.upload.target': '' },
      },
      spec: {
        accessModes: ['ReadWriteMany'],
        volumeMode: 'Block',
        resources: { requests: { storage: '1Gi' } },
      },
    });
  });

  test('writes every prop', () => {
    const props: Required<UploadTargetProps> = {
      name: 'alpine-boot',
      namespace: 'other',
      labels: { app: 'alpine' },
      annotations: { note: 'yes' },
      size: Size.mebibytes(1536),
      accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_ONLY_MANY],
      volumeMode: VolumeMode.FILESYSTEM,
      storageClassName: 'slow',
      catalog: StorageCatalog.of({ storageClasses: [{ name: 'slow', provisioner: 'csi.example.com' }] }),
      bindImmediately: true,
      overrides: { spec: { volumeName: 'pv-1' } },
    };
    const chart = new Chart(Testing.app(), 'test', { namespace: 'lab', labels: { team: 'a' } });
    const disk = new UploadTarget(chart, 'boot', props);
    expect(manifest(disk)).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'alpine-boot',
        namespace: 'other',
        labels: { team: 'a', app: 'alpine' },
        annotations: {
          'cdi.kubevirt.io/storage.upload.target': '',
          'cdi.kubevirt.io/storage.bind.immediate.requested': 'true',
          note: 'yes',
        },
      },
      spec: {
        accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
        volumeMode: 'Filesystem',
        storageClassName: 'slow',
        resources: { requests: { storage: '1536Mi' } },
        volumeName: 'pv-1',
      },
    });
    expect(disk.claimName).toBe('alpine-boot');
    expect(disk.namespace).toBe('other');
    expect(disk.size).toEqual(Size.mebibytes(1536));
    expect(disk.volumeMode).toBe('Filesystem');
    expect(disk.storageClassName).toBe('slow');
  });

  test('gives its access modes as a copy', () => {
    const disk = new UploadTarget(testChart(), 'boot', { size: Size.gibibytes(1) });
    disk.accessModes?.push(AccessMode.READ_ONLY_MANY);
    expect(disk.accessModes).toEqual(['ReadWriteMany']);
  });

  test('does not change when the list that it was given changes', () => {
    const accessModes = [AccessMode.READ_WRITE_ONCE];
    const disk = new UploadTarget(testChart(), 'boot', { size: Size.gibibytes(1), accessModes });
    accessModes.push(AccessMode.READ_WRITE_MANY);
    expect(disk.accessModes).toEqual(['ReadWriteOnce']);
    expect(manifest(disk)).toMatchObject({ spec: { accessModes: ['ReadWriteOnce'] } });
  });

  test.each([
    [undefined, `'props' must be an object, got nothing`],
    [null, `'props' must be an object, got null`],
    [{}, `'size' must be given, got nothing; write for example Size.gibibytes(10)`],
    [{ size: null }, `'size' must be a Size of cdk8s, got null; write Size.gibibytes(…)`],
    [{ size: 10 }, `'size' must be a Size of cdk8s, got 10; write Size.gibibytes(10) or Size.mebibytes(10)`],
    [{ size: '10Gi' }, `'size' must be a Size of cdk8s, got "10Gi"; write Quantity.parse('10Gi')`],
    [{ size: '1GB' }, `'size' must be a Size of cdk8s, got "1GB"; write Quantity.parse('1Gi') (1073741824 bytes) or `],
    [{ size: Size.gibibytes(0) }, `'size' must be at least '1 byte', got "0 bytes"`],
    [{ size: Size.kibibytes(0.3) }, `'size' must be a whole number of bytes, below 8Ei, got "0.3Ki"`],
    [{ accessModes: 'ReadWriteMany' }, `got "ReadWriteMany"; write ["ReadWriteMany"]`],
    [{ accessModes: [] }, `'accessModes' must be a list of 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or`],
    [{ accessModes: ['ReadWriteMany', 'ReadWriteMany'] }, `'accessModes' must name each value once`],
    [{ accessModes: null }, `'accessModes' must be a list of`],
    [{ volumeMode: 'block' }, `'volumeMode' must be 'Block' or 'Filesystem', got "block"`],
    [{ storageClassName: 'Fast SSD' }, `got "Fast SSD"; write 'fast-ssd'`],
    [{ storageClassName: null }, `'storageClassName' must be a DNS name`],
    [{ bindImmediately: 'yes' }, `'bindImmediately' must be true or false, got "yes"`],
  ])('fails when the props are %p', (props, message) => {
    const all = props === undefined || props === null ? props : { size: Size.gibibytes(1), ...props };
    const given = props !== null && Object.keys(props ?? {}).length === 0 ? props : all;
    const failure = failureOf(() => new UploadTarget(testChart(), 'boot', untyped<UploadTargetProps>(given)));
    expect(failure).toMatch(/^\[test\/boot\] '/);
    expect(failure).toContain(message);
  });

  test('says all faults in one error', () => {
    const props = { name: 'Boot', size: '1GB', volumeMode: 'raw', accessModes: ['RWX'], bindImmediately: 1 };
    const failure = failureOf(() => new UploadTarget(testChart(), 'boot', untyped<UploadTargetProps>(props)));
    expect(failure.match(/^\[test\/boot\] '[^']+'/gm)).toEqual([
      "[test/boot] 'name'",
      "[test/boot] 'size'",
      "[test/boot] 'accessModes[0]'",
      "[test/boot] 'volumeMode'",
      "[test/boot] 'bindImmediately'",
    ]);
  });

  test('takes no claim without a size', () => {
    // @ts-expect-error a size must be given
    expect(() => new UploadTarget(testChart(), 'boot', {})).toThrow("'size'");
    // @ts-expect-error volume modes are an enum
    expect(() => new UploadTarget(testChart(), 'boot', { size: Size.gibibytes(1), volumeMode: 'raw' })).toThrow();
  });

  testEscapeHatch((overrides) => new UploadTarget(testChart(), 'boot', { size: Size.gibibytes(1), overrides }));
});
