import { Chart, Size } from 'cdk8s';
import {
  BootableVM,
  CloudInit,
  DataVolumeImport,
  DataVolumeSource,
  Firmware,
  ManifestApp,
  Namespace,
} from 'cdk8s-kubevirt';
import { ServiceType } from 'cdk8s-plus-27';

// A VM that starts signed boot loaders only, and lets its administrator in by SSH key:
//
//   kubectl apply -f dist/bastion.k8s.yaml
//   kubectl wait vm/bastion -n shop --for=condition=Ready --timeout=15m
//   kubectl wait service/bastion-ssh -n shop --for=jsonpath='{.status.loadBalancer.ingress[*].ip}' --timeout=5m
//   ADDRESS=$(kubectl get service/bastion-ssh -n shop -o jsonpath='{.status.loadBalancer.ingress[0].ip}')
//   ssh -o ConnectionAttempts=60 ubuntu@$ADDRESS mokutil --sb-state   # SecureBoot enabled
//
// The guest takes a while longer than its VM to be ready. Some clouds give a `hostname` in place of the `ip`.

/** Serves ReadWriteMany block volumes: the VM can be live-migrated. */
const STORAGE_CLASS = 'fast-block';

/** A public key: yours, as it stands in a `.pub` file. */
const SSH_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMkP/oxBLzUe/Ie6IZBxyJ1/noow3+lEFs+KtDRjfuoc ops';

const app = new ManifestApp();
const namespace = 'shop';
const chart = new Chart(app, 'bastion', { namespace });
new Namespace(chart, namespace);

const boot = new DataVolumeImport(chart, 'bastion-boot', {
  source: DataVolumeSource.registry('docker://quay.io/containerdisks/ubuntu:24.04'),
  size: Size.gibibytes(10),
  storageClassName: STORAGE_CLASS,
});
const vm = new BootableVM(chart, 'bastion', {
  bootDisk: boot,
  cpu: { cores: 1 },
  memory: Size.gibibytes(2),
  firmware: Firmware.secureBoot(), // brings system management mode, without which KubeVirt refuses it
  cloudInit: CloudInit.of({ sshAuthorizedKeys: [SSH_KEY] }),
});
vm.exposeSsh({ type: ServiceType.LOAD_BALANCER });

app.synth();
