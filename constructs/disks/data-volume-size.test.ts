import { Size } from 'cdk8s';
import { failureOf, testChart } from '../shared/testing/manifests';
import { AccessMode, ClaimApi, VolumeMode } from '../storage/claim-modes';
import { Disk } from '../storage/disk';
import { DataVolumeImportProps } from './data-volume';
import { DataVolumeImport } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { DiskSnapshot } from './snapshot';

const UPLOAD = DataVolumeSource.upload();
const PERMISSIVE = { 'cdi.kubevirt.io/permissiveClone': 'true' };
const GOLDEN = Disk.fromClaimName('golden', { namespace: 'images', size: Size.gibibytes(2) });

describe('the claim that a DataVolume asks for', () => {
  const IMAGE = new DataVolumeImport(testChart('images'), 'image', {
    source: UPLOAD,
    size: Size.gibibytes(2),
    volumeMode: VolumeMode.FILESYSTEM,
    claimApi: ClaimApi.STORAGE,
  });

  test('asks for the size of a clone whose source has a larger claim than its size', () => {
    const source = DataVolumeSource.claim(IMAGE);
    const exact = { source, claimApi: ClaimApi.PVC };
    expect(failureOf(() => new DataVolumeImport(testChart('lab'), 'boot', exact))).toBe(
      `[test/boot] 'size' must be given (the source's claim is larger than the source's size, by the file system's overhead), got nothing; or write claimApi: ClaimApi.STORAGE, and CDI asks for the size`,
    );
    const make = (props: Partial<DataVolumeImportProps>) => () =>
      new DataVolumeImport(testChart('lab'), 'boot', { source, ...props });
    expect(make({ size: Size.gibibytes(3), claimApi: ClaimApi.PVC })).not.toThrow();
    expect(make({})).not.toThrow();
  });

  // 2Gi of a file system hold less than 2Gi, and CDI adds what the new file system takes to the size asked for.
  test.each<[string, number, Partial<DataVolumeImportProps>, boolean]>([
    ['a file system that its own overhead makes up for', 1900, {}, true],
    ['half a file system', 1024, {}, true],
    ['less than half a file system', 1023, {}, false],
    ['less than half of it, where CDI is told not to compare', 1023, { annotations: PERMISSIVE }, true],
    ['a little less by spec.pvc', 2047, { claimApi: ClaimApi.PVC }, false],
    [
      'a little less by spec.pvc, whatever CDI is told',
      2047,
      { claimApi: ClaimApi.PVC, annotations: PERMISSIVE },
      false,
    ],
  ])('by spec.storage takes %s: %i Mi of 2Gi', (_, mebibytes, props, taken) => {
    const source = DataVolumeSource.claim(IMAGE);
    const asked = { source, size: Size.mebibytes(mebibytes), claimApi: ClaimApi.STORAGE, ...props };
    const make = () => new DataVolumeImport(testChart('lab'), 'boot', asked);
    if (taken) expect(make).not.toThrow();
    else expect(failureOf(make)).toContain(`'size' must be at least '2Gi' (the source disk)`);
  });

  test('by spec.storage is no smaller than a device, or a snapshot', () => {
    const small = { size: Size.mebibytes(2047), claimApi: ClaimApi.STORAGE };
    const device = { ...GOLDEN, volumeMode: VolumeMode.BLOCK };
    const snapshot = DiskSnapshot.fromSnapshotName('golden-1', {
      disk: { ...GOLDEN, volumeMode: VolumeMode.FILESYSTEM },
    });
    for (const source of [DataVolumeSource.claim(device), DataVolumeSource.snapshot(snapshot)]) {
      const make = () => new DataVolumeImport(testChart('lab'), 'boot', { source, ...small });
      expect(failureOf(make)).toContain(`'size' must be at least '2Gi' (the source disk)`);
    }
  });

  test('takes access modes together that Kubernetes takes together', () => {
    const { READ_WRITE_ONCE_POD, READ_WRITE_MANY } = AccessMode;
    const props = { source: UPLOAD, size: Size.gibibytes(1), claimApi: ClaimApi.STORAGE };
    const make = (accessModes: AccessMode[]) => () =>
      new DataVolumeImport(testChart(), 'boot', { ...props, accessModes });
    expect(make([READ_WRITE_ONCE_POD])).not.toThrow();
    expect(failureOf(make([READ_WRITE_MANY, READ_WRITE_ONCE_POD]))).toBe(
      `[test/boot] 'accessModes' must hold 'ReadWriteOncePod' alone, got ["ReadWriteMany","ReadWriteOncePod"]`,
    );
  });
});
