import { ClaimedDisk, CloneStrategy, IVirtualMachine } from 'cdk8s-kubevirt';
import { claimOf, inNamespace, Named, reference, showField } from './commands';
import { LAB } from './lab';
import { Watch } from './runbook';

// What CDI v1.63.1 makes while it fills a disk:
// - pods: importer-…, cdi-upload-… (createImportPodNameFromPvc in pkg/controller/import-controller.go,
//   createUploadResourceName in upload-controller.go), UID-source-pod (CreateCloneSourcePodName in common/util.go);
// - claims: prime-UID (PVCPrimeName in populators/util.go), …-scratch (newScratchPersistentVolumeClaimSpec in util.go:
//   ReadWriteOnce, no volume mode, hence Filesystem), tmp-pvc-UID and the snapshot tmp-snapshot-UID (clone/planner.go),
//   all of them deleted at the end (Planner.Cleanup);
// - log lines "New phase: …": ProcessDataWithPause in pkg/importer/data-processor.go; which phases, by source:
//   Info and Transfer in registry-datasource.go, upload-datasource.go and http-datasource.go;
// - phases and events of a DataVolume that clones: datavolume/clone-controller-base.go.

/** The log of CDI's pods of one kind, from its first line. */
function log(component: 'importer' | 'cdi-upload-server', disk: ClaimedDisk): string {
  return `\`kubectl logs -f${inNamespace(disk)} -l cdi.kubevirt.io=${component} --tail=-1\``;
}

function watchDisks(...namespaces: (string | undefined)[]): string {
  const gets = [...new Set(namespaces)].map(
    (namespace) => `kubectl get datavolume,pvc,volumesnapshot,pod${inNamespace({ namespace })}`,
  );
  return `watch -n 1 '${gets.join('; ')}'`;
}

const SCRATCH = `of \`${LAB.storageClass.scratch}\`, ReadWriteOnce, a little larger than the disk, because it has a file system`;

/** An upload into a plain claim. */
export function watchClaimUpload(disk: ClaimedDisk): Watch {
  const name = disk.claimName;
  return {
    commands: [watchDisks(disk.namespace)],
    see:
      `the pod \`cdi-upload-${name}\` has stood ready since the claim was made. It puts the image into the claim ` +
      `\`${name}-scratch\` (${SCRATCH}), and writes the raw disk from there. Its log, ${log('cdi-upload-server', disk)}, goes ` +
      'through `New phase: TransferScratch`, `Resuming processing at phase Convert`, `Resize` and `Complete`. ' +
      'Afterwards the pod and the scratch claim are gone.',
  };
}

/** An upload into a DataVolume. */
export function watchUpload(disk: ClaimedDisk): Watch {
  return {
    commands: [watchDisks(disk.namespace)],
    see:
      `the claim \`${disk.claimName}\` stands Pending, because CDI fills another one of its kind, \`prime-UID\`: the pod ` +
      `\`cdi-upload-prime-UID\` puts the image into \`prime-UID-scratch\` (${SCRATCH}), and writes the raw disk from there. ` +
      `Its log, ${log('cdi-upload-server', disk)}, goes through \`New phase: TransferScratch\`, \`Resuming processing at phase ` +
      `Convert\`, \`Resize\` and \`Complete\`. Afterwards the pod and both claims are gone: \`${disk.claimName}\` has taken over ` +
      'the volume of the prime, and is Bound.',
  };
}

/** An import from a registry. */
export function watchImport(...disks: ClaimedDisk[]): Watch {
  const [disk] = disks as [ClaimedDisk];
  return {
    commands: [watchDisks(disk.namespace)],
    see:
      `${disks.map(({ claimName }) => `\`${claimName}\``).join(' and ')} stand${disks.length > 1 ? '' : 's'} Pending. The pod ` +
      `\`importer-prime-UID\` pulls the image into \`prime-UID-scratch\` (${SCRATCH}) and writes the raw disk into the claim ` +
      `\`prime-UID\`. Its log, ${log('importer', disk)}, goes through \`New phase: TransferScratch\`, \`Convert\`, \`Resize\` and ` +
      '`Complete`. Afterwards the pod, the prime and the scratch claim are gone, and the claim is Bound to the volume of the prime.',
  };
}

