import { Json } from '../../rule';
import { isObject, objectsAt, textAt, withAt } from '../json';
import { GENERATORS, isKustomization } from '../kustomize';
import { ReviewedManifest } from '../manifest';

/** Kinds without a namespace, as far as manifests of clusters with virtual machines hold them. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  ...['APIService', 'CDI', 'CSIDriver', 'ClusterIssuer', 'ClusterRole', 'ClusterRoleBinding'],
  ...['CustomResourceDefinition', 'IngressClass', 'MigrationPolicy', 'MutatingWebhookConfiguration'],
  ...['NetworkAddonsConfig', 'Node', 'ObjectTransfer', 'PersistentVolume', 'PriorityClass', 'RuntimeClass'],
  ...['StorageClass', 'StorageProfile', 'ValidatingWebhookConfiguration', 'VirtualMachineClusterInstancetype'],
  ...['VirtualMachineClusterPreference', 'VolumeSnapshotClass', 'VolumeSnapshotContent'],
]);

/** A document in which each object is another one; of a Kustomization those that it generates. */
export function eachObject(
  { manifest, object }: { readonly manifest: ReviewedManifest; readonly object: unknown },
  change: (object: Json) => Json,
): unknown {
  if (!isObject(object)) return object;
  const given: Json = object;
  if (isKustomization(object, manifest.origin.file)) {
    const lists = GENERATORS.filter(([list]) => Array.isArray(object[list])).map(([list, kind]) => [
      list,
      objectsAt(object, list).map((generator) => generated(generator, kind, change)),
    ]);
    return { ...object, ...(Object.fromEntries(lists) as Json) };
  }
  if (Array.isArray(given.items) && textAt(given, 'kind').endsWith('List')) {
    const items: readonly unknown[] = given.items;
    return { ...given, items: items.map((item) => (isObject(item) ? change(item) : item)) };
  }
  return change(given);
}

/** An entry of a generator: its name and its namespace are those of what it makes. */
function generated(generator: Json, kind: string, change: (object: Json) => Json): Json {
  const { name, namespace } = generator;
  const changed = change({ kind, metadata: { name, namespace } });
  return {
    ...generator,
    name: textAt(changed, 'metadata', 'name'),
    namespace: textAt(changed, 'metadata', 'namespace'),
  };
}

/**
 * An object in a namespace: a Namespace gets that name, and the ServiceAccounts of a binding move with it. kustomize,
 * api/filters/namespace/namespace.go.
 */
export function inNamespace(object: Json, namespace: string): Json {
  const kind = textAt(object, 'kind');
  if (kind === '') return object;
  if (kind === 'Namespace') return withAt(object, ['metadata', 'name'], namespace);
  const moved = kind.endsWith('RoleBinding') ? withSubjects(object, namespace) : object;
  return CLUSTER_SCOPED.has(kind) ? moved : withAt(moved, ['metadata', 'namespace'], namespace);
}

function withSubjects(binding: Json, namespace: string): Json {
  const own = textAt(binding, 'metadata', 'namespace');
  const subjects = objectsAt(binding, 'subjects').map((subject) => {
    const isMoved = textAt(subject, 'kind') === 'ServiceAccount' && textAt(subject, 'namespace') === own;
    return isMoved || (subject.kind === 'ServiceAccount' && subject.name === 'default')
      ? { ...subject, namespace }
      : subject;
  });
  return subjects.length === 0 ? binding : { ...binding, subjects };
}

/** Names that no prefix changes: kustomize, api/internal/builtins/PrefixTransformer.go. */
const FIXED_NAMES: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);

/** An object with a prefix and a suffix at its name. */
export function withAffixes(object: Json, prefix: string, suffix: string): Json {
  const name = textAt(object, 'metadata', 'name');
  if (name === '' || FIXED_NAMES.has(textAt(object, 'kind'))) return object;
  return withAt(object, ['metadata', 'name'], `${prefix}${name}${suffix}`);
}
