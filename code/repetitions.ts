import { textAt } from '../review/manifests/json';
import { Json } from '../review/rule';
import { Group } from './belongings';
import { likenessOf } from './file/loops';

/** An object, and what is to be said of it. */
interface Item {
  readonly object: Json;
  readonly notes: readonly string[];
}

/** Groups that are equal but for the names of their machines. */
export interface Repetition<T> {
  readonly groups: readonly Group<T>[];
  /** The names of the machines, in the order in which people count. */
  readonly names: readonly string[];
  /** The group whose machine has the longest name: what takes that takes the others, too. */
  readonly longest: Group<T>;
}

/** Names that are alike to every rule of names: DNS labels. */
const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** `web-2` before `web-10`, whatever the language of the machine. */
const byNumber = new Intl.Collator('en', { numeric: true });

/** The repetitions among groups, by each of their groups. What another group names is called by its own name, and stands by itself. */
export function repetitionsOf<T extends Item>(
  groups: readonly Group<T>[],
  idOf: (object: Json) => string | undefined,
): ReadonlyMap<Group<T>, Repetition<T>> {
  const alike = new Map<string, Group<T>[]>();
  for (const group of groups) {
    const name = machineName(group);
    if (!group.isClosed || !LABEL.test(name) || group.items.some(({ notes }) => notes.length > 0)) continue;
    const content = group.items.map(({ object }) => [idOf(object), object]);
    const likeness = likenessOf(name, content);
    const known = alike.get(likeness);
    if (known === undefined) alike.set(likeness, [group]);
    else known.push(group);
  }
  const repetitions = new Map<Group<T>, Repetition<T>>();
  for (const equal of alike.values()) {
    if (equal.length < 2) continue;
    const names = equal.map(machineName).sort(byNumber.compare);
    const [longest] = [...equal].sort((one, other) => machineName(other).length - machineName(one).length);
    for (const group of equal) repetitions.set(group, { groups: equal, names, longest: longest! });
  }
  return repetitions;
}

/** The name of the machine of a group; empty without one. */
export function machineName({ machine }: Group<Item>): string {
  return machine === undefined ? '' : textAt(machine.object, 'metadata', 'name');
}
