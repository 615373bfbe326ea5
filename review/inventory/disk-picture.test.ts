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

  test('draws the classes of claims alone', () => {
    const picture = diskPicture([row({ vm: 'web', disk: 'seed', made: 'cloud-init' })]);
    expect(picture).not.toContain('not known');
    expect(diskPicture([row({ claim: 'spare' })])).toContain('not known');
  });

  test('draws no row that is of neither a claim nor a VM', () => {
    expect(diskPicture([row({ made: 'a template of a pool' })])).toBe('flowchart LR');
  });
});
