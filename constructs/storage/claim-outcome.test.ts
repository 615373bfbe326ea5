import { ClaimWriter } from './claim-defaults';
import { AccessMode, VolumeBindingMode, VolumeMode } from './claim-modes';
import { ClaimFate, decideClaim, doubtOfSharing, Filling, StorageKnowledge } from './claim-outcome';
import { PersistentVolumeFacts, StorageClassFacts } from './facts';

const { READ_ONLY_MANY: ROX, READ_WRITE_MANY: RWX, READ_WRITE_ONCE: RWO } = AccessMode;
const { BLOCK, FILESYSTEM } = VolumeMode;

function storage(
  facts: Partial<StorageClassFacts> = {},
  persistentVolumes?: PersistentVolumeFacts[],
  isWhole = true,
): StorageKnowledge {
  const storageClasses = [{ name: 'fast', provisioner: 'csi.a', ...facts }];
  return { facts: { storageClasses, persistentVolumes }, isWhole };
}

/** A claim of the class `fast`, of these modes. */
function claim(more: Partial<ClaimFate> = {}, accessModes = [RWX], volumeMode = BLOCK): ClaimFate {
  const settled = { storageClassName: 'fast', accessModes, volumeMode, missing: [] };
  return { writer: ClaimWriter.PVC, filling: Filling.NONE, settled, ...more };
}

