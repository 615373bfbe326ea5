import { ClaimedDisk, CloneStrategy, DiskClone, IVirtualMachine, Quantity, VolumeMode } from 'cdk8s-kubevirt';
import { Image, LAB } from './lab';
import { InGuest } from './runbook';

/** An object that a command names. */
export interface Named {
  readonly name: string;
  readonly namespace?: string;
}

/** A place that a command looks at. */
type Place = Pick<Named, 'namespace'>;

/** The place of a disk's claim. */
export function claimOf(disk: ClaimedDisk): Named {
  return { name: disk.claimName, namespace: disk.namespace };
}

/** An object as kubectl names it: kind, name, and the namespace of what stands in one. */
export function reference(kind: string, { name, namespace }: Named): string {
  return `${kind}/${name}${inNamespace({ namespace })}`;
}

function inNamespace({ namespace }: Place): string {
  return namespace === undefined ? '' : ` -n ${namespace}`;
}

/** Waits until an object has a condition. */
export function waitForCondition(kind: string, object: Named, condition: string, timeout: string): string {
  return `kubectl wait ${reference(kind, object)} --for=condition=${condition} --timeout=${timeout}`;
}

/** Waits until a field of an object has a value; without one, until it is there. */
export function waitForField(kind: string, object: Named, path: string, value?: string, timeout = '5m'): string {
  const wanted = value === undefined ? '' : `=${value}`;
  return `kubectl wait ${reference(kind, object)} --for=jsonpath='{${path}}'${wanted} --timeout=${timeout}`;
}

/** Waits until an object is gone. */
export function waitUntilGone(kind: string, object: Named): string {
  return `kubectl wait ${reference(kind, object)} --for=delete --timeout=5m`;
}

/** Waits until a DataVolume is filled. */
export function waitForDisk(disk: ClaimedDisk): string {
  return waitForCondition('datavolume', claimOf(disk), 'Ready', '15m');
}

/** Waits until a VM runs. */
export function waitForVm(vm: IVirtualMachine): string {
  return waitForCondition('vm', vm, 'Ready', '10m');
}

/** Waits until CDI has taken over the clone strategy of a StorageProfile. */
export function waitForStrategy(storageClassName: string, strategy: CloneStrategy): string {
  return waitForField('storageprofile', { name: storageClassName }, '.status.cloneStrategy', strategy, '1m');
}

/** Shows fields of an object, on one line. */
export function showField(kind: string, object: Named, ...paths: string[]): string {
  const fields = paths.map((path) => `{${path}}`).join(' ');
  return `kubectl get ${reference(kind, object)} -o jsonpath='${fields}{"\\n"}'`;
}

/** Shows which way CDI took to make a clone. */
export function showCloneType(clone: DiskClone): string {
  const look = showField('pvc', claimOf(clone), '.metadata.annotations.cdi\\.kubevirt\\.io/cloneType');
  return clone.outcome === undefined ? look : expecting(clone.outcome.kind, look);
}

/** Shows the DataVolumes and claims of a namespace. */
export function showDisks(place: Place): string {
  return `kubectl get datavolume,pvc${inNamespace(place)}`;
}

/** Shows the VMs of a namespace and the nodes they run on. */
export function showVms(place: Place): string {
  return `kubectl get vm,vmi${inNamespace(place)} -o wide`;
}

/** A look at something that prints what is expected. */
export function expecting(printed: string, command: string): string {
  return `# prints ${printed}\n${command}`;
}

/** `virtctl console`, `start`, `stop`, `restart` or `migrate`. */
export function virtctl(verb: 'console' | 'start' | 'stop' | 'restart' | 'migrate', vm: IVirtualMachine): string {
  return `virtctl ${verb} ${vm.name}${inNamespace(vm)}`;
}

/** Commands that are typed inside a VM's guest. */
export function inGuest(vm: IVirtualMachine, ...commands: string[]): InGuest {
  return { console: virtctl('console', vm), commands };
}

