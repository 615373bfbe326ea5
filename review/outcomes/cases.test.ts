import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from '../engine';
import { parseManifests } from '../manifests/program-input';
import { OUTCOME_RULES } from '.';

const FOLDER = join(__dirname, 'cases');
/** What is said of an outcome: by the rules of this folder, and by rules of references that say the same of what is missing. */
const RULES: ReadonlySet<string> = new Set([
  ...OUTCOME_RULES.map(({ id }) => id),
  ...['instancetype-conflict', 'namespace-first', 'network-exists', 'machine-exists', 'machine-snapshot-exists'],
  ...['volume-snapshot-exists', 'claim-exists'],
]);

/** What is said of an object: its severity, kind and name, field, rule, and a part of the message with the remedy. */
type Said = readonly [severity: string, object: string, field: string, rule: string, part: string];

/** Inputs made after what went wrong for somebody, and all that is said of their outcome. */
const CASES: Readonly<Record<string, readonly Said[]>> = {
  'clone-bigger-fs': [
    [
      'warning',
      'VirtualMachine u1',
      'spec.template.spec.volumes[0].dataVolume.name',
      'disk-image-grows',
      'ExpandDisks',
    ],
  ],
  'clone-in-use': [
    ['warning', 'DataVolume copy-of-live', 'spec.source.pvc', 'clone-source-in-use', 'VirtualMachine lab/live runs'],
    ['warning', 'DataVolume copy-to-other', 'spec.source.pvc', 'clone-source-in-use', 'clone from a VolumeSnapshot'],
  ],
  'clone-smaller-than-its-source': [
    ['error', 'DataVolume small', 'spec.source.pvc', 'clone-finishes', 'asks for 5Gi, less than its source, 20Gi'],
  ],
  dangling: [
    ['warning', 'DataVolume from-pvc', 'spec.source.pvc.name', 'claim-exists', '"no-such-claim"'],
    ['warning', 'DataVolume from-snap', 'spec.source.snapshot.name', 'volume-snapshot-exists', '"no-such-snap"'],
    ['warning', 'VirtualMachineClone c', 'spec.source.name', 'machine-exists', '3 more places name it'],
    [
      'warning',
      'VirtualMachineRestore r',
      'spec.virtualMachineSnapshotName',
      'machine-snapshot-exists',
      '"no-such-snapshot"',
    ],
  ],
  dic: [],
  'hostpath-rwx': [],
  'hotplug-fs-claim': [
    [
      'warning',
      'VirtualMachine box',
      'spec.template.spec.volumes[1].persistentVolumeClaim.claimName',
      'hotplug-disk-image',
      'make it by a blank DataVolume, or ask for volumeMode Block',
    ],
  ],
  'instancetype-beside-cpu-and-memory': [
    [
      'warning',
      'VirtualMachine vm',
      'spec.template.spec.domain.cpu.cores',
      'instancetype-conflict',
      'every instance type',
    ],
    [
      'warning',
      'VirtualMachine vm',
      'spec.template.spec.domain.memory.guest',
      'instancetype-conflict',
      'every instance type',
    ],
  ],
  'inventory-clone-open': [['warning', 'DataVolume c', 'spec.source.pvc.name', 'claim-exists', '"golden"']],
  'mem-limit': [
    [
      'warning',
      'VirtualMachine limless',
      'spec.template.spec.domain.resources.limits.memory',
      'machine-memory-limit',
      'the memory of the guest (8Gi)',
    ],
  ],
  'network-that-is-nowhere': [
    ['warning', 'VirtualMachine r', 'spec.template.spec.networks[0].multus.networkName', 'network-exists', '"lan"'],
  ],
  networkdata: [
    [
      'warning',
      'VirtualMachine static',
      'spec.template.spec.volumes[1].cloudInitNoCloud.networkData',
      'network-data-mac',
      "write 'macAddress: 02:00:00:00:00:01' on its interface",
    ],
  ],
  'nfs-block': [
    [
      'error',
      'DataVolume root',
      'spec.pvc.volumeMode',
      'claim-modes-offered',
      'nfs.csi.k8s.io makes file systems only',
    ],
  ],
  'no-profile': [
    [
      'error',
      'DataVolume fedora',
      'spec.storage.storageClassName',
      'claim-class',
      'none of the cluster is the default',
    ],
    [
      'error',
      'DataVolume fedora2',
      'spec.storage.accessModes',
      'claim-access-modes',
      'StorageProfile standard names no',
    ],
  ],
  'pool-pvc': [
    [
      'warning',
      'VirtualMachinePool workers',
      'spec.virtualMachineTemplate.spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
      'replicas-share-claim',
      '"worker-root" of the 3 machines of VirtualMachinePool lab/workers; one of them starts',
    ],
  ],
  'pool-rwx': [
    [
      'warning',
      'VirtualMachinePool workers',
      'spec.virtualMachineTemplate.spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
      'replicas-share-claim',
      'they write to it at once, and destroy what is on it (KubeVirt v1.9.0); make the disk by a dataVolumeTemplate',
    ],
  ],
  'quota-migration': [
    ['error', 'DataVolume d1', 'spec.pvc.resources.requests.storage', 'claim-quota', 'its requests.storage of 30Gi'],
    ['warning', 'VirtualMachine q', 'spec.template.spec.domain', 'migration-quota', 'limits.memory 6Gi'],
  ],
  'rbac-clone-template': [
    [
      'warning',
      'VirtualMachine web',
      'spec.dataVolumeTemplates[0].spec.source',
      'clone-right',
      'ServiceAccount tenant/default',
    ],
  ],
  'replica-set': [
    [
      'warning',
      'VirtualMachineInstanceReplicaSet rs',
      'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
      'replicas-share-claim',
      'use a VirtualMachinePool with a dataVolumeTemplate, or a containerDisk or an ephemeral volume',
    ],
  ],
  'restore-running': [
    [
      'warning',
      'VirtualMachineRestore db-back',
      'spec.target',
      'restore-target-halted',
      'waits for five minutes, and fails',
    ],
    [
      'warning',
      'VirtualMachineSnapshot db-snap',
      'spec.source.name',
      'snapshot-holds-disks',
      'the snapshot holds no disk: no VolumeSnapshotClass fits the class plain',
    ],
  ],
  'same-claim-twice': [
    [
      'warning',
      'VirtualMachine vm',
      'spec.template.spec.volumes[1].persistentVolumeClaim.claimName',
      'machine-claim-once',
      'the machine does not start',
    ],
  ],
  'scratch-local': [
    [
      'warning',
      'VirtualMachine enc',
      'spec.dataVolumeTemplates[0].spec.pvc.storageClassName',
      'claim-scratch',
      'one PersistentVolume, node1-disk, stands for both',
    ],
  ],
  'secret-without-the-keys-cdi-reads': [
    ['warning', 'DataVolume d', 'spec.source.http.secretRef', 'secret-keys', "'accessKeyId' and 'secretKey'"],
  ],
  'snap-containerdisk': [
    ['warning', 'VirtualMachineRestore demo-restore', 'spec.target', 'restore-target-halted', 'StopTarget'],
  ],
  'within-a-file': [['warning', 'DataVolume d', 'metadata.namespace', 'namespace-first', '"shop"']],
};

