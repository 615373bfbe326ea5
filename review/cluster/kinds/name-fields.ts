import { along, childIn, isObject, listIn, objectAt, textAt, textIn, valueAt } from '../../manifests/json';
import type { Json } from '../../rule';
import type { MachinePlace, NameField } from './kind';

type Path = readonly string[];
type NamedKinds = readonly (readonly [path: Path, kind: string])[];

const CLOUD_INIT: NamedKinds = [
  [['secretRef', 'name'], 'Secret'],
  [['networkDataSecretRef', 'name'], 'Secret'],
];

/** What a network of Multus names: `name`, or `namespace/name`. */
const NETWORK = 'NetworkAttachmentDefinition';

/** What a volume names, by its type: the path below the type, and the kind that is named. */
const IN_VOLUME: ReadonlyMap<string, NamedKinds> = new Map(
  Object.entries({
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
    cloudInitNoCloud: CLOUD_INIT,
    cloudInitConfigDrive: CLOUD_INIT,
    serviceAccount: [[['serviceAccountName'], 'ServiceAccount']],
  } satisfies Record<string, NamedKinds>),
);

const SECRET: NamedKinds = [[['secretRef'], 'Secret']];
const SECRET_AND_CERTIFICATES: NamedKinds = [...SECRET, [['certConfigMap'], 'ConfigMap']];

/** What the source of a DataVolume names, by its type. */
const IN_SOURCE: ReadonlyMap<string, NamedKinds> = new Map(
  Object.entries({
    gcs: SECRET,
    vddk: SECRET,
    http: SECRET_AND_CERTIFICATES,
    s3: SECRET_AND_CERTIFICATES,
    registry: SECRET_AND_CERTIFICATES,
    imageio: SECRET_AND_CERTIFICATES,
  } satisfies Record<string, NamedKinds>),
);

/** Names in the spec of a VirtualMachine, and in that of its template. */
export function namesInMachine(object: Json, place: MachinePlace, note: NameField): void {
  namesInPod(object, [...place.template, 'spec'], note);
  if (place.spec === undefined) return;
  const [spec, field] = [objectAt(object, ...place.spec), place.spec.join('.')];
  for (const [index, template] of diskTemplatesIn(spec).entries()) {
    namesInDataVolume(objectAt(template, 'spec'), `${field}.${DISK_TEMPLATES}[${index}].spec`, note);
  }
  for (const part of ['instancetype', 'preference'] as const) {
    const match = matchIn(spec, part);
    if (match === undefined) continue;
    note(match.kind, match.name, () => `${field}.${part}.name`, match.ofCluster ? '' : undefined);
  }
}

/** The field of a VirtualMachine's spec in which its disk templates stand. */
export const DISK_TEMPLATES = 'dataVolumeTemplates';

/** The DataVolumes that a VirtualMachine makes for itself, by its spec. */
export function diskTemplatesIn(spec: Json | undefined): readonly Json[] {
  return listIn(spec, DISK_TEMPLATES);
}

/** An instance type or a preference, as a machine names it. */
export interface Match {
  readonly kind: string;
  /** Whether the kind has no namespace. */
  readonly ofCluster: boolean;
  readonly name: string;
  /** A revision that is kept from an earlier day; empty for the one of today. */
  readonly revision: string;
  /** The volume whose labels name it; empty if no volume is asked. */
  readonly inferredFrom: string;
}

/**
 * What the spec of a VirtualMachine says of its instance type or preference. Kinds are taken in any case, in the plural
 * too, and default to the one of the cluster.
 */
export function matchIn(spec: Json | undefined, part: 'instancetype' | 'preference'): Match | undefined {
  const matcher = objectAt(spec, part);
  if (matcher === undefined) return undefined;
  const kind = textAt(matcher, 'kind').toLowerCase();
  const ofCluster = kind === '' || kind.startsWith('virtualmachinecluster');
  const word = part === 'instancetype' ? 'Instancetype' : 'Preference';
  return {
    kind: `VirtualMachine${ofCluster ? 'Cluster' : ''}${word}`,
    ofCluster,
    name: textAt(matcher, 'name'),
    revision: textAt(matcher, 'revisionName'),
    inferredFrom: textAt(matcher, 'inferFromVolume'),
  };
}

/** Names in the spec of a pod, or of a VirtualMachineInstance, which writes its volumes in the same way. */
export function namesInPod(object: Json, path: Path, note: NameField): void {
  const spec = objectAt(object, ...path);
  const field = path.join('.');
  const priority = spec?.priorityClassName;
  if (priority !== undefined) note('PriorityClass', priority, () => `${field}.priorityClassName`, '');
  listIn(spec, 'volumes').forEach((volume, index) => {
    namesByType(volume, IN_VOLUME, () => `${field}.volumes[${index}]`, note);
  });
  listIn(spec, 'networks').forEach((network, index) => {
    if (!isObject(network.multus)) return;
    const [name, namespace] = textIn(network.multus, 'networkName').split('/').reverse();
    note(NETWORK, name, () => `${field}.networks[${index}].multus.networkName`, namespace);
  });
  for (const [index, credential] of listIn(spec, 'accessCredentials').entries()) {
    for (const type of ['sshPublicKey', 'userPassword']) {
      const at = [type, 'source', 'secret', 'secretName'];
      note('Secret', valueAt(credential, ...at), () => `${field}.accessCredentials[${index}].${at.join('.')}`);
    }
  }
}

/** Names in the spec of a DataVolume. */
export function namesInDataVolume(spec: Json | undefined, field: string, note: NameField): void {
  for (const key of ['pvc', 'storage']) {
    const name = childIn(spec, key)?.storageClassName;
    if (name !== undefined) note('StorageClass', name, () => `${field}.${key}.storageClassName`, '');
  }
  const source = objectAt(spec, 'source');
  if (source !== undefined) {
    namesByType(source, IN_SOURCE, () => `${field}.source`, note);
    namesInClaimSource(source, `${field}.source`, note);
  }
  const reference = objectAt(spec, 'sourceRef');
  if (reference?.kind !== 'DataSource') return;
  note('DataSource', reference.name, () => `${field}.sourceRef.name`, textAt(reference, 'namespace') || undefined);
}

/** The claim or snapshot that the source of a DataVolume or of a DataSource names. */
export function namesInClaimSource(source: Json | undefined, field: string, note: NameField): void {
  const claim = childIn(source, 'pvc');
  if (claim !== undefined) {
    note('PersistentVolumeClaim', claim.name, () => `${field}.pvc.name`, textIn(claim, 'namespace') || undefined);
  }
  const snapshot = childIn(source, 'snapshot');
  if (snapshot !== undefined) {
    note('VolumeSnapshot', snapshot.name, () => `${field}.snapshot.name`, textIn(snapshot, 'namespace') || undefined);
  }
}

/**
 * Names below the one key that says which type a volume or a source is of; what is optional need not exist. Each volume of a
 * fleet comes here, so that a path is made for a name alone.
 */
function namesByType(value: Json, types: ReadonlyMap<string, NamedKinds>, field: () => string, note: NameField): void {
  for (const type in value) {
    const below = value[type];
    if (!isObject(below) || below.optional === true) continue;
    const named = types.get(type);
    if (named === undefined) continue;
    for (const [path, kind] of named) {
      const name = along(below, path);
      if (typeof name === 'string') note(kind, name, () => [field(), type, ...path].join('.'));
    }
  }
}
