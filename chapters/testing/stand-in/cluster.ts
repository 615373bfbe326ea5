import { randomUUID } from 'node:crypto';
import { LAB, LAB_CLASSES } from '../../lab';
import { becomes } from './consequences';
import { ApiError, Fields, isClusterWide, originOf, StoredObject } from './objects';

/**
 * A cluster that stands still: each change has all its consequences at once, so that a wait either finds what it waits for, or would
 * never have found it. What happens is what the lab saw and the sources of KubeVirt v1.6.2 and CDI v1.63.1 say.
 */
export class Cluster {
  /** The images that stand in the registry. */
  public readonly registry = new Set<string>();

  /** What the load balancer gives the Services. */
  public readonly address = new URL(LAB.uploadProxyUrl).hostname;

  private readonly objects = new Map<string, StoredObject>();
  private readonly installed = new Set<string>();

  public constructor() {
    for (const name of ['default', 'kube-system', 'trident']) this.put({ kind: 'Namespace', metadata: { name } });
    for (const name of ['node1', 'node2', 'node3']) {
      const addresses = [{ type: 'InternalIP', address: '192.168.0.61' }];
      this.put({ kind: 'Node', metadata: { name, labels: { 'kubernetes.io/os': 'linux' } }, status: { addresses } });
    }
    for (const name of ['volumesnapshots', 'volumesnapshotclasses', 'volumesnapshotcontents']) {
      this.put({ kind: 'CustomResourceDefinition', metadata: { name: `${name}.snapshot.storage.k8s.io` } });
    }
    for (const { name, allowVolumeExpansion } of LAB_CLASSES) {
      const bound = { volumeBindingMode: 'Immediate', allowVolumeExpansion };
      this.put({ kind: 'StorageClass', metadata: { name }, provisioner: LAB.csiDriver, ...bound });
    }
    this.put({ kind: 'Deployment', metadata: { name: 'snapshot-controller', namespace: 'kube-system' } });
    this.put({ kind: 'Deployment', metadata: { name: 'trident-controller', namespace: 'trident' } });
  }

  /** Installs what an operator brings, or its object. */
  public install(what: string): void {
    this.installed.add(what);
  }

  /** Takes it away again. */
  public uninstall(what: string): void {
    this.installed.delete(what);
  }

  /** Fails where something was not installed. */
  public checkInstalled(what: string): void {
    if (!this.installed.has(what)) throw new Error(`there is no ${what}`);
  }

  /** Fails where a kind is not in the cluster. */
  public checkKind(kind: string): void {
    const origin = originOf(kind);
    if (origin !== undefined && !this.installed.has(origin)) {
      throw new ApiError('NoKind', `the server doesn't have a resource type "${kind}"`);
    }
  }

  public list(kind: string, namespace?: string): StoredObject[] {
    return [...this.objects.values()].filter(
      (object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace),
    );
  }

  public find(kind: string, name: string, namespace?: string): StoredObject | undefined {
    return this.objects.get(key(kind, name, namespace));
  }

  /** @throws if it is not there */
  public get(kind: string, name: string, namespace?: string): StoredObject {
    this.checkKind(kind);
    const found = this.find(kind, name, namespace);
    if (found === undefined)
      throw new ApiError('NotFound', `${kind} "${name}" not found in ${namespace ?? 'the cluster'}`);
    return found;
  }

  /** Makes an object that must not be there yet. */
  public create(object: StoredObject): void {
    const { kind, metadata } = object;
    if (this.find(kind, metadata.name, metadata.namespace) !== undefined) {
      throw new ApiError('AlreadyExists', `${kind} "${metadata.name}" already exists`);
    }
    this.apply(object);
  }

  /** Makes an object, or changes it: fields that are not named stay. */
  public apply(object: StoredObject): void {
    const { kind, metadata } = object;
    this.checkKind(kind);
    const { namespace } = metadata;
    if (namespace !== undefined) this.get('Namespace', namespace);
    else if (!isClusterWide(kind)) throw new ApiError('Invalid', `${kind} "${metadata.name}" has no namespace`);
    const before = this.find(kind, metadata.name, namespace);
    if (kind === 'DataVolume' && before !== undefined && JSON.stringify(before.spec) !== JSON.stringify(object.spec)) {
      throw new ApiError('Invalid', `Cannot update DataVolume Spec of "${metadata.name}"`);
    }
    const now = merge(before ?? {}, object) as StoredObject;
    now.metadata.uid ??= randomUUID();
    this.put(now);
    becomes(this, now, before);
  }

  /** Deletes an object and what it owns; one that is not there is no fault. */
  public remove(kind: string, name: string, namespace?: string): void {
    const removed = this.find(kind, name, namespace);
    this.objects.delete(key(kind, name, namespace));
    if (removed === undefined) return;
    if (kind === 'Namespace') {
      for (const object of [...this.objects.values()])
        if (object.metadata.namespace === name) this.remove(object.kind, object.metadata.name, name);
    }
    if (kind === 'DataVolume') this.remove('PersistentVolumeClaim', name, namespace);
    if (kind === 'VirtualMachine') this.stop(name, namespace);
    if (kind === 'VolumeSnapshotClass' || kind === 'StorageProfile') this.refreshProfiles();
    if (kind === 'KubeVirt') this.uninstall('kubevirt');
    if (kind !== 'CDI') return;
    this.uninstall('cdi');
    for (const { metadata } of this.list('StorageProfile')) this.remove('StorageProfile', metadata.name);
  }

  /** Ends the instance of a VM, and its pods. */
  public stop(name: string, namespace?: string): void {
    this.remove('VirtualMachineInstance', name, namespace);
    for (const pod of this.list('Pod', namespace))
      if (pod.metadata.labels?.vm === name) this.remove('Pod', pod.metadata.name, namespace);
  }

  /** CDI takes over what the StorageProfiles ask for, and what the VolumeSnapshotClasses allow. */
  public refreshProfiles(): void {
    if (!this.installed.has('cdi')) return;
    const hasSnapshots = this.list('VolumeSnapshotClass').length > 0;
    for (const { metadata } of this.list('StorageClass')) {
      const profile = this.find('StorageProfile', metadata.name) ?? {
        kind: 'StorageProfile',
        metadata: { name: metadata.name },
      };
      const asked = profile.spec?.cloneStrategy as string | null | undefined;
      this.put({ ...profile, status: { cloneStrategy: asked ?? (hasSnapshots ? 'snapshot' : 'copy') } });
    }
  }

  /** Stores an object as it is. */
  public put(object: StoredObject): void {
    this.objects.set(key(object.kind, object.metadata.name, object.metadata.namespace), object);
  }
}

function key(kind: string, name: string, namespace = ''): string {
  return `${kind}/${namespace}/${name}`;
}

/** As a JSON merge patch, but that lists replace lists. */
export function merge(target: Fields, patch: Fields): Fields {
  const merged: Fields = { ...target };
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete merged[field];
    else if (typeof value === 'object' && !Array.isArray(value))
      merged[field] = merge((merged[field] ?? {}) as Fields, value as Fields);
    else if (value !== undefined) merged[field] = value;
  }
  return merged;
}
