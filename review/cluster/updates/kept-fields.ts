import { isDeepStrictEqual } from 'node:util';
import { apiGroup } from '../../manifests/api-group';
import { isObject, textAt, valueAt, without, wordOf } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { claimFaults } from './claim-update';
import { KeptFault } from './kept-fault';
import { serviceFaults } from './service-update';

/** A field that the API server keeps as it was made. */
interface KeptField {
  readonly path: readonly string[];
  /** What its absence stands for. */
  readonly absent?: unknown;
  /** Whether it may be set where it was absent. */
  readonly once?: boolean;
  /** Whether it is fixed in this object at all. */
  readonly where?: (old: Json) => boolean;
  readonly why: string;
  readonly source: string;
}

const CORE = 'Kubernetes v1.34.4, pkg/apis/core/validation/validation.go';
const STORAGE = 'Kubernetes v1.34.4, pkg/apis/storage/validation/validation.go, ValidateStorageClassUpdate';
const SNAPSHOT = 'external-snapshotter v8.2.0, client/config/crd: x-kubernetes-validations';
const APPS = 'Kubernetes v1.34.4, pkg/apis/apps/validation/validation.go';
const BATCH = 'Kubernetes v1.34.4, pkg/apis/batch/validation/validation.go, ValidateJobSpecUpdate';
const isImmutable = (old: Json): boolean => old.immutable === true;
const SECRET = `${CORE}, ValidateSecretUpdate`;
const MAP = `${CORE}, ValidateConfigMapUpdate`;
const MARKED = 'the object is marked immutable';
const CLASS = 'a class keeps what its volumes were made by';

/** By kind, the fields that no update changes. */
const KEPT: Readonly<Record<string, readonly KeptField[]>> = {
  StorageClass: [
    { path: ['provisioner'], why: CLASS, source: STORAGE },
    { path: ['parameters'], why: CLASS, source: STORAGE },
    { path: ['reclaimPolicy'], absent: 'Delete', why: CLASS, source: STORAGE },
    { path: ['volumeBindingMode'], absent: 'Immediate', why: CLASS, source: STORAGE },
  ],
  Secret: [
    { path: ['type'], absent: 'Opaque', why: 'a Secret keeps its type', source: SECRET },
    { path: ['immutable'], where: isImmutable, why: MARKED, source: SECRET },
  ],
  ConfigMap: [
    { path: ['data'], where: isImmutable, why: MARKED, source: MAP },
    { path: ['binaryData'], where: isImmutable, why: MARKED, source: MAP },
    { path: ['immutable'], where: isImmutable, why: MARKED, source: MAP },
  ],
  ...Object.fromEntries(
    ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map((kind) => [
      kind,
      [{ path: ['spec', 'selector'], why: `a ${kind} keeps its selector: delete it and make it anew`, source: APPS }],
    ]),
  ),
  Job: [{ path: ['spec', 'template'], why: 'a Job keeps its template: delete it and make it anew', source: BATCH }],
  RoleBinding: [roleRef()],
  ClusterRoleBinding: [roleRef()],
  PersistentVolume: [
    {
      path: ['spec', 'volumeMode'],
      absent: 'Filesystem',
      why: 'a volume keeps its mode',
      source: `${CORE}, ValidatePersistentVolumeUpdate`,
    },
    {
      path: ['spec', 'nodeAffinity'],
      once: true,
      why: 'a volume keeps its place',
      source: `${CORE}, ValidatePersistentVolumeUpdate`,
    },
    ...['csi', 'nfs', 'iscsi', 'local', 'hostPath', 'rbd', 'cephfs', 'fc'].map((key) => ({
      path: ['spec', key],
      why: 'a volume keeps its source',
      source: `${CORE}, ValidatePersistentVolumeUpdate`,
    })),
  ],
  ResourceQuota: [
    { path: ['spec', 'scopes'], why: 'a quota keeps its scopes', source: `${CORE}, ValidateResourceQuotaUpdate` },
  ],
  VolumeSnapshot: [{ path: ['spec', 'source'], why: 'a snapshot keeps its source', source: SNAPSHOT }],
  VolumeSnapshotContent: [
    { path: ['spec', 'source'], why: 'the content of a snapshot keeps its source', source: SNAPSHOT },
    { path: ['spec', 'sourceVolumeMode'], why: 'the content of a snapshot keeps its mode', source: SNAPSHOT },
  ],
};

