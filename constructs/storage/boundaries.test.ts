import { cdiIsAtLeast } from './cdi-release';
import { ClaimWriter, settleClaim } from './claim-defaults';
import { AccessMode, VolumeBindingMode, VolumeMode } from './claim-modes';
import { ClaimFate, decideClaim, Filling } from './claim-outcome';
import { PersistentVolumeFacts, StorageClassFacts } from './facts';
import { refusalOf } from './provisioners';

const { READ_ONLY_MANY: ROX, READ_WRITE_MANY: RWX, READ_WRITE_ONCE: RWO } = AccessMode;
const { BLOCK, FILESYSTEM } = VolumeMode;
const NONE = 'kubernetes.io/no-provisioner';

type Claim = Partial<Omit<ClaimFate, 'settled'>> & { readonly settled?: Partial<ClaimFate['settled']> };

function outcome(claim: Claim, facts: Partial<StorageClassFacts> = {}, persistentVolumes?: PersistentVolumeFacts[]) {
  const settled = {
    storageClassName: 'fast',
    accessModes: [RWO],
    volumeMode: FILESYSTEM,
    missing: [],
    ...claim.settled,
  };
  const storageClasses = [{ name: 'fast', provisioner: 'csi.a', ...facts }];
  const fate = { writer: ClaimWriter.PVC, filling: Filling.NONE, ...claim, settled };
  return decideClaim({ facts: { storageClasses, persistentVolumes }, isWhole: true }, fate);
}

const volume = (name: string, more: Partial<PersistentVolumeFacts> = {}): PersistentVolumeFacts => ({
  name,
  storageClassName: 'fast',
  accessModes: [RWO],
  volumeMode: FILESYSTEM,
  bytes: 10,
  ...more,
});

describe('the claim that names a volume', () => {
  it('is bound to it, where it is known', () => {
    expect(outcome({ volumeName: 'a' }, {}, [volume('a')])).toEqual({ kind: 'bound', rule: 'claim-bound' });
    expect(outcome({ volumeName: 'b' }, {}, [volume('a')])).toEqual({
      kind: 'unknown',
      rule: 'claim-bound',
      reason: 'whether the PersistentVolume b is free',
      remedy: 'kubectl get persistentvolume b',
    });
    expect(outcome({ volumeName: 'b' }).kind).toBe('unknown');
  });

  it("names none with ''", () => {
    expect(outcome({ volumeName: '' }).kind).toBe('bound');
  });
});

describe('the claim without a class', () => {
  const without = (writer: ClaimWriter, accessModes?: AccessMode[], volumes?: PersistentVolumeFacts[]) =>
    outcome({ writer, settled: { storageClassName: undefined, accessModes, hasNoDefault: true } }, {}, volumes);

  test.each([
    [ClaimWriter.STORAGE, undefined, 'CDI makes no claim', 'CDI v1.63.1'],
    [ClaimWriter.STORAGE, [], 'CDI makes no claim', 'CDI v1.63.1'],
    [ClaimWriter.STORAGE, [RWO], 'the claim is never bound', 'Kubernetes'],
    [ClaimWriter.PVC, undefined, 'the claim is never bound', 'Kubernetes'],
  ])('by %s, with %j: %s', (writer, modes, what, source) => {
    const {
      kind,
      reason,
      source: found,
    } = outcome({
      writer,
      settled: { storageClassName: undefined, accessModes: modes, hasNoDefault: true },
    });
    expect([kind, reason]).toEqual([
      'never',
      `no storage class is named, and none of the cluster is the default: ${what}`,
    ]);
    expect(found).toContain(source);
  });

  it('takes a volume without a class that fits', () => {
    expect(without(ClaimWriter.PVC, [RWO], [volume('a', { storageClassName: '' })]).kind).toBe('bound');
    expect(without(ClaimWriter.PVC, [RWO], [volume('a')]).kind).toBe('never');
    expect(without(ClaimWriter.PVC, [RWO], []).kind).toBe('never');
  });
});