/** Stops VMs, and waits until they have stopped. */
export function stop(...vms: IVirtualMachine[]): string[] {
  return [...vms.map((vm) => virtctl('stop', vm)), ...vms.map((vm) => waitUntilGone('vmi', vm))];
}

/** Restarts a VM. The old instance stays Ready until its guest has shut down: its uid tells the two apart. */
export function restart(vm: IVirtualMachine): string[] {
  const uid = `kubectl get ${reference('vmi', vm)} --ignore-not-found -o jsonpath='{.metadata.uid}'`;
  return [
    `old=$(${uid})`,
    `${virtctl('restart', vm)} && while [ "$(${uid})" = "$old" ]; do sleep 1; done`,
    waitForVm(vm),
  ];
}

/** Downloads an image, unless it is there, and uploads it into a claim that waits for it. */
export function uploadIntoClaim(disk: ClaimedDisk, image: Image): string[] {
  return [download(image), imageUpload('pvc', disk)];
}

/** As `uploadIntoClaim`, into a DataVolume: virtctl takes one whose upload server stands ready. */
export function uploadIntoDataVolume(disk: ClaimedDisk, image: Image): string[] {
  const ready = waitForField('datavolume', claimOf(disk), '.status.phase', 'UploadReady');
  return [download(image), ready, imageUpload('dv', disk), waitForDisk(disk)];
}

function imageUpload(kind: 'pvc' | 'dv', disk: ClaimedDisk): string {
  const flags = [
    ...(disk.size === undefined ? [] : [`--size=${Quantity.format(disk.size)}`]),
    ...(disk.accessModes ?? []).map((mode) => `--access-mode=${mode}`),
    `--volume-mode=${disk.volumeMode === VolumeMode.FILESYSTEM ? 'filesystem' : 'block'}`,
    ...(disk.storageClassName === undefined ? [] : [`--storage-class=${disk.storageClassName}`]),
  ];
  return [
    `virtctl image-upload ${kind} ${disk.claimName}${inNamespace(disk)}`,
    `  ${flags.join(' ')}`,
    `  --image-path=$image --uploadproxy-url=${LAB.uploadProxyUrl} --insecure`,
  ].join(' \\\n');
}

/** Downloads an image, unless it is there as a whole; `$image` is its path then. */
export function download({ file, from }: Image): string {
  return [
    `image=${LAB.workFolder}/${file}`,
    `test -f $image || { curl -fL --create-dirs -o $image.part ${from}/${file} && mv $image.part $image; }`,
  ].join('\n');
}

/** Attaches a disk to a running VM, by command. */
export function addVolume(vm: IVirtualMachine, disk: ClaimedDisk): string {
  return `virtctl addvolume ${vm.name}${inNamespace(vm)} --volume-name=${disk.claimName} --persist`;
}

/** Detaches it again. */
export function removeVolume(vm: IVirtualMachine, disk: ClaimedDisk): string {
  return `virtctl removevolume ${vm.name}${inNamespace(vm)} --volume-name=${disk.claimName} --persist`;
}

/** Deletes an object, if it is there. */
export function remove(kind: string, object: Named): string {
  return `kubectl delete ${reference(kind, object)} --ignore-not-found`;
}

/** Deletes a VM and its boot disk, and waits until the claim, which goes last, is gone. */
export function removeWithDisk(vm: IVirtualMachine, disk: ClaimedDisk): string[] {
  return [remove('vm', vm), remove('datavolume', claimOf(disk)), waitUntilGone('pvc', claimOf(disk))];
}

/** Deletes namespaces, and everything in them. */
export function removeNamespaces(...names: string[]): string {
  return `kubectl delete namespace ${names.join(' ')} --ignore-not-found`;
}

/** Leaves the clone strategy of a class to CDI again. */
export function resetStrategy(storageClassName: string): string {
  return `kubectl patch storageprofile/${storageClassName} --type=merge -p '{"spec": {"cloneStrategy": null}}'`;
}
