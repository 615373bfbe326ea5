import type { StorageFacts } from '../../../constructs/storage/facts';
import { objectAt, objectsAt, textAt, valueAt } from '../../manifests/json';
import type { Json } from '../../rule';
import { plainClaim } from '../claim';
import { replicasOf } from '../replicas';
import type { Kind, LaterClaims } from './kind';
import { namesInPod } from './name-fields';

const POD_TEMPLATE = ['spec', 'template'] as const;

/** Pods, and what makes them: Kubernetes makes claims for their ephemeral volumes, and for a StatefulSet. */
export const POD_KINDS: readonly Kind[] = [
  {
    // `pod-volume` (Kubernetes: component-helpers/storage/ephemeral, VolumeClaimName).
    group: '',
    kind: 'Pod',
    names: (object, note) => namesInPod(object, ['spec'], note),
    namedClaims: (object) =>
      ephemeralTemplates(object).map(([volume, template]) =>
        claimOf(object, template, `${textAt(object, 'metadata', 'name')}-${volume}`),
      ),
  },
  {
    // `template-set-0` (Kubernetes: pkg/controller/statefulset/stateful_set_utils.go, getPersistentVolumeClaimName).
    group: 'apps',
    kind: 'StatefulSet',
    replicas: (object) =>
      objectsAt(object, 'spec', 'volumeClaimTemplates').length === 0
        ? undefined
        : replicasOf(object, (index) => statefulClaims(object, index)),
    laterClaims: claimsOfPods(POD_TEMPLATE),
  },
  ...['Deployment', 'ReplicaSet', 'DaemonSet'].map((kind) => workload('apps', kind)),
  workload('', 'ReplicationController'),
  workload('batch', 'Job'),
  workload('batch', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template']),
];

function workload(group: string, kind: string, template: readonly string[] = POD_TEMPLATE): Kind {
  return { group, kind, laterClaims: claimsOfPods(template) };
}

/** A claim for each pod and each of its ephemeral volumes. */
function claimsOfPods(template: readonly string[]): (object: Json, facts: StorageFacts) => LaterClaims[] {
  return (object, facts) => {
    const pod = objectAt(object, ...template);
    if (pod === undefined) return [];
    const replicas = valueAt(object, 'spec', 'replicas');
    const number = typeof replicas === 'number' ? ` (${replicas})` : '';
    return ephemeralTemplates(pod).map(([volume, claim]) => ({
      names: `${textAt(object, 'metadata', 'name')}-*-${volume}`,
      each: plainClaim(facts, claim),
      reason: `a claim for each pod${number}, as long as it lives`,
    }));
  };
}

/** The volumes of a pod for which Kubernetes makes a claim: by name, with what is written of the claim. */
function ephemeralTemplates(pod: Json): [volume: string, template: Json][] {
  return objectsAt(pod, 'spec', 'volumes').flatMap((volume): [string, Json][] => {
    const template = objectAt(volume, 'ephemeral', 'volumeClaimTemplate');
    return template === undefined ? [] : [[textAt(volume, 'name'), template]];
  });
}

function statefulClaims(set: Json, index: number): Json[] {
  const start = valueAt(set, 'spec', 'ordinals', 'start');
  const ordinal = (typeof start === 'number' ? start : 0) + index;
  return objectsAt(set, 'spec', 'volumeClaimTemplates').map((template) =>
    claimOf(set, template, `${textAt(template, 'metadata', 'name')}-${textAt(set, 'metadata', 'name')}-${ordinal}`),
  );
}

function claimOf(maker: Json, template: Json, name: string): Json {
  const annotations = objectAt(template, 'metadata', 'annotations');
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: textAt(maker, 'metadata', 'namespace'), annotations },
    spec: objectAt(template, 'spec') ?? {},
  };
}
