import { Chart, Size } from 'cdk8s';
import { BootableVM, CloudInit, DataVolumeImport, DataVolumeSource, ManifestApp, Namespace } from 'cdk8s-kubevirt';

// A VM whose cloud-init holds what Git must not: it stands in a Secret, up to 1 MiB, which no manifest holds.
//
//   kubectl apply -f dist/1-namespace.k8s.yaml
//   kubectl create secret generic web-userdata -n shop --from-file=userdata=user-data.yaml
//   kubectl apply -f dist/2-web.k8s.yaml
//
// user-data.yaml is what the guest reads, its first line among it:
//
//   #cloud-config
//   write_files:
//     - { path: /etc/web/token, permissions: '0600', content: TOKEN }

/** Serves ReadWriteMany block volumes: the VM can be live-migrated. */
const STORAGE_CLASS = 'fast-block';

const app = new ManifestApp();
const namespace = 'shop';

new Namespace(new Chart(app, '1-namespace'), namespace);

const chart = new Chart(app, '2-web', { namespace });
const boot = new DataVolumeImport(chart, 'web-boot', {
  source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
  size: Size.gibibytes(10),
  storageClassName: STORAGE_CLASS,
});
new BootableVM(chart, 'web', {
  bootDisk: boot,
  cpu: { cores: 2 },
  memory: Size.gibibytes(4),
  cloudInit: CloudInit.fromSecretName('web-userdata'),
});

app.synth();
