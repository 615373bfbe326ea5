import { ClaimedDisk, CloneStrategy, DiskClone, IVirtualMachine } from 'cdk8s-kubevirt';
import { shellWord } from './shell';

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
  return `${kind}/${shellWord(name)}${inNamespace({ namespace })}`;
}

/** The flag of a namespace. */
export function inNamespace({ namespace }: Place): string {
  return namespace === undefined ? '' : ` -n ${shellWord(namespace)}`;
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

/** Stops VMs, and waits until they have stopped. */
export function stop(...vms: IVirtualMachine[]): string[] {
  return [...vms.map((vm) => virtctl('stop', vm)), ...vms.map((vm) => waitUntilGone('vmi', vm))];
}

/**
 * Starts a VM, whether it runs or not: `virtctl start` refuses one that runs (virt-api, rest/lifecycle.go,
 * StartVMRequestHandler of v1.6.2), and a clean-up must bear to be repeated.
 */
export function startAgain(vm: IVirtualMachine): string {
  return `kubectl patch ${reference('vm', vm)} --type=merge -p '{"spec": {"runStrategy": "Always"}}'`;
}

/**
 * Restarts a VM. The old instance stays Ready until its guest has shut down, so what is waited for is the end of its
 * pod, which carries its uid (virt-controller, services/template.go of v1.6.2).
 */
export function restart(vm: IVirtualMachine): string[] {
  return [
    `old=$(kubectl get ${reference('vmi', vm)} -o jsonpath='{.metadata.uid}')`,
    virtctl('restart', vm),
    `kubectl wait pod${inNamespace(vm)} -l kubevirt.io/created-by=$old --for=delete --timeout=10m`,
    waitForVm(vm),
  ];
}

/** Waits until no disk is plugged into a VM of the namespace: the pod that carries it is gone then. */
export function waitUntilUnplugged(place: Place): string {
  return `kubectl wait pod${inNamespace(place)} -l kubevirt.io=hotplug-disk --for=delete --timeout=5m`;
}

/** Shows the events of an object, the newest last; they are kept for an hour. */
export function showEvents(kind: string, { name, namespace }: Named): string {
  const selector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  return `kubectl get events${inNamespace({ namespace })} --field-selector ${selector} --sort-by=.lastTimestamp`;
}

/** Shows the pods of a namespace, with their addresses and nodes. */
export function showPods(place: Place): string {
  return `kubectl get pod${inNamespace(place)} -o wide`;
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
  return `kubectl delete namespace ${names.map(shellWord).join(' ')} --ignore-not-found`;
}

/** Leaves the clone strategy of a class to CDI again. */
export function resetStrategy(storageClassName: string): string {
  return patchStrategy(storageClassName, 'null');
}

/** Asks for a clone strategy by command. */
export function setStrategy(storageClassName: string, strategy: CloneStrategy): string {
  return patchStrategy(storageClassName, `"${strategy}"`);
}

function patchStrategy(storageClassName: string, value: string): string {
  return `kubectl patch ${reference('storageprofile', { name: storageClassName })} --type=merge -p '{"spec": {"cloneStrategy": ${value}}}'`;
}

/** Fails where the VolumeSnapshotClass that a chapter needs is not there. */
export function lookForSnapshotClass(name: string): string {
  return `kubectl get ${reference('volumesnapshotclass', { name })}`;
}
