import { Chart, Size } from 'cdk8s';
import { BootableVM, CloudInit, DataVolumeImport, DataVolumeSource, Namespace, SecondaryDisk } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';

/** How many VMs share a namespace. */
export const VMS_IN_A_NAMESPACE = 50;

/** Adds a chart for each VM: an imported boot disk, two data disks, the VM with cloud-init, SSH to it. */
export function addFleet(app: Construct, vms: number): void {
  for (let index = 0; index < vms; index += 1) addVm(app, index);
}

function addVm(app: Construct, index: number): void {
  const namespace = `team-${Math.floor(index / VMS_IN_A_NAMESPACE)}`;
  const name = `vm-${String(index).padStart(5, '0')}`;
  const chart = new Chart(app, name, { namespace, labels: { 'app.kubernetes.io/part-of': 'fleet' } });
  if (index % VMS_IN_A_NAMESPACE === 0) new Namespace(chart, namespace);
  const bootDisk = new DataVolumeImport(chart, `${name}-boot`, {
    source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
    size: Size.gibibytes(10),
    storageClassName: 'fast-block',
  });
  const vm = new BootableVM(chart, name, {
    bootDisk,
    cpu: { cores: 2 },
    memory: Size.gibibytes(4),
    cloudInit: CloudInit.of({
      hostname: name,
      users: [{ name: 'ops', sshAuthorizedKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmS ops@${name}`] }],
      packages: ['nginx', 'qemu-guest-agent'],
      runcmd: [`echo "Welcome to ${name}" > /etc/motd`, 'systemctl enable --now nginx'],
    }),
  });
  for (const role of ['data', 'log']) {
    const disk = new SecondaryDisk(chart, `${name}-${role}`, {
      size: Size.gibibytes(50),
      storageClassName: 'fast-block',
    });
    vm.attach(disk);
    vm.node.addDependency(disk);
  }
  vm.node.addDependency(bootDisk);
  vm.exposeSsh();
}
