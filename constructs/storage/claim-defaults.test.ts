import { ClaimWriter, settleClaim, WrittenClaim } from './claim-defaults';
import { AccessMode, ContentType, VolumeMode } from './claim-modes';
import { ClaimPropertySet, StorageClassFacts, StorageFacts } from './facts';

const { READ_WRITE_MANY: RWX, READ_WRITE_ONCE: RWO, READ_ONLY_MANY: ROX } = AccessMode;
const { BLOCK, FILESYSTEM } = VolumeMode;
const { CLAIM, PVC, STORAGE } = ClaimWriter;

const SETS: ClaimPropertySet[] = [
  { accessModes: [RWX], volumeMode: BLOCK },
  { accessModes: [RWO], volumeMode: FILESYSTEM },
];

const storage = (...storageClasses: Partial<StorageClassFacts>[]): StorageFacts => ({
  storageClasses: storageClasses.map((facts) => ({ name: 'sc', provisioner: 'csi.a', ...facts })),
});

describe('settleClaim', () => {
  test.each<[string, Partial<WrittenClaim>, unknown]>([
    ['takes the first set where nothing is asked for', {}, [[RWX], BLOCK]],
    ['takes the set with the volume mode', { volumeMode: FILESYSTEM }, [[RWO], FILESYSTEM]],
    ['takes the access modes of the volume mode', { accessModes: [], volumeMode: BLOCK }, [[RWX], BLOCK]],
    ['takes the set with one of the access modes', { accessModes: [RWO, ROX] }, [[RWO, ROX], FILESYSTEM]],
    ['is a file system where no set has the access mode', { accessModes: [ROX] }, [[ROX], FILESYSTEM]],
    ['keeps what is asked for', { accessModes: [RWO], volumeMode: BLOCK }, [[RWO], BLOCK]],
    ['unpacks an archive into a file system', { contentType: ContentType.ARCHIVE }, [[RWO], FILESYSTEM]],
  ])('by spec.storage, %s', (_, written, expected) => {
    const facts = storage({ claimPropertySets: SETS });
    const settled = settleClaim(facts, { writer: STORAGE, storageClassName: 'sc', ...written });
    expect([settled.accessModes, settled.volumeMode]).toEqual(expected);
    expect([settled.missing, settled.refusal]).toEqual([[], undefined]);
  });

  test('is refused where the StorageProfile has no access modes for the volume mode', () => {
    const facts = storage({ claimPropertySets: [{ accessModes: [RWX], volumeMode: BLOCK }] });
    const settled = settleClaim(facts, { writer: STORAGE, storageClassName: 'sc', volumeMode: FILESYSTEM });
    expect(settled.refusal).toEqual({
      rule: 'D2',
      reason:
        'the StorageProfile sc names no access modes for volume mode Filesystem, and the DataVolume does not ask for any',
      remedy: 'ask for access modes, or give the StorageProfile sc claimPropertySets with them',
    });
  });

  test('is refused where the first set has no access modes, whatever the others have', () => {
    const facts = storage({ claimPropertySets: [{ accessModes: [], volumeMode: FILESYSTEM }, ...SETS] });
    expect(settleClaim(facts, { writer: STORAGE, storageClassName: 'sc' }).refusal?.rule).toBe('D2');
    const asked = settleClaim(facts, { writer: STORAGE, storageClassName: 'sc', volumeMode: FILESYSTEM });
    expect(asked.accessModes).toEqual([RWO]);
  });

  test('is refused where the StorageProfile has no sets and no access modes are asked for', () => {
    const facts = storage({ claimPropertySets: [] });
    expect(settleClaim(facts, { writer: STORAGE, storageClassName: 'sc' }).refusal).toEqual({
      rule: 'D2',
      reason: 'the StorageProfile sc names no access modes, and the DataVolume does not ask for any',
      remedy: 'ask for access modes, or give the StorageProfile sc claimPropertySets with them',
    });
    const asked = settleClaim(facts, { writer: STORAGE, storageClassName: 'sc', accessModes: [RWO] });
    expect([asked.refusal, asked.volumeMode]).toEqual([undefined, FILESYSTEM]);
  });

  test('is refused where an archive is to go on a device', () => {
    const written = { writer: STORAGE, volumeMode: BLOCK, contentType: ContentType.ARCHIVE };
    expect(settleClaim(storage({}), written).refusal?.rule).toBe('D1');
    expect(settleClaim(storage({}), { ...written, writer: PVC }).refusal).toBeUndefined();
  });

  test('does not know what a StorageProfile decides that it does not know', () => {
    const settled = settleClaim(storage({}), { writer: STORAGE, storageClassName: 'sc', accessModes: [RWX] });
    expect(settled.missing).toEqual(['the volume mode, which the StorageProfile sc decides']);
    const nothing = settleClaim(storage(), { writer: STORAGE });
    expect(nothing.missing).toEqual([
      'the storage class (no class of the catalog is the default)',
      'the access modes and the volume mode, which the StorageProfile decides',
    ]);
  });

  test.each([CLAIM, PVC])('by %s, is a file system unless it says otherwise', (writer) => {
    const of = (volumeMode?: VolumeMode): unknown =>
      settleClaim(storage({}), { writer, storageClassName: 'sc', volumeMode }).volumeMode;
    expect([of(), of(BLOCK)]).toEqual(['Filesystem', 'Block']);
  });

  test.each<[ClaimWriter, ContentType | undefined, string]>([
    [CLAIM, undefined, 'plain'],
    [PVC, undefined, 'plain'],
    [STORAGE, ContentType.KUBEVIRT, 'virtual'],
    [STORAGE, ContentType.ARCHIVE, 'plain'],
  ])('by %s of %p without a class, gets the default class %3$s', (writer, contentType, expected) => {
    const facts = storage(
      { name: 'plain', isDefault: true },
      { name: 'virtual', isVirtDefault: true },
      { name: 'other' },
    );
    expect(settleClaim(facts, { writer, contentType }).storageClassName).toBe(expected);
  });

  test('gets the default class where there is none for VMs, and of two does not know the newest', () => {
    const one = storage({ name: 'plain', isDefault: true }, { name: 'other' });
    expect(settleClaim(one, { writer: STORAGE }).storageClassName).toBe('plain');
    const two = settleClaim(storage({ name: 'a', isDefault: true }, { name: 'b', isDefault: true }), { writer: PVC });
    expect(two).toMatchObject({ missing: ['the storage class (the newest of the default classes a, b)'] });
    const dated = ['2025-01-01T00:00:00Z', 'yesterday'].map((created) => ({ name: created, created, isDefault: true }));
    expect(settleClaim(storage(...dated), { writer: PVC }).storageClassName).toBeUndefined();
  });
});
