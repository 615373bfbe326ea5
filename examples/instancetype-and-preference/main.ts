import { Chart, Size } from 'cdk8s';
import {
  BootableVM,
  DataVolumeImport,
  DataVolumeSource,
  Instancetype,
  ManifestApp,
  Namespace,
  Preference,
} from 'cdk8s-kubevirt';

// VMs in the sizes that the platform offers, by name: CPU and memory come from the instance type, what the guest
// likes best from the preference. KubeVirt brings both:
//
//   kubectl get virtualmachineclusterinstancetype,virtualmachineclusterpreference
//   kubectl apply -f dist/shop.k8s.yaml

/** Serves ReadWriteMany block volumes: the VMs can be live-migrated. */
const STORAGE_CLASS = 'fast-block';

/** The VMs, and their sizes: one processor and 4 GiB, two and 8 GiB, four and 16 GiB. */
const VMS = [
  { name: 'web', size: 'u1.medium' },
  { name: 'queue', size: 'u1.large' },
  { name: 'cache', size: 'u1.xlarge' },
];

const app = new ManifestApp();
const namespace = 'shop';
const chart = new Chart(app, 'shop', { namespace });
new Namespace(chart, namespace);

for (const { name, size } of VMS) {
  const boot = new DataVolumeImport(chart, `${name}-boot`, {
    source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
    size: Size.gibibytes(10),
    storageClassName: STORAGE_CLASS,
  });
  new BootableVM(chart, name, {
    bootDisk: boot,
    instancetype: Instancetype.cluster(size),
    preference: Preference.cluster('fedora'),
  });
}

app.synth();