describe('the claim of a class that is not there', () => {
  test.each([
    [ClaimWriter.STORAGE, [], 'CDI makes no claim until it has'],
    [ClaimWriter.STORAGE, undefined, 'CDI makes no claim until it has'],
    [ClaimWriter.STORAGE, [RWO], 'the claim waits for it, or for a PersistentVolume of that class'],
    [ClaimWriter.PVC, [], 'the claim waits for it, or for a PersistentVolume of that class'],
  ])('by %s, with %j', (writer, accessModes, what) => {
    expect(outcome({ writer, settled: { storageClassName: 'slow', accessModes } }).reason).toBe(
      `the cluster has no storage class slow: ${what}`,
    );
  });
});

describe('the claim whose modes are not all known', () => {
  test.each<[Partial<ClaimFate['settled']>, string]>([
    [{ volumeMode: undefined }, 'the volume mode, which the StorageProfile fast decides'],
    [{ accessModes: [] }, 'the access modes, which the StorageProfile fast decides'],
    [{ accessModes: undefined }, 'the access modes, which the StorageProfile fast decides'],
  ])('%j', (settled, reason) => expect(outcome({ settled }).reason).toBe(reason));

  it('is offered what the StorageProfile lists with modes, else the other volume mode', () => {
    const claimPropertySets = [
      { accessModes: [], volumeMode: BLOCK },
      { accessModes: [RWX, ROX], volumeMode: BLOCK },
    ];
    expect(outcome({}, { claimPropertySets }).remedy).toBe(
      'ask for ReadWriteMany, ReadOnlyMany and Block, or test it with a claim of its own',
    );
    expect(outcome({}, { claimPropertySets: [{ accessModes: [], volumeMode: BLOCK }] }).remedy).toBe(
      'ask for volume mode Block, or test it with a claim of its own',
    );
  });
});

describe('the claim of a class that waits for a consumer', () => {
  const waiting = { volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER };

  test.each<[Claim, string, string | undefined]>([
    [
      {},
      'waits',
      'annotate it with \'cdi.kubevirt.io/storage.bind.immediate.requested: "true"\', or use it in a machine that runs',
    ],
    [{ isUsed: true }, 'bound', undefined],
    [{ bindsAtOnce: true }, 'bound', undefined],
    [{ laterUser: 'machine a' }, 'waits', 'start the machine'],
    [
      { laterUser: 'machine a', filling: Filling.UPLOAD },
      'waits',
      'start the machine, or annotate it with \'cdi.kubevirt.io/storage.bind.immediate.requested: "true"\'',
    ],
    [{ isUsed: true, filling: Filling.UPLOAD }, 'waits', 'virtctl image-upload'],
  ])('%j', (claim, kind, remedy) => {
    const found = outcome(claim, waiting);
    expect([found.kind, found.remedy]).toEqual([kind, remedy]);
  });

  it('does not wait for one where a volume fits', () => {
    expect(outcome({}, waiting, [volume('a')]).rule).toBe('claim-first-consumer');
    expect(
      outcome({ isUsed: true, settled: { accessModes: [RWX], volumeMode: BLOCK } }, { provisioner: 'topolvm.io' }, [
        volume('a', { accessModes: [RWX], volumeMode: BLOCK }),
      ]).kind,
    ).toBe('bound');
    expect(
      outcome({ settled: { accessModes: [RWX], volumeMode: BLOCK } }, { provisioner: 'topolvm.io' }, []).kind,
    ).toBe('never');
  });
});

