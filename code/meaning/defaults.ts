import { isObject } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { inOrderOf } from '../language/order';
import { BIND_IMMEDIATELY, INFERENCE_LABELS } from './markers';

/**
 * An object with the defaults written out that the server, CDI or QEMU give to what is left out.
 *
 * @param key The field that it stands in, with `[]` behind for an item of a list; empty for a whole object.
 */
export function withDefaults(value: Json, key: string): Json {
  return DEFAULTS.get(key)?.(value) ?? value;
}

const DEFAULTS: ReadonlyMap<string, (value: Json) => Json> = new Map([
  ['', ofWhole],
  ['machine', (value) => (value.type === '' ? { ...value, type: undefined } : value)],
  ['instancetype', (value) => withKind(value, 'Instancetype')],
  ['preference', (value) => withKind(value, 'Preference')],
  // A feature that is there is on, unless it says otherwise: types of FeatureState.
  ['features', (value) => withStates(value, (name) => STATES.has(name))],
  ['hyperv', withHyperV],
  ['preferredHyperv', withHyperV],
  ['efi', (value) => ({ secureBoot: true, ...value })],
  ['pvc', (value) => ({ volumeMode: 'Filesystem', ...value })],
  ['ports[]', (value) => ({ protocol: 'TCP', targetPort: value.port, ...value })],
  ['dataVolumeTemplates[]', (value) => ({ ...value, apiVersion: undefined, kind: undefined })],
  ['labels', withInferredKinds],
  ['annotations', (value) => (BIND_IMMEDIATELY in value ? { ...value, [BIND_IMMEDIATELY]: 'true' } : value)],
  ['cloudInitNoCloud', (value) => withPlainText(withPlainText(value, 'userData'), 'networkData')],
  ['cloudInitConfigDrive', (value) => withPlainText(withPlainText(value, 'userData'), 'networkData')],
  ['cdrom', (value) => (value.readonly === true ? { ...value, readonly: undefined } : value)],
  // KubeVirt v1.9.0: staging/src/kubevirt.io/api/core/v1/schema.go, Rng and TPM, of which only the second can be off.
  ['tpm', (value) => ({ enabled: true, ...value })],
  // KubeVirt v1.9.0: staging/src/kubevirt.io/api/core/v1/schema.go, PersistentVolumeClaimVolumeSource and DataVolumeSource.
  ...['persistentVolumeClaim', 'dataVolume', 'memoryDump'].map(
    (volume) => [volume, (value: Json): Json => ({ hotpluggable: false, ...value })] as const,
  ),
  ['firmware', withPreferredEfi],
  ['devices', ofDevices],
  ['selector', withExpressions],
  ['labelSelector', withExpressions],
  ['namespaceSelector', withExpressions],
]);

