import { Change, diff, DiffOptions } from '..';
import { Json } from '../../rule';
import { machine } from '../../testing/update-tester';

const onClaim = (claimName: string): Json =>
  machine({
    'spec.updateVolumesStrategy': 'Migration',
    'T.volumes.+': { name: 'data', persistentVolumeClaim: { claimName } },
    'V.disks.+': { name: 'data', disk: { bus: 'virtio' } },
  });

const claim = (name: string, storage: string, volumeMode?: string): Json => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'shop' },
  spec: { accessModes: ['ReadWriteMany'], volumeMode, resources: { requests: { storage } } },
});

const blank = (name: string, storage: string, volumeMode: string): Json => ({
  apiVersion: 'cdi.kubevirt.io/v1beta1',
  kind: 'DataVolume',
  metadata: { name, namespace: 'shop' },
  spec: {
    source: { blank: {} },
    pvc: { accessModes: ['ReadWriteMany'], volumeMode, resources: { requests: { storage } } },
  },
});

function moved(beside: readonly Json[], options: DiffOptions = {}): Pick<Change, 'consequence' | 'reason'> {
  const { changes } = diff([onClaim('old'), ...beside], [onClaim('new'), ...beside], options);
  const { consequence, reason } = changes.find(({ object }) => object.kind === 'VirtualMachine')!;
  return { consequence, reason };
}

describe('a volume that is migrated to another claim', () => {
  test.each(['20Gi', '20480Mi', '30Gi'])('moves to one of %s', (size) => {
    expect(moved([claim('old', '20Gi'), claim('new', size)]).consequence).toBe('migrated');
  });

  test('fails when the new claim is smaller, and says of what size it must be', () => {
    expect(moved([claim('old', '20Gi'), claim('new', '10Gi')])).toEqual({
      consequence: 'later',
      reason:
        'the migration fails: new (10Gi) is smaller than old (20Gi), and the machine stays on old; ask for at least 20Gi',
    });
  });

  test('moves out of a file system into a device as large as the image in it', () => {
    const old = blank('old', '20Gi', 'Filesystem');
    expect(moved([old, claim('new', '19Gi', 'Block')]).consequence).toBe('migrated');
    expect(moved([old, claim('new', '18Gi', 'Block')])).toEqual({
      consequence: 'later',
      reason:
        'the migration fails: new (18Gi) is smaller than the disk in old (20Gi), and the machine stays on old; ask for at least 19320Mi',
    });
  });

  test('fails when something other than its disks keeps the machine on its node, unless it is said to move', () => {
    const gpu = { name: 'gpu', deviceName: 'nvidia.com/T4' };
    const [old, next] = ['old', 'new'].map((name) => {
      const vm = structuredClone(onClaim(name)) as {
        spec: { template: { spec: { domain: { devices: { gpus?: unknown[] } } } } };
      };
      vm.spec.template.spec.domain.devices.gpus = [gpu];
      return vm as unknown as Json;
    });
    const beside = [claim('old', '20Gi'), claim('new', '20Gi')];
    const of = (migratable?: boolean): Change =>
      diff([old, ...beside], [next, ...beside], { migratable }).changes.find(
        ({ object }) => object.kind === 'VirtualMachine',
      )!;
    expect(of()).toMatchObject({
      consequence: 'restart',
      reason: 'the machine cannot be live-migrated (a device of the node is passed through: gpu)',
    });
    expect(of(true).consequence).toBe('migrated');
  });

  test('fails when another disk is of one node and stays, as the StorageProfile says', () => {
    const vm = (name: string): Json => {
      const made = structuredClone(onClaim(name)) as unknown as {
        spec: { template: { spec: { volumes: unknown[]; domain: { devices: { disks: unknown[] } } } } };
      };
      made.spec.template.spec.volumes.push({ name: 'logs', dataVolume: { name: 'logs' } });
      made.spec.template.spec.domain.devices.disks.push({ name: 'logs', disk: {} });
      return made as unknown as Json;
    };
    const logs = {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { name: 'logs', namespace: 'shop' },
      spec: {
        source: { blank: {} },
        storage: { storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } },
      },
    };
    const beside = [claim('old', '20Gi'), claim('new', '20Gi'), logs];
    const storage = (mode: string): Json[] => [
      { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'csi.a' },
      {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'StorageProfile',
        metadata: { name: 'fast' },
        status: {
          storageClass: 'fast',
          provisioner: 'csi.a',
          claimPropertySets: [{ accessModes: [mode], volumeMode: 'Block' }],
        },
      },
    ];
    const of = (mode: string): Change =>
      diff([vm('old'), ...beside], [vm('new'), ...beside], { storage: storage(mode) }).changes.find(
        ({ object }) => object.kind === 'VirtualMachine',
      )!;
    expect(of('ReadWriteOnce')).toMatchObject({
      consequence: 'restart',
      reason: 'the disk logs is ReadWriteOnce and stays where it is, so that the machine cannot move to another node',
    });
    expect(of('ReadWriteMany').consequence).toBe('migrated');
  });

  test('fails when CDI fills the new disk, made in the same change, without populators', () => {
    const vm = (volume: Json): Json =>
      machine({
        'spec.updateVolumesStrategy': 'Migration',
        'T.volumes.+': { name: 'data', ...volume },
        'V.disks.+': { name: 'data', disk: { bus: 'virtio' } },
      });
    const [was, is] = [vm({ persistentVolumeClaim: { claimName: 'old' } }), vm({ dataVolume: { name: 'new' } })];
    const fresh = blank('new', '20Gi', 'Block');
    const withClass = {
      ...fresh,
      spec: { source: { blank: {} }, pvc: { ...(fresh.spec as { pvc: object }).pvc, storageClassName: 'fast' } },
    };
    const storage = (driver: string): Json[] => [
      { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'csi.a' },
      { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: driver }, spec: {} },
    ];
    const old = claim('old', '20Gi', 'Block');
    const of = (first: readonly Json[], driver: string): Change =>
      diff([was, old, ...first], [is, old, withClass], { storage: storage(driver) }).changes.find(
        ({ object }) => object.kind === 'VirtualMachine',
      )!;
    expect(of([], 'csi.b')).toMatchObject({
      consequence: 'restart',
      reason:
        'CDI fills the DataVolume without populators, as the provisioner csi.a has no CSIDriver object, and KubeVirt does not migrate to it before it is done',
    });
    expect(of([], 'csi.a').consequence).toBe('migrated');
    expect(of([withClass], 'csi.b').consequence).toBe('migrated');
  });

  test('counts with the overhead that the storage says', () => {
    const beside = [claim('old', '20Gi', 'Block'), blank('new', '21Gi', 'Filesystem')];
    const config = {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'CDIConfig',
      metadata: { name: 'config' },
      status: { filesystemOverhead: { global: '0.01' } },
    };
    expect(moved(beside).reason).toContain('new (21Gi) is smaller than the disk in old (20Gi)');
    expect(moved(beside, { storage: [config] }).consequence).toBe('migrated');
    expect(moved([...beside, config]).consequence).toBe('migrated');
  });

  test('waits for a claim that does not exist, from the release on that looks for it', () => {
    const missing = 'PersistentVolumeClaim new does not exist yet: the migration waits for it';
    const closed = { closed: true, cdi: 'v1.66.0' };
    expect(moved([claim('old', '1Gi')], { ...closed, kubevirt: 'v1.9.0' })).toEqual({
      consequence: 'later',
      reason: missing,
    });
    expect(moved([claim('old', '1Gi')], { ...closed, kubevirt: 'v1.6.2' }).consequence).toBe('migrated');
    const external = [{ kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'new' }];
    expect(moved([claim('old', '1Gi')], { ...closed, kubevirt: 'v1.9.0', external }).consequence).toBe('migrated');
    expect(moved([claim('old', '1Gi')], { kubevirt: 'v1.9.0' }).consequence).toBe('migrated');
  });
});

