import { childIn, isObject, listIn, valueAt, without } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { inOrderOfDisks, instancePath } from './disk-order';
import { raised } from './versions';

/** Fields that the API server writes into the metadata of every object. */
const OF_SERVER = new Set([
  'creationTimestamp',
  'uid',
  'resourceVersion',
  'generation',
  'managedFields',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
]);
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Annotations and labels that controllers write: Kubernetes of claims and Namespaces, KubeVirt of VMs, CDI of DataVolumes (a clone's
 * token is signed, and is nobody else's), deployments of theirs.
 */
const OF_CONTROLLERS =
  /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|pv\.kubernetes\.io\/|volume(?:\.beta)?\.kubernetes\.io\/(?:storage-provisioner|selected-node)$|kubernetes\.io\/metadata\.name$|kubevirt\.io\/(?:latest|storage)-observed-api-version$|cdi\.kubevirt\.io\/storage\.(?:usePopulator|deleteAfterCompletion|populatedFor|clone\.token|extended\.clone\.token|pod\.|condition\.|import\.importPodName)|cdi\.kubevirt\.io\/(?:clonePhase|cloneType|createdForDataVolume|ownedByDataVolume|allowClaimAdoption)$|deployment\.kubernetes\.io\/revision$)/;

/** Finalizers that controllers write on what they watch. */
const OWN_FINALIZERS =
  /^(?:kubernetes\.io\/pv[c]?-protection|kubevirt\.io\/|snapshot\.kubevirt\.io\/|snapshot\.storage\.kubernetes\.io\/|cdi\.kubevirt\.io\/|operator\.cdi\.kubevirt\.io|foregroundDeleteKubeVirt$)/;

/** Kinds without a namespace that a construct makes: it keeps the namespace of the chart off them. */
export const OF_CLUSTER =
  /^(?:Namespace|StorageClass|VolumeSnapshotClass|StorageProfile|CDI|MigrationPolicy|VirtualMachineCluster(?:Instancetype|Preference))$/;

/**
 * An object as a manifest states it: without its status and what the server wrote, and in the words of the newest version.
 *
 * @param kubevirt The release that must serve that version, as of `raised`.
 */
export function stated(object: Json, kubevirt?: string): Json {
  const { metadata, ...rest } = without(object, 'status');
  const given = isObject(metadata) ? metadata : {};
  const isLive = [given.uid, given.resourceVersion, given.managedFields].some((value) => value !== undefined);
  const isOfCluster = OF_CLUSTER.test(String(object.kind));
  const kept: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(given)) {
    // The server takes no notice of a namespace where a kind has none.
    if (OF_SERVER.has(key) || (isOfCluster && key === 'namespace')) continue;
    if (key === 'annotations' || (key === 'labels' && isLive)) kept[key] = withoutControllers(value);
    else if (key === 'finalizers') kept[key] = withoutOwnFinalizers(value);
    else kept[key] = value;
  }
  const whole: Json = { ...rest, apiVersion: raised(object, kubevirt), metadata: kept };
  const asMade = isLive ? withoutDefaults(whole, appliedOf(given), given) : whole;
  const path = instancePath(asMade);
  return path === undefined ? asMade : inOrderOfDisks(asOfVm(withRunStrategy(asMade)), path);
}

function withoutControllers(value: unknown): unknown {
  if (!isObject(value)) return value;
  const rest = Object.entries(value).filter(([key]) => !OF_CONTROLLERS.test(key));
  return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}

function withoutOwnFinalizers(value: unknown): unknown {
  return Array.isArray(value) ? value.filter((one) => !OWN_FINALIZERS.test(String(one))) : value;
}

