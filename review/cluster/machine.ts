import { childIn, listIn, objectAt, textAt, textIn } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { nameOf, namespaceOf } from './identity';
import { Kind, kindOf, MachinePlace } from './kinds';
import { DISK_TEMPLATES, diskTemplatesIn, Match, matchIn } from './kinds/name-fields';

/** A machine: a VirtualMachine, a VirtualMachineInstance of its own, or one of a set. */
export interface Machine {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The `spec` of the VirtualMachineInstance. */
  readonly guest: Json;
  /** Annotations that the VirtualMachineInstance gets. */
  readonly annotations: Json;
  /** The `spec` of the VirtualMachine; empty for an instance. */
  readonly spec: Json;
  /** Whether it is an instance, which bears the name of its VirtualMachine if it has one. */
  readonly isInstance: boolean;
  /** The object that says all this: the machine itself, or the set that it is one of. */
  readonly from: Reviewed;
  /** How many machines the set has that it is one of; undefined for a machine that is of no set. */
  readonly replicas?: number;
}

/**
 * The machine that an object is; undefined for any other object, and for a set of machines.
 *
 * @param from The object that says it, if that is another one: the set that the machine is of.
 */
export function machineOf(reviewed: Reviewed, from = reviewed): Machine | undefined {
  const kind = kindOf(reviewed.object);
  if (kind?.machine === undefined || kind.replicas !== undefined) return undefined;
  return machineAt(reviewed, kind, kind.machine, from);
}

/** A machine that an object is or makes; the machines of a set are alike, so that the first of them speaks for all. */
export function sampleMachineOf(reviewed: Reviewed): Machine | undefined {
  const replicas = kindOf(reviewed.object)?.replicas?.(reviewed.object);
  if (replicas === undefined) return machineOf(reviewed);
  return replicas.count === 0 ? undefined : memberOf(reviewed);
}

/** What the first machine of a set is, or would be if the set had one. */
export function memberOf(set: Reviewed): Machine | undefined {
  const members = kindOf(set.object)?.replicas?.(set.object)?.objectsOf(0) ?? [];
  return members.map((object) => machineOf({ ...set, object }, set)).find((machine) => machine !== undefined);
}

/** What a machine's instance is made of: its `metadata` and its `spec`. */
export function templateOf({ from: { object } }: Machine): Json | undefined {
  return objectAt(object, ...(kindOf(object)?.machine?.template ?? []));
}

function machineAt(reviewed: Reviewed, { kind }: Kind, { spec, template }: MachinePlace, from: Reviewed): Machine {
  const { object } = reviewed;
  const instance = objectAt(object, ...template);
  return {
    kind,
    namespace: namespaceOf(reviewed),
    name: nameOf(reviewed),
    guest: objectAt(instance, 'spec') ?? EMPTY,
    annotations: objectAt(instance, 'metadata', 'annotations') ?? EMPTY,
    spec: (spec && objectAt(object, ...spec)) ?? EMPTY,
    isInstance: spec === undefined,
    from,
    replicas: from === reviewed ? undefined : kindOf(from.object)?.replicas?.(from.object)?.count,
  };
}

const EMPTY: Json = {};

/** The devices of a guest; undefined if there are none. */
export function devicesOf(guest: Json): Json | undefined {
  return childIn(childIn(guest, 'domain'), 'devices');
}

/** The path of a field of the VirtualMachineInstance's spec, in the object that says it. */
export function guestField({ from }: Machine, field: string): string {
  return [...(kindOf(from.object)?.machine?.template ?? []), 'spec', field].join('.');
}

/** The DataVolumes that a machine makes for itself. */
export function diskTemplates({ spec }: Machine): readonly Json[] {
  return diskTemplatesIn(spec);
}

/** The path of the name of such a DataVolume. */
export function diskTemplateField({ from }: Machine, index: number, ...below: readonly string[]): string {
  return [...(kindOf(from.object)?.machine?.spec ?? []), `${DISK_TEMPLATES}[${index}]`, ...below].join('.');
}

/** What a machine says of its instance type or preference; undefined if it names neither. */
export function matchOf({ spec }: Machine, part: 'instancetype' | 'preference'): Match | undefined {
  return matchIn(spec, part);
}

/** A claim that a volume of a machine names, directly or by the DataVolume that makes it. */
export class ClaimUse {
  constructor(
    public readonly machine: Machine,
    public readonly name: string,
    public readonly volume: Json,
    private readonly index: number,
    private readonly place: string,
  ) {}

  /** The key of the name: `claimName`, or `name`. */
  public get word(): string {
    return this.place.slice(this.place.indexOf('.') + 1);
  }

  /** The path of the name in the object that says it. */
  public get field(): string {
    return guestField(this.machine, `volumes[${this.index}].${this.place}`);
  }
}

/** The claims that the volumes of a machine name. Several rules ask it of every machine, so that it makes no copies. */
export function claimUses(machine: Machine): ClaimUse[] {
  const uses: ClaimUse[] = [];
  const volumes = listIn(machine.guest, 'volumes');
  for (let index = 0; index < volumes.length; index += 1) {
    const volume = volumes[index]!;
    const claim = textIn(childIn(volume, 'persistentVolumeClaim'), 'claimName');
    if (claim !== '') uses.push(new ClaimUse(machine, claim, volume, index, 'persistentVolumeClaim.claimName'));
    const made = textIn(childIn(volume, 'dataVolume'), 'name');
    if (made !== '') uses.push(new ClaimUse(machine, made, volume, index, 'dataVolume.name'));
  }
  return uses;
}

/** How many machines of the same set name a claim: each has those of its own disk templates for itself. */
export function sharersOf(machine: Machine, claim: string): number {
  if (machine.replicas === undefined) return 1;
  const isOwn = diskTemplates(machine).some((template) => textAt(template, 'metadata', 'name') === claim);
  return isOwn ? 1 : machine.replicas;
}

/** The claim that a volume names; undefined for a volume of another type. */
export function claimName(volume: Json): string | undefined {
  const claim = textIn(childIn(volume, 'persistentVolumeClaim'), 'claimName');
  return claim || textIn(childIn(volume, 'dataVolume'), 'name') || undefined;
}

const STARTED: ReadonlySet<string> = new Set(['Always', 'RerunOnFailure', 'Once']);

/** Whether KubeVirt starts a machine: `Manual` leaves that to its owner, who may take turns. */
export function isStarted({ spec, isInstance }: Machine): boolean {
  return isInstance || STARTED.has(textAt(spec, 'runStrategy')) || spec.running === true;
}
