import { Chart, Size } from 'cdk8s';
import {
  BootableVM,
  DataVolumeImport,
  DataVolumeSource,
  ManifestApp,
  Namespace,
  RegistryCredentials,
} from 'cdk8s-kubevirt';

// A VM whose boot disk comes from a private registry. The login stands in a Secret, which no manifest holds:
//
//   kubectl apply -f dist/1-namespace.k8s.yaml
//   kubectl create secret generic registry-login -n shop \
//     --from-literal=accessKeyId=USER --from-literal=secretKey=PASSWORD
//   kubectl apply -f dist/2-web.k8s.yaml

/** Serves ReadWriteMany block volumes: the VM can be live-migrated. */
const STORAGE_CLASS = 'fast-block';

/** A container image with a disk image in `/disk`. One that everybody may pull needs no `credentials`. */
const IMAGE = 'docker://registry.example.com/images/fedora:41';

const app = new ManifestApp();
const namespace = 'shop';

new Namespace(new Chart(app, '1-namespace'), namespace);

const chart = new Chart(app, '2-web', { namespace });
const boot = new DataVolumeImport(chart, 'web-boot', {
  source: DataVolumeSource.registry(IMAGE, { credentials: RegistryCredentials.fromSecretName('registry-login') }),
  size: Size.gibibytes(10),
  storageClassName: STORAGE_CLASS,
});
new BootableVM(chart, 'web', { bootDisk: boot, cpu: { cores: 2 }, memory: Size.gibibytes(4) });

app.synth();
