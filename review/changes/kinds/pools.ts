import { semanticEqual } from '../../admission/shared/semantic-equal';
import { objectAt, objectsAt, valueAt, without, wordOf } from '../../manifests/json';
import { Json } from '../../rule';
import { canonicalSpec } from '../canonical-spec';
import { Consequence, Effect } from '../consequence';
import { ChangeContext } from '../context';
import { claimFate } from '../fate';
import { differences, fromTo, isSame } from '../wording';
import { poolScaleIn, PoolUpdate, poolUpdate } from './pool-strategy';

const SOURCE = 'pkg/virt-controller/watch/pool/pool.go';

/**
 * What a changed VirtualMachinePool does: its controller brings the template to its machines by itself (KubeVirt v1.6.2 and
 * v1.9.0: pool.go, proactiveUpdate and scaleIn).
 */
export function poolEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  const paused = valueAt(next, 'spec', 'paused') === true;
  const effects = [
    ...templateEffects(old, next, context),
    ...replicaEffects(old, next, context),
    ...pauseEffects(old, next),
    ...settingEffects(old, next),
  ];
  if (!paused) return effects;
  return effects.map((effect) =>
    SETTINGS.some((key) => effect.field === `spec.${key}`)
      ? effect
      : { ...effect, consequence: Consequence.LATER, reason: `the pool is paused; once it goes on: ${effect.reason}` },
  );
}

/** Said by themselves. */
const SAID = ['template', 'dataVolumeTemplates'] as const;

const MACHINE = ['spec', 'virtualMachineTemplate', 'spec'] as const;

function templateEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  const [was, is] = [objectAt(old, ...MACHINE) ?? {}, objectAt(next, ...MACHINE) ?? {}];
  const effects: Effect[] = [];
  const disks = [was, is].map((spec) => ({ spec: spec.dataVolumeTemplates ?? [] }));
  if (!semanticEqual(disks[0], disks[1])) effects.push(diskEffect(old, next, context));
  const template = templateDifferences(was.template, is.template);
  if (template.length > 0) {
    effects.push({
      field: `${MACHINE.join('.')}.template`,
      message: `the template of the machines: ${template.slice(0, 3).join(', ')}`,
      ...broughtBy(poolUpdate(next, context), next),
    });
  }
  const rest = differences(without(was, ...SAID), without(is, ...SAID));
  const labels = metadataDifferences(old, next);
  if (rest.length + labels.length > 0) {
    const message = `the machines of the pool: ${[...rest, ...labels].slice(0, 3).join(', ')}`;
    const isLeft = poolUpdate(next, context) === PoolUpdate.UNMANAGED;
    const reason = isLeft
      ? 'the updateStrategy is unmanaged: only machines that are made from now on take it'
      : 'the VirtualMachines are changed; no machine is restarted';
    const consequence = isLeft ? Consequence.LATER : Consequence.IN_PLACE;
    effects.push({ field: MACHINE.join('.'), message, consequence, reason, source: SOURCE });
  }
  return effects;
}

/** Where two templates differ, as Go compares them: with metadata, and the spec of a VirtualMachineInstance. */
function templateDifferences(was: unknown, is: unknown): string[] {
  const [before, after] = [was, is].map((template) => ({
    metadata: { labels: {}, annotations: {}, ...objectAt(template, 'metadata') },
    spec: canonicalSpec(objectAt(template, 'spec')),
  }));
  return differences(before, after);
}

function metadataDifferences(old: Json, next: Json): string[] {
  const path = ['spec', 'virtualMachineTemplate', 'metadata'] as const;
  const [was, is] = [old, next].map((pool) => ({ labels: {}, annotations: {}, ...objectAt(pool, ...path) }));
  return differences(was, is);
}

/** What the controller does with a changed template. */
function broughtBy(update: PoolUpdate, pool: Json): Omit<Effect, 'field' | 'message'> {
  if (update !== PoolUpdate.PROACTIVE) {
    return {
      consequence: Consequence.LATER,
      reason:
        update === PoolUpdate.UNMANAGED
          ? 'the updateStrategy is unmanaged: only machines that are made from now on take it'
          : 'the updateStrategy is opportunistic: each machine takes it when it is restarted',
      source: `KubeVirt v1.7, ${SOURCE}, update`,
    };
  }
  return {
    consequence: Consequence.RESTARTED,
    reason: `every running machine of the pool is restarted by the controller, ${atOnce(pool)} at a time`,
    remedy: "set 'maxUnavailable' to restart fewer at a time, or 'paused: true' first",
    source: `${SOURCE}, proactiveUpdate and isOutdatedVMI`,
  };
}

function diskEffect(old: Json, next: Json, context: ChangeContext): Effect {
  const part = {
    field: `${MACHINE.join('.')}.dataVolumeTemplates`,
    message: 'the disk templates of the machines change',
  };
  const update = poolUpdate(next, context);
  if (update !== PoolUpdate.PROACTIVE) {
    const { reason, ...rest } = broughtBy(update, next);
    return { ...part, ...rest, reason: `${reason}; disks that exist stay as they are` };
  }
  const fate = claimFate(objectsAt(old, ...MACHINE, 'dataVolumeTemplates'), context);
  return {
    ...part,
    consequence: fate.isKept ? Consequence.REPLACED : Consequence.DATA_LOST,
    reason: `the machines are deleted and made anew, ${atOnce(next)} at a time, and their disks with them; ${fate.reason}`,
    remedy: 'make a second pool with the new disks, and move what is needed',
    ...(fate.assumed === undefined ? {} : { assumed: [fate.assumed] }),
    source: `${SOURCE}, isOutdatedVMI`,
  };
}

function replicaEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  const [was, is] = [old, next].map((pool) => Number(valueAt(pool, 'spec', 'replicas') ?? 1)) as [number, number];
  const part = {
    field: 'spec.replicas',
    message: `machines of the pool ${fromTo(was, is)}`,
    source: `${SOURCE}, scaleIn`,
  };
  if (is > was) return [{ ...part, consequence: Consequence.STARTED, reason: `${is - was} machines are made` }];
  if (is === was) return [];
  const scaleIn = poolScaleIn(next, context);
  if (!scaleIn.deletes) {
    const reason = 'the scaleInStrategy leaves it to others to delete the machines that are too many';
    return [{ ...part, consequence: Consequence.LATER, reason }];
  }
  const templates = objectsAt(old, ...MACHINE, 'dataVolumeTemplates');
  const count = `${was - is} ${was - is === 1 ? 'machine is' : 'machines are'} deleted`;
  if (templates.length === 0) {
    return [{ ...part, consequence: Consequence.STOPPED, reason: `${count}; they have no disk of their own` }];
  }
  if (scaleIn.keepsDisks) {
    const reason = `${count}; statePreservation keeps their disks for machines that are made again`;
    return [{ ...part, consequence: Consequence.STOPPED, reason }];
  }
  const fate = claimFate(templates, context);
  return [
    {
      ...part,
      consequence: fate.isKept ? Consequence.STOPPED : Consequence.DATA_LOST,
      reason: `${count}, and their disks with them; ${fate.reason}`,
      ...(fate.assumed === undefined ? {} : { assumed: [fate.assumed] }),
    },
  ];
}

function pauseEffects(old: Json, next: Json): Effect[] {
  const [was, is] = [valueAt(old, 'spec', 'paused') === true, valueAt(next, 'spec', 'paused') === true];
  if (was === is) return [];
  const reason = is
    ? 'the controller leaves the machines alone'
    : 'what was changed in the meantime is brought to them';
  return [
    {
      field: 'spec.paused',
      message: `paused ${fromTo(was, is)}`,
      consequence: Consequence.IN_PLACE,
      reason,
      source: SOURCE,
    },
  ];
}

/** What says how the controller goes about it: it holds for what comes. */
const SETTINGS = ['maxUnavailable', 'updateStrategy', 'scaleInStrategy', 'nameGeneration', 'autohealing', 'paused'];

function settingEffects(old: Json, next: Json): Effect[] {
  return SETTINGS.filter((key) => key !== 'paused').flatMap((key) => {
    const [was, is] = [valueAt(old, 'spec', key), valueAt(next, 'spec', key)];
    if (isSame(was, is)) return [];
    const reason = 'it holds for what the controller does from now on';
    return [
      {
        field: `spec.${key}`,
        message: `${key} ${fromTo(was, is)}`,
        consequence: Consequence.IN_PLACE,
        reason,
        source: SOURCE,
      },
    ];
  });
}

/** `maxUnavailable`: absent, all of them. */
function atOnce(pool: Json): string {
  const value = valueAt(pool, 'spec', 'maxUnavailable');
  return value === undefined ? 'all' : `at most ${wordOf(value)}`;
}

/** What a changed VirtualMachineInstanceReplicaSet does: its template is for machines that are yet to be made. */
export function replicaSetEffects(old: Json, next: Json): Effect[] {
  const source = 'pkg/virt-controller/watch/replicaset/replicaset.go';
  const effects: Effect[] = [];
  const [was, is] = [old, next].map((set) => Number(valueAt(set, 'spec', 'replicas') ?? 1)) as [number, number];
  const count = { field: 'spec.replicas', message: `machines ${fromTo(was, is)}`, source };
  if (is > was) effects.push({ ...count, consequence: Consequence.STARTED, reason: 'more machines are started' });
  else if (is !== was) {
    const reason = 'machines are deleted, with what they wrote to local disks';
    effects.push({ ...count, consequence: Consequence.STOPPED, reason });
  }
  const template = templateDifferences(valueAt(old, 'spec', 'template'), valueAt(next, 'spec', 'template'));
  if (template.length > 0) {
    const message = `the template of the machines: ${template.slice(0, 3).join(', ')}`;
    const reason = 'only machines that are made from now on take it';
    effects.push({ field: 'spec.template', message, consequence: Consequence.LATER, reason, source });
  }
  for (const key of ['paused', 'selector']) {
    const [from, to] = [valueAt(old, 'spec', key), valueAt(next, 'spec', key)];
    if (isSame(from ?? false, to ?? false)) continue;
    const message = `${key} ${fromTo(from, to)}`;
    const reason =
      key === 'paused'
        ? 'it says whether the controller makes and deletes machines'
        : 'machines that it does not select are left alone, and others are made in their place';
    const consequence = key === 'paused' ? Consequence.IN_PLACE : Consequence.STARTED;
    effects.push({ field: `spec.${key}`, message, consequence, reason, source });
  }
  return effects;
}
