import { semanticEqual } from '../../admission/shared/semantic-equal';
import { objectsAt, textAt } from '../../manifests/json';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { ChangeContext } from '../context';
import { stayingImage } from '../staying-image';
import { differences, fromTo } from '../wording';
import { adoption } from './adoption';
import { claimOf } from './machine-states';

const FIELD = 'spec.dataVolumeTemplates';
const CREATES = 'pkg/virt-controller/watch/vm/vm.go, handleDataVolumes';
const ADOPTS = 'pkg/controller/controller_ref_manager.go, ClaimMatchedDataVolumes';

/**
 * What changed `dataVolumeTemplates` do: a template is looked at only where no DataVolume of its name exists (KubeVirt v1.6.2
 * and v1.9.0: vm.go, handleDataVolumes).
 */
export function diskTemplateEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  const [before, after] = [templatesOf(old), templatesOf(next)];
  const effects: Effect[] = [];
  const renames = renamesOf(old, next, before, after);
  const index = [...after.keys()];
  for (const [name, template] of after) {
    const was = before.get(name);
    const field = `${FIELD}[${index.indexOf(name)}]`;
    if (was !== undefined) effects.push(...changed(name, was, template, field));
    else effects.push(added(name, renames.get(name), field, next, context));
  }
  const renamed = new Set([...renames.values()].map(({ was }) => was));
  for (const name of before.keys()) {
    if (!after.has(name) && !renamed.has(name)) effects.push(removed(name, next));
  }
  return effects;
}

function templatesOf(vm: Json): Map<string, Json> {
  const templates = objectsAt(vm, 'spec', 'dataVolumeTemplates');
  return new Map(templates.map((template) => [textAt(template, 'metadata', 'name'), template] as const));
}

/**
 * New templates that stand for one that is gone, by their new names: a volume names it where it named the other, or it is
 * equal to the only other one that is gone.
 */
function renamesOf(
  old: Json,
  next: Json,
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): Map<string, Rename> {
  const claims = claimsByVolume(old);
  const renames = new Map<string, Rename>();
  for (const [volume, claim] of claimsByVolume(next)) {
    const was = claims.get(volume);
    if (was === undefined || was === claim || !before.has(was) || after.has(was)) continue;
    if (after.has(claim) && !before.has(claim)) renames.set(claim, { was, isSameVolume: true });
  }
  const known = new Set([...renames.values()].map(({ was }) => was));
  const gone = [...before].filter(([name]) => !after.has(name) && !known.has(name));
  for (const [name, template] of after) {
    if (before.has(name) || renames.has(name)) continue;
    const alike = gone.filter(([, old]) => semanticEqual({ spec: old.spec }, { spec: template.spec }));
    if (alike.length === 1) renames.set(name, { was: alike[0]![0], isSameVolume: false });
  }
  return renames;
}

/** A template under another name. */
interface Rename {
  readonly was: string;
  /** Whether the volume that names it kept its own name: only then is its data migrated. */
  readonly isSameVolume: boolean;
}

function claimsByVolume(vm: Json): Map<string, string> {
  const volumes = objectsAt(vm, 'spec', 'template', 'spec', 'volumes');
  return new Map(
    volumes.flatMap((volume) => {
      const claim = claimOf(volume);
      return claim === undefined ? [] : [[textAt(volume, 'name'), claim] as const];
    }),
  );
}

function changed(name: string, was: Json, is: Json, field: string): Effect[] {
  if (semanticEqual(was, is)) return [];
  const size = ['storage', 'pvc'].flatMap((api) => {
    const path = ['spec', api, 'resources', 'requests', 'storage'] as const;
    const [from, to] = [textAt(was, ...path), textAt(is, ...path)];
    return from !== '' && to !== '' && from !== to ? [`size ${fromTo(from, to)}`] : [];
  });
  const paths = differences(was, is).map((path) => path.replace(/^spec\./, ''));
  const what = size[0] ?? paths.slice(0, 3).join(', ');
  return [
    {
      field: `${field}.spec`,
      message: `template of disk ${name}: ${what}`,
      consequence: Consequence.IGNORED,
      reason: `DataVolume ${name} exists: its template is not looked at again, and the disk stays as it is`,
      remedy:
        size.length > 0
          ? `to grow the disk, raise spec.resources.requests.storage of PersistentVolumeClaim ${name}`
          : 'to change the disk, make one of another name',
      source: CREATES,
    },
  ];
}

function added(name: string, rename: Rename | undefined, field: string, vm: Json, context: ChangeContext): Effect {
  const adopted = adoption(vm, name, field, context, usesClaim(vm, name, context));
  if (adopted !== undefined) return adopted;
  const migrates = textAt(vm, 'spec', 'updateVolumesStrategy') === 'Migration';
  if (rename !== undefined && !(migrates && rename.isSameVolume)) {
    const { was } = rename;
    return {
      field,
      message: `the template of disk ${was} is renamed to ${name}`,
      consequence: Consequence.NEW_DISK,
      reason: `a new disk is made from its source; what is on ${was} does not move, and ${was} stays as the machine's own`,
      remedy: `keep the name, or write 'updateVolumesStrategy: Migration' to move the data${rename.isSameVolume ? '' : ' (the volume must keep its name then)'}`,
      source: CREATES,
    };
  }
  const reason = 'its DataVolume is made at once, also while the machine is stopped';
  const [template] = objectsAt(vm, 'spec', 'dataVolumeTemplates').filter(
    (one) => textAt(one, 'metadata', 'name') === name,
  );
  const stays = template && stayingImage(template, textAt(vm, 'metadata', 'namespace'), context);
  return {
    field,
    message: `template of disk ${name} is added`,
    consequence: Consequence.CREATED,
    reason: stays === undefined ? reason : `${reason}; ${stays.reason}`,
    remedy: stays?.remedy,
    source: stays?.source ?? CREATES,
  };
}

/** A disk that the machine used before it had a template for it stands alone somewhere. */
function usesClaim(vm: Json, name: string, { before }: ChangeContext): boolean {
  const old = before.find('VirtualMachine', textAt(vm, 'metadata', 'namespace'), textAt(vm, 'metadata', 'name'));
  return old !== undefined && [...claimsByVolume(old).values()].includes(name);
}

function removed(name: string, next: Json): Effect {
  const used = [...claimsByVolume(next).values()].includes(name);
  return {
    field: FIELD,
    message: `the template of disk ${name} is removed`,
    consequence: Consequence.IN_PLACE,
    reason: used
      ? "the machine keeps its disk; it is still the machine's own, and goes when the machine is deleted"
      : 'the disk and its data stay, no longer used; they go when the machine is deleted',
    source: ADOPTS,
  };
}
