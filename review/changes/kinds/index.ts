import { isDeepStrictEqual } from 'node:util';
import { semanticEqual } from '../../admission/shared/semantic-equal';
import { secretData } from '../../cluster/updates/kept-fields';
import { apiGroup } from '../../manifests/api-group';
import { isObject, objectAt, objectsAt, textAt, without } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { ChangeContext } from '../context';
import { machineEffects } from '../machine';
import { machineNames, readersOf } from '../readers';
import { changesIn, differences } from '../wording';
import { claimEffects } from './claims';
import { immutableEffects, refused } from './immutable-fields';
import { poolEffects, replicaSetEffects } from './pools';

type Effects = (old: Json, next: Json, context: ChangeContext) => Effect[];

/** What a change of each kind does, by API group and kind. What stands here says all of the kind. */
const KINDS: Readonly<Record<string, Effects>> = {
  'kubevirt.io/VirtualMachine': machineEffects,
  'kubevirt.io/VirtualMachineInstanceReplicaSet': replicaSetEffects,
  'kubevirt.io/VirtualMachineInstance': instanceEffects,
  'pool.kubevirt.io/VirtualMachinePool': poolEffects,
  '/PersistentVolumeClaim': claimEffects,
  '/Secret': readEffects('Secret'),
  '/ConfigMap': readEffects('ConfigMap'),
};

/**
 * What follows from a change of the kinds that no running machine notices, by group and kind; `spec` is said first.
 *
 * | kind | where it stands |
 * | --- | --- |
 * | instance types, preferences | KubeVirt, pkg/instancetype/revision/store.go: machines keep a revision |
 * | DataSource, StorageProfile, StorageClass, VolumeSnapshotClass | read when a disk or a snapshot is made |
 * | MigrationPolicy | read when a migration starts |
 * | KubeVirt, CDI | read by the operators |
 */
const LATER_USE: Readonly<Record<string, readonly [reason: string, source: string]>> = {
  ...Object.fromEntries(
    ['Instancetype', 'ClusterInstancetype', 'Preference', 'ClusterPreference'].map((kind) => [
      `instancetype.kubevirt.io/VirtualMachine${kind}`,
      [
        'machines that exist keep the revision that they have; new ones take it',
        'pkg/instancetype/revision/store.go, Store',
      ],
    ]),
  ),
  'cdi.kubevirt.io/DataSource': [
    'DataVolumes that exist stay as they are; the next one takes it',
    'CDI, pkg/controller/datavolume/controller-base.go, populateSourceIfSourceRef',
  ],
  'cdi.kubevirt.io/StorageProfile': [
    'claims that exist stay as they are; the next one takes it',
    'CDI, pkg/controller/storageprofile-controller.go',
  ],
  'storage.k8s.io/StorageClass': [
    'volumes that exist stay as they are',
    'Kubernetes, storage classes are read on provisioning',
  ],
  'snapshot.storage.k8s.io/VolumeSnapshotClass': [
    'snapshots that exist stay as they are, their deletion policy too; the next one takes it',
    'external-snapshotter v8.2.0, pkg/common-controller/snapshot_controller.go',
  ],
  'snapshot.storage.k8s.io/VolumeSnapshot': ['a snapshot that is taken stays as it is', 'external-snapshotter v8.2.0'],
  'clone.kubevirt.io/VirtualMachineClone': [
    'a clone that is made stays as it is',
    'pkg/virt-controller/watch/clone/clone.go',
  ],
  'migrations.kubevirt.io/MigrationPolicy': ['the next migration takes it', 'pkg/util/migrations/migrations.go'],
  'kubevirt.io/KubeVirt': [
    'running machines go on; a gate that is taken away refuses their next change',
    'pkg/virt-config/configuration.go',
  ],
  '/Service': [
    'it holds at once: whoever uses the Service must use the new port, address or selector',
    'Kubernetes, kube-proxy follows the Service',
  ],
  'cdi.kubevirt.io/CDI': ['the next import, upload or clone takes it', 'CDI, pkg/operator/controller'],
};

