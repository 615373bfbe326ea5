import { randomUUID } from 'node:crypto';
import { LAB, LAB_STORAGE } from '../../lab';
import type { Cluster } from './cluster';
import { Fields, StoredObject } from './objects';

const ready = { type: 'Ready', status: 'True' };

/** What follows when an object is applied, by its kind. */
const CONSEQUENCES: Readonly<Record<string, (cluster: Cluster, object: StoredObject, before?: StoredObject) => void>> =
  {
    KubeVirt: (cluster, object) => {
      cluster.install('kubevirt');
      object.status = { conditions: [{ type: 'Available', status: 'True' }] };
    },

    CDI: (cluster, object) => {
      cluster.install('cdi');
      object.status = { conditions: [{ type: 'Available', status: 'True' }] };
      const uploadProxyURL = object.spec?.config?.uploadProxyURLOverride as string;
      cluster.put({ kind: 'CDIConfig', metadata: { name: 'config' }, status: { uploadProxyURL } });
      cluster.refreshProfiles();
    },

    Service: (cluster, object) => {
      if (object.spec?.type === 'LoadBalancer')
        object.status = { loadBalancer: { ingress: [{ ip: cluster.address }] } };
      if (object.spec?.type === 'NodePort') for (const port of object.spec.ports as Fields[]) port.nodePort ??= 30080;
    },

    Deployment: (cluster, object) => start(cluster, object),

    Secret: (cluster, { metadata }) => {
      for (const deployment of cluster.list('Deployment', metadata.namespace)) start(cluster, deployment);
    },

    Pod: (_, object) => {
      object.status = { phase: 'Running', conditions: [ready] };
    },

    StorageClass: (cluster) => cluster.refreshProfiles(),
    StorageProfile: (cluster) => cluster.refreshProfiles(),
    VolumeSnapshotClass: (cluster) => cluster.refreshProfiles(),

    PersistentVolumeClaim: (_, object) => {
      const storage = object.spec?.resources?.requests?.storage as string;
      object.status = { ...object.status, phase: 'Bound', capacity: { storage } };
    },

    DataVolume: (cluster, object, before) => {
      if (before === undefined) populate(cluster, object);
    },

    VolumeSnapshot: (cluster, object) => {
      const { namespace } = object.metadata;
      const claim = cluster.find(
        'PersistentVolumeClaim',
        object.spec?.source?.persistentVolumeClaimName as string,
        namespace,
      );
      const known = cluster.find('VolumeSnapshotClass', object.spec?.volumeSnapshotClassName as string);
      object.status = { readyToUse: isFilled(claim) && known !== undefined };
    },

    VirtualMachine: (cluster, object) => run(cluster, object),

    VirtualMachineInstanceMigration: (cluster, object) => {
      const vmi = cluster.find('VirtualMachineInstance', object.spec?.vmiName as string, object.metadata.namespace);
      if (vmi === undefined) return;
      const migrationState = { sourceNode: 'node1', targetNode: 'node2' };
      cluster.put({ ...vmi, status: { ...vmi.status, migrationState } });
      object.status = { phase: 'Succeeded' };
    },
  };

/** Lets an object become what its controller makes of it. */
export function becomes(cluster: Cluster, object: StoredObject, before?: StoredObject): void {
  CONSEQUENCES[object.kind]?.(cluster, object, before);
}

/** A Deployment is available once the Secrets that its pods mount are there. */
function start(cluster: Cluster, deployment: StoredObject): void {
  const volumes = (deployment.spec?.template?.spec?.volumes ?? []) as Fields[];
  const secrets = volumes.flatMap(({ secret }) => (secret === undefined ? [] : [secret.secretName as string]));
  const mounted = secrets.every((name) => cluster.find('Secret', name, deployment.metadata.namespace) !== undefined);
  deployment.status = { conditions: [{ type: 'Available', status: mounted ? 'True' : 'False' }] };
}

/** Marks a claim as filled, and its DataVolume with it. */
export function fill(cluster: Cluster, claim: StoredObject): void {
  claim.metadata.annotations = { ...claim.metadata.annotations, 'cdi.kubevirt.io/storage.pod.phase': 'Succeeded' };
  const { name, namespace } = claim.metadata;
  const dataVolume = cluster.find('DataVolume', name, namespace);
  if (dataVolume !== undefined) dataVolume.status = { phase: 'Succeeded', conditions: [ready] };
  for (const vm of cluster.list('VirtualMachine', namespace)) run(cluster, vm);
}

function isFilled(claim?: StoredObject): boolean {
  return claim?.metadata.annotations?.['cdi.kubevirt.io/storage.pod.phase'] === 'Succeeded';
}

/** Makes the claim of a DataVolume and fills it, if its source can be had. */
function populate(cluster: Cluster, object: StoredObject): void {
  const { name, namespace } = object.metadata;
  const asked = (object.spec?.pvc ?? object.spec?.storage) as Fields;
  cluster.apply({ kind: 'PersistentVolumeClaim', metadata: { name, namespace }, spec: asked });
  const claim = cluster.get('PersistentVolumeClaim', name, namespace);
  const source = object.spec?.source as Fields;
  object.status = { phase: 'upload' in source ? 'UploadReady' : 'Pending' };
  const way = cloneOf(cluster, source, asked) ?? importOf(cluster, source, namespace);
  if (way === undefined) return;
  if (way !== 'import') claim.metadata.annotations = { 'cdi.kubevirt.io/cloneType': way };
  fill(cluster, claim);
}

