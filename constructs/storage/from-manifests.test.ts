import { CloneStrategy, StorageFacts } from './facts';
import { withObject, withoutObject } from './from-manifests';

const storageClass = (name: string, provisioner = 'p') => ({ kind: 'StorageClass', metadata: { name }, provisioner });
const profile = (name: string, cloneStrategy: string) => ({
  kind: 'StorageProfile',
  metadata: { name },
  spec: { cloneStrategy },
});
const EMPTY: StorageFacts = { storageClasses: [] };
const classes = ({ storageClasses }: StorageFacts) =>
  storageClasses.map(({ name, provisioner, cloneStrategy }) => [name, provisioner, cloneStrategy]);

describe('withoutObject', () => {
  test('forgets a class that was not there at first, and no other', () => {
    const facts = withObject(withObject(EMPTY, storageClass('a')), storageClass('b'));
    expect(classes(withoutObject(facts, EMPTY, 'StorageClass', 'a'))).toEqual([['b', 'p', undefined]]);
  });

  test('brings back a class that was there at first, as it was', () => {
    const first = withObject(withObject(EMPTY, storageClass('a')), storageClass('b'));
    const facts = withObject(first, storageClass('a', 'other'));
    expect(classes(facts)[0]).toEqual(['a', 'other', undefined]);
    expect(classes(withoutObject(facts, first, 'StorageClass', 'a'))).toEqual([
      ['a', 'p', undefined],
      ['b', 'p', undefined],
    ]);
  });

  test('brings back what a class was without its profile, where it was there at first', () => {
    const first = withObject(EMPTY, storageClass('a'));
    const facts = withObject(first, profile('a', 'csi-clone'));
    expect(classes(facts)).toEqual([['a', 'p', CloneStrategy.CSI_CLONE]]);
    expect(classes(withoutObject(facts, first, 'StorageProfile', 'a'))).toEqual([['a', 'p', undefined]]);
    expect(classes(withoutObject(facts, EMPTY, 'StorageProfile', 'a'))).toEqual([['a', 'p', CloneStrategy.CSI_CLONE]]);
  });

  test('forgets a snapshot class, and leaves the facts where another kind goes', () => {
    const snapshots = (name: string) => ({ kind: 'VolumeSnapshotClass', metadata: { name }, driver: 'd' });
    const facts = withObject(withObject(EMPTY, snapshots('x')), snapshots('y'));
    const { snapshotClasses } = withoutObject(facts, EMPTY, 'VolumeSnapshotClass', 'x');
    expect(snapshotClasses).toEqual([{ name: 'y', driver: 'd', isDefault: false }]);
    expect(withoutObject(facts, EMPTY, 'ConfigMap', 'x')).toBe(facts);
  });
});

describe('a StorageProfile without a strategy', () => {
  const named = (part: string) => ({ kind: 'StorageProfile', metadata: { name: 'a' }, [part]: { snapshotClass: 's' } });
  const of = (part: string) => classes(withObject(withObject(EMPTY, storageClass('a')), named(part)));

  test('asks for a snapshot where its status names a VolumeSnapshotClass, as the planner of CDI reads it', () => {
    expect(of('status')).toEqual([['a', 'p', 'snapshot']]);
    expect(of('spec')).toEqual([['a', 'p', undefined]]);
  });
});