/** An import from a web server that serves no ranges, as Python's. */
export function watchWebImport(disk: ClaimedDisk): Watch {
  return {
    commands: [watchDisks(disk.namespace)],
    see:
      `the pod \`importer-prime-UID\` first tries to read the image without scratch space. Python's web server sends no parts of ` +
      'a file (no `Accept-Ranges`), so the pod ends and comes again with the claim `prime-UID-scratch`; its log, ' +
      `${log('importer', disk)}, then goes through \`New phase: TransferScratch\`, \`Convert\`, \`Resize\` and \`Complete\`. ` +
      'Afterwards the pod, the prime and the scratch claim are gone.',
  };
}

const CLONE_SEEN: Readonly<Record<CloneStrategy, string>> = {
  [CloneStrategy.COPY]:
    'the pod `UID-source-pod` reads the source and sends it to the pod `cdi-upload-tmp-pvc-UID`, which writes the claim ' +
    '`tmp-pvc-UID`. The DataVolume goes through CloneScheduled, CloneInProgress (with a percentage), RebindInProgress and Succeeded.',
  [CloneStrategy.SNAPSHOT]:
    'the VolumeSnapshot `tmp-snapshot-UID` is taken of the source, and the claim `tmp-pvc-UID` is made from it; there is no pod. ' +
    'The DataVolume goes through SnapshotForSmartCloneInProgress, CloneFromSnapshotSourceInProgress, RebindInProgress and Succeeded.',
  [CloneStrategy.CSI_CLONE]:
    'the claim `tmp-pvc-UID` is made with the source as its data source, without a snapshot and without a pod: less than three seconds ' +
    'in the lab. The DataVolume goes through CSICloneInProgress, RebindInProgress and Succeeded.',
};

/** A clone of a claim: CDI works in the namespace of the source. */
export function watchClone(strategy: CloneStrategy, source: ClaimedDisk, clone: ClaimedDisk): Watch {
  const elsewhere = source.namespace !== clone.namespace;
  const where = elsewhere
    ? ` All this is in \`${source.namespace}\`, where the source is; only at the end the volume goes over to \`${clone.namespace}\`.`
    : '';
  return {
    commands: [watchDisks(source.namespace, clone.namespace)],
    see:
      `${CLONE_SEEN[strategy]}${where} Afterwards all that is called \`tmp-\` is gone, and \`${clone.claimName}\` is Bound. ` +
      'What was too quick to be seen stands in the events.',
  };
}

/** A clone whose source is a VolumeSnapshot. */
export function watchSnapshotClone(source: Named, clone: ClaimedDisk): Watch {
  return {
    commands: [watchDisks(source.namespace, clone.namespace)],
    see:
      `the claim \`tmp-pvc-UID\` is made in \`${source.namespace}\` from the VolumeSnapshot \`${source.name}\` that is there: no further ` +
      'snapshot is taken. The DataVolume goes through CloneFromSnapshotSourceInProgress, RebindInProgress and Succeeded.',
  };
}

/** Plugging a disk into a running VM: pods hp-volume-… of virt-controller, services/template.go of v1.6.2. */
export function watchPlug(vm: IVirtualMachine, disk: ClaimedDisk): Watch {
  return {
    commands: [
      `watch -n 1 'kubectl get pod${inNamespace(vm)} -l kubevirt.io=hotplug-disk -o wide; ${volumeRows(vm, '"')}'`,
    ],
    see:
      'a pod `hp-volume-…` starts on the node of the VM. It holds the claim, and hands its device to the virt-launcher pod. ' +
      `\`${disk.claimName}\` gets a row in the volumeStatus of the VMI, which goes through Bound, AttachedToNode, MountedToPod and Ready.`,
  };
}

