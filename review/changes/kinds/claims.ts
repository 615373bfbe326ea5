import { gateMayBeOn } from '../../cluster/config';
import { CLAIM_SIZE } from '../../cluster/updates/claim-update';
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

/** What a changed PersistentVolumeClaim does, beside what is refused of it (`keptFaults`). */
export function claimEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  return [...givenEffects(old, next), ...attributeClassEffects(old, next, context), ...sizeEffects(old, next, context)];
}

/** What a claim gets that it did not have: a class, once, and a volume, before it is bound. */
function givenEffects(old: Json, next: Json): Effect[] {
  return Object.entries(GIVEN).flatMap(([key, reason]) => {
    const [was, is] = [valueAt(old, 'spec', key), valueAt(next, 'spec', key)];
    if (was !== undefined || is === undefined) return [];
    if (key === 'volumeName' && textAt(old, 'status', 'phase') === 'Bound') return [];
    return [inPlace(`spec.${key}`, `${key} ${fromTo(was, is)}`, reason, VALIDATION)];
  });
}

const GIVEN: Readonly<Record<string, string>> = {
  volumeName: 'the claim is bound to this volume',
  storageClassName: 'a claim without one gets it',
};

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
  const [was, is] = [valueAt(old, ...CLAIM_SIZE), valueAt(next, ...CLAIM_SIZE)];
  const [from, to] = [parseQuantity(was), parseQuantity(is)];
  if (from === undefined || to === undefined) return [];
  const field = CLAIM_SIZE.join('.');
  const name = textAt(next, 'metadata', 'name');
  if (to > from) return [growth(old, next, context, { field, message: `disk ${name} grows ${fromTo(was, is)}` })];
  if (to === from) return [];
  const message = `disk ${name} shrinks ${fromTo(was, is)}`;
  return [inPlace(field, message, 'a growth that did not come about is withdrawn', VALIDATION)];
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