/** What a changed object does. */
export function changedEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  const key = `${apiGroup(textAt(next, 'apiVersion'))}/${textAt(next, 'kind')}`;
  const own = Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
  const effects = [...immutableEffects(textAt(next, 'kind'), old, next), ...(own?.(old, next, context) ?? [])];
  if (own !== undefined && key === 'kubevirt.io/VirtualMachine') return effects;
  return [...effects, ...(own === undefined ? otherEffects(key, old, next, effects) : metadataEffects(old, next))];
}

/** A kind of which nothing more is said: what changed, and that it changes in place. */
function otherEffects(key: string, old: Json, next: Json, said: readonly Effect[]): Effect[] {
  const [was, is] = [defaulted(key, content(old), next), defaulted(key, content(next), old)];
  if (said.some(({ consequence }) => consequence === Consequence.REFUSED) || isSameMeaning(was, is)) {
    return metadataEffects(old, next);
  }
  const [reason, source] = LATER_USE[key] ?? [
    'the object is changed where it stands',
    'Kubernetes, PATCH of an object',
  ];
  const paths = differences(was, is);
  const field = paths.length === 1 ? paths[0]! : 'spec';
  return [
    { field, message: changesIn(was, is), consequence: Consequence.IN_PLACE, reason, source },
    ...metadataEffects(old, next),
  ];
}

function metadataEffects(old: Json, next: Json): Effect[] {
  return ['labels', 'annotations'].flatMap((key) => {
    const [was, is] = [old, next].map(({ metadata }) => (isObject(metadata) ? metadata[key] : undefined));
    if (semanticEqual({ labels: was }, { labels: is })) return [];
    const changed = keysThatDiffer(was, is);
    const reason = 'labels and annotations are changed where they stand';
    const source = 'Kubernetes, pkg/api/validation/objectmeta.go, ValidateObjectMetaUpdate';
    return [
      { field: `metadata.${key}`, message: `${key} ${changed}`, consequence: Consequence.IN_PLACE, reason, source },
    ];
  });
}

/** The keys whose values differ, of labels or annotations. */
function keysThatDiffer(was: unknown, is: unknown): string {
  return [...new Set(differences(was ?? {}, is ?? {}))].join(', ');
}

/** A Secret or a ConfigMap: which machines read it, and when. */
function readEffects(kind: string): Effects {
  return (old, next, { after }) => {
    const [was, is] = [old, next].map((one) => [secretData(one), one.binaryData ?? {}]);
    if (old.immutable === true) return [];
    const marked = next.immutable === true ? [marking(kind)] : [];
    if (isDeepStrictEqual(was, is)) return marked;
    const readers = readersOf(kind, next, after);
    const part = {
      field: 'data',
      message: 'the data changes',
      source: 'KubeVirt, pkg/virt-launcher and pkg/cloud-init',
    };
    if (readers.length === 0) {
      const reason = 'no VirtualMachine among the manifests reads it';
      return [{ ...part, consequence: Consequence.IN_PLACE, reason }, ...marked];
    }
    const groups = (['at once', 'at every start', 'at the first start'] as const).map((when) =>
      readers.filter((reader) => reader.when === when),
    );
    const consequences = [Consequence.LIVE, Consequence.LATER, Consequence.IGNORED];
    const effects = groups.flatMap((group, index): Effect[] => {
      if (group.length === 0) return [];
      const uses = [...new Set(group.map(({ use }) => use))].join(', ');
      const reason = [
        `${machineNames(group)} takes it at once, by the guest agent (${uses})`,
        `${machineNames(group)} reads it at its next start, which nothing asks for (${uses})`,
        `${machineNames(group)} read it at its first start, and does not run it again (${uses})`,
      ][index]!;
      const assumed = index === 2 ? { assumed: ['the machine was started before'] } : {};
      return [{ ...part, consequence: consequences[index]!, reason, ...assumed }];
    });
    return [...effects, ...marked];
  };
}