/** Taking it out again. */
export function watchUnplug(vm: IVirtualMachine, disk: ClaimedDisk): Watch {
  return {
    commands: watchPlug(vm, disk).commands,
    see: `the row of \`${disk.claimName}\` shows Detaching; then it and the pod \`hp-volume-…\` are gone. The claim stays Bound.`,
  };
}

/** The volumes of a running VM: their names, devices and phases. */
export function volumeRows(vm: IVirtualMachine, quote = "'"): string {
  const column = (title: string, field: string): string => `${title}:.status.volumeStatus[*].${field}`;
  const columns = [column('VOLUME', 'name'), column('DEVICE', 'target'), column('PHASE', 'phase')].join(',');
  return `kubectl get ${reference('vmi', vm)} -o custom-columns=${quote}${columns}${quote}`;
}

/** A live migration: phases in api/core/v1/types.go of v1.6.2. */
export function watchMigration(vm: IVirtualMachine): Watch {
  return {
    commands: [`watch -n 1 kubectl get virtualmachineinstancemigration,vmi,pod${inNamespace(vm)} -o wide`],
    see:
      'a second `virt-launcher` pod starts on another node, and the disk is attached to both. The migration goes through Scheduling, ' +
      'Scheduled, PreparingTarget, TargetReady, Running and Succeeded. Then the VMI shows another node and another address, and the ' +
      'first pod is Completed.',
  };
}

/** Where the reason stands when an import or an upload hangs. */
export function importHangs(disk: ClaimedDisk): string {
  return (
    `**An upload or import does not end.** \`kubectl describe ${reference('datavolume', claimOf(disk))}\` ends with its events; its ` +
    'condition Running repeats what the pod reports: a login that is refused, an address that is not found, a disk that is too small. ' +
    `\`kubectl describe pvc${inNamespace(disk)}\` says whether a claim, the scratch claim too, waits for its storage class. If virtctl ` +
    'cannot reach the upload proxy, read chapter 0, "Open the upload proxy".'
  );
}

/** Where the reason stands when an upload into a plain claim hangs. */
export function uploadHangs(disk: ClaimedDisk): string {
  return (
    `**The upload does not end.** \`kubectl describe ${reference('pvc', claimOf(disk))}\` ends with its events: a claim, the scratch claim ` +
    'too, may wait for its storage class. If virtctl cannot reach the upload proxy, read chapter 0, "Open the upload proxy".'
  );
}

/** Where the reason stands when a clone hangs. */
export function cloneHangs(clone: ClaimedDisk): string {
  const annotation = '.metadata.annotations.cdi\\.kubevirt\\.io/cloneFallbackReason';
  return (
    '**A clone does not end.** The DataVolume stays in CloneInProgress or CloneFromSnapshotSourceInProgress, and its claim Pending. ' +
    'An event CloneSourceInUse names the pod that still uses the source: stop its VM. Why CDI fell back to a copy stands on the claim: ' +
    `\`${showField('pvc', claimOf(clone), annotation)}\`. That two backends have nothing in common stands in the log of the CSI driver ` +
    `alone: \`${LAB.csiDriverLog}\`.`
  );
}

/** Where the reason stands when a VM does not start. */
export function vmHangs(vm: IVirtualMachine): string {
  return (
    `**A VM does not become Ready.** \`kubectl describe ${reference('vmi', vm)}\` ends with its events. If its pod is Pending, ` +
    `\`kubectl describe pod${inNamespace(vm)} -l kubevirt.io=virt-launcher\` says what is missing: room on a node, or a claim.`
  );
}

/** Where the reason stands when a migration fails. */
export function migrationHangs(vm: IVirtualMachine): string {
  const condition = '.status.conditions[?(@.type=="LiveMigratable")].message';
  return (
    `**A migration does not end.** \`${showField('vmi', vm, '.status.migrationState.failureReason')}\` says why it failed, and ` +
    `\`${showField('vmi', vm, condition)}\` why a VM cannot be migrated at all. If the second pod is Pending, no other node has room for it.`
  );
}
