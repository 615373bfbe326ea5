/** An object of the stand-in's cluster. */
export interface StoredObject {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: Fields;
  status?: Fields;
  [field: string]: unknown;
}

/** Fields whose form is that of the kind. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Fields = Record<string, any>;

/** An answer of the API server that is a failure. */
export class ApiError extends Error {
  public constructor(
    public readonly reason: 'NotFound' | 'AlreadyExists' | 'Conflict' | 'Invalid' | 'NoKind',
    message: string,
  ) {
    super(`Error from server (${reason}): ${message}`);
  }
}

/** A kind: how commands write it, and what brings it into the cluster. */
interface Kind {
  readonly written: readonly string[];
  readonly clusterWide?: true;
  readonly from?: 'kubevirt-operator' | 'kubevirt' | 'cdi-operator' | 'cdi';
}

const KINDS: Readonly<Record<string, Kind>> = {
  Namespace: { written: ['namespace', 'namespaces', 'ns'], clusterWide: true },
  Node: { written: ['node', 'nodes'], clusterWide: true },
  CustomResourceDefinition: { written: ['crd', 'crds'], clusterWide: true },
  StorageClass: { written: ['storageclass', 'storageclasses', 'sc'], clusterWide: true },
  VolumeSnapshotClass: { written: ['volumesnapshotclass', 'volumesnapshotclasses'], clusterWide: true },
  VolumeSnapshotContent: { written: ['volumesnapshotcontent', 'volumesnapshotcontents'], clusterWide: true },
  VolumeSnapshot: { written: ['volumesnapshot', 'volumesnapshots'] },
  PersistentVolumeClaim: { written: ['persistentvolumeclaim', 'pvc', 'pvcs'] },
  Pod: { written: ['pod', 'pods', 'po'] },
  Service: { written: ['service', 'services', 'svc'] },
  Secret: { written: ['secret', 'secrets'] },
  Event: { written: ['event', 'events', 'ev'] },
  Deployment: { written: ['deployment', 'deployments', 'deploy'] },
  KubeVirt: { written: ['kubevirt', 'kv'], from: 'kubevirt-operator' },
  VirtualMachine: { written: ['vm', 'vms', 'virtualmachine'], from: 'kubevirt' },
  VirtualMachineInstance: { written: ['vmi', 'vmis', 'virtualmachineinstance'], from: 'kubevirt' },
  VirtualMachineInstanceMigration: { written: ['vmim', 'virtualmachineinstancemigration'], from: 'kubevirt' },
  CDI: { written: ['cdi', 'cdis'], clusterWide: true, from: 'cdi-operator' },
  CDIConfig: { written: ['cdiconfig'], clusterWide: true, from: 'cdi' },
  StorageProfile: { written: ['storageprofile', 'storageprofiles'], clusterWide: true, from: 'cdi' },
  DataVolume: { written: ['datavolume', 'datavolumes', 'dv'], from: 'cdi' },
};

/** Kinds of which only the names are known, such as those of RBAC. */
const CLUSTER_WIDE = new Set(['ClusterRole', 'ClusterRoleBinding', 'PriorityClass', 'CustomResourceDefinition']);

/** The kind that a command writes. */
export function kindOf(written: string): string {
  const lower = written.toLowerCase();
  const found = Object.entries(KINDS).find(
    ([kind, { written: names }]) => names.includes(lower) || kind.toLowerCase() === lower,
  );
  return found?.[0] ?? written;
}

export function isClusterWide(kind: string): boolean {
  return KINDS[kind]?.clusterWide === true || CLUSTER_WIDE.has(kind);
}

/** What brings a kind into the cluster; undefined if it is always there. */
export function originOf(kind: string): Kind['from'] {
  return KINDS[kind]?.from;
}

/** Whether commands may ask for a kind. */
export function isKnown(kind: string): boolean {
  return kind in KINDS;
}

/** What a JSONPath template gives of an object, as kubectl prints it. */
export function jsonPath(template: string, object: unknown): string {
  return template.replace(/\{([^{}]*)\}/g, (_, expression: string) => {
    if (expression.startsWith('"')) return JSON.parse(expression) as string;
    return find(expression, object)
      .map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
      .join(' ');
  });
}

/** The values that a path leads to. */
export function find(path: string, object: unknown): unknown[] {
  const segments = path.match(/\.(?:\\\.|[^.[\]])+|\[[^\]]*\]/g) ?? [];
  if (segments.join('') !== path) throw new Error(`the stand-in cannot read the JSONPath ${path}`);
  return segments.reduce<unknown[]>((values, segment) => values.flatMap((value) => step(segment, value)), [object]);
}

function step(segment: string, value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return [];
  if (segment === '[*]') return Object.values(value);
  const [, field, wanted] = /^\[\?\(@\.([\w.]+)=="([^"]*)"\)\]$/.exec(segment) ?? [];
  if (field !== undefined) return Object.values(value).filter((item) => find(`.${field}`, item)[0] === wanted);
  const [, index] = /^\[(\d+)\]$/.exec(segment) ?? [];
  const key = index ?? segment.slice(1).replace(/\\\./g, '.');
  const found = (value as Fields)[key] as unknown;
  return found === undefined ? [] : [found];
}