/** From then on the data stays what it is, and the mark as well. */
function marking(kind: string): Effect {
  return {
    field: 'immutable',
    message: `the ${kind} is marked immutable`,
    consequence: Consequence.IN_PLACE,
    reason: 'from now on every change of its data is refused, and the mark cannot be taken back',
    source: `Kubernetes v1.34.4, pkg/apis/core/validation/validation.go, Validate${kind}Update`,
  };
}

/** A VirtualMachineInstance is KubeVirt's own: nobody else changes its spec or the labels of kubevirt.io. */
function instanceEffects(old: Json, next: Json): Effect[] {
  const source = 'pkg/virt-api/webhooks/validating-webhook/admitters/vmi-update-admitter.go, Admit';
  const effects: Effect[] = [];
  if (!semanticEqual({ spec: old.spec }, { spec: next.spec })) {
    const message = differences(old.spec, next.spec).slice(0, 3).join(', ');
    effects.push(refused('spec', message, 'only KubeVirt changes a VirtualMachineInstance: change its owner', source));
  }
  const [was, is] = [old, next].map((one) => objectAt(one, 'metadata', 'labels') ?? {}) as [Json, Json];
  const own = Object.keys({ ...was, ...is }).filter((key) => key.startsWith('kubevirt.io/') && was[key] !== is[key]);
  if (own.length === 0) return effects;
  return [...effects, refused('metadata.labels', own.join(', '), 'only KubeVirt sets these labels', source)];
}

/** Quantities by what they stand for, and a default that is written out as absent. */
function isSameMeaning(was: Json, is: Json): boolean {
  return semanticEqual(normal(was), normal(is));
}

/** What the server fills in of some kinds: in both states, whether it is written or not. */
function defaulted(key: string, object: Json, beside: Json): Json {
  if (key === '/Service') return defaultedService(object, beside);
  const role = objectAt(object, 'roleRef');
  if (!key.startsWith(RBAC) || role === undefined) return object;
  return { ...object, roleRef: { apiGroup: RBAC.slice(0, -1), ...role } };
}

const RBAC = 'rbac.authorization.k8s.io/';

/** Addresses and families that a manifest leaves to the server, which keeps them. */
const KEPT_BY_SERVICE = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort'];

/** A Service with the defaults of its ports: pkg/apis/core/v1/defaults.go, SetDefaults_Service. */
function defaultedService(service: Json, beside: Json): Json {
  const [spec, other] = [objectAt(service, 'spec') ?? {}, objectAt(beside, 'spec') ?? {}];
  const ports = objectsAt(spec, 'ports').map((port) => ({ protocol: 'TCP', targetPort: port.port, ...port }));
  const left = KEPT_BY_SERVICE.filter((field) => other[field] === undefined);
  return { ...service, spec: { type: 'ClusterIP', sessionAffinity: 'None', ...without(spec, ...left), ports } };
}

const QUANTITIES: ReadonlySet<string> = new Set(['guest', 'maxGuest', 'storage', 'memory', 'cpu', 'size', 'capacity']);
const DEFAULTS: Readonly<Record<string, unknown>> = { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' };

/** What Go holds by pointer in the kinds of Kubernetes: an explicit false or 0 is not the same as nothing. */
const POINTERS: ReadonlySet<string> = new Set([
  ...['automountServiceAccountToken', 'allocateLoadBalancerNodePorts', 'replicas', 'suspend', 'optional', 'priority'],
  ...['minAvailable', 'maxUnavailable', 'backoffLimit', 'revisionHistoryLimit', 'terminationGracePeriodSeconds'],
]);

function normal(value: Json): Json {
  return JSON.parse(
    JSON.stringify(value, (key, below: unknown) => {
      if (Object.hasOwn(DEFAULTS, key) && DEFAULTS[key] === below) return undefined;
      if (POINTERS.has(key) && (below === false || below === 0)) return `explicitly ${below}`;
      return QUANTITIES.has(key) && typeof below !== 'object' ? (parseQuantity(below) ?? below) : below;
    }),
  ) as Json;
}

/** An object without what names it and what the server writes. */
function content(object: Json): Json {
  return without(object, 'metadata', 'status', 'apiVersion', 'kind');
}
