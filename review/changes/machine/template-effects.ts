import { RolloutStrategy } from '../../cluster/rollout-strategy';
import { objectAt, textAt, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { canonicalSpec } from '../canonical-spec';
import { Consequence, Effect } from '../consequence';
import { ChangeContext } from '../context';
import { differences, fromTo, isSame } from '../wording';
import { MachineStates } from './machine-states';
import { networkParts } from './network-effects';
import { KEEPS, Part } from './part';
import { memoryObstacle } from './running-instance';
import { volumeParts } from './volume-effects';

const CONTROLLER = 'pkg/virt-controller/watch/vm/vm.go';
const RESTART = `${CONTROLLER}, addRestartRequiredIfNeeded (syncRestartRequired from v1.6.6)`;

/** What the template of a machine changes, part by part, while the machine runs. */
export function runningEffects(states: MachineStates, context: ChangeContext): Effect[] {
  const isAssumed = textAt(context.config.configuration, 'vmRolloutStrategy') === '';
  return together(partsOf(states, context), states).map((effect) => {
    const isLive = effect.consequence === Consequence.LIVE || effect.consequence === Consequence.MIGRATED;
    if (!isLive || !isAssumed) return effect;
    return { ...effect, assumed: [...(effect.assumed ?? []), 'vmRolloutStrategy is LiveUpdate, the default'] };
  });
}

function partsOf(states: MachineStates, context: ChangeContext): Part[] {
  const parts = [
    ...processorParts(states, context),
    ...memoryParts(states, context),
    ...schedulingParts(states, context),
    ...volumeParts(states, context),
    ...networkParts(states, context),
    ...otherParts(states),
  ];
  return parts.filter((part) => !isUnknown(part, states));
}

/** What an instance type brings that is not at hand is said once, at the field that names it. */
function isUnknown(part: Part, states: MachineStates): boolean {
  const { before, after } = states;
  return [...before.missing, ...after.missing].length > 0 && fromMatcher(part, states) !== part;
}

function together(parts: readonly Part[], states: MachineStates): Effect[] {
  const asking = parts.find(({ asksRestart, waitsForOthers }) => asksRestart === true && waitsForOthers !== true);
  return parts.map((part) => heldBack(fromMatcher(part, states), asking));
}

/** The same while the machine does not run: everything is used at the next start. */
export function stoppedEffects(states: MachineStates, context: ChangeContext): Effect[] {
  return partsOf(states, context).map((part) => {
    const { field, message, leavesData } = fromMatcher(part, states);
    const data = leavesData === true ? '; what is on the old disk is not copied' : '';
    return {
      field,
      message,
      consequence: Consequence.IN_PLACE,
      reason: `the machine does not run: the next start takes it${data}`,
      source: `${CONTROLLER}, sync`,
    };
  });
}

/** One part that asks for a restart keeps the controller from bringing the others to the running machine. */
function heldBack(part: Part, asking: Part | undefined): Effect {
  const { field, consequence, message, reason, remedy, assumed, source, waitsForOthers } = part;
  const effect = { field, consequence, message, reason, remedy, assumed, source };
  const isHeld = waitsForOthers === true && asking !== undefined && asking.field !== part.field;
  if (!isHeld || !(part.consequence === Consequence.LIVE || part.consequence === Consequence.MIGRATED)) return effect;
  return {
    ...effect,
    consequence: Consequence.RESTART,
    reason: `it could be live, and waits for the restart that another part of this change asks for: ${asking.message}`,
    remedy: 'apply it by itself first',
    source: `${CONTROLLER}, sync`,
  };
}

/** A part that only the instance type or the preference changed stands at the field that names it. */
function fromMatcher(part: Part, { before, after }: MachineStates): Part {
  const path = part.field.replace(/^spec\.template\.spec\./, '').split('.');
  const [was, is] = [canonicalSpec(before.template), canonicalSpec(after.template)];
  if (!isSame(valueAt(was, ...path), valueAt(is, ...path))) return part;
  const matcher = (['instancetype', 'preference'] as const).find(
    (word) => !isSame(valueAt(before.vm, 'spec', word), valueAt(after.vm, 'spec', word)),
  );
  if (matcher === undefined) return part;
  const names = [before.vm, after.vm].map((vm) => textAt(vm, 'spec', matcher, 'name') || undefined);
  return {
    ...part,
    field: `spec.${matcher}`,
    message: `${matcher} ${fromTo(...(names as [string, string]))}: ${part.message}`,
  };
}

const CPU = ['domain', 'cpu'] as const;

function processorParts({ before, after, instance }: MachineStates, { rollout }: ChangeContext): Part[] {
  const [was, is] = [objectAt(before.expanded, ...CPU), objectAt(after.expanded, ...CPU)];
  const [from, to] = [was?.sockets, is?.sockets];
  if (isSame(from, to)) return [];
  const part = { field: 'spec.template.spec.domain.cpu.sockets', message: `sockets ${fromTo(from, to)}` };
  if (rollout === RolloutStrategy.STAGE || was === undefined || is === undefined) return [asks(part, stageOr(rollout))];
  const source = `${CONTROLLER}, handleCPUChangeRequest`;
  const next = typeof to === 'number' ? to : 0;
  const waits = (obstacle: string): Part[] => [{ ...part, ...restartPart(obstacle, source), waitsForOthers: true }];
  if (next < instance.sockets) return waits('processors cannot be unplugged');
  if (next === instance.sockets) return [quiet(part)];
  if (next > instance.maxSockets) return waits(`the running machine has room for ${instance.maxSockets}`);
  if (instance.architecture === 'arm64') return waits('no processors are plugged on arm64');
  return [{ ...part, ...live('the processors are plugged, by a live migration', source) }];
}

const GUEST = ['domain', 'memory', 'guest'] as const;

function memoryParts(states: MachineStates, context: ChangeContext): Part[] {
  const { before, after, instance } = states;
  const [from, to] = [valueAt(before.expanded, ...GUEST), valueAt(after.expanded, ...GUEST)];
  if (isSame(from, to)) return [];
  const part = {
    field: `spec.template.spec.${GUEST.join('.')}`,
    message: `memory of the guest ${fromTo(valueAt(before.written, ...GUEST), valueAt(after.written, ...GUEST))}`,
  };
  if (context.rollout === RolloutStrategy.STAGE || to === undefined) return [asks(part, stageOr(context.rollout))];
  const source = `${CONTROLLER}, handleMemoryHotplugRequest`;
  const bytes = parseQuantity(to);
  if (instance.guest === undefined || bytes === instance.guest) return [quiet(part)];
  const domain = objectAt(after.expanded, 'domain') ?? {};
  const obstacle =
    context.migratable === false
      ? 'memory is plugged only into a machine that can be live-migrated'
      : (memoryObstacle(domain, instance.architecture, bytes, instance.maxGuest) ??
        (bytes! < instance.guest ? 'it is less than the machine started with' : undefined));
  if (obstacle !== undefined) return [{ ...part, ...restartPart(obstacle, source), waitsForOthers: true }];
  const assumed = context.migratable === undefined ? ['the machine can be live-migrated'] : undefined;
  return [{ ...part, ...live('the memory is plugged, by a live migration', source), assumed }];
}

function schedulingParts({ before, after }: MachineStates, { rollout }: ChangeContext): Part[] {
  return ['nodeSelector', 'affinity', 'tolerations'].flatMap((key) => {
    const [from, to] = [before.expanded[key], after.expanded[key]];
    if (isSame(from, to)) return [];
    const part = { field: `spec.template.spec.${key}`, message: `${key} ${fromTo(from, to)}` };
    if (rollout === RolloutStrategy.STAGE) return [asks(part, stageOr(rollout))];
    const source = `${CONTROLLER}, handleAffinityChangeRequest and handleTolerationsChangeRequest`;
    return [{ ...part, ...live('it holds from the next live migration on; the pod stays where it is', source) }];
  });
}

/** What is looked at above: it is left out of the comparison of the rest. */
const ELSEWHERE: readonly RegExp[] = [
  /^domain\.cpu\.sockets$/,
  /^domain\.memory\.guest$/,
  /^(nodeSelector|affinity|tolerations)(\.|$)/,
  /^volumes$/,
  /^networks$/,
  /^domain\.devices\.(disks|interfaces)$/,
];

/** Everything that no controller brings to a running machine. */
function otherParts({ before, after }: MachineStates): Part[] {
  const [was, is] = [withoutGuest(before.expanded, after.expanded), after.expanded];
  const paths = differences(was, is).filter((path) => !ELSEWHERE.some((one) => one.test(path)));
  return paths.map((path) => {
    const keys = path.split('.');
    const [from, to] = [before, after].map(({ written }) => valueAt(written, ...keys));
    const message = `${path.replace(/^domain\./, '')} ${fromTo(from, to)}`;
    return asks({ field: `spec.template.spec.${path}`, message }, KEEPS);
  });
}

/** A guest's memory that is newly stated is compared by itself, with the block around it. */
function withoutGuest(was: Json, is: Json): Json {
  const stated = valueAt(is, ...GUEST) !== undefined && objectAt(was, 'domain', 'memory') === undefined;
  return stated ? { ...was, domain: { ...objectAt(was, 'domain'), memory: {} } } : was;
}

function stageOr(rollout: RolloutStrategy): string {
  return rollout === RolloutStrategy.STAGE
    ? 'vmRolloutStrategy is Stage: nothing is changed in a running machine, and KubeVirt asks for a restart (RestartRequired)'
    : KEEPS;
}

type Named = Pick<Part, 'field' | 'message'>;

function asks(part: Named, reason: string): Part {
  return { ...part, ...restartPart(reason, RESTART) };
}

function restartPart(reason: string, source: string): Omit<Part, 'field' | 'message'> {
  return { consequence: Consequence.RESTART, reason, source, asksRestart: true };
}

function live(reason: string, source: string): Omit<Part, 'field' | 'message'> {
  return { consequence: Consequence.LIVE, reason, source, waitsForOthers: true };
}

/** Written now, and what the running machine has anyway. */
function quiet(part: Named): Part {
  const reason = 'it is what the running machine has already';
  return { ...part, consequence: Consequence.IN_PLACE, reason, source: RESTART };
}
