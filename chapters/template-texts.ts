/** What chapter 1.6 explains beside its steps. */
export const TEMPLATE_TEXTS = {
  whySnapshots:
    '**Why a snapshot is the better source.** A clone of a claim begins with a snapshot of it, `tmp-snapshot-UID`, one for each clone. When the clone is done CDI ' +
    'deletes the VolumeSnapshot; the backend has then to split the clone from its parent, or to keep a snapshot that nobody sees in Kubernetes. ' +
    'A clone of a VolumeSnapshot takes none: the one that you took, and name, serves all of them.',

  left: (reset: string): string =>
    'If the VolumeSnapshotClass is not found, make it: `kubectl apply -f dist/1-4-clone-same-class/3-snapshot-class.k8s.yaml`. If the strategy is not ' +
    `snapshot, chapter 1.4 was not cleaned up: \`${reset}\`.`,

  // computeStrategyForSourceSnapshot in pkg/controller/clone/planner.go of CDI v1.63.1 compares it by SameVolumeMode.
  sourceVolumeMode:
    'A snapshot says in `sourceVolumeMode` of its VolumeSnapshotContent what it was taken of. CDI compares it with the volume mode of the clone; where it is ' +
    'missing, CDI takes it for Filesystem, and copies every byte into a Block disk. external-snapshotter fills it in; a snapshot that was imported by hand may lack it.',

  count: (snapshot: string, driver: string): string =>
    `Two VMs were cloned from a claim: for each the events show a \`tmp-snapshot-…\`, which is deleted by now. The list shows only what you took yourself, ` +
    `\`${snapshot}\` and its like; on the backend, the snapshots of the volume (driver ${driver}) show what the clones still hold on to. ` +
    'After the next two VMs look again: nothing was added.',

  storage:
    '`spec.storage` lets CDI fill in what is not said, from the StorageProfile of the class, and adds what a file system takes. `spec.pvc` is taken as it is written. ' +
    'Here both ask for the same.',
};
