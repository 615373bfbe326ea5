import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Faults } from '../shared/refusal';
import { failureOf, testChart, untyped } from '../shared/testing/manifests';
import { AccessMode, VolumeMode } from './claim-modes';
import { checkDisk, checkDiskNamespace, Disk, DiskFacts } from './disk';

describe('checkDiskNamespace', () => {
  const remedy = "; set 'namespace' here or on the chart";
  test.each<[string | undefined, unknown, string]>([
    ['shop', 'shop', ''],
    ['shop', 'lab', `'disk' must be in the machine's namespace 'lab', got "shop/boot"${remedy}`],
    ['shop', undefined, `'disk' must be in the machine's namespace, which is not set, got "shop/boot"${remedy}`],
    ['shop', 5, ''],
    [undefined, 'lab', ''],
    [undefined, undefined, ''],
  ])('of a disk in %j, used in %j, notes %j', (namespace, here, said) => {
    const faults = new Faults('x');
    checkDiskNamespace(faults, { claimName: 'boot', namespace }, here, 'machine');
    expect(faults.count === 0 ? '' : failureOf(() => faults.refuse())).toBe(said === '' ? '' : `[x] ${said}`);
  });
});

describe('Disk', () => {
  test('knows nothing but the name of its claim', () => {
    expect(Disk.fromClaimName('alpine-boot')).toEqual({ claimName: 'alpine-boot' });
  });

  test('knows every fact that it is given', () => {
    const facts: Required<DiskFacts> = {
      namespace: 'lab',
      size: Size.gibibytes(1),
      accessModes: [AccessMode.READ_WRITE_MANY],
      volumeMode: VolumeMode.BLOCK,
      storageClassName: 'fast',
      isPlain: true,
    };
    expect(Disk.fromClaimName('alpine-boot', facts)).toEqual({
      claimName: 'alpine-boot',
      namespace: 'lab',
      size: Size.gibibytes(1),
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Block',
      storageClassName: 'fast',
      isPlain: true,
    });
  });

  test.each([
    ['Boot', {}, `'claimName' must be a DNS name`, `got "Boot"; write 'boot'`],
    [undefined, {}, `'claimName' must be a DNS name`, 'got nothing'],
    ['boot', null, `'facts' must be an object`, 'got null'],
    ['boot', { namespace: 'A' }, `'namespace' must be a DNS label`, `got "A"; write 'a'`],
    ['boot', { size: '10Gi' }, `'size' must be a Size of cdk8s`, `got "10Gi"; write Quantity.parse('10Gi')`],
    ['boot', { accessModes: 'ReadWriteMany' }, `'accessModes' must be a list of`, 'write ["ReadWriteMany"]'],
    ['boot', { accessModes: ['RWX'] }, `'accessModes[0]' must be 'ReadWriteOnce', 'ReadOnlyMany',`, 'got "RWX"'],
    ['boot', { isPlain: 'yes' }, `'isPlain' must be true or false`, 'got "yes"'],
    ['boot', { volumeMode: 'block' }, `'volumeMode' must be 'Block' or 'Filesystem'`, 'got "block"'],
  ])('fails when the claim %p has the facts %j', (name, facts, must, got) => {
    const message = failureOf(() => Disk.fromClaimName(untyped<string>(name), untyped<DiskFacts>(facts)));
    expect(message).toContain(`[Disk.fromClaimName] ${must}`);
    expect(message).toContain(got);
  });

  test('takes no words that Kubernetes does not know', () => {
    // @ts-expect-error a size is a Size
    expect(() => Disk.fromClaimName('boot', { size: '1Gi' })).toThrow();
    // @ts-expect-error access modes are an enum
    expect(() => Disk.fromClaimName('boot', { accessModes: ['RWX'] })).toThrow();
    // @ts-expect-error Disk has factories alone
    expect(() => new Disk()).not.toThrow();
  });
});

/** A disk of one's own. */
class Volume extends Construct {
  public readonly claimName = 'a';
}

describe('checkDisk', () => {
  function said(disk: unknown): string {
    const faults = new Faults('x');
    checkDisk(faults, 'disk', disk);
    return faults.count === 0 ? '' : failureOf(() => faults.refuse());
  }

  test('takes a construct, a reference, and an object of the same shape', () => {
    expect(said(new Volume(testChart(), 'volume'))).toBe('');
    expect(said(Disk.fromClaimName('a'))).toBe('');
    expect(said({ claimName: 'a' })).toBe('');
  });

  test.each([
    ['alpine-boot', `'disk' must be a disk, got "alpine-boot"; write Disk.fromClaimName("alpine-boot")`],
    [undefined, `'disk' must be a disk, got nothing; write Disk.fromClaimName(…)`],
    [null, `'disk' must be a disk, got null; write Disk.fromClaimName(…)`],
    [{ name: 'a' }, `'disk' must be a disk, got an object; write Disk.fromClaimName(…)`],
    [['a'], `'disk' must be a disk, got a list; write Disk.fromClaimName(…)`],
    [Size.gibibytes(1), `'disk' must be a disk, got a Size; write Disk.fromClaimName(…)`],
    [testChart(), `'disk' must be a disk, got a Chart; write Disk.fromClaimName(…)`],
    [{ claimName: 'a', size: 10 }, `'disk.size' must be a Size of cdk8s, got 10;`],
    [{ claimName: 'a', namespace: 'B' }, `'disk.namespace' must be a DNS label`],
    [{ claimName: 'a', storageClassName: 1 }, `'disk.storageClassName' must be a DNS name`],
  ])('fails when it is %p', (disk, message) => {
    expect(said(disk)).toContain(`[x] ${message}`);
  });
});
