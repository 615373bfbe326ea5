import { Chart, Size } from 'cdk8s';
import {
  BootableVM,
  CloneSourceAccess,
  CloneSubject,
  DataVolumeImport,
  DataVolumeSource,
  DataVolumeTemplate,
  DiskSnapshot,
  ManifestApp,
  Namespace,
} from 'cdk8s-kubevirt';

// A golden image in a namespace of its own, and ten VMs elsewhere whose disks are clones of its one snapshot.
//
//   kubectl apply -f dist/1-image.k8s.yaml
//   kubectl wait datavolume/fedora -n images --for=condition=Ready --timeout=15m
//   kubectl apply -f dist/2-snapshot.k8s.yaml
//   kubectl wait volumesnapshot/fedora -n images --for=jsonpath='{.status.readyToUse}'=true --timeout=5m
//   kubectl apply -f dist/3-workers.k8s.yaml

/** Serves ReadWriteMany block volumes; its driver has a default VolumeSnapshotClass, for the snapshot names none. */
const storageClassName = 'fast-block';

const app = new ManifestApp();

const image = new Chart(app, '1-image', { namespace: 'images' });
new Namespace(image, 'images');
// Each VM clones its disk as the service account of its namespace.
new CloneSourceAccess(image, 'clone-images', { subjects: [CloneSubject.serviceAccount('workers')] });
const golden = new DataVolumeImport(image, 'fedora', {
  source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
  size: Size.gibibytes(10),
  storageClassName,
  bindImmediately: true, // no VM asks for the disk itself
});

const snapshot = new DiskSnapshot(new Chart(app, '2-snapshot', { namespace: 'images' }), 'fedora', { disk: golden });

const workers = new Chart(app, '3-workers', { namespace: 'workers' });
new Namespace(workers, 'workers');
for (let number = 1; number <= 10; number++) {
  const name = `worker-${number}`;
  const source = DataVolumeSource.snapshot(snapshot);
  const bootDisk = DataVolumeTemplate.of(name, { source }); // made with the VM, deleted with it; else as the image is
  new BootableVM(workers, name, { bootDisk, cpu: { cores: 2 }, memory: Size.gibibytes(4) });
}

app.synth();
