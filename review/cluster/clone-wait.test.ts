import { StorageCatalog } from '../../constructs';
import { inventory } from '../inventory';
import type { Json } from '../rule';

/** A cluster that copies disks byte by byte: the driver has no snapshots. */
const CATALOG = StorageCatalog.fromKubectl(`kind: List
items:
- {kind: StorageClass, metadata: {name: files, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}, provisioner: csi.a}
`);

const object = (apiVersion: string, kind: string, name: string, spec: Json): Json => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  spec,
});
const PVC = { storageClassName: 'files', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const disk = (name: string, source: Json): Json =>
  object('cdi.kubevirt.io/v1beta1', 'DataVolume', name, { source, pvc: PVC });
const GOLDEN = disk('golden', { blank: {} });
const COPY = disk('copy', { pvc: { namespace: 'shop', name: 'golden' } });
const machine = (name: string, volume: Json, runStrategy = 'Always'): Json => {
  const volumes = [{ name: 'root', persistentVolumeClaim: { claimName: 'golden', ...volume } }];
  return object('kubevirt.io/v1', 'VirtualMachine', name, {
    runStrategy,
    template: { spec: { domain: { devices: {} }, volumes } },
  });
};

/** What becomes of the clone, and the machine that it waits for. */
function outcome(...machines: Json[]): string[] {
  const [clone] = inventory([GOLDEN, ...machines, COPY], { catalog: CATALOG }).clones;
  return [clone?.outcome ?? '', /^.* runs on its source[^:]*/.exec(clone?.reason ?? '')?.[0] ?? ''];
}

describe('a clone of the disk of a machine', () => {
  const WAITS = ['waits', 'VirtualMachine shop/web runs on its source'];
  test.each<[string, Json[], string[]]>([
    ['that runs waits for it', [machine('web', {})], WAITS],
    ['that does not run is copied', [machine('web', {}, 'Halted')], ['copy', '']],
    ['that reads it is copied', [machine('web', { readOnly: true })], ['copy', '']],
    ['that says that it writes waits for it', [machine('web', { readOnly: false })], WAITS],
    ['waits for the first that writes to it', [machine('web', {}), machine('db', {})], WAITS],
    ['waits for one that writes beside one that reads', [machine('a', { readOnly: true }), machine('web', {})], WAITS],
    [
      'that runs once waits for its end',
      [machine('web', {}, 'Once')],
      ['waits', 'VirtualMachine shop/web runs on its source until its guest shuts down'],
    ],
  ])('%s', (_, machines, expected) => expect(outcome(...machines)).toEqual(expected));

  test('that is a snapshot, unknown or never done does not wait for it', () => {
    const taken = object('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', 'taken', {
      volumeSnapshotClassName: 'snap',
      source: { persistentVolumeClaimName: 'golden' },
    });
    const small = { ...PVC, resources: { requests: { storage: '1Mi' } } };
    const copies = [
      disk('of-snapshot', { snapshot: { namespace: 'shop', name: 'taken' } }),
      disk('of-nothing', { pvc: { namespace: 'shop', name: 'gone' } }),
      object('cdi.kubevirt.io/v1beta1', 'DataVolume', 'small', { source: { pvc: { name: 'golden' } }, pvc: small }),
    ];
    const { clones } = inventory([GOLDEN, machine('web', {}), taken, ...copies], { catalog: CATALOG });
    expect(clones.map(({ outcome: its }) => its)).toEqual(['unknown', 'snapshot', 'never finishes']);
  });
});