describe('the claim that takes a volume by hand', () => {
  it('takes the one that fits, unless others take it', () => {
    expect(outcome({}, { provisioner: NONE }, [volume('a')]).kind).toBe('bound');
    expect(outcome({ isLeftOut: true }, { provisioner: NONE }, [volume('a'), volume('b')]).reason).toBe(
      'the class fast provisions nothing, and other claims take what fits it (a, b): it is never bound',
    );
    expect(outcome({}, { provisioner: NONE }, []).reason).toBe(
      'the class fast provisions nothing, and no PersistentVolume fits the claim: it is never bound',
    );
    expect(outcome({}, { provisioner: NONE }).reason).toBe(
      'whether a PersistentVolume fits (the class fast provisions nothing)',
    );
  });

  test.each<[PersistentVolumeFacts[], string | undefined]>([
    [[volume('a')], 'one PersistentVolume, a, stands for both'],
    [[volume('a'), volume('b')], undefined],
    [[volume('a', { accessModes: [RWX] }), volume('b')], undefined],
    [[volume('a', { accessModes: [RWX] }), volume('b', { accessModes: [RWX, RWO] })], undefined],
    [[volume('a', { accessModes: [RWX, RWO] }), volume('b')], undefined],
    [[volume('a', { accessModes: [RWX] })], 'no PersistentVolume fits it'],
  ])('needs another one for scratch space: %#', (volumes, what) => {
    const { accessModes } = volumes[0]!;
    const scratch = { bytes: 5, storageClass: 'fast' };
    const found = outcome({ scratch, settled: { accessModes } }, { provisioner: NONE }, volumes);
    expect(found.kind).toBe(what === undefined ? 'bound' : 'never');
    if (what !== undefined) expect(found.reason).toContain(`provisions nothing: ${what}, and the import never starts`);
  });

  it('needs none for scratch space of a class that provisions, or is not known', () => {
    expect(outcome({ scratch: { bytes: 5, storageClass: 'fast' } }, {}, [])).toMatchObject({ kind: 'bound' });
    expect(outcome({ scratch: { bytes: 5, storageClass: 'slow' } }, {}, [])).toMatchObject({ kind: 'bound' });
  });
});

describe('the newest of the default classes', () => {
  const of = (...classes: readonly (readonly [name: string, created: string])[]) =>
    settleClaim(
      { storageClasses: classes.map(([name, created]) => ({ name, created, isDefault: true, provisioner: 'csi.a' })) },
      { writer: ClaimWriter.CLAIM },
    ).storageClassName;
  const [one, two] = ['2025-01-01T00:00:00Z', '2025-01-02T00:00:00Z'];

  test.each<[string, readonly (readonly [string, string])[]]>([
    [
      'b',
      [
        ['a', one],
        ['b', two],
      ],
    ],
    [
      'b',
      [
        ['b', two],
        ['a', one],
      ],
    ],
    [
      'a',
      [
        ['a', one],
        ['b', one],
      ],
    ],
    [
      'a',
      [
        ['b', one],
        ['a', one],
      ],
    ],
    [
      'a',
      [
        ['b', one],
        ['a', one],
        ['c', one],
      ],
    ],
  ])('is %s', (name, classes) => expect(of(...classes)).toBe(name));
});

describe('what a provisioner refuses unless its StorageProfile says otherwise', () => {
  test.each<[AccessMode, VolumeMode, boolean]>([
    [RWX, FILESYSTEM, false],
    [RWX, BLOCK, true],
    [RWO, FILESYSTEM, true],
  ])('is what it does not list: %s of %s', (mode, volumeMode, isRefused) => {
    const claimPropertySets = [{ accessModes: [mode], volumeMode }];
    const refusal = refusalOf({ provisioner: 'rancher.io/local-path', claimPropertySets }, [RWX], FILESYSTEM);
    expect(refusal !== undefined).toBe(isRefused);
  });
});

describe('a release of CDI', () => {
  test.each<[string, string, boolean]>([
    ['v1.63.1', 'v1.63.1', true],
    ['v1.63.2', 'v1.63.1', true],
    ['v1.64.0', 'v1.63.1', true],
    ['v2.0.0', 'v1.63.1', true],
    ['v1.100.0', 'v1.63.1', true],
    ['v1.63.10', 'v1.63.9', true],
    ['v1.063.1', 'v1.63.1', true],
    ['v1.63.1-rc.0', 'v1.63.1', true],
    ['main', 'v1.63.1', false],
    ['v1.63.0', 'v1.63.1', false],
    ['v1.62.9', 'v1.63.1', false],
    ['v0.99.9', 'v1.63.1', false],
  ])('%s is at least %s: %j', (has, asked, is) =>
    expect(cdiIsAtLeast({ storageClasses: [], cdi: { release: has } }, asked)).toBe(is),
  );
});
