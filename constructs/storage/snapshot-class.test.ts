import { SnapshotClassFacts, StorageClassFacts } from './facts';
import { snapshotClassFor } from './snapshot-class';

function chosen(storageClass: Partial<StorageClassFacts>, snapshotClasses: SnapshotClassFacts[], isWhole = true) {
  const facts = { storageClasses: [{ name: 'fast', provisioner: 'csi.a', ...storageClass }], snapshotClasses };
  return snapshotClassFor({ facts, isWhole }, 'fast');
}

describe('the VolumeSnapshotClass of a disk', () => {
  test('is the one that the StorageProfile names', () => {
    const classes = [
      { name: 'one', driver: 'csi.a' },
      { name: 'two', driver: 'csi.a' },
    ];
    expect(chosen({ snapshotClassName: 'two' }, classes)).toEqual({ name: 'two' });
    expect(chosen({ snapshotClassName: 'three' }, classes).reason).toBe(
      'the VolumeSnapshotClass three of its StorageProfile does not exist',
    );
  });

  test('is the only one of the driver, or of several the default one', () => {
    const one = { name: 'one', driver: 'csi.a' };
    expect(chosen({}, [one, { name: 'other', driver: 'csi.b' }])).toEqual({ name: 'one' });
    const two = { name: 'two', driver: 'csi.a', isDefault: true };
    expect(chosen({}, [one, two])).toEqual({ name: 'two' });
    expect(chosen({}, [one, { ...two, isDefault: false }])).toEqual({
      reason: '2 VolumeSnapshotClasses fit the class fast, and none of them is the default',
      fails: true,
    });
  });

  test('is missing where none is of the driver, if these are all', () => {
    expect(chosen({}, [])).toEqual({ reason: 'no VolumeSnapshotClass fits the class fast (csi.a)' });
    expect(chosen({}, [], false)).toEqual({});
    expect(snapshotClassFor({ facts: { storageClasses: [] }, isWhole: true }, 'fast')).toEqual({});
  });
});
