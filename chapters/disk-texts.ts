/** What `cdk8s-kubevirt diff --steps` says of each step of chapter 2 that changes something, with the gates of chapter 0. */
export const STEP_CHANGES: readonly (readonly [step: string, change: string, consequence: string, note: string])[] = [
  [
    '3-without-cloud-init',
    'disk cloudinitdisk is removed',
    'restart',
    'the running VM keeps it until the restart of this step',
  ],
  ['4-data1-grown', 'disk alpine-data1 grows 1Gi → 2Gi', 'in-place', 'the volume grows, and the guest sees it'],
  [
    '5-data2-hotplugged',
    'disk alpine-data2 is added',
    'restart',
    'plugged into the running VM at once; v1.6.2 shows RestartRequired all the same',
  ],
  ['6-data2-grown', 'disk alpine-data2 grows 1Gi → 3Gi', 'in-place', 'the volume grows, and the guest sees it'],
  ['7-data2-detached', 'disk alpine-data2 is removed', 'live', 'unplugged from the running VM; claim and data stay'],
  ['8-data2-attached-again', 'disk alpine-data2 is added', 'restart', 'as in step 5'],
];

const CHANGE_ROWS = STEP_CHANGES.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** What chapter 2 explains beside its steps. */
export const DISK_TEXTS = {
  changes: `## What each step does to the running VM

Each file below is the next state of the same objects. What applying it does, as \`npm run diff -- --steps dist/2-secondary-disks\` says it before
anything is applied:

| step | what changes | consequence | what that means |
| --- | --- | --- | --- |
${CHANGE_ROWS}`,

  partitionTable: `## Where this departs from the lab

The lab gives the data disks an MBR partition table, and their partition shows 1023M. Here it is GPT, which has no limit at 2 TiB; it keeps a copy of
itself at the end of the disk, so that the partition shows 1022M. When the disk grows, that copy stands in its middle: \`parted -f\` moves it.`,

  order:
    'The disks appear in the order in which the VM lists them. fstab names the file system by its UUID, because the device may get another name when a disk before it goes.',

  restart:
    'cloud-init has done its work. Its disk cannot be unplugged from the running VM: a restart takes it out. ' +
    'The old instance stays Ready until its guest has shut down, so the wait is for the end of its pod.',

  grow:
    'The claim grows while the VM runs: its capacity follows when the node has grown the device, and the gate ExpandDisks of chapter 0 lets the guest see it. ' +
    'Then the guest takes the room: partition first, then the file system. A claim never shrinks.',

  plug: 'The disk is plugged into the running VM. In v1.6.2 the VM shows RestartRequired all the same, a known defect of that release: nothing needs a restart.',

  fstab:
    'The line of fstab goes before the disk does: with it, the next boot would wait for a disk that is not there, and mount nothing that comes after.',

  plugHangs: (vm: string, inNamespace: string): string =>
    `**A disk is not plugged in.** Its row in \`kubectl get vmi/${vm}${inNamespace} -o jsonpath='{.status.volumeStatus}'\` has a reason and a message; the pod that ` +
    `carries it, \`kubectl describe pod${inNamespace} -l kubevirt.io=hotplug-disk\`, says whether its node can attach the claim. If there is no such pod, ` +
    'the gate DeclarativeHotplugVolumes of chapter 0 is not on.',
};