/** The manifest that `kubectl apply` was last given; undefined if it was another way. */
function appliedOf(metadata: Json): Json | undefined {
  const text = childIn(metadata, 'annotations')?.[LAST_APPLIED];
  if (typeof text !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the server gives such a value to a field that is left out. */
type Default = (value: unknown, object: Json, metadata: Json) => boolean;

const always: Default = () => true;
const is =
  (usual: unknown): Default =>
  (value) =>
    value === usual;

/** What webhooks and the server write where a manifest says nothing, by the kind of object. */
const DEFAULTS: Readonly<Record<string, readonly (readonly [string, Default])[]>> = {
  // KubeVirt v1.9.0: pkg/virt-api/webhooks/mutating-webhook/mutators/vms-mutator.go, setDefaultArchitecture, setDefaultMachineType;
  // pkg/instancetype/revision/store.go.
  VirtualMachine: [
    ['spec.template.spec.architecture', is('amd64')],
    ['spec.template.spec.domain.machine', always],
    ['spec.template.metadata.creationTimestamp', always],
    ['spec.instancetype.revisionName', always],
    ['spec.preference.revisionName', always],
  ],
  // Kubernetes v1.33: pkg/apis/core/v1/defaults.go, SetDefaults_Service, and pkg/registry/core/service/storage/alloc.go.
  Service: [
    ['spec.clusterIP', (value) => value !== 'None'],
    ['spec.clusterIPs', always],
    ['spec.ipFamilies', always],
    ['spec.ipFamilyPolicy', is('SingleStack')],
    ['spec.internalTrafficPolicy', is('Cluster')],
    ['spec.externalTrafficPolicy', is('Cluster')],
    ['spec.sessionAffinity', is('None')],
    ['spec.allocateLoadBalancerNodePorts', is(true)],
    ['spec.healthCheckNodePort', always],
  ],
  PersistentVolumeClaim: [
    [
      'spec.volumeName',
      (_value, _object, { annotations }) => valueAt(annotations, 'pv.kubernetes.io/bound-by-controller') !== undefined,
    ],
  ],
  Namespace: [['spec', always]],
};

/** A live object without what the server gave it: what the manifest that was applied does not have, or what it would give again. */
function withoutDefaults(object: Json, applied: Json | undefined, metadata: Json): Json {
  let left = object;
  for (const [path, isDefault] of DEFAULTS[String(object.kind)] ?? []) {
    const keys = path.split('.');
    const value = valueAt(left, ...keys);
    if (value === undefined || valueAt(applied, ...keys) !== undefined) continue;
    if (applied !== undefined || isDefault(value, left, metadata)) left = withoutAt(left, keys);
  }
  return left;
}

/** An object without the field at a path. */
function withoutAt(value: Json, [key = '', ...below]: readonly string[]): Json {
  if (below.length === 0) return without(value, key);
  const child = childIn(value, key);
  return child === undefined ? value : { ...value, [key]: withoutAt(child, below) };
}

/** KubeVirt v1.9.0, staging/src/kubevirt.io/api/core/v1/types.go, VirtualMachine.RunStrategy. */
function withRunStrategy(object: Json): Json {
  const pooled = childIn(childIn(object, 'spec'), 'virtualMachineTemplate');
  if (pooled !== undefined) {
    const vm = withRunStrategy(pooled);
    return vm === pooled ? object : { ...object, spec: { ...childIn(object, 'spec'), virtualMachineTemplate: vm } };
  }
  const given = childIn(object, 'spec');
  if (given === undefined || typeof given.running !== 'boolean' || given.runStrategy !== undefined) return object;
  const { running, ...spec } = given;
  return { ...object, spec: { runStrategy: running ? 'Always' : 'Halted', ...spec } };
}

/**
 * A VM without what its template cannot say. The instance has the name and namespace of the VM, and so have its DataVolumes the
 * namespace: KubeVirt v1.9.0, pkg/virt-controller/watch/vm/vm.go, setupVMIFromVM; data-volume-template.go,
 * validateVirtualMachineDataVolumeTemplateNamespace.
 */
function asOfVm(object: Json): Json {
  const spec = childIn(object, 'spec');
  const template = childIn(spec, 'template');
  const metadata = childIn(template, 'metadata');
  const { namespace } = childIn(object, 'metadata') ?? {};
  const templates = listIn(spec, 'dataVolumeTemplates');
  const isPlaced = templates.some((one) => childIn(one, 'metadata')?.namespace !== undefined);
  const isNamed = metadata !== undefined && ['name', 'namespace', 'creationTimestamp'].some((key) => key in metadata);
  if (spec === undefined) return object;
  const own = isNamed
    ? { template: { ...template, metadata: without(metadata, 'name', 'namespace', 'creationTimestamp') } }
    : {};
  const placed = isPlaced ? { dataVolumeTemplates: templates.map((one) => withoutOwnNamespace(one, namespace)) } : {};
  return { ...object, spec: { ...spec, ...own, ...placed } };
}

function withoutOwnNamespace(template: Json, namespace: unknown): Json {
  const metadata = childIn(template, 'metadata');
  if (metadata === undefined || metadata.namespace !== namespace) return template;
  return { ...template, metadata: without(metadata, 'namespace') };
}

/** Whether a controller made an object of another one: it is made again, and not restated. */
export function isOwned({ metadata }: Json): boolean {
  return listIn(isObject(metadata) ? metadata : undefined, 'ownerReferences').some(
    ({ controller }) => controller === true,
  );
}
