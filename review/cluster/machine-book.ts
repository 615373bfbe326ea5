import { KindAndName } from './identity';
import { Machine } from './machine';
import { Step } from './step';

/** A machine, and the part of the whole that it was applied in. */
export interface MachineEntry {
  readonly part: string;
  /** The step that it was applied in. */
  readonly step: Step;
  readonly value: Machine;
}

/** The machines by namespace and name, and those that a set makes by the kind, namespace and name of the set. */
export class MachineBook {
  private readonly machines = new Map<string, MachineEntry & { readonly set?: string }>();
  private readonly sets = new Map<string, ReadonlySet<string>>();

  /** The machines that there will be: one that a set at hand no longer makes is not among them. */
  public *entries(): Generator<MachineEntry> {
    for (const [key, machine] of this.machines) {
      const set = machine.set === undefined ? undefined : this.sets.get(machine.set);
      if (set === undefined || set.has(key)) yield machine;
    }
  }

  public get(key: string): Machine | undefined {
    return this.machines.get(key)?.value;
  }

  /** Takes in a machine, and the controller that its object names. */
  public put(
    key: string,
    { part, step }: Pick<MachineEntry, 'part' | 'step'>,
    value: Machine,
    set: KindAndName | undefined,
  ): void {
    this.machines.set(key, { part, step, value, set: set && `${set.kind}/${value.namespace}/${set.name}` });
  }

  public delete(key: string): void {
    this.machines.delete(key);
  }

  /** The keys of the machines of a set. */
  public membersOf(set: string): Iterable<string> {
    return this.sets.get(set) ?? [];
  }

  /** Says which machines a set makes, and answers which of those before it makes no longer. */
  public putSet(set: string, members: ReadonlySet<string>): string[] {
    const before = [...this.membersOf(set)];
    this.sets.set(set, members);
    return before.filter((key) => !members.has(key));
  }

  public deleteSet(set: string): void {
    this.sets.delete(set);
  }

  public deleteAll(isGone: (key: string) => boolean): void {
    for (const key of [...this.machines.keys()].filter(isGone)) this.machines.delete(key);
    for (const set of [...this.sets.keys()].filter((id) => isGone(id.slice(id.indexOf('/') + 1))))
      this.sets.delete(set);
  }
}
