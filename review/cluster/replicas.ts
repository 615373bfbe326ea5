import { objectAt, objectsAt, textAt, valueAt } from '../manifests/json';
import type { Json } from '../rule';
import { kindOf } from './kinds';

/** What an object that stands for several makes. */
export interface Members {
  readonly objects: readonly Json[];
  /** Why they are not counted, where they are not. */
  readonly fault?: string;
}

/** More members of one object than these are taken for a slip: nobody runs so many. */
const MOST_MEMBERS = 100_000;

/**
 * The machines and claims that a set of them makes, by the names that they get; nothing where the object is no set.
 *
 * | object | makes | name |
 * | --- | --- | --- |
 * | VirtualMachinePool | VirtualMachines | `pool-0`; so are its disk templates (KubeVirt v1.6.2: pkg/virt-controller/watch/pool/pool.go, indexVMSpec) |
 * | VirtualMachineInstanceReplicaSet | VirtualMachineInstances | given by the cluster, which all use the same claims (pkg/virt-controller/watch/replicaset/replicaset.go, scale) |
 * | StatefulSet | claims of its templates | `template-set-0` (Kubernetes: pkg/controller/statefulset/stateful_set_utils.go, getPersistentVolumeClaimName) |
 * | Pod | claims of its ephemeral volumes | `pod-volume` (component-helpers/storage/ephemeral, VolumeClaimName) |
 */
export function membersOf(object: Json): Members | undefined {
  switch (kindOf(object)) {
    case 'VirtualMachinePool':
      return each(object, (index) => [pooled(object, index)]);
    case 'VirtualMachineInstanceReplicaSet':
      return each(object, (index) => [replica(object, index)]);
    case 'StatefulSet':
      return objectsAt(object, 'spec', 'volumeClaimTemplates').length === 0
        ? undefined
        : each(object, (index) => statefulClaims(object, index));
    case 'Pod': {
      const claims = ephemeralTemplates(object).map(([volume, template]) =>
        claimOf(object, template, `${nameOf(object)}-${volume}`),
      );
      return claims.length === 0 ? undefined : { objects: claims };
    }
    default:
      return undefined;
  }
}

/** The volumes of a pod, or of a template of one, for which Kubernetes makes a claim: by name, with what is written of it. */
export function ephemeralTemplates(pod: Json): [volume: string, template: Json][] {
  return objectsAt(pod, 'spec', 'volumes').flatMap((volume): [string, Json][] => {
    const template = objectAt(volume, 'ephemeral', 'volumeClaimTemplate');
    return template === undefined ? [] : [[textAt(volume, 'name'), template]];
  });
}

/** How many a set makes; nothing where that is no number. */
function each(object: Json, made: (index: number) => Json[]): Members {
  const replicas = valueAt(object, 'spec', 'replicas') ?? 1;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas < 0) {
    return { objects: [], fault: `'replicas' must be a number, got ${JSON.stringify(replicas)}` };
  }
  if (replicas > MOST_MEMBERS) {
    return { objects: [], fault: `'replicas' must be at most ${MOST_MEMBERS} to be counted, got ${replicas}` };
  }
  return { objects: Array.from({ length: replicas }, (_, index) => made(index)).flat() };
}

function pooled(pool: Json, index: number): Json {
  const spec = objectAt(pool, 'spec', 'virtualMachineTemplate', 'spec') ?? {};
  const metadata = { name: `${nameOf(pool)}-${index}`, namespace: namespaceOf(pool) };
  return { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata, spec: numbered(spec, index) };
}

function replica(set: Json, index: number): Json {
  const template = objectAt(set, 'spec', 'template') ?? {};
  const base = textAt(template, 'metadata', 'name') || nameOf(set);
  const annotations = objectAt(template, 'metadata', 'annotations');
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name: `${base}*${index + 1}`, namespace: namespaceOf(set), annotations },
    spec: objectAt(template, 'spec') ?? {},
  };
}

function statefulClaims(set: Json, index: number): Json[] {
  const start = valueAt(set, 'spec', 'ordinals', 'start');
  const ordinal = (typeof start === 'number' ? start : 0) + index;
  return objectsAt(set, 'spec', 'volumeClaimTemplates').map((template) =>
    claimOf(set, template, `${nameOf(template)}-${nameOf(set)}-${ordinal}`),
  );
}

function claimOf(maker: Json, template: Json, name: string): Json {
  const annotations = objectAt(template, 'metadata', 'annotations');
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: namespaceOf(maker), annotations },
    spec: objectAt(template, 'spec') ?? {},
  };
}

/** The spec of one of a pool's machines: what it makes for itself is numbered as it is. */
function numbered(spec: Json, index: number): Json {
  const templates = objectsAt(spec, 'dataVolumeTemplates');
  if (templates.length === 0) return spec;
  const names = new Set(templates.map((template) => textAt(template, 'metadata', 'name')));
  const copy = JSON.parse(JSON.stringify(spec)) as Json;
  const rename = (of: unknown, key: string): void => {
    const named = of as Record<string, unknown> | undefined;
    if (named !== undefined && names.has(String(named[key]))) named[key] = `${String(named[key])}-${index}`;
  };
  for (const template of objectsAt(copy, 'dataVolumeTemplates')) rename(template.metadata, 'name');
  for (const volume of objectsAt(copy, 'template', 'spec', 'volumes')) {
    rename(volume.dataVolume, 'name');
    rename(volume.persistentVolumeClaim, 'claimName');
  }
  return copy;
}

function nameOf(object: Json): string {
  return textAt(object, 'metadata', 'name');
}

function namespaceOf(object: Json): string {
  return textAt(object, 'metadata', 'namespace');
}