function textOf(name: string): string {
  return readFileSync(join(FOLDER, `${name}.yaml`), 'utf8');
}

function said(name: string): string[][] {
  const storage = existsSync(join(FOLDER, `${name}.storage.yaml`)) ? textOf(`${name}.storage`) : undefined;
  const { findings } = report(parseManifests(textOf(name)), { storage });
  return findings
    .filter(({ rule }) => RULES.has(rule))
    .map(({ severity, object, field, rule, message, remedy = '' }) => [
      severity,
      `${object.kind} ${object.name}`,
      field,
      rule,
      `${message}; ${remedy}`,
    ]);
}

describe('the outcome of', () => {
  test('every input is said, and none is missing', () => {
    const inputs = readdirSync(FOLDER).filter((file) => !file.endsWith('.storage.yaml'));
    expect(inputs.map((file) => file.replace(/\.yaml$/, '')).sort()).toEqual(Object.keys(CASES).sort());
  });

  test.each(Object.entries(CASES))('%s is said with its reason, and no more', (name, expected) => {
    const found = said(name);
    expect(found.map((one) => one.slice(0, 4))).toEqual(expected.map((one) => one.slice(0, 4)));
    found.forEach((one, index) => expect(one[4]).toContain(expected[index]?.[4]));
  });
});
