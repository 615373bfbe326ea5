import { claim, ClaimWords, dataVolume, machine, saidOfFiles, storage, stream } from '../testing/outcome-lines';

const FILE: ClaimWords = { mode: 'Filesystem', size: '20Gi' };
const DEVICE: ClaimWords = { size: '20Gi' };
const BLANK = '{ blank: {} }';

/** A DataVolume that asks by `spec.storage`, and leaves its volume mode to the StorageProfile. */
const byStorage = (size: string): string => `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: new, namespace: lab }
spec: { source: { blank: {} }, storage: { accessModes: [ReadWriteMany], storageClassName: f, resources: { requests: { storage: ${size} } } } }
`;

/** What is said where the volume of a machine is migrated from the claim `old` to the claim `new`. */
function moved(
  old: string,
  next: string,
  facts?: string,
  spec: string | undefined = 'updateVolumesStrategy: Migration',
): string[] {
  const [before, after] = ['old', 'new'].map((root) => machine('vm', { disks: { root }, spec }));
  const files = { '1-vm.yaml': stream(old, before!), '2-move.yaml': stream(next, after!) };
  return saidOfFiles(files, ['migration-target-size'], { storage: facts });
}

const overhead = (global: string): string =>
  storage(
    `{ apiVersion: cdi.kubevirt.io/v1beta1, kind: CDIConfig, metadata: { name: config }, status: { filesystemOverhead: { global: "${global}" } } }`,
  );

describe('migration-target-size', () => {
  test.each([
    ['a file system of CDI, into a device as large as its image', FILE, '18Gi', '0.12'],
    ['a file system of CDI, into a device that has room for its image', FILE, '19Gi', undefined],
    ['a device, into one as large', DEVICE, '20Gi', undefined],
  ])('takes %s', (_what, words, size, global) => {
    const facts = global && overhead(global);
    expect(moved(dataVolume('old', BLANK, words), dataVolume('new', BLANK, { size }), facts)).toEqual([]);
  });

  test('is asked of no volume that comes from no claim, goes to none, or stays', () => {
    const small = claim('new', { size: '1Gi' });
    const image = machine('vm', { spec: 'updateVolumesStrategy: Migration', disks: { root: 'old' } });
    const changed = (text: string, source: string): string => text.replace(/persistentVolumeClaim: {[^}]*}/, source);
    // The server names it: no volume can.
    const unnamed = (size: string): string => claim('x', { size }).replace('name: x', 'generateName: x-');
    const of = (before: string, after: string, other = unnamed('20Gi'), old = claim('old', DEVICE)): string[] =>
      saidOfFiles({ '1-vm.yaml': stream(other, old, before), '2-move.yaml': stream(small, after) }, [
        'migration-target-size',
      ]);
    const next = image.replace('claimName: old', 'claimName: new');
    expect(of(image, next)).toHaveLength(1);
    expect(of(changed(image, 'containerDisk: { image: quay.io/x }'), next)).toEqual([]);
    expect(of(image, changed(image, 'containerDisk: { image: quay.io/x }'), unnamed('1Gi'))).toEqual([]);
    expect(of(image, next, unnamed('1Gi'), claim('other'))).toEqual([]);
    expect(of(image, image.replace('claimName: old', 'claimName: gone'))).toEqual([]);
    expect(of(image, changed(image, 'dataVolume: { name: old }'))).toEqual([]);
    expect(of(image, changed(image, 'dataVolume: { name: new }'))).toHaveLength(1);
  });

  test('takes a DataVolume that gets the overhead on top, whatever its volume mode will be', () => {
    expect(moved(dataVolume('old', BLANK, DEVICE), byStorage('20Gi'))).toEqual([]);
    expect(moved(dataVolume('old', BLANK, FILE), byStorage('19Gi'))).toEqual([]);
  });

  test('takes an empty claim: whether its file system has room is not known', () => {
    expect(moved(claim('old', DEVICE), claim('new', FILE))).toEqual([]);
    expect(moved(claim('old', FILE), claim('new', { size: '18Gi' }))).toEqual([]);
  });

  test('fails when the image is larger than the device', () => {
    expect(moved(dataVolume('old', BLANK, FILE), dataVolume('new', BLANK, { size: '18Gi' }))).toEqual([
      `error spec.template.spec.volumes[0] migration-target-size: 'storage' of the claim 'new' must be at least '19320Mi' (for the disk in the claim 'old', which the volume leaves), got "18Gi"; ask for at least 19320Mi`,
    ]);
    expect(moved(claim('old', FILE), claim('new', { size: '17Gi' }))[0]).toContain("must be at least '18Gi'");
  });

  test('fails when the file system that CDI makes an image in takes the rest of the claim', () => {
    const [line] = moved(dataVolume('old', BLANK, DEVICE), dataVolume('new', BLANK, FILE));
    expect(line).toContain(`must be at least '21710Mi' (for the disk in the claim 'old', which the volume leaves)`);
    const roomy = dataVolume('new', BLANK, { ...FILE, size: '21710Mi' });
    expect(moved(dataVolume('old', BLANK, DEVICE), roomy)).toEqual([]);
    expect(moved(dataVolume('old', BLANK, DEVICE), dataVolume('new', BLANK, FILE), overhead('0'))).toEqual([]);
  });

  test('fails when a DataVolume asks for less, whatever its volume mode will be', () => {
    expect(moved(dataVolume('old', BLANK, DEVICE), byStorage('19Gi'))[0]).toContain("must be at least '20Gi'");
  });

  test('fails when two claims of one kind differ, and says what the first asks for', () => {
    expect(moved(claim('old', FILE), claim('new', { ...FILE, size: '19Gi' }))).toEqual([
      `error spec.template.spec.volumes[0] migration-target-size: 'storage' of the claim 'new' must be at least '20Gi' (the claim 'old', which the volume leaves), got "19Gi"; ask for at least 20Gi`,
    ]);
  });

  test('takes a claim that holds the image of a smaller one, which it was cloned from', () => {
    const small = dataVolume('base', BLANK, { ...FILE, size: '10Gi' });
    const old = dataVolume('old', '{ pvc: { namespace: lab, name: base } }', FILE);
    expect(moved(stream(small, old), dataVolume('new', BLANK, { size: '10Gi' }))).toEqual([]);
    expect(moved(stream(small, old), dataVolume('new', BLANK, { size: '9Gi' }))).toHaveLength(1);
  });

  test('says nothing of a volume that is replaced, and not migrated', () => {
    const [old, next] = [claim('old', FILE), claim('new', { ...FILE, size: '19Gi' })];
    expect(moved(old, next)).toHaveLength(1);
    expect(moved(old, next, undefined, 'updateVolumesStrategy: Replacement')).toEqual([]);
  });

  test('says nothing of a machine that is new', () => {
    const made = machine('vm', { disks: { root: 'new' }, spec: 'updateVolumesStrategy: Migration' });
    const files = { '1-claim.yaml': claim('old', FILE), '2-vm.yaml': stream(claim('new', { size: '1Gi' }), made) };
    expect(saidOfFiles(files, ['migration-target-size'])).toEqual([]);
  });
});
