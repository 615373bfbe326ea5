import { VMS_IN_A_NAMESPACE } from './fleet-charts';

/** The objects that fleet-charts.ts makes of a VM, written out: what they cost without any construct. */
export function vmObjects(index: number): readonly object[] {
  const namespace = `team-${Math.floor(index / VMS_IN_A_NAMESPACE)}`;
  const name = vmName(index);
  const labels = { 'app.kubernetes.io/part-of': 'fleet' };
  const claims = [`${name}-data`, `${name}-log`];
  const space = { apiVersion: 'v1', kind: 'Namespace', metadata: { labels, name: namespace } };
  return [
    ...(index % VMS_IN_A_NAMESPACE === 0 ? [space] : []),
    ...claims.map((claim) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { labels: { ...labels }, name: claim, namespace },
      spec: claimSpec('50Gi'),
    })),
    {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { labels: { ...labels }, name: `${name}-boot`, namespace },
      spec: { pvc: claimSpec('10Gi'), source: { registry: { url: 'docker://quay.io/containerdisks/fedora:41' } } },
    },
    {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { labels: { ...labels }, name, namespace },
      spec: { runStrategy: 'Always', template: { spec: guest(name, claims) } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { labels: { ...labels }, name: `${name}-ssh`, namespace },
      spec: {
        ports: [{ name: 'ssh', port: 22, protocol: 'TCP', targetPort: 22 }],
        selector: { 'vm.kubevirt.io/name': name },
        type: 'ClusterIP',
      },
    },
  ];
}

/** The name of a VM by its number. */
export function vmName(index: number): string {
  return `vm-${String(index).padStart(5, '0')}`;
}

function claimSpec(storage: string): object {
  return {
    accessModes: ['ReadWriteMany'],
    resources: { requests: { storage } },
    storageClassName: 'fast-block',
    volumeMode: 'Block',
  };
}

function guest(name: string, claims: readonly string[]): object {
  const disks = ['rootdisk', ...claims, 'cloudinitdisk'];
  const volume = (disk: string, claimName: string): object => ({ name: disk, persistentVolumeClaim: { claimName } });
  return {
    domain: {
      cpu: { cores: 2 },
      devices: {
        disks: disks.map((disk) => ({ disk: { bus: 'virtio' }, name: disk })),
        interfaces: [{ masquerade: {}, name: 'default' }],
      },
      memory: { guest: '4Gi' },
    },
    networks: [{ name: 'default', pod: {} }],
    volumes: [
      volume('rootdisk', `${name}-boot`),
      ...claims.map((claim) => volume(claim, claim)),
      { cloudInitNoCloud: { userData: userData(name) }, name: 'cloudinitdisk' },
    ],
  };
}

function userData(name: string): string {
  return `#cloud-config
hostname: ${name}
users:
  - name: ops
    ssh_authorized_keys:
      - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmS ops@${name}
packages:
  - nginx
  - qemu-guest-agent
runcmd:
  - echo "Welcome to ${name}" > /etc/motd
  - systemctl enable --now nginx
`;
}
