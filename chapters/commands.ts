import { ClaimedDisk, Quantity, VolumeMode } from '../constructs';
import { LAB } from './lab';

/** An object that a command names. */
interface Named {
  readonly name: string;
  readonly namespace?: string;
}

/** The flag that names the namespace of what stands in one. */
function inNamespace({ namespace }: { readonly namespace?: string }): string {
  return namespace === undefined ? '' : ` -n ${namespace}`;
}

/** Waits until a DataVolume is filled. */
export function waitForDisk(disk: ClaimedDisk): string {
  return `kubectl wait datavolume/${disk.claimName}${inNamespace(disk)} --for=condition=Ready --timeout=15m`;
}

/** Waits until a VM runs. */
export function waitForVm(vm: Named): string {
  return `kubectl wait vm/${vm.name}${inNamespace(vm)} --for=condition=Ready --timeout=10m`;
}

/** Waits until a VM's instance is gone. */
export function waitForStop(vm: Named): string {
  return `kubectl wait vmi/${vm.name}${inNamespace(vm)} --for=delete --timeout=5m`;
}

/** Shows the claims of a namespace, and the VMs with the place they run at. */
export function showDisks(place: { readonly namespace?: string }): string {
  return `kubectl get datavolume,pvc${inNamespace(place)}`;
}

export function showVm(vm: Named): string {
  return `kubectl get vm,vmi${inNamespace(vm)} -o wide`;
}

/** Opens the VM's console. */
export function openConsole(vm: Named): string {
  return `virtctl console ${vm.name}${inNamespace(vm)}`;
}

/** `virtctl start`, `stop`, `restart` or `migrate`. */
export function virtctl(verb: 'start' | 'stop' | 'restart' | 'migrate', vm: Named): string {
  return `virtctl ${verb} ${vm.name}${inNamespace(vm)}`;
}

/** Sends an image into a claim (`pvc`) or a DataVolume (`dv`) that waits for it. */
export function uploadImage(kind: 'pvc' | 'dv', disk: ClaimedDisk, image: string): string {
  const size = disk.size === undefined ? '' : ` --size=${Quantity.format(disk.size)}`;
  const mode = ` --volume-mode=${disk.volumeMode === VolumeMode.FILESYSTEM ? 'filesystem' : 'block'}`;
  const modes = disk.accessModes?.map((accessMode) => ` --access-mode=${accessMode}`).join('') ?? '';
  const storageClass = disk.storageClassName === undefined ? '' : ` --storage-class=${disk.storageClassName}`;
  return [
    `virtctl image-upload ${kind} ${disk.claimName}${inNamespace(disk)}${size}${modes}${mode}${storageClass}`,
    `  --image-path=${image} --uploadproxy-url=${LAB.uploadProxyUrl} --insecure`,
  ].join(' \\\n');
}

/** Downloads an image, unless it is there. */
export function download(image: string, from: string): string {
  return `test -f ${image} || curl -fLO ${from}/${image}`;
}

/** Attaches a disk to a running VM, by command. */
export function addVolume(vm: Named, disk: ClaimedDisk): string {
  return `virtctl addvolume ${vm.name}${inNamespace(vm)} --volume-name=${disk.claimName} --persist`;
}

/** Detaches it again. */
export function removeVolume(vm: Named, disk: ClaimedDisk): string {
  return `virtctl removevolume ${vm.name}${inNamespace(vm)} --volume-name=${disk.claimName} --persist`;
}

/** Deletes an object, if it is there. */
export function remove(kind: string, object: Named): string {
  return `kubectl delete ${kind}/${object.name}${inNamespace(object)} --ignore-not-found`;
}

/** Deletes namespaces, and everything in them. */
export function removeNamespaces(...names: string[]): string {
  return `kubectl delete namespace ${names.join(' ')} --ignore-not-found`;
}

/** A disk as commands name it. */
export function asObject(disk: ClaimedDisk): Named {
  return { name: disk.claimName, namespace: disk.namespace };
}
