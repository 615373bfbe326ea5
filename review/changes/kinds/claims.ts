import { isDeepStrictEqual } from 'node:util';
import { gateMayBeOn } from '../../cluster/config';
import { textAt, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { ChangeContext } from '../context';
import { isDefaultClass } from '../fate';
import { fromTo } from '../wording';
import { refused } from './immutable-fields';

const VALIDATION = 'Kubernetes v1.34.4, pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimUpdate';
const RESIZE = 'Kubernetes v1.34.4, plugin/pkg/admission/storage/persistentvolume/resize/admission.go, Validate';
const SIZE = ['spec', 'resources', 'requests', 'storage'] as const;

/** Fields of a claim that stay what they are once they are set, and what their absence stands for. */
const FIXED: Readonly<Record<string, unknown>> = {
  accessModes: undefined,
  volumeMode: 'Filesystem',
  selector: undefined,
  volumeName: undefined,
  dataSource: undefined,
  dataSourceRef: undefined,
};

/** What a changed PersistentVolumeClaim does. */
export function claimEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  return [
    ...Object.entries(FIXED).flatMap(([key, absent]) => fixedEffects(key, absent, old, next)),
    ...classEffects(old, next),
    ...limitEffects(old, next),
    ...attributeClassEffects(old, next, context),
    ...sizeEffects(old, next, context),
  ];
}

function fixedEffects(key: string, absent: unknown, old: Json, next: Json): Effect[] {
  const [was, is] = [valueAt(old, 'spec', key) ?? absent, valueAt(next, 'spec', key) ?? absent];
  if (isDeepStrictEqual(was, is)) return [];
  // The server fills these in: a manifest that leaves them out keeps what is there.
  if (is === undefined && (key === 'volumeName' || key === 'dataSourceRef' || key === 'dataSource')) return [];
  if (key === 'volumeName' && was === undefined && textAt(old, 'status', 'phase') !== 'Bound') {
    const reason = 'the claim is bound to this volume';
    return [inPlace(`spec.${key}`, `${key} ${fromTo(was, is)}`, reason, VALIDATION)];
  }
  return [refused(`spec.${key}`, `${key} ${fromTo(was, is)}`, 'a claim keeps what it was made with', VALIDATION)];
}

/** A claim without a class may get one, once; one with the class '' may not. */
function classEffects(old: Json, next: Json): Effect[] {
  const [was, is] = [valueAt(old, 'spec', 'storageClassName'), valueAt(next, 'spec', 'storageClassName')];
  if (was === is || (is === undefined && was !== '')) {
    if (was === is) return [];
    return [refused('spec.storageClassName', `storageClassName ${fromTo(was, is)}`, KEPT, VALIDATION)];
  }
  const message = `storageClassName ${fromTo(was, is)}`;
  if (was === undefined) return [inPlace('spec.storageClassName', message, 'a claim without one gets it', VALIDATION)];
  return [
    {
      ...refused('spec.storageClassName', message, KEPT, VALIDATION),
      remedy: 'make a claim of another name in the new class, and move the data (updateVolumesStrategy: Migration)',
    },
  ];
}

const KEPT = 'a claim keeps its class';

function limitEffects(old: Json, next: Json): Effect[] {
  const path = ['spec', 'resources', 'limits', 'storage'] as const;
  const [was, is] = [valueAt(old, ...path), valueAt(next, ...path)];
  if (parseQuantity(was) === parseQuantity(is)) return [];
  return [refused(path.join('.'), `limit ${fromTo(was, is)}`, 'a claim keeps what it was made with', VALIDATION)];
}

function attributeClassEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  const [was, is] = [
    valueAt(old, 'spec', 'volumeAttributesClassName'),
    valueAt(next, 'spec', 'volumeAttributesClassName'),
  ];
  if (was === is) return [];
  const message = `volumeAttributesClassName ${fromTo(was, is)}`;
  const field = 'spec.volumeAttributesClassName';
  if (isBound(old, context)) return [inPlace(field, message, 'the driver changes the volume', VALIDATION)];
  return [refused(field, message, 'only a bound claim can change it', VALIDATION)];
}

function isBound(claim: Json, { bound }: ChangeContext): boolean {
  const phase = textAt(claim, 'status', 'phase');
  return phase === '' ? bound !== false : phase === 'Bound';
}

function sizeEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  const [was, is] = [valueAt(old, ...SIZE), valueAt(next, ...SIZE)];
  const [from, to] = [parseQuantity(was), parseQuantity(is)];
  if (from === to) return [];
  const field = SIZE.join('.');
  const name = textAt(next, 'metadata', 'name');
  if (to === undefined) return [refused(field, 'the size is left out', 'a claim must ask for a size', VALIDATION)];
  if (from === undefined) return [];
  if (to < from) {
    const capacity = parseQuantity(valueAt(old, 'status', 'capacity', 'storage'));
    const message = `disk ${name} shrinks ${fromTo(was, is)}`;
    if (capacity !== undefined && to > capacity) {
      return [inPlace(field, message, 'a growth that did not come about is withdrawn', VALIDATION)];
    }
    return [
      {
        ...refused(field, message, 'a claim never shrinks', VALIDATION),
        remedy: 'make a smaller claim of another name, and copy the files in the guest',
      },
    ];
  }
  return [growth(old, next, context, { field, message: `disk ${name} grows ${fromTo(was, is)}` })];
}

function growth(
  old: Json,
  next: Json,
  context: ChangeContext,
  { field, message }: Pick<Effect, 'field' | 'message'>,
): Effect {
  if (!isBound(old, context)) {
    return refused(field, message, 'a claim that is not bound yet cannot grow', VALIDATION);
  }
  const name = classOf(old, next, context);
  const state = [context.after, context.before].map((one) => one.find('StorageClass', '', name));
  const found = name === '' ? undefined : (state[0] ?? state[1]);
  const assumed = textAt(old, 'status', 'phase') === '' && context.bound === undefined ? ['the claim is bound'] : [];
  if (name === '' && valueAt(old, 'spec', 'storageClassName') === '') {
    return refused(field, message, 'it has no class: nothing expands the volume', RESIZE);
  }
  if (found === undefined && name !== '' && context.isMissing('StorageClass', name, '')) {
    return refused(field, message, `StorageClass ${name} does not exist: nothing expands the volume`, RESIZE);
  }
  if (found !== undefined && found.allowVolumeExpansion !== true) {
    return {
      ...refused(field, message, `the class ${name} does not expand volumes`, RESIZE),
      remedy: `set allowVolumeExpansion: true on StorageClass ${name}, if its driver can`,
    };
  }
  const unknown = found === undefined ? [`the class ${name || 'of the claim'} expands volumes`] : [];
  return {
    field,
    message,
    consequence: Consequence.IN_PLACE,
    reason: guestGrowth(next, context),
    ...([...assumed, ...unknown].length > 0 ? { assumed: [...assumed, ...unknown] } : {}),
    source: `${RESIZE}; KubeVirt, pkg/virt-launcher/virtwrap/manager.go, shouldExpandOnline`,
  };
}

/** The class of a claim: what is stated, else what the server has given it, else the default class, if it is known. */
function classOf(old: Json, next: Json, { before, after }: ChangeContext): string {
  const [namespace, name] = [textAt(next, 'metadata', 'namespace'), textAt(next, 'metadata', 'name')];
  const held = before.find('PersistentVolumeClaim', namespace, name);
  const stated = [next, old, held].map((one) => valueAt(one, 'spec', 'storageClassName')).find(isText);
  if (stated !== undefined) return stated;
  const classes = [...before.all('StorageClass'), ...after.all('StorageClass')];
  return textAt(classes.find(isDefaultClass), 'metadata', 'name');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** What the guest sees of it: of a file system only with the gate ExpandDisks, always on from v1.9. */
function guestGrowth(claim: Json, { config }: ChangeContext): string {
  if (textAt(claim, 'spec', 'volumeMode') === 'Block') {
    return 'the volume grows; the guest sees it at once, or at its next start, and then grows its partition';
  }
  return gateMayBeOn(config, 'ExpandDisks')
    ? 'the volume grows, and KubeVirt grows the disk in it; the guest then grows its partition'
    : "the volume grows, and the guest's disk in its file system stays as it is: the gate ExpandDisks is off";
}

function inPlace(field: string, message: string, reason: string, source: string): Effect {
  return { field, message, consequence: Consequence.IN_PLACE, reason, source };
}