/** What Kubernetes and CDI write into whole objects: pkg/apis/core/v1/defaults.go, pkg/apis/storage/v1/defaults.go (v1.33). */
function ofWhole(value: Json): Json {
  const spec = isObject(value.spec) ? value.spec : undefined;
  switch (value.kind) {
    case 'Service':
      return spec === undefined
        ? value
        : {
            ...value,
            spec: { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', ...spec },
          };
    case 'PersistentVolumeClaim':
      return spec === undefined ? value : { ...value, spec: { volumeMode: 'Filesystem', ...withDataSourceRef(spec) } };
    case 'StorageClass':
      return { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowVolumeExpansion: false, ...value };
    default:
      return value;
  }
}

/** The server gives each of the two what the other says: Kubernetes v1.33, pkg/api/persistentvolumeclaim/util.go, NormalizeDataSources. */
function withDataSourceRef({ dataSource, ...spec }: Json): Json {
  return { ...spec, dataSourceRef: spec.dataSourceRef ?? dataSource };
}

const STATES = new Set([
  'acpi',
  'apic',
  'smm',
  'pvspinlock',
  'hypervPassthrough',
  'preferredAcpi',
  'preferredApic',
  'preferredSmm',
  'preferredPvspinlock',
]);

function withHyperV(value: Json): Json {
  return withStates(value, (name) => name !== 'spinlocks' && name !== 'vendorid');
}

function withStates(value: Json, isState: (name: string) => boolean): Json {
  return Object.fromEntries(
    Object.entries(value).map(([name, state]) => [
      name,
      isState(name) && state !== undefined ? { enabled: true, ...(isObject(state) ? state : {}) } : state,
    ]),
  );
}

/**
 * What KubeVirt takes for devices: v1.9.0, staging/src/kubevirt.io/api/core/v1/schema.go, AutoattachPodInterface, which says nothing
 * beside interfaces; pkg/virt-controller/watch/vm/vm.go, AutoAttachInputDevice, whose device is a tablet unless the preference says otherwise.
 */
function ofDevices(value: Json): Json {
  const { interfaces, autoattachPodInterface, preferredAutoattachInputDevice } = value;
  if (autoattachPodInterface === true && Array.isArray(interfaces) && interfaces.length > 0) {
    return { ...value, autoattachPodInterface: undefined };
  }
  return preferredAutoattachInputDevice === true ? { preferredInputType: 'tablet', ...value } : value;
}

/** What a disk leads to is of the cluster, unless its labels say otherwise: KubeVirt v1.9.0, pkg/instancetype/infer/volume.go. */
function withInferredKinds(value: Json): Json {
  const kinds = ['instancetype', 'preference'].flatMap((word) => {
    const label = `${INFERENCE_LABELS}${word}`;
    if (value[label] === undefined) return [];
    return [[`${label}-kind`, value[`${label}-kind`] ?? `virtualmachinecluster${word}`]];
  });
  if (kinds.length === 0) return value;
  const lower = kinds.map(([label, kind]) => [label, String(kind).toLowerCase()] as const);
  return { ...value, ...Object.fromEntries(lower) };
}

/** KubeVirt v1.9.0: pkg/instancetype/preference/apply/firmware.go: the older words for `preferredEfi`. */
function withPreferredEfi(value: Json): Json {
  const { preferredUseEfi, preferredUseSecureBoot, ...rest } = value;
  if (preferredUseEfi !== true || rest.preferredEfi !== undefined) return value;
  return { ...rest, preferredEfi: { secureBoot: preferredUseSecureBoot } };
}

/** A label that must be so is a condition as the others, of which the order says nothing: apimachinery v0.33, pkg/apis/meta/v1/helpers.go, LabelSelectorAsSelector. */
function withExpressions(value: Json): Json {
  const { matchLabels, matchExpressions, ...rest } = value;
  if (!isObject(matchLabels) || Object.keys(rest).length > 0) return value;
  const labels = Object.entries(matchLabels).map(([key, label]) => ({ key, operator: 'In', values: [label] }));
  const all = [...labels, ...(Array.isArray(matchExpressions) ? (matchExpressions as unknown[]) : [])];
  return { matchExpressions: inOrderOf(all, JSON.stringify) };
}

/** Kinds are told apart whatever their case: KubeVirt v1.9.0, pkg/instancetype/find, by strings.ToLower. A matcher without one is of the cluster. */
function withKind(value: Json, type: string): Json {
  if (value.name === undefined) return value;
  const isNamespaced = String(value.kind).toLowerCase() === `virtualmachine${type.toLowerCase()}`;
  return { ...value, kind: isNamespaced ? `VirtualMachine${type}` : `VirtualMachineCluster${type}` };
}

/** Data of cloud-init as text, where it is written in base64. */
function withPlainText(source: Json, field: string): Json {
  const { [`${field}Base64`]: encoded, ...rest } = source;
  if (typeof encoded !== 'string') return source;
  return { ...rest, [field]: Buffer.from(encoded, 'base64').toString() };
}
