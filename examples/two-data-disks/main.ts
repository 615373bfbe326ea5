import { Chart, Size } from 'cdk8s';
import {
  BootableVM,
  CloudInit,
  DataVolumeImport,
  DataVolumeSource,
  ManifestApp,
  Namespace,
  SecondaryDisk,
} from 'cdk8s-kubevirt';

// A database VM with a disk for its data and one for its log. Both outlive the VM.
//
//   kubectl apply -f dist/db.k8s.yaml

/** Serves ReadWriteMany block volumes: the VM can be live-migrated. */
const STORAGE_CLASS = 'fast-block';

const app = new ManifestApp();
const namespace = 'shop';
const chart = new Chart(app, 'db', { namespace });
new Namespace(chart, namespace);

const boot = new DataVolumeImport(chart, 'db-boot', {
  source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
  size: Size.gibibytes(10),
  storageClassName: STORAGE_CLASS,
});
const data = new SecondaryDisk(chart, 'db-data', { size: Size.gibibytes(50), storageClassName: STORAGE_CLASS });
const log = new SecondaryDisk(chart, 'db-log', { size: Size.gibibytes(10), storageClassName: STORAGE_CLASS });
const vm = new BootableVM(chart, 'db', {
  bootDisk: boot,
  cpu: { cores: 4 },
  memory: Size.gibibytes(8),
  cloudInit: CloudInit.of({ runcmd: [...mount('data'), ...mount('log')] }),
});
vm.attach(data, { serial: 'data' });
vm.attach(log, { serial: 'log' });

app.synth();

/** The guest finds a disk by its serial, whatever the order of the disks; one that has a file system keeps it. */
function mount(serial: string): string[] {
  const device = `/dev/disk/by-id/virtio-${serial}`;
  return [
    `blkid ${device} || mkfs.ext4 ${device}`,
    `echo '${device} /srv/${serial} ext4 nofail 0 2' >> /etc/fstab`,
    `mkdir -p /srv/${serial} && mount /srv/${serial}`,
  ];
}
