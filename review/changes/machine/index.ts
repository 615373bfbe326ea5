import { semanticEqual } from '../../admission/shared/semantic-equal';
import { objectAt, textAt, valueAt } from '../../manifests/json';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { ChangeContext } from '../context';
import { fromTo, isSame } from '../wording';
import { busyRefusals } from './busy-machine';
import { diskTemplateEffects } from './disk-template-effects';
import { MissingMatcher } from './expansion';
import { machineStates, MachineStates } from './machine-states';
import { runEffects, Running, runningState, runStrategyOf } from './run-effects';
import { runningEffects, stoppedEffects } from './template-effects';

/** What a changed VirtualMachine does, as virt-controller takes it. */
export function machineEffects(old: Json, next: Json, context: ChangeContext): Effect[] {
  const refusals = busyRefusals(old, next);
  if (refusals.length > 0) return refusals;
  const running = runningState(old, context);
  const states = machineStates(old, next, context);
  const effects = [
    ...runEffects(old, next, running),
    ...diskTemplateEffects(old, next, context),
    ...matcherEffects(states, running, context),
    ...metadataEffects(old, next, running),
    ...(running.runs && runStrategyOf(next) !== 'Halted' ? runningEffects : stoppedEffects)(states, context),
  ];
  const { assumed } = running;
  if (assumed === undefined) return effects;
  return effects.map((effect) => ({ ...effect, assumed: [...(effect.assumed ?? []), assumed] }));
}

/** A changed instance type or preference that is not among the manifests: what the change does depends on it. */
function matcherEffects({ before, after }: MachineStates, { runs }: Running, context: ChangeContext): Effect[] {
  return (['instancetype', 'preference'] as const).flatMap((matcher): Effect[] => {
    const [was, is] = [objectAt(before.vm, 'spec', matcher), objectAt(after.vm, 'spec', matcher)];
    if (isSame(was, is)) return [];
    const missing = [...before.missing, ...after.missing].filter((one) => one.matcher === matcher);
    const field = `spec.${matcher}`;
    const message = `${matcher} ${fromTo(was?.name, is?.name)}`;
    const source = 'pkg/instancetype/apply/vm.go, ApplyToVM';
    if (missing.length === 0 || !runs) {
      const reason = 'what it changes in the machine stands beside this';
      return [{ field, message, consequence: Consequence.IN_PLACE, reason, source }];
    }
    const unlisted = after.missing.find(
      ({ matcher: one, kind, name, isKind }) =>
        one === matcher && (!isKind || context.isUnlisted(kind, name, textAt(after.vm, 'metadata', 'namespace'))),
    );
    if (unlisted !== undefined) return [withoutMatcher({ field, message, source }, unlisted)];
    const which = missing.map(({ kind, name }) => `${kind} ${name}`).join(' and ');
    return [
      {
        field,
        message,
        consequence: Consequence.UNKNOWN,
        reason: `${which} ${missing.length > 1 ? 'are' : 'is'} not among the manifests: whether it is live or waits for a restart depends on that`,
        remedy: `put ${missing.length > 1 ? 'both' : 'it'} beside the manifests (kubectl get … -o yaml), on both sides`,
        source,
      },
    ];
  });
}

/** KubeVirt stores the name, and then can neither start nor change the machine: pkg/virt-controller/watch/vm/vm.go, sync. */
function withoutMatcher(part: Pick<Effect, 'field' | 'message' | 'source'>, missing: MissingMatcher): Effect {
  const { kind, name, isKind } = missing;
  return {
    ...part,
    consequence: Consequence.LATER,
    reason: `the running machine goes on as it is, and KubeVirt changes nothing in it and does not start it again, until ${kind} ${name} exists`,
    remedy: `apply ${kind} ${name} first, or name one that exists`,
    assumed: [
      isKind
        ? `${kind} ${name} does not exist: it is not among the manifests, and not declared external`
        : `there is no kind ${kind}`,
    ],
  };
}

const DESCHEDULER = ['descheduler.alpha.kubernetes.io/evict', 'descheduler.alpha.kubernetes.io/prefer-no-eviction'];

/** Labels and annotations: those of the template reach the running machine's pod with the next start only. */
function metadataEffects(old: Json, next: Json, { runs }: Running): Effect[] {
  return [
    ...['labels', 'annotations'].flatMap((key) => {
      const [was, is] = [valueAt(old, 'metadata', key), valueAt(next, 'metadata', key)];
      if (semanticEqual({ labels: was }, { labels: is })) return [];
      const changed = [...Object.keys({ ...objectAt(was), ...objectAt(is) })].filter(
        (one) => valueAt(was, one) !== valueAt(is, one),
      );
      const reason = 'they are those of the VirtualMachine: the running machine and its pod do not get them';
      return [effect(`metadata.${key}`, `${key} of the machine: ${changed.join(', ')}`, Consequence.IN_PLACE, reason)];
    }),
    ...['labels', 'annotations'].flatMap((key) => {
      const path = ['spec', 'template', 'metadata', key] as const;
      const [was, is] = [objectAt(old, ...path) ?? {}, objectAt(next, ...path) ?? {}];
      const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((one) => was[one] !== is[one]);
      if (changed.length === 0) return [];
      const message = `${key} of the template: ${changed.join(', ')}`;
      if (!runs) return [effect(path.join('.'), message, Consequence.IN_PLACE, 'the next start takes them')];
      const isLive = key === 'annotations' && changed.every((one) => DESCHEDULER.includes(one));
      if (isLive) return [effect(path.join('.'), message, Consequence.LIVE, 'they are copied to the running machine')];
      const reason = 'they reach the running machine and its pod with the next start, which nothing asks for';
      return [effect(path.join('.'), message, Consequence.LATER, reason)];
    }),
  ];
}

function effect(field: string, message: string, consequence: Consequence, reason: string): Effect {
  const source = 'pkg/virt-controller/watch/vm/vm.go, syncVMAnnotationsToVMI';
  return { field, message, consequence, reason, source };
}