/** How a clone is made; undefined if it is not a clone, or never ends. */
function cloneOf(cluster: Cluster, source: Fields, asked: Fields): string | undefined {
  const snapshot = source.snapshot as { name: string; namespace: string } | undefined;
  if (snapshot !== undefined) {
    return cluster.find('VolumeSnapshot', snapshot.name, snapshot.namespace)?.status?.readyToUse === true
      ? 'snapshot'
      : undefined;
  }
  const claim = source.pvc as { name: string; namespace: string } | undefined;
  const from = claim && cluster.find('PersistentVolumeClaim', claim.name, claim.namespace);
  if (claim === undefined || !isFilled(from) || isUsed(cluster, claim)) return undefined;
  const target = asked.storageClassName as string;
  const strategy = cluster.find('StorageProfile', target)?.status?.cloneStrategy as string | undefined;
  if (strategy === 'copy') return strategy;
  const backend = (name: unknown): string | undefined =>
    LAB_STORAGE.storageClasses.find((known) => known.name === name)?.backend;
  return backend(target) === backend(from?.spec?.storageClassName) ? strategy : undefined;
}

/** A claim that a running VM uses is not cloned. */
function isUsed(cluster: Cluster, claim: { name: string; namespace: string }): boolean {
  return cluster
    .list('VirtualMachineInstance', claim.namespace)
    .some(({ spec }) => claimsOf(spec?.volumes as Fields[]).includes(claim.name));
}

function importOf(cluster: Cluster, source: Fields, namespace?: string): 'import' | undefined {
  const { registry, http } = source as { registry?: Fields; http?: Fields };
  if (registry !== undefined) {
    const login = cluster.find('Secret', registry.secretRef as string, namespace);
    return login !== undefined && cluster.registry.has((registry.url as string).replace('docker://', ''))
      ? 'import'
      : undefined;
  }
  if (http !== undefined) {
    const [name, place] = new URL(http.url as string).hostname.split('.');
    return cluster.find('Service', name ?? '', place) !== undefined &&
      cluster.find('Pod', name ?? '', place) !== undefined
      ? 'import'
      : undefined;
  }
  return undefined;
}

function claimsOf(volumes: Fields[] = []): string[] {
  return volumes.flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined ? [] : [persistentVolumeClaim.claimName as string],
  );
}

/** Starts, stops or changes the instance of a VM. */
export function run(cluster: Cluster, vm: StoredObject): void {
  const { name, namespace } = vm.metadata;
  if (vm.spec?.runStrategy === 'Halted') {
    cluster.stop(name, namespace);
    vm.status = { conditions: [] };
    return;
  }
  const spec = vm.spec?.template?.spec as Fields;
  const volumes = spec.volumes as Fields[];
  const running = cluster.find('VirtualMachineInstance', name, namespace);
  if (running !== undefined) {
    plug(cluster, running, volumes);
    return;
  }
  const boots = claimsOf(volumes)
    .slice(0, 1)
    .every((claim) => isFilled(cluster.find('PersistentVolumeClaim', claim, namespace)));
  const secrets = volumes.flatMap(({ cloudInitNoCloud }) =>
    cloudInitNoCloud?.secretRef === undefined ? [] : [cloudInitNoCloud.secretRef.name as string],
  );
  if (!boots || secrets.some((secret) => cluster.find('Secret', secret, namespace) === undefined)) return;
  const uid = randomUUID();
  const conditions = [ready, { type: 'LiveMigratable', status: 'True' }];
  const volumeStatus = volumes.map(rowOf);
  cluster.put({
    kind: 'VirtualMachineInstance',
    metadata: { name, namespace, uid },
    spec: { ...spec },
    status: { conditions, volumeStatus },
  });
  const labels = { 'kubevirt.io': 'virt-launcher', 'kubevirt.io/created-by': uid, vm: name };
  cluster.put({ kind: 'Pod', metadata: { name: `virt-launcher-${name}-${uid}`, namespace, labels } });
  vm.status = { conditions: [ready] };
}

function rowOf({ name }: Fields): Fields {
  return { name: name as string, phase: 'Ready', target: 'vda' };
}

/** Plugs the hot-pluggable disks of a running VM in and out; whatever else changes waits for a restart. */
function plug(cluster: Cluster, running: StoredObject, volumes: Fields[]): void {
  const { name, namespace } = running.metadata;
  const isPlugged = ({ persistentVolumeClaim }: Fields): boolean => persistentVolumeClaim?.hotpluggable === true;
  const fixed = ((running.spec?.volumes ?? []) as Fields[]).filter((volume) => !isPlugged(volume));
  const plugged = volumes.filter(isPlugged);
  const now = [...fixed, ...plugged];
  const labels = { 'kubevirt.io': 'hotplug-disk', vm: name };
  const pod = { kind: 'Pod', metadata: { name: `hp-volume-${name}`, namespace, labels } };
  cluster.put({
    ...running,
    spec: { ...running.spec, volumes: now },
    status: { ...running.status, volumeStatus: now.map(rowOf) },
  });
  if (plugged.length > 0) cluster.put(pod);
  else cluster.remove('Pod', pod.metadata.name, namespace);
}

/** The load balancer's address of the upload proxy, as commands must name it. */
export function proxyUrl(cluster: Cluster): string | undefined {
  const { name, namespace } = LAB.uploadProxy;
  return cluster.find('Service', name, namespace) === undefined ? undefined : `https://${cluster.address}:443`;
}
