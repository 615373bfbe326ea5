import { diskPicture } from './disk-picture';
import { DiskRow } from './model';

const row = (part: Partial<DiskRow>): DiskRow =>
  ({ namespace: 'a', hotplug: false, made: 'made', notKnown: [], ...part }) as DiskRow;

describe('diskPicture', () => {
  test('draws claims with and without a VM, and disks of a VM that are no claims', () => {
    const picture = diskPicture([
      row({ vm: 'web', disk: 'root', claim: 'web-root', storageClass: 'fast' }),
      row({ claim: 'spare' }),
      row({ vm: 'web', disk: 'seed', made: 'cloud-init' }),
    ]);
    for (const drawn of ['web-root', 'spare', 'cloud-init', 'fast']) expect(picture).toContain(drawn);
  });

  test('says of a claim what is known of it', () => {
    const claim = (part: Partial<DiskRow>): string | undefined =>
      /"(spare[^"]*)"/.exec(diskPicture([row({ claim: 'spare', ...part })]))?.[1];
    expect(claim({ bytes: 2 ** 30, accessModes: ['ReadWriteOnce'], volumeMode: 'Block' })).toBe(
      'spare<br/>1Gi RWO Block',
    );
    expect(claim({ bytes: 2 ** 30 })).toBe('spare<br/>1Gi');
    expect(claim({ accessModes: [] })).toBe('spare<br/>size ?');
    expect(claim({ notKnown: ['the claim'] })).toBe('spare<br/>not in the manifests');
  });

  test('draws the classes of claims alone', () => {
    const picture = diskPicture([row({ vm: 'web', disk: 'seed', made: 'cloud-init' })]);
    expect(picture).not.toContain('not known');
    expect(diskPicture([row({ claim: 'spare' })])).toContain('not known');
  });

  test('draws no row that is of neither a claim nor a VM', () => {
    expect(diskPicture([row({ made: 'a template of a pool' })])).toBe('flowchart LR');
  });
});
