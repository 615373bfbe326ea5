import { expecting } from './commands';
import { LAB, LAB_CLASSES } from './lab';
import { markdownTable, RunbookStep } from './runbook';
import { inDoubleQuotes, shellWord } from './shell';

/** The namespace of the claims that try the storage classes. */
const PROBE = 'scenario27-probe';

/** What the cluster must have before anything is installed, and commands that fail where it has not. */
export const CLUSTER_CHECKS: readonly RunbookStep[] = [
  {
    title: 'See what the cluster has',
    text:
      'The lab has three Linux nodes and two Windows workers; two Linux nodes are the least, since a VM is migrated from one to another. external-snapshotter v8 brings ' +
      'the CRDs of snapshots and a controller. `kubectl wait` of the runbooks needs kubectl 1.31.',
    commands: [
      'kubectl version',
      'kubectl get nodes -l kubernetes.io/os=linux',
      'kubectl get crd volumesnapshots.snapshot.storage.k8s.io volumesnapshotclasses.snapshot.storage.k8s.io volumesnapshotcontents.snapshot.storage.k8s.io',
      'kubectl get deployment -A | grep snapshot-controller || echo "no snapshot-controller: no snapshot will ever be ready"',
    ],
  },
  {
    title: 'See that the storage classes are what the chapters need',
    text: storageText(),
    commands: [
      checkDrivers(),
      `kubectl create namespace ${PROBE}`,
      probeFunction(),
      ...LAB_CLASSES.map(({ name, accessMode, volumeMode }) => `probe ${shellWord(name)} ${accessMode} ${volumeMode}`),
      `kubectl wait pvc --all -n ${PROBE} --for=jsonpath='{.status.phase}'=Bound --timeout=2m || { kubectl describe pvc -n ${PROBE}; false; }`,
      `kubectl get pvc -n ${PROBE}`,
      `kubectl delete namespace ${PROBE} --ignore-not-found`,
    ],
  },
  {
    title: 'See that pods reach the Internet',
    text:
      'The guests install packages at their first boot (`apk`, `apt`), by the network of their pods. If this fails the VMs still start; their packages are missing, and with them ' +
      '`parted` in chapter 2 and `tmux` in chapter 3.',
    commands: [
      expecting(
        'reached',
        `kubectl run internet -n default --rm -i --restart=Never --image=docker.io/library/busybox:stable \\\n` +
          `  --overrides='{"spec": {"nodeSelector": {"kubernetes.io/os": "linux"}}}' -- \\\n` +
          `  sh -c ${shellWord(`wget -q -T 20 -O /dev/null ${shellWord(LAB.images.alpineBios.from)}/ && echo reached`)}`,
      ),
    ],
  },
];

function storageText(): string {
  const table = markdownTable(
    ['class', 'protocol', 'backend pool', 'access mode', 'volume mode', 'expansion', 'used for'],
    LAB_CLASSES.map((needed) => [
      needed.name,
      needed.protocol,
      needed.backend,
      needed.accessMode,
      needed.volumeMode,
      needed.allowVolumeExpansion === true ? 'yes' : '',
      needed.usedFor,
    ]),
  );
  return `${table}

All of driver \`${LAB.csiDriver}\`, and binding at once (VOLUMEBINDINGMODE Immediate): a claim that waits for its first consumer is not filled before a pod asks for it. No StorageClass
says which access and volume modes it serves, so the commands try it with a claim of each. \`${LAB.storageClass.block2}\` is made in chapter 1.5. Other names than the lab's go
into \`chapters/lab.ts\`; then run \`npm run synth\`.`;
}

/** One line for each class that has another driver, another binding mode, or no expansion where it is needed. */
function checkDrivers(): string {
  const fields = '{.provisioner} {.volumeBindingMode} {.allowVolumeExpansion}';
  return [
    'check() {',
    `  is=$(kubectl get storageclass/$1 -o jsonpath='${fields}') &&`,
    `    case $is in "${inDoubleQuotes(LAB.csiDriver)} Immediate $2"*) echo "$1: as needed" ;; *) echo "$1 IS DIFFERENT: $is" ;; esac`,
    '}',
    ...LAB_CLASSES.map(
      ({ name, allowVolumeExpansion }) => `check ${shellWord(name)}${allowVolumeExpansion === true ? ' true' : ''}`,
    ),
  ].join('\n');
}

function probeFunction(): string {
  return [
    'probe() {',
    `  kubectl apply -n ${PROBE} -f - <<EOF`,
    'apiVersion: v1',
    'kind: PersistentVolumeClaim',
    'metadata:',
    '  name: probe-$1',
    'spec:',
    '  storageClassName: $1',
    '  accessModes: [$2]',
    '  volumeMode: $3',
    '  resources:',
    '    requests:',
    '      storage: 1Gi',
    'EOF',
    '}',
  ].join('\n');
}
