import { Chart, Size } from 'cdk8s';
import {
  BootableVM,
  DataVolumeImport,
  DataVolumeSource,
  IDisk,
  ManifestApp,
  Namespace,
  SecondaryDisk,
} from 'cdk8s-kubevirt';

// A disk plugged into a running VM, and out of it: each step states the same VM anew, and needs no restart.
//
//   kubectl apply -f dist/1-vm.k8s.yaml
//   kubectl wait vm/db -n shop --for=condition=Ready --timeout=15m
//   kubectl apply -f dist/2-plugged.k8s.yaml
//   kubectl wait vmi/db -n shop --for=jsonpath='{.status.volumeStatus[?(@.name=="db-data")].phase}'=Ready --timeout=5m
//   kubectl apply -f dist/3-unplugged.k8s.yaml   # the claim and its data stay
//
// KubeVirt lists the feature gate DeclarativeHotplugVolumes, and not HotplugVolumes, which would switch it off.

/** Serves ReadWriteMany block volumes: the VM can be live-migrated. */
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
db(first);

const plugged = new Chart(app, '2-plugged', { namespace });
const data = new SecondaryDisk(plugged, 'db-data', { size: Size.gibibytes(50), storageClassName: STORAGE_CLASS });
db(plugged, data);

db(new Chart(app, '3-unplugged', { namespace }));

app.synth();

function db(chart: Chart, ...hotplugged: IDisk[]): void {
  const vm = new BootableVM(chart, 'db', { bootDisk: boot, cpu: { cores: 2 }, memory: Size.gibibytes(8) });
  for (const disk of hotplugged) vm.attach(disk, { hotpluggable: true });
}
