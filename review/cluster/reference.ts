import { isObject, objectAt, objectsAt, textAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { groupOf, kindOf, namespaceOf } from './identity';

/** One object named by another. */
export interface Reference {
  readonly from: Reviewed;
  readonly field: () => string;
  readonly kind: string;
  readonly name: string;
  /** Empty where it is not known, or where the object stands in none. */
  readonly namespace: string;
}

/** Gets a name, unless it is empty; its path is worked out only where it is asked for. */
type Collect = (kind: string, name: unknown, field: () => string, namespace?: string) => void;

/** Takes note of a name. */
export type Visit = (reference: Reference) => void;

/** Where the pod-like spec of a kind stands. */
const PODS: Readonly<Record<string, readonly string[]>> = {
  'kubevirt.io/VirtualMachine': ['spec', 'template', 'spec'],
  'kubevirt.io/VirtualMachineInstance': ['spec'],
  'kubevirt.io/VirtualMachineInstanceReplicaSet': ['spec', 'template', 'spec'],
  'pool.kubevirt.io/VirtualMachinePool': ['spec', 'virtualMachineTemplate', 'spec', 'template', 'spec'],
  '/Pod': ['spec'],
};

/** Names in a volume, by its kind: the path below it, and the kind that is named. */
const VOLUME_NAMES: Readonly<Record<string, readonly Named[]>> = {
  persistentVolumeClaim: [[['claimName'], 'PersistentVolumeClaim']],
  dataVolume: [[['name'], 'DataVolume']],
  ephemeral: [[['persistentVolumeClaim', 'claimName'], 'PersistentVolumeClaim']],
  memoryDump: [[['claimName'], 'PersistentVolumeClaim']],
  secret: [[['secretName'], 'Secret']],
  configMap: [[['name'], 'ConfigMap']],
  sysprep: [
    [['secret', 'name'], 'Secret'],
    [['configMap', 'name'], 'ConfigMap'],
  ],
  containerDisk: [[['imagePullSecret'], 'Secret']],
  cloudInitNoCloud: [
    [['secretRef', 'name'], 'Secret'],
    [['networkDataSecretRef', 'name'], 'Secret'],
  ],
  cloudInitConfigDrive: [
    [['secretRef', 'name'], 'Secret'],
    [['networkDataSecretRef', 'name'], 'Secret'],
  ],
};

/** Names in the source of a DataVolume, by its kind. */
const SOURCE_NAMES: Readonly<Record<string, readonly Named[]>> = {
  ...Object.fromEntries(['gcs', 'vddk'].map((key) => [key, [[['secretRef'], 'Secret']]])),
  ...Object.fromEntries(
    ['http', 's3', 'registry', 'imageio'].map((key) => [
      key,
      [
        [['secretRef'], 'Secret'],
        [['certConfigMap'], 'ConfigMap'],
      ],
    ]),
  ),
};

type Named = readonly [path: readonly string[], kind: string];

/** In every namespace, put there by Kubernetes. */
const EVERYWHERE = 'kube-root-ca.crt';

/** Visits every object that an object names. */
export function visitReferences(from: Reviewed, visit: Visit): void {
  const own = namespaceOf(from);
  const collect: Collect = (kind, name, field, namespace = own) => {
    if (typeof name === 'string' && name !== '' && name !== EVERYWHERE) visit({ from, field, kind, name, namespace });
  };
  const { object } = from;
  const kind = `${groupOf(from)}/${kindOf(from)}`;
  const pod = PODS[kind];
  if (pod !== undefined) inPod(objectAt(object, ...pod) ?? {}, pod.join('.'), collect);
  switch (kind) {
    case 'kubevirt.io/VirtualMachine':
      inMachine(object, collect);
      break;
    case 'cdi.kubevirt.io/DataVolume':
      inDataVolume(objectAt(object, 'spec') ?? {}, 'spec', collect);
      break;
    case 'cdi.kubevirt.io/DataImportCron':
      inDataVolume(objectAt(object, 'spec', 'template', 'spec') ?? {}, 'spec.template.spec', collect);
      break;
    case 'cdi.kubevirt.io/DataSource':
      inClaimSource(objectAt(object, 'spec', 'source') ?? {}, 'spec.source', collect);
      break;
    case '/PersistentVolumeClaim':
      collect('StorageClass', valueAt(object, 'spec', 'storageClassName'), () => 'spec.storageClassName', '');
      break;
  }
}

function inPod(spec: Json, field: string, collect: Collect): void {
  for (const [index, volume] of objectsAt(spec, 'volumes').entries()) {
    inNamed(volume, VOLUME_NAMES, () => `${field}.volumes[${index}]`, collect);
  }
  for (const [index, credential] of objectsAt(spec, 'accessCredentials').entries()) {
    for (const key of ['sshPublicKey', 'userPassword']) {
      const path = [key, 'source', 'secret', 'secretName'];
      collect('Secret', valueAt(credential, ...path), () => `${field}.accessCredentials[${index}].${path.join('.')}`);
    }
  }
}

/** Names below the one key that says what a volume or a source is. */
function inNamed(
  value: Json,
  names: Readonly<Record<string, readonly Named[]>>,
  field: () => string,
  collect: Collect,
): void {
  for (const key of Object.keys(value)) {
    const below = value[key];
    if (!isObject(below) || below.optional === true || !Object.hasOwn(names, key)) continue;
    for (const [path, kind] of names[key] ?? []) {
      collect(kind, valueAt(below, ...path), () => [field(), key, ...path].join('.'));
    }
  }
}

function inMachine(machine: Json, collect: Collect): void {
  for (const [index, template] of objectsAt(machine, 'spec', 'dataVolumeTemplates').entries()) {
    inDataVolume(objectAt(template, 'spec') ?? {}, `spec.dataVolumeTemplates[${index}].spec`, collect);
  }
  for (const [key, word] of [
    ['instancetype', 'Instancetype'],
    ['preference', 'Preference'],
  ] as const) {
    const matcher = objectAt(machine, 'spec', key);
    // Kinds are taken in any case, in the plural too, and default to the one of the cluster.
    const given = (textAt(matcher, 'kind') || 'VirtualMachineCluster').toLowerCase();
    const ofCluster = given.startsWith('virtualmachinecluster');
    const kind = `VirtualMachine${ofCluster ? 'Cluster' : ''}${word}`;
    collect(kind, matcher?.name, () => `spec.${key}.name`, ofCluster ? '' : undefined);
  }
}

function inDataVolume(spec: Json, field: string, collect: Collect): void {
  for (const key of ['pvc', 'storage']) {
    collect('StorageClass', valueAt(spec, key, 'storageClassName'), () => `${field}.${key}.storageClassName`, '');
  }
  const source = objectAt(spec, 'source');
  if (source !== undefined) {
    inNamed(source, SOURCE_NAMES, () => `${field}.source`, collect);
    inClaimSource(source, `${field}.source`, collect);
  }
  const reference = objectAt(spec, 'sourceRef');
  if (reference?.kind !== 'DataSource') return;
  collect('DataSource', reference.name, () => `${field}.sourceRef.name`, textAt(reference, 'namespace') || undefined);
}

function inClaimSource(source: Json, field: string, collect: Collect): void {
  const claim = objectAt(source, 'pvc');
  collect('PersistentVolumeClaim', claim?.name, () => `${field}.pvc.name`, textAt(claim, 'namespace') || undefined);
}
