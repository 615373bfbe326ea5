import { report } from '../engine';
import { readManifests } from '../manifests/reader';
import { withTree } from '../testing/written-tree';

const SOURCE = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: golden, namespace: lab }
spec: { accessModes: [ReadWriteMany], volumeMode: Block, storageClassName: f, resources: { requests: { storage: 5Gi } } }
---
`;
const VM = `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: live, namespace: lab }
spec:
  runStrategy: Always
  template:
    spec:
      domain: { memory: { guest: 1Gi }, devices: { disks: [{ name: root, disk: { bus: virtio } }] } }
      volumes: [{ name: root, persistentVolumeClaim: { claimName: golden } }]
`;
const HALTED = VM.replace('Always', 'Halted');
const CLONE = `apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: copy, namespace: lab }
spec:
  source: { pvc: { name: golden, namespace: lab } }
  storage: { storageClassName: f, resources: { requests: { storage: 5Gi } } }
`;
const RESTORE = `apiVersion: snapshot.kubevirt.io/v1beta1
kind: VirtualMachineRestore
metadata: { name: back, namespace: lab }
spec: { target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: live }, virtualMachineSnapshotName: snap }
`;

const RULES = ['clone-source-in-use', 'restore-target-halted'];

/** What is said of these files about what waits for a machine to halt, by file. */
function said(files: Readonly<Record<string, string>>): string[] {
  return withTree(files, (cwd) => {
    const { manifests } = readManifests(['.'], { cwd, stdin: () => Buffer.alloc(0) });
    const { findings } = report(manifests);
    return findings.filter(({ rule }) => RULES.includes(rule)).map(({ rule, object }) => `${object.file}: ${rule}`);
  });
}

describe('what waits for a machine to halt', () => {
  test('is found in other files of what is applied together', () => {
    expect(said({ 'claims.yaml': SOURCE + CLONE, 'vm.yaml': VM })).toEqual(['claims.yaml: clone-source-in-use']);
    const kustomization =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [vm.yaml, copy.yaml]\n';
    expect(said({ 'kustomization.yaml': kustomization, 'vm.yaml': SOURCE + VM, 'copy.yaml': CLONE })).toEqual([
      'copy.yaml: clone-source-in-use',
    ]);
    expect(said({ 'a.yaml': SOURCE + VM, 'b.yaml': RESTORE })).toEqual(['b.yaml: restore-target-halted']);
  });

  test('waits in a later step, unless something halts the machine before', () => {
    const waits = ['2-copy.yaml: clone-source-in-use'];
    expect(said({ '1-vm.yaml': SOURCE + VM, '2-copy.yaml': CLONE })).toEqual(waits);
    expect(said({ '1-vm.yaml': SOURCE + VM, '2-copy.yaml': CLONE, '3-halt.yaml': HALTED })).toEqual([]);
    const runbook = 'kubectl apply -f 1-vm.yaml\n\nvirtctl stop live -n lab\n\nkubectl apply -f 2-copy.yaml\n';
    expect(said({ '1-vm.yaml': SOURCE + VM, '2-copy.yaml': CLONE, 'RUNBOOK.md': runbook })).toEqual([]);
    const other = runbook.replace('stop live', 'stop other');
    expect(said({ '1-vm.yaml': SOURCE + VM, '2-copy.yaml': CLONE, 'RUNBOOK.md': other })).toEqual(waits);
  });

  test('is done before a machine that a later step starts', () => {
    expect(said({ '1-copy.yaml': SOURCE + CLONE, '2-vm.yaml': VM })).toEqual([]);
  });

  test('is of no other root', () => {
    const kustomization = (file: string) =>
      `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${file}]\n`;
    expect(
      said({
        'a/kustomization.yaml': kustomization('vm.yaml'),
        'a/vm.yaml': SOURCE + VM,
        'b/kustomization.yaml': kustomization('copy.yaml'),
        'b/copy.yaml': CLONE,
      }),
    ).toEqual([]);
  });
});