function roleRef(): KeptField {
  const source = 'Kubernetes v1.34.4, pkg/apis/rbac/validation/validation.go, ValidateRoleBindingUpdate';
  return { path: ['roleRef'], why: 'a binding keeps its role: delete it and make it anew', source };
}

/** The API groups of these kinds: there is a Service of Knative, too. */
const GROUPS: ReadonlySet<string> = new Set([
  ...['', 'apps', 'batch', 'storage.k8s.io', 'rbac.authorization.k8s.io', 'snapshot.storage.k8s.io'],
]);

/** What the API server refuses of an update of a kind of its own, or of a snapshot: fields that stay what they were. */
export function keptFaults(kind: string, old: Json, next: Json): readonly KeptFault[] {
  if (!GROUPS.has(apiGroup(textAt(next, 'apiVersion')))) return [];
  const faults = (Object.hasOwn(KEPT, kind) ? KEPT[kind]! : []).flatMap((field): KeptFault[] => {
    const [was, is] = [valueOf(old, field), valueOf(next, field)];
    if (field.where?.(old) === false || isDeepStrictEqual(was, is)) return [];
    if (field.once === true && was === undefined) return [];
    return [{ field: field.path.join('.'), name: field.path.at(-1)!, was, is, why: field.why, source: field.source }];
  });
  switch (kind) {
    case 'PersistentVolumeClaim':
      return claimFaults(old, next);
    case 'Service':
      return serviceFaults(old, next);
    case 'Secret':
      return [...faults, ...secretFaults(old, next)];
    case 'Pod':
      return podFaults(old, next);
    default:
      return faults;
  }
}

function secretFaults(old: Json, next: Json): KeptFault[] {
  if (!isImmutable(old) || isDeepStrictEqual(secretData(old), secretData(next))) return [];
  return [{ field: 'data', name: 'data', why: MARKED, source: SECRET }];
}

function valueOf(object: Json, { path, absent }: KeptField): unknown {
  const value = valueAt(object, ...path) ?? absent;
  if (path.at(-1) !== 'roleRef' || !isObject(value)) return value;
  return { apiGroup: 'rbac.authorization.k8s.io', ...value };
}

/** The values of a Secret as the server keeps them: `stringData` is written over `data`. */
export function secretData(secret: Json): Json {
  const text = isObject(secret.stringData) ? secret.stringData : {};
  const encoded = Object.entries(text).map(([key, value]) => [key, Buffer.from(wordOf(value)).toString('base64')]);
  return { ...(isObject(secret.data) ? secret.data : {}), ...Object.fromEntries(encoded) };
}

/** Of a Pod only images, `activeDeadlineSeconds` and new tolerations: ValidatePodUpdate. */
function podFaults(old: Json, next: Json): KeptFault[] {
  const added = tolerationsAdded(valueAt(old, 'spec', 'tolerations'), valueAt(next, 'spec', 'tolerations'));
  if (isDeepStrictEqual(podSpec(old), podSpec(next)) && added) return [];
  const why = 'a Pod keeps all but its images, its deadline, and tolerations that are added';
  return [{ field: 'spec', name: 'spec', why, source: `${CORE}, ValidatePodUpdate` }];
}

function podSpec(pod: Json): unknown {
  const spec = isObject(pod.spec) ? pod.spec : {};
  return withoutImages(without(spec, 'tolerations', 'activeDeadlineSeconds'));
}

function withoutImages(spec: Json): unknown {
  return JSON.parse(
    JSON.stringify(spec, (key, value: unknown) => {
      if (key === 'image') return undefined;
      const isQuantity = ['cpu', 'memory', 'ephemeral-storage'].includes(key);
      return isQuantity ? (parseQuantity(value) ?? value) : value;
    }),
  );
}

function tolerationsAdded(was: unknown, is: unknown): boolean {
  const [before, after] = [was, is].map((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  return before!.every((one) => after!.some((other) => isDeepStrictEqual(one, other)));
}
