import type { Json } from '../rule';
import { controllerOf, Machine } from './machine';

/** A machine, and the part of the whole that it is counted in. */
export interface CountedMachine {
  readonly group: string;
  readonly value: Machine;
}

/** The machines by namespace and name, and those that a set of them makes by the set's kind, namespace and name. */
export class MachineBook {
  private readonly machines = new Map<string, CountedMachine & { readonly set?: string }>();
  private readonly sets = new Map<string, ReadonlySet<string>>();

  /** The machines that there will be: one of a set that is at hand itself is counted with the set. */
  public *counted(): Generator<CountedMachine> {
    for (const [key, machine] of this.machines) {
      const set = machine.set === undefined ? undefined : this.sets.get(machine.set);
      if (set === undefined || set.has(key)) yield machine;
    }
  }

  public get(key: string): Machine | undefined {
    return this.machines.get(key)?.value;
  }

  public put(key: string, group: string, value: Machine, object: Json): void {
    const set = controllerOf(object);
    this.machines.set(key, { group, value, set: set && `${set.kind}/${value.namespace}/${set.name}` });
  }

  public delete(key: string): void {
    this.machines.delete(key);
  }

  /** The machines of a set. */
  public membersOf(id: string): Iterable<string> {
    return this.sets.get(id) ?? [];
  }

  /** Says which machines a set makes, and answers which it makes no more. */
  public putSet(id: string, members: ReadonlySet<string>): string[] {
    const before = [...this.membersOf(id)];
    this.sets.set(id, members);
    return before.filter((key) => !members.has(key));
  }

  public deleteSet(id: string): void {
    this.sets.delete(id);
  }

  public deleteAll(isGone: (key: string) => boolean): void {
    for (const key of [...this.machines.keys()].filter(isGone)) this.machines.delete(key);
    for (const id of [...this.sets.keys()].filter((set) => isGone(set.slice(set.indexOf('/') + 1))))
      this.sets.delete(id);
  }
}
