import { Chart, Size } from 'cdk8s';
import { BootableVM, DataVolumeImport, DataVolumeSource, ManifestApp, Namespace } from 'cdk8s-kubevirt';

// A VM whose boot disk is uploaded from a file: a disk that waits, the upload, and then the VM.
//
//   kubectl apply -f dist/1-disk.k8s.yaml
//   kubectl wait datavolume/web-boot -n shop --for=jsonpath='{.status.phase}'=UploadReady --timeout=5m
//   virtctl image-upload dv web-boot -n shop --no-create --image-path=web.qcow2
//   kubectl apply -f dist/2-vm.k8s.yaml
//
// `--uploadproxy-url` says where the upload proxy is, where the cluster does not say it itself (`uploadProxyUrl` of
// `Cdi`), and `--insecure` takes a certificate that is its own.

/** Serves ReadWriteMany block volumes: the VM can be live-migrated. */
const STORAGE_CLASS = 'fast-block';

const app = new ManifestApp();
const namespace = 'shop';

const disk = new Chart(app, '1-disk', { namespace });
new Namespace(disk, namespace);
const boot = new DataVolumeImport(disk, 'web-boot', {
  source: DataVolumeSource.upload(),
  size: Size.gibibytes(10), // at least the virtual size that `qemu-img info` shows
  storageClassName: STORAGE_CLASS,
  bindImmediately: true, // no VM asks for the disk yet
});

const vm = new Chart(app, '2-vm', { namespace });
new BootableVM(vm, 'web', { bootDisk: boot, cpu: { cores: 2 }, memory: Size.gibibytes(4) });

app.synth();
