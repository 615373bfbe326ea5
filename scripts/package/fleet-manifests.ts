const CLASSES = ['fast-block', 'standard', 'archive'];

/** So many VMs in namespaces of ten, each with a boot disk, every third with a data disk; as YAML. */
export function fleetManifests(vms: number): string {
  return Array.from({ length: vms }, (_, index) => machine(index)).join('---\n');
}

function machine(index: number): string {
  const name = `vm-${String(index).padStart(4, '0')}`;
  const namespace = `team-${String(Math.floor(index / 10)).padStart(3, '0')}`;
  const data = index % 3 === 0;
  const claims = [claim(`${name}-boot`, namespace, index, index % 2 === 0 ? '10Gi' : '5Gi')];
  if (data) claims.push(claim(`${name}-data`, namespace, index + 1, '100Gi'));
  const disks = ['boot', ...(data ? ['data'] : [])];
  return `${claims.join('---\n')}---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  runStrategy: Always
  template:
    spec:
      domain:
        devices:
          disks:
${disks.map((disk) => `            - name: ${disk}\n              disk:\n                bus: virtio`).join('\n')}
          interfaces: [{ name: default, masquerade: {} }]
        memory: { guest: 2Gi }
      networks: [{ name: default, pod: {} }]
      volumes:
${disks.map((disk) => `        - { name: ${disk}, persistentVolumeClaim: { claimName: ${name}-${disk} } }`).join('\n')}
`;
}

function claim(name: string, namespace: string, index: number, size: string): string {
  return `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  accessModes: [${index % 4 === 1 ? 'ReadWriteOnce' : 'ReadWriteMany'}]
  storageClassName: ${CLASSES[index % CLASSES.length]}
  resources: { requests: { storage: ${size} } }
`;
}