describe('what becomes of a claim', () => {
  test('is bound where its class makes such volumes', () => {
    expect(decideClaim(storage(), claim())).toEqual({ kind: 'bound', rule: 'claim-bound' });
  });

  test('never comes where CDI makes no claim', () => {
    const settled = { missing: [], refusal: { rule: 'D2', reason: 'no modes', remedy: 'ask for some' } };
    expect(decideClaim(storage(), claim({ settled }))).toMatchObject({
      kind: 'never',
      rule: 'claim-access-modes',
      reason: 'no modes: CDI makes no claim',
      remedy: 'ask for some',
    });
  });

  test('never comes without a class, where the whole storage has no default', () => {
    const settled = { missing: [], hasNoDefault: true };
    expect(decideClaim(storage(), claim({ settled }))).toMatchObject({
      kind: 'never',
      rule: 'claim-class',
      reason: 'no storage class is named, and none of the cluster is the default: the claim is never bound',
      remedy: 'name one of fast, or make one of them the default',
    });
    expect(decideClaim(storage({}, undefined, false), claim({ settled }))).toMatchObject({
      kind: 'unknown',
      remedy: 'kubectl get storageclass',
    });
  });

  test('waits for a class that the whole storage does not have', () => {
    const settled = { storageClassName: 'fats', missing: [] };
    expect(decideClaim(storage(), claim({ settled }))).toMatchObject({
      kind: 'waits',
      rule: 'claim-class-known',
      reason: 'the cluster has no storage class fats: the claim waits for it, or for a PersistentVolume of that class',
    });
    expect(decideClaim(storage({}, undefined, false), claim({ settled })).kind).toBe('unknown');
  });

  test.each<[string, AccessMode, VolumeMode, string]>([
    ['nfs.csi.k8s.io', RWX, BLOCK, 'makes file systems only'],
    ['nfs.csi.k8s.io', RWX, FILESYSTEM, ''],
    ['rook-ceph.cephfs.csi.ceph.com', RWX, BLOCK, 'makes file systems only'],
    ['kubevirt.io.hostpath-provisioner', RWO, BLOCK, 'makes file systems only'],
    ['rancher.io/local-path', RWO, BLOCK, 'makes file systems only'],
    ['rancher.io/local-path', RWO, FILESYSTEM, ''],
    ['openshift-storage.rbd.csi.ceph.com', RWX, FILESYSTEM, 'shares a volume between nodes as Block only'],
    ['openshift-storage.rbd.csi.ceph.com', RWX, BLOCK, ''],
    ['rbd.csi.ceph.com', RWO, FILESYSTEM, ''],
    ['disk.csi.azure.com', RWX, FILESYSTEM, 'shares a volume between nodes as Block only'],
    ['disk.csi.azure.com', ROX, FILESYSTEM, 'shares a volume between nodes as Block only'],
    ['disk.csi.azure.com', RWX, BLOCK, ''],
    ['ebs.csi.aws.com', RWX, FILESYSTEM, 'shares a volume between nodes as Block only'],
    ['ebs.csi.aws.com', RWX, BLOCK, ''],
    ['pd.csi.storage.gke.io', RWX, FILESYSTEM, 'shares a volume between nodes as Block only'],
    ['nfs.csi.ceph.com', RWX, BLOCK, 'makes file systems only'],
    ['rancher.io/local-path', RWX, FILESYSTEM, 'makes volumes of one node'],
    ['topolvm.io', ROX, FILESYSTEM, 'makes volumes of one node'],
    ['openshift-storage.noobaa.io/obc', RWO, FILESYSTEM, 'makes buckets of objects, no volumes'],
    ['rook-ceph.ceph.rook.io/bucket', RWO, FILESYSTEM, 'makes buckets of objects, no volumes'],
    ['topolvm.io', RWX, BLOCK, 'makes volumes of one node'],
    ['topolvm.io', RWO, BLOCK, ''],
    ['notnfs.csi.k8s.io', RWX, BLOCK, ''],
  ])('of %s, asked for %s and %s, is as its driver says: %p', (provisioner, accessMode, volumeMode, why) => {
    const outcome = decideClaim(storage({ provisioner }), claim({}, [accessMode], volumeMode));
    expect(outcome.kind).toBe(why === '' ? 'bound' : 'never');
    if (why !== '') {
      expect(outcome).toMatchObject({
        rule: 'claim-modes-offered',
        source: expect.stringMatching(/ v\d+\.\d+\.\d+, [\w./-]+\.go, \w+$/) as string,
      });
      expect(outcome.reason).toContain(`its provisioner ${provisioner} ${why}`);
    }
  });

  test('of a disk of Azure is shared where its class says how often', () => {
    const of = (parameters?: Record<string, string>): string =>
      decideClaim(storage({ provisioner: 'disk.csi.azure.com', parameters }), claim()).kind;
    expect(of({ skuName: 'Premium_LRS' })).toBe('never');
    expect(of({ skuName: 'Premium_LRS', maxShares: '1' })).toBe('never');
    expect(of({ skuName: 'Premium_LRS', maxshares: '2' })).toBe('bound');
    expect(of()).toBe('bound');
  });

  test('of local-path is shared where the StorageProfile says so, and else that rests on its defaults', () => {
    const claimPropertySets = [{ accessModes: [RWX], volumeMode: FILESYSTEM }];
    const provisioner = 'rancher.io/local-path';
    expect(decideClaim(storage({ provisioner, claimPropertySets }), claim({}, [RWX], FILESYSTEM)).kind).toBe('bound');
    expect(decideClaim(storage({ provisioner }), claim({}, [RWX], FILESYSTEM))).toMatchObject({
      kind: 'never',
      certainty: 'default',
      reason:
        "the class fast makes no volume of ReadWriteMany with volume mode Filesystem (its provisioner rancher.io/local-path makes volumes of one node, unless its ConfigMap sets 'sharedFileSystemPath'): the claim is never bound",
    });
  });

  test('never comes where a person knows that the storage serves another volume mode', () => {
    expect(decideClaim(storage({ volumeModes: [FILESYSTEM] }), claim())).toMatchObject({
      kind: 'never',
      reason:
        'the class fast makes no volume of ReadWriteMany with volume mode Block (its storage serves Filesystem): the claim is never bound',
      remedy: 'ask for volume mode Filesystem, or name another class',
    });
  });

  test('is not known where the StorageProfile lists other modes, and the driver is not known to refuse these', () => {
    const claimPropertySets = [{ accessModes: [RWO], volumeMode: BLOCK }];
    expect(decideClaim(storage({ claimPropertySets }), claim())).toMatchObject({
      kind: 'unknown',
      rule: 'claim-modes-offered',
      reason: 'the StorageProfile fast does not list ReadWriteMany with volume mode Block',
      remedy: 'ask for ReadWriteOnce and Block, or test it with a claim of its own',
    });
    expect(decideClaim(storage({ claimPropertySets }), claim({}, [RWO])).kind).toBe('bound');
  });

  test('takes a PersistentVolume that fits, where its class makes none', () => {
    const local = { provisioner: 'kubernetes.io/no-provisioner' };
    const volume = { name: 'disk', storageClassName: 'fast', accessModes: [RWO], volumeMode: BLOCK, bytes: 100 };
    const asked = claim({ bytes: 100 }, [RWO]);
    expect(decideClaim(storage(local, [volume]), asked).kind).toBe('bound');
    for (const other of [
      { bytes: 99 },
      { volumeMode: FILESYSTEM },
      { accessModes: [RWX] },
      { storageClassName: 'x' },
    ]) {
      expect(decideClaim(storage(local, [{ ...volume, ...other }]), asked)).toMatchObject({
        kind: 'never',
        rule: 'claim-volume',
        reason: 'the class fast provisions nothing, and no PersistentVolume fits the claim: it is never bound',
      });
    }
    expect(decideClaim(storage(local), asked).remedy).toBe('kubectl get persistentvolume -o yaml');
  });

  test('waits for its first consumer, if nothing uses it and CDI does not bind it at once', () => {
    const late = storage({ volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER });
    expect(decideClaim(late, claim()).rule).toBe('claim-first-consumer');
    expect(decideClaim(late, claim({ isUsed: true })).kind).toBe('bound');
    expect(decideClaim(late, claim({ bindsAtOnce: true })).kind).toBe('bound');
    const volume = { name: 'disk', storageClassName: 'fast', accessModes: [RWX], volumeMode: BLOCK, bytes: 100 };
    const local = { ...late.facts.storageClasses[0], provisioner: 'kubernetes.io/no-provisioner' };
    expect(decideClaim(storage(local, [volume]), claim({ bytes: 100 })).rule).toBe('claim-first-consumer');
    expect(decideClaim(storage(), claim({ filling: Filling.UPLOAD })).rule).toBe('claim-upload');
  });
});

