import { semanticEqual } from '../../admission/shared/semantic-equal';
import { objectAt, objectsAt, valueAt } from '../../manifests/json';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { ChangeContext } from '../context';
import { claimFate } from '../fate';
import { differences, fromTo, without } from '../wording';

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
  ];
  if (!paused) return effects;
  return effects.map((effect) =>
    effect.field === 'spec.paused'
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
  const template = differences(was.template, is.template);
  if (template.length > 0 && !semanticEqual({ template: was.template }, { template: is.template })) {
    effects.push({
      field: `${MACHINE.join('.')}.template`,
      message: `the template of the machines: ${template.slice(0, 3).join(', ')}`,
      consequence: Consequence.RESTARTED,
      reason: `every running machine of the pool is restarted by the controller, ${atOnce(next)} at a time`,
      remedy: "set 'maxUnavailable' to restart fewer at a time, or 'paused: true' first",
      source: `${SOURCE}, proactiveUpdate and isOutdatedVMI`,
    });
  }
  const rest = differences(without(was, ...SAID), without(is, ...SAID));
  const labels = differences(
    objectAt(old, 'spec', 'virtualMachineTemplate', 'metadata'),
    objectAt(next, 'spec', 'virtualMachineTemplate', 'metadata'),
  );
  if (rest.length + labels.length > 0) {
    const message = `the machines of the pool: ${[...rest, ...labels].slice(0, 3).join(', ')}`;
    const reason = 'the VirtualMachines are changed; no machine is restarted';
    effects.push({ field: MACHINE.join('.'), message, consequence: Consequence.IN_PLACE, reason, source: SOURCE });
  }
  return effects;
}

function diskEffect(old: Json, next: Json, context: ChangeContext): Effect {
  const fate = claimFate(objectsAt(old, ...MACHINE, 'dataVolumeTemplates'), context);
  return {
    field: `${MACHINE.join('.')}.dataVolumeTemplates`,
    message: 'the disk templates of the machines change',
    consequence: fate.isKept ? Consequence.REPLACED : Consequence.DATA_LOST,
    reason: `the machines are deleted and made anew, ${atOnce(next)} at a time, and their disks with them; ${fate.reason}`,
    remedy: 'make a second pool with the new disks, and move what is needed',
    ...(fate.assumed === undefined ? {} : { assumed: [fate.assumed] }),
    source: `${SOURCE}, isOutdatedVMI`,
  };
}

function replicaEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  const [was, is] = [old, next].map((pool) => Number(valueAt(pool, 'spec', 'replicas') ?? 1)) as [number, number];
  if (was === is) return [];
  const part = {
    field: 'spec.replicas',
    message: `machines of the pool ${fromTo(was, is)}`,
    source: `${SOURCE}, scaleIn`,
  };
  if (is > was) return [{ ...part, consequence: Consequence.STARTED, reason: `${is - was} machines are made` }];
  const templates = objectsAt(old, ...MACHINE, 'dataVolumeTemplates');
  const count = `${was - is} ${was - is === 1 ? 'machine is' : 'machines are'} deleted`;
  if (templates.length === 0) {
    return [{ ...part, consequence: Consequence.STOPPED, reason: `${count}; they have no disk of their own` }];
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

/** `maxUnavailable`: absent, all of them. */
function atOnce(pool: Json): string {
  const value = valueAt(pool, 'spec', 'maxUnavailable');
  return value === undefined ? 'all' : `at most ${String(value)}`;
}

/** What a changed VirtualMachineInstanceReplicaSet does: its template is for machines that are yet to be made. */
export function replicaSetEffects(old: Json, next: Json): Effect[] {
  const source = 'pkg/virt-controller/watch/replicaset/replicaset.go';
  const effects: Effect[] = [];
  const [was, is] = [old, next].map((set) => Number(valueAt(set, 'spec', 'replicas') ?? 1)) as [number, number];
  if (was !== is) {
    const consequence = is > was ? Consequence.STARTED : Consequence.STOPPED;
    const reason = is > was ? 'more machines are started' : 'machines are deleted, with what they wrote to local disks';
    effects.push({ field: 'spec.replicas', message: `machines ${fromTo(was, is)}`, consequence, reason, source });
  }
  const template = differences(valueAt(old, 'spec', 'template'), valueAt(next, 'spec', 'template'));
  if (template.length > 0) {
    const message = `the template of the machines: ${template.slice(0, 3).join(', ')}`;
    const reason = 'only machines that are made from now on take it';
    effects.push({ field: 'spec.template', message, consequence: Consequence.LATER, reason, source });
  }
  return effects;
}
