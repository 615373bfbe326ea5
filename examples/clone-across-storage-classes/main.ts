import { Chart, Size } from 'cdk8s';
import {
  CloneStrategy,
  DataVolumeImport,
  DataVolumeSource,
  DiskClone,
  ManifestApp,
  Namespace,
  StorageCatalog,
  StorageProfile,
} from 'cdk8s-kubevirt';

// A disk cloned within its storage class and into one on another array. What each clone will do is known before the
// apply (dist/CLONES.md): a driver restores a snapshot on the array that it is of, so the other class asks for a copy.
//
//   kubectl apply -f dist/1-source.k8s.yaml
//   kubectl wait datavolume/golden -n shop --for=condition=Ready --timeout=15m
//   kubectl apply -f dist/2-clones.k8s.yaml

/** Two classes of one driver that serve ReadWriteMany block volumes. */
const [FAST, BULK] = ['fast-block', 'bulk-block'];

/** What is known of them. The arrays behind them stand in no object of the cluster. */
const storage = StorageCatalog.of({
  storageClasses: [
    { name: FAST, provisioner: 'csi.example.com', backend: 'array-1' },
    { name: BULK, provisioner: 'csi.example.com', backend: 'array-2' },
  ],
  snapshotClasses: [{ name: 'snapshots', driver: 'csi.example.com' }],
});
const bindImmediately = true; // no VM asks for the disks yet

const app = new ManifestApp();
const namespace = 'shop';
const before = new Chart(app, '1-source', { namespace });
new Namespace(before, namespace);
// Without it the clone never finishes.
const catalog = storage.withStorageProfile(new StorageProfile(before, BULK, { cloneStrategy: CloneStrategy.COPY }));
const registry = DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41');
const disk = { size: Size.gibibytes(10), storageClassName: FAST, bindImmediately };
const golden = new DataVolumeImport(before, 'golden', { source: registry, ...disk });

const chart = new Chart(app, '2-clones', { namespace });
const source = DataVolumeSource.claim(golden);
const clones = [FAST, BULK].map((name) => {
  return new DiskClone(chart, `golden-${name}`, { source, storageClassName: name, bindImmediately, catalog });
});
const outcomes = clones.map(({ claimName, outcome }) => `- ${claimName}: ${outcome?.kind}\n`);
app.addDocument('CLONES.md', { produce: () => outcomes.join('') });
app.synth();
