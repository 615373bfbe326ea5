import { prepare } from '../../admission/webhook-defaults';
import { objectAt, objectsAt, textAt, withAt } from '../../manifests/json';
import { Json } from '../../rule';
import { canonicalSpec } from '../canonical-spec';
import { ChangeContext, StateObjects } from '../context';
import { expandedSpec, MissingMatcher } from './expansion';
import { RunningInstance, runningInstance } from './running-instance';

/** One state of a machine, as the controller sees it. */
export interface MachineState {
  /** As it is stored: with what the mutating webhook fills in. */
  readonly vm: Json;
  /** The spec of its template, as it is stored. */
  readonly template: Json;
  /** The same with instance type and preference, each value as it is written there. */
  readonly written: Json;
  /** The same in the form in which it is compared. */
  readonly expanded: Json;
  readonly missing: readonly MissingMatcher[];
}

/** A machine before and after a change. */
export interface MachineStates {
  readonly before: MachineState;
  readonly after: MachineState;
  /** What runs, if it runs. */
  readonly instance: RunningInstance;
}

/** Stands for what the server made up on creation and keeps: the same in both states. */
const MADE = '(made by the server)';

/** Both states of a machine, from its two manifests. */
export function machineStates(old: Json, next: Json, context: ChangeContext): MachineStates {
  const before = stateOf(withIdentity(old, old), context, context.before);
  const after = stateOf(withIdentity(next, old), context, recorded(old, next, context));
  const { defaulted } = prepare(withTemplate(before.vm, before.expanded), context.config);
  return { before, after, instance: runningInstance(objectAt(defaulted, 'spec', 'template', 'spec') ?? {}, context) };
}

/**
 * Where an instance type or preference is looked up for the new state: a machine keeps the revision that it has of the one
 * that it names, whatever becomes of that object (KubeVirt v1.6.2: pkg/instancetype/revision/store.go).
 */
function recorded(old: Json, next: Json, { before, after }: ChangeContext): StateObjects {
  const same = (['instancetype', 'preference'] as const).filter(
    (matcher) => textAt(old, 'spec', matcher, 'name') === textAt(next, 'spec', matcher, 'name'),
  );
  return {
    find: (kind, namespace, name) => {
      const matcher = kind.endsWith('type') ? 'instancetype' : 'preference';
      return same.includes(matcher)
        ? (before.find(kind, namespace, name) ?? after.find(kind, namespace, name))
        : (after.find(kind, namespace, name) ?? before.find(kind, namespace, name));
    },
    all: (kind) => after.all(kind),
  };
}

function stateOf(vm: Json, { config }: ChangeContext, objects: StateObjects): MachineState {
  const stored = prepare(vm, config).object;
  const { spec, missing } = expandedSpec(stored, objects);
  const template = objectAt(stored, 'spec', 'template', 'spec') ?? {};
  return { vm: stored, template, written: spec, expanded: canonicalSpec(spec), missing };
}

/**
 * UUID and serial number of the firmware are made up on creation, where the manifest names none, and kept by every apply
 * that does not name them either: pkg/virt-api/webhooks/mutating-webhook/mutators/vm-mutator.go, setFirmwareDefaultsIfEmpty (from v1.6).
 */
function withIdentity(vm: Json, applied: Json): Json {
  let changed = vm;
  for (const key of ['uuid', 'serial']) {
    const path = ['spec', 'template', 'spec', 'domain', 'firmware', key] as const;
    if (textAt(vm, ...path) === '' && textAt(applied, ...path) === '') changed = withAt(changed, path, MADE);
  }
  return changed;
}

function withTemplate(vm: Json, spec: Json): Json {
  return withAt(vm, ['spec', 'template', 'spec'], spec);
}

/** The items of a list by their names. */
export function byName(spec: Json, ...path: readonly string[]): ReadonlyMap<string, Json> {
  return new Map(objectsAt(spec, ...path).map((item) => [textAt(item, 'name'), item] as const));
}

/** The claim that a volume names, by itself or by a DataVolume; undefined if it names none. */
export function claimOf(volume: Json | undefined): string | undefined {
  return textAt(volume, 'persistentVolumeClaim', 'claimName') || textAt(volume, 'dataVolume', 'name') || undefined;
}

/** Whether a volume can be plugged into a running machine: pkg/storage/types/volume.go, IsDeclarativeHotplugVolume. */
export function isHotpluggable(volume: Json | undefined): boolean {
  const source = objectAt(volume, 'persistentVolumeClaim') ?? objectAt(volume, 'dataVolume');
  return source?.hotpluggable === true;
}

/** The same, or a memory dump that is: IsHotplugVolume. */
export function isPlugged(volume: Json | undefined): boolean {
  return isHotpluggable(volume) || objectAt(volume, 'memoryDump')?.hotpluggable === true;
}