describe('a new clone that is larger than its source', () => {
  const base = blank('base', '10Gi', 'Filesystem');
  const clone = (storage: string, volumeMode: string): Json => {
    const made = blank('copy', storage, volumeMode);
    return { ...made, spec: { ...(made.spec as object), source: { pvc: { namespace: 'shop', name: 'base' } } } };
  };
  const reason = (made: Json, kubevirt: string): string =>
    diff([base], [base, made], { kubevirt, configuration: {} }).changes[0]!.reason;

  test('leaves the disk of the guest as large as it was, up to the release that grows images', () => {
    const said =
      'it is larger than the disk image of base that it gets: in a file system the image stays as large as it was, and so does the disk of the guest';
    expect(reason(clone('20Gi', 'Filesystem'), 'v1.6.2')).toBe(said);
    expect(reason(clone('20Gi', 'Filesystem'), 'v1.9.0')).toBe('a new object');
  });

  test('is said of the templates of a machine, new or changed, too', () => {
    const vm = (made?: Json): Json =>
      machine(
        made === undefined
          ? {}
          : {
              'spec.dataVolumeTemplates': [{ metadata: { name: 'copy' }, spec: made.spec }],
              'T.volumes.+': { name: 'copy', dataVolume: { name: 'copy' } },
              'V.disks.+': { name: 'copy', disk: { bus: 'virtio' } },
            },
      );
    const effects = (before: Json[], after: Json[], kubevirt = 'v1.6.2'): unknown[] =>
      diff([base, ...before], [base, ...after], { kubevirt, configuration: {} })
        .changes.filter(({ field }) => field === '' || field.startsWith('spec.dataVolumeTemplates'))
        .map(({ field, consequence, reason }) => [field, consequence, reason]);
    const large = clone('20Gi', 'Filesystem');
    const said =
      'it is larger than the disk image of base that it gets: in a file system the image stays as large as it was, and so does the disk of the guest';
    expect(effects([], [vm(large)])).toEqual([
      ['', 'created', 'a new object'],
      ['spec.dataVolumeTemplates[0].spec', 'created', said],
    ]);
    expect(effects([vm()], [vm(large)])).toEqual([
      [
        'spec.dataVolumeTemplates[0]',
        'created',
        `its DataVolume is made at once, also while the machine is stopped; ${said}`,
      ],
    ]);
    expect(effects([], [vm(large)], 'v1.9.0')).toEqual([['', 'created', 'a new object']]);
    expect(effects([], [vm(clone('10Gi', 'Filesystem'))])).toHaveLength(1);
    expect(effects([], [vm(clone('20Gi', 'Block'))])).toHaveLength(1);
  });

  test('is a new object like any other as a device, or of the same size', () => {
    expect(reason(clone('20Gi', 'Block'), 'v1.6.2')).toBe('a new object');
    expect(reason(clone('10Gi', 'Filesystem'), 'v1.6.2')).toBe('a new object');
  });
});
