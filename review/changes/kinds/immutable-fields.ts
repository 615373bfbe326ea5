import { isDeepStrictEqual } from 'node:util';
import { isObject, objectsAt, textAt, valueAt, without, wordOf } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { differences, fromTo } from '../wording';

/** A field that the API server keeps as it was made. */
interface ImmutableField {
  readonly path: readonly string[];
  /** What its absence stands for. */
  readonly absent?: unknown;
  /** Whether it may be set where it was absent. */
  readonly once?: boolean;
  /** Whether a manifest that leaves it out keeps what the server filled in. */
  readonly filled?: boolean;
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
const IMMUTABLE: Readonly<Record<string, readonly ImmutableField[]>> = {
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
  Service: [
    {
      path: ['spec', 'clusterIP'],
      filled: true,
      why: 'a Service keeps its address',
      source: `${CORE}, ValidateServiceUpdate`,
    },
    {
      path: ['spec', 'loadBalancerClass'],
      once: true,
      why: 'a load balancer keeps its class',
      source: `${CORE}, ValidateServiceUpdate`,
    },
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

function roleRef(): ImmutableField {
  const source = 'Kubernetes v1.34.4, pkg/apis/rbac/validation/validation.go, ValidateRoleBindingUpdate';
  return { path: ['roleRef'], why: 'a binding keeps its role: delete it and make it anew', source };
}

/** What the API server refuses of a changed object of a core kind. */
export function immutableEffects(kind: string, old: Json, next: Json): Effect[] {
  const effects = (Object.hasOwn(IMMUTABLE, kind) ? IMMUTABLE[kind]! : []).flatMap((field) => {
    const [was, is] = [valueOf(old, field), valueOf(next, field)];
    if (field.where?.(old) === false || isDeepStrictEqual(was, is)) return [];
    if ((field.once === true && was === undefined) || (field.filled === true && is === undefined)) return [];
    return [refused(field.path.join('.'), changeOf(field.path.at(-1)!, was, is), field.why, field.source)];
  });
  if (kind === 'Secret' && isImmutable(old) && !isDeepStrictEqual(dataOf(old), dataOf(next))) {
    effects.push(refused('data', 'the data changes', MARKED, SECRET));
  }
  if (kind === 'Service') effects.push(...portEffects(next));
  return kind === 'Pod' ? [...effects, ...podEffects(old, next)] : effects;
}

/** `roleRef.name a → b`: what differs in a field, and not all of it. */
function changeOf(name: string, was: unknown, is: unknown): string {
  return differences(was, is, name)
    .slice(0, 3)
    .map((path) => {
      const keys = path === name ? [] : path.slice(name.length + 1).split('.');
      return `${path} ${fromTo(keys.length === 0 ? was : valueAt(was, ...keys), keys.length === 0 ? is : valueAt(is, ...keys))}`;
    })
    .join(', ');
}

/** Of several ports each has a name: ValidateService. */
function portEffects(next: Json): Effect[] {
  const ports = objectsAt(next, 'spec', 'ports');
  if (ports.length < 2 || ports.every((port) => textAt(port, 'name') !== '')) return [];
  const field = `spec.ports[${ports.findIndex((port) => textAt(port, 'name') === '')}].name`;
  return [
    refused(field, 'a port without a name', 'of several ports each must have a name', `${CORE}, ValidateService`),
  ];
}

/** A change that the server answers no to. */
export function refused(field: string, message: string, reason: string, source: string): Effect {
  return { field, message, consequence: Consequence.REFUSED, reason, source };
}

function valueOf(object: Json, { path, absent }: ImmutableField): unknown {
  const value = valueAt(object, ...path) ?? absent;
  if (path.at(-1) !== 'roleRef' || !isObject(value)) return value;
  return { apiGroup: 'rbac.authorization.k8s.io', ...value };
}

/** The values of a Secret as the server keeps them: `stringData` is written over `data`. */
export function dataOf(secret: Json): Json {
  const text = isObject(secret.stringData) ? secret.stringData : {};
  const encoded = Object.entries(text).map(([key, value]) => [key, Buffer.from(wordOf(value)).toString('base64')]);
  return { ...(isObject(secret.data) ? secret.data : {}), ...Object.fromEntries(encoded) };
}

/** Of a Pod only images, `activeDeadlineSeconds` and new tolerations: ValidatePodUpdate. */
function podEffects(old: Json, next: Json): Effect[] {
  const [was, is] = [podSpec(old), podSpec(next)];
  const added = tolerationsAdded(valueAt(old, 'spec', 'tolerations'), valueAt(next, 'spec', 'tolerations'));
  if (isDeepStrictEqual(was, is) && added) return [];
  const why = 'a Pod keeps all but its images, its deadline, and tolerations that are added';
  return [refused('spec', 'the Pod changes', why, `${CORE}, ValidatePodUpdate`)];
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
