import { Chart, Size } from 'cdk8s';
import { BootableVM, DataVolumeImport, DataVolumeSource, ManifestApp, Namespace, SecondaryDisk } from 'cdk8s-kubevirt';

// A VM whose disks grow while it runs: the second step states the claims anew, larger.
//
//   kubectl apply -f dist/1-vm.k8s.yaml
//   kubectl wait vm/db -n shop --for=condition=Ready --timeout=15m   # only a claim that is bound can grow
//   kubectl apply -f dist/2-grown.k8s.yaml                           # kubectl warns that db-boot is not of its making
//   kubectl wait pvc/db-data -n shop --for=jsonpath='{.status.capacity.storage}'=100Gi --timeout=5m
//   kubectl wait pvc/db-boot -n shop --for=jsonpath='{.status.capacity.storage}'=20Gi --timeout=5m
//
// From then on the first step is not applied again: it states the old size, and no claim shrinks.
//
// The guest sees the new size at once where KubeVirt lists the feature gate ExpandDisks, else after a restart. Its
// partition and file system are its own to grow: `growpart` and `xfs_growfs`, or `resize2fs`.

/** Serves ReadWriteMany block volumes, and lets them grow (`allowVolumeExpansion: true`). */
const STORAGE_CLASS = 'fast-block';

const app = new ManifestApp();
const namespace = 'shop';

const first = new Chart(app, '1-vm', { namespace });
new Namespace(first, namespace);
const boot = new DataVolumeImport(first, 'db-boot', {
  source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
  size: Size.gibibytes(10),
  storageClassName: STORAGE_CLASS,
});
const data = new SecondaryDisk(first, 'db-data', { size: Size.gibibytes(50), storageClassName: STORAGE_CLASS });
const vm = new BootableVM(first, 'db', { bootDisk: boot, cpu: { cores: 2 }, memory: Size.gibibytes(8) });
vm.attach(data);

const later = new Chart(app, '2-grown', { namespace });
data.grow(later, 'data', Size.gibibytes(100));
boot.grow(later, 'boot', Size.gibibytes(20)); // any disk grows, whatever made it

app.synth();
