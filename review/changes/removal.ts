import { firstWords } from '../../constructs/shared/wording';
import { apiGroup } from '../manifests/api-group';
import { objectAt, objectsAt, textAt, valueAt } from '../manifests/json';
import { Json } from '../rule';
import { claimUsers } from './claim-users';
import { Consequence, Effect } from './consequence';
import { ChangeContext } from './context';
import { claimFate, Fate, policyOfClass, RELEASED } from './fate';
import { machineNames, readersOf } from './readers';

const OWNERS = 'ownerReferences: VirtualMachine → DataVolume → PersistentVolumeClaim';
const DATA_VOLUME = `${OWNERS} (CDI, pkg/controller/datavolume/controller-base.go, newPersistentVolumeClaim)`;
const RECLAIM = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming';

/** What is deleted together with an object that is removed; undefined for an object without data. */
type Removal = (old: Json, context: ChangeContext) => Omit<Effect, 'field' | 'message'>;

/** By API group and kind, what the deletion of an object does to data. Every other kind holds none. */
const REMOVALS: Readonly<Record<string, Removal>> = {
  'kubevirt.io/VirtualMachine': machine,
  'pool.kubevirt.io/VirtualMachinePool': pool,
  'cdi.kubevirt.io/DataVolume': (old, context) =>
    isEmpty(old, context)
      ? kept('it holds no data yet', DATA_VOLUME)
      : fateEffect(claimFate([old], context), `its claim is deleted with it${losers(old, context)}`, DATA_VOLUME),
  '/PersistentVolumeClaim': claim,
  'snapshot.storage.k8s.io/VolumeSnapshot': volumeSnapshot,
  'snapshot.kubevirt.io/VirtualMachineSnapshot': machineSnapshot,
  'cdi.kubevirt.io/DataImportCron': importCron,
  'kubevirt.io/VirtualMachineInstance': instance,
  'kubevirt.io/VirtualMachineInstanceReplicaSet': instance,
  '/Namespace': namespace,
  '/Secret': (old, context) => read('Secret', old, context),
  '/ConfigMap': (old, context) => read('ConfigMap', old, context),
  'storage.k8s.io/StorageClass': () =>
    kept(
      'claims and volumes that exist go on, with their reclaim policy; no new ones are made, and none can grow any more',
      'Kubernetes v1.34.4, plugin/pkg/admission/storage/persistentvolume/resize/admission.go, Validate',
    ),
  'snapshot.storage.k8s.io/VolumeSnapshotClass': () =>
    kept('snapshots that exist stay', 'external-snapshotter v8.2.0, pkg/common-controller/snapshot_controller.go'),
};

/**
 * What it does that an object is gone from the manifests.
 *
 * @param engine What prunes its root: `Application argocd/shop`.
 * @param prune Whether whoever applies the manifests deletes what is gone from them.
 */
export function removalEffect(old: Json, context: ChangeContext, engine: string | undefined, prune: boolean): Effect {
  const by = deletedBy(old, engine, prune);
  if (by === undefined) return unmanagedEffect(old, engine, pruneMark(old));
  const effect = deletionEffect(old, context);
  return { ...effect, assumed: [...(effect.assumed ?? []), by] };
}

/** Who deletes an object that is gone from the manifests; undefined if it stays. */
export function deletedBy(old: Json, engine: string | undefined, prune: boolean): string | undefined {
  if (prune) return 'what is gone from the manifests is deleted (--prune)';
  return engine === undefined || pruneMark(old) !== undefined ? undefined : `${engine} deletes what is gone (prune)`;
}

/** What it does that an object is deleted from the cluster. */
export function deletionEffect(old: Json, context: ChangeContext): Effect {
  const removal = REMOVALS[`${apiGroup(textAt(old, 'apiVersion'))}/${textAt(old, 'kind')}`];
  const effect = removal?.(old, context) ?? kept('it holds no data', 'Kubernetes, DELETE of an object');
  return { field: '', message: `${textAt(old, 'kind')} ${textAt(old, 'metadata', 'name')} is deleted`, ...effect };
}

/** Annotations and labels by which an object says that no engine prunes it. */
const PRUNE_MARKS: readonly (readonly [key: string, value: RegExp])[] = [
  // https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources
  ['argocd.argoproj.io/sync-options', /(^|,)\s*Prune=false\s*(,|$)/],
  // https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
  ['kustomize.toolkit.fluxcd.io/prune', /^disabled$/],
];

function pruneMark(old: Json): string | undefined {
  for (const [key, value] of PRUNE_MARKS) {
    const marks = [textAt(old, 'metadata', 'annotations', key), textAt(old, 'metadata', 'labels', key)];
    const found = marks.find((one) => value.test(one));
    if (found !== undefined) return `${key}: ${found}`;
  }
  return undefined;
}