describe('a claim of a machine that does not run', () => {
  const late = storage({ volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER });
  const laterUser = 'VirtualMachine web';

  test('waits for its machine where the class waits for a consumer, empty or filled by CDI', () => {
    expect(decideClaim(late, claim({ laterUser }))).toMatchObject({
      kind: 'waits',
      rule: 'claim-machine-start',
      reason:
        'the class fast waits for the first pod that uses the claim, and VirtualMachine web does not run: it is bound once it starts',
      remedy: 'start the machine',
    });
    expect(decideClaim(late, claim({ laterUser, filling: Filling.CDI }))).toMatchObject({
      reason:
        'the class fast waits for the first pod that uses the claim, and VirtualMachine web does not run: it is filled once it starts',
      remedy: `start the machine, or annotate it with 'cdi.kubevirt.io/storage.bind.immediate.requested: "true"'`,
    });
  });

  test('is bound where the class does not wait, CDI binds it at once, or a pod uses it, too', () => {
    expect(decideClaim(storage(), claim({ laterUser })).kind).toBe('bound');
    expect(decideClaim(late, claim({ laterUser, bindsAtOnce: true })).kind).toBe('bound');
    expect(decideClaim(late, claim({ laterUser, isUsed: true })).kind).toBe('bound');
  });
});

describe('whether ReadWriteMany lets a claim be used on two nodes', () => {
  const settled = { storageClassName: 'fast', accessModes: [RWX], volumeMode: FILESYSTEM, missing: [] };

  test('is in doubt where the volumes are of one node', () => {
    expect(doubtOfSharing(storage({ provisioner: 'kubevirt.io.hostpath-provisioner' }), settled)).toEqual({
      reason: 'the volumes of class fast are of one node (kubevirt.io.hostpath-provisioner), whatever the claim says',
      isCertain: true,
    });
  });

  test('is in no doubt where the StorageProfile lists it, or the class is not known', () => {
    const claimPropertySets = [{ accessModes: [RWX], volumeMode: FILESYSTEM }];
    const shared = { provisioner: 'kubevirt.io.hostpath-provisioner', claimPropertySets };
    expect(doubtOfSharing(storage(shared), settled)).toBeUndefined();
    expect(doubtOfSharing(storage(), { ...settled, storageClassName: 'other' })).toBeUndefined();
    expect(doubtOfSharing(storage(), { ...settled, accessModes: [RWO] })).toBeUndefined();
  });

  test('is certain where the driver refuses it, and not known where the StorageProfile leaves it out', () => {
    expect(doubtOfSharing(storage({ provisioner: 'rbd.csi.ceph.com' }), settled)?.isCertain).toBe(true);
    const claimPropertySets = [{ accessModes: [RWO], volumeMode: FILESYSTEM }];
    expect(doubtOfSharing(storage({ claimPropertySets }), settled)?.isCertain).toBe(false);
  });
});