/** An object that nothing deletes stays in the cluster. */
function unmanagedEffect(old: Json, engine: string | undefined, mark: string | undefined): Effect {
  return {
    field: '',
    message: `${textAt(old, 'kind')} ${textAt(old, 'metadata', 'name')} is no longer managed`,
    consequence: Consequence.REMOVED,
    reason:
      engine === undefined
        ? 'kubectl apply deletes nothing: the object stays in the cluster, and nobody changes it any more'
        : `the object says that ${engine} does not delete it (${mark}): it stays in the cluster, and nobody changes it any more`,
    remedy: 'delete it by kubectl delete, where it is not wanted any more',
    ...(engine === undefined ? { assumed: ['nothing prunes (--prune, Argo CD or Flux)'] } : {}),
    source: 'https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#how-to-delete-objects',
  };
}

function machine(old: Json, context: ChangeContext): Omit<Effect, 'field' | 'message'> {
  const templates = objectsAt(old, 'spec', 'dataVolumeTemplates');
  const state = persistentState(old);
  if (templates.length === 0 && state === undefined) {
    return kept('it is shut down; its disks stand alone and stay, what it wrote to local disks is gone', OWNERS);
  }
  const names = templates.map((template) => textAt(template, 'metadata', 'name')).join(', ');
  const what = [
    ...(templates.length > 0 ? [`the disks of its templates (${names}) are deleted with it`] : []),
    ...(state === undefined ? [] : [`the claim of its ${state} is deleted with it`]),
  ].join(', and ');
  const fates = [claimFate(templates, context), ...(state === undefined ? [] : [stateFate(context)])];
  const fate = fates.find(({ isKept }) => !isKept) ?? fates[0]!;
  return { ...fateEffect(fate, what, OWNERS), remedy: 'kubectl delete --cascade=orphan keeps DataVolumes and claims' };
}

/** The state that KubeVirt keeps in a claim of its own: pkg/storage/backend-storage/backend-storage.go. */
function persistentState(vm: Json): string | undefined {
  const domain = objectAt(vm, 'spec', 'template', 'spec', 'domain');
  const tpm = valueAt(domain, 'devices', 'tpm', 'persistent') === true;
  const efi = valueAt(domain, 'firmware', 'bootloader', 'efi', 'persistent') === true;
  if (tpm && efi) return 'TPM and EFI';
  return tpm ? 'TPM' : efi ? 'EFI' : undefined;
}

function stateFate(context: ChangeContext): Fate {
  const name = textAt(context.config.configuration, 'vmStateStorageClass');
  return policyOfClass(name === '' ? undefined : name, context);
}

function pool(old: Json, context: ChangeContext): Omit<Effect, 'field' | 'message'> {
  const templates = objectsAt(old, 'spec', 'virtualMachineTemplate', 'spec', 'dataVolumeTemplates');
  if (templates.length === 0) return kept('its machines are deleted; they have no disk of their own', OWNERS);
  return fateEffect(claimFate(templates, context), 'its machines and their disks are deleted', OWNERS);
}

/** Whether no volume was ever made for a claim or a DataVolume: nothing was written to it. */
function isEmpty(old: Json, { bound }: ChangeContext): boolean {
  const phase = textAt(old, 'status', 'phase');
  return phase === '' ? bound === false : ['Pending', 'WaitForFirstConsumer', 'PendingPopulation'].includes(phase);
}

function claim(old: Json, context: ChangeContext): Omit<Effect, 'field' | 'message'> {
  if (isEmpty(old, context)) return kept('it is not bound: there is no volume, and no data in it', RECLAIM);
  const [space, name] = [textAt(old, 'metadata', 'namespace'), textAt(old, 'metadata', 'name')];
  const made = context.after.find('DataVolume', space, name) !== undefined;
  const again = made ? '; DataVolume of the same name makes it anew from its source' : '';
  const fate = claimFate([old], context);
  return fateEffect(fate, `it goes as soon as no pod uses it${again}${losers(old, context)}`, RECLAIM);
}

/** `, and VirtualMachine web has no disk any more`: the machines whose disk it is, before and after. */
function losers(old: Json, { before, after }: ChangeContext): string {
  const names = [...new Set([...claimUsers(old, before), ...claimUsers(old, after)])];
  if (names.length === 0) return '';
  return `: a disk of VirtualMachine ${firstWords(names, 3)}`;
}

/** The content of a snapshot says what becomes of its data; before it is read from a cluster, the class that it is made by. */
function volumeSnapshot(old: Json, { before, after }: ChangeContext): Omit<Effect, 'field' | 'message'> {
  const find = (kind: string, name: string): Json | undefined =>
    name === '' ? undefined : (before.find(kind, '', name) ?? after.find(kind, '', name));
  const content = textAt(old, 'status', 'boundVolumeSnapshotContentName');
  const name = textAt(old, 'spec', 'volumeSnapshotClassName');
  const held = find('VolumeSnapshotContent', content);
  const policy = textAt(held, 'spec', 'deletionPolicy') || textAt(find('VolumeSnapshotClass', name), 'deletionPolicy');
  const source = 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/';
  if (policy === '') {
    const which = name === '' ? 'the default VolumeSnapshotClass' : `VolumeSnapshotClass ${name}`;
    return {
      consequence: Consequence.UNKNOWN,
      reason: `whether the snapshot's data goes depends on the deletionPolicy of ${which}, which is not among the manifests`,
      remedy: `put ${which} beside the manifests, or give it by --storage`,
      source,
    };
  }
  const owner = held === undefined ? name : content;
  if (policy === 'Retain') return kept(`the deletionPolicy of ${owner} is Retain: content and data stay`, source);
  const reason = `the deletionPolicy of ${owner} is Delete: the snapshot's data is deleted`;
  return { consequence: Consequence.DATA_LOST, reason, source };
}

function machineSnapshot(old: Json): Omit<Effect, 'field' | 'message'> {
  const source = 'pkg/storage/snapshot/snapshot.go, deleteContentPolicy and shouldDeleteContent';
  if (textAt(old, 'spec', 'deletionPolicy').toLowerCase() === 'retain') {
    return kept('its deletionPolicy is retain: the content and its snapshots stay', source);
  }
  const reason = 'its content and the snapshots of its disks are deleted with it';
  const remedy = "make it with 'deletionPolicy: retain' to keep them";
  return { consequence: Consequence.DATA_LOST, reason, remedy, source };
}

function importCron(old: Json, context: ChangeContext): Omit<Effect, 'field' | 'message'> {
  const source = 'CDI, pkg/controller/dataimportcron-controller.go, cleanup';
  if (textAt(old, 'spec', 'retentionPolicy') !== 'None') {
    return kept('its retentionPolicy is All: what it imported and its DataSource stay', source);
  }
  const fate = claimFate([objectAt(old, 'spec', 'template') ?? {}], context);
  return fateEffect(fate, 'its retentionPolicy is None: what it imported is deleted with it', source);
}

function instance(): Omit<Effect, 'field' | 'message'> {
  const reason = 'its machines are shut down; what they wrote to local disks is gone, claims stay';
  return { consequence: Consequence.STOPPED, reason, source: 'pkg/virt-controller/watch/vmi' };
}

/** Everything in a namespace goes with it. */
function namespace(old: Json, context: ChangeContext): Omit<Effect, 'field' | 'message'> {
  const name = textAt(old, 'metadata', 'name');
  const kinds = [
    'PersistentVolumeClaim',
    'DataVolume',
    'VirtualMachine',
    'VirtualMachinePool',
    'VirtualMachineSnapshot',
    'VolumeSnapshot',
  ];
  const inside = kinds.flatMap((kind) =>
    context.before.all(kind).filter((one) => textAt(one, 'metadata', 'namespace') === name),
  );
  const source = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/';
  const effects = inside.map((one) => ({ one, effect: deletionEffect(one, context) }));
  const lost = effects.filter(({ effect }) => effect.consequence === Consequence.DATA_LOST);
  if (lost.length > 0) {
    const names = lost.map(({ one }) => `${textAt(one, 'kind')} ${textAt(one, 'metadata', 'name')}`);
    const assumed = [...new Set(lost.flatMap(({ effect }) => effect.assumed ?? []))];
    return {
      consequence: Consequence.DATA_LOST,
      reason: `everything in it is deleted, with the data of ${firstWords(names, 4)}`,
      assumed,
      source,
    };
  }
  const released = effects.filter(({ effect }) => effect.reason.includes(RELEASED));
  if (released.length > 0) {
    const names = released.map(({ one }) => `${textAt(one, 'kind')} ${textAt(one, 'metadata', 'name')}`).join(', ');
    return kept(`everything in it is deleted, also ${names}; ${RELEASED}`, source);
  }
  return kept('everything in it is deleted; nothing among the manifests there holds data that goes', source);
}

function read(kind: string, old: Json, { after }: ChangeContext): Omit<Effect, 'field' | 'message'> {
  const readers = readersOf(kind, old, after);
  const source = 'pkg/virt-controller/services/template.go';
  if (readers.length === 0) return kept('no VirtualMachine among the manifests reads it', source);
  const reason = `running machines go on; ${machineNames(readers)} cannot start again without it`;
  return { consequence: Consequence.REMOVED, reason, source };
}

function fateEffect(
  { isKept, reason, assumed }: Fate,
  what: string,
  source: string,
): Omit<Effect, 'field' | 'message'> {
  return {
    consequence: isKept ? Consequence.REMOVED : Consequence.DATA_LOST,
    reason: `${what}; ${reason}`,
    ...(assumed === undefined ? {} : { assumed: [assumed] }),
    source,
  };
}

function kept(reason: string, source: string): Omit<Effect, 'field' | 'message'> {
  return { consequence: Consequence.REMOVED, reason, source };
}
