import { placeKey } from '../cluster/identity';
import { objectsAt, textAt } from '../manifests/json';
import { Json } from '../rule';
import { StateObjects } from './context';
import { claimOf } from './machine/machine-states';

/** By state, the names of the machines that use a claim, by its namespace and name. */
const USERS = new WeakMap<StateObjects, ReadonlyMap<string, readonly string[]>>();

/** The names of the machines of a state that use the claim of a disk: of a DataVolume, or a PersistentVolumeClaim. */
export function claimUsers(disk: Json, state: StateObjects): readonly string[] {
  let users = USERS.get(state);
  if (users === undefined) USERS.set(state, (users = usersOf(state)));
  return users.get(placeKey(textAt(disk, 'metadata', 'namespace'), textAt(disk, 'metadata', 'name'))) ?? [];
}

function usersOf(state: StateObjects): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const vm of state.all('VirtualMachine')) {
    const [namespace, name] = [textAt(vm, 'metadata', 'namespace'), textAt(vm, 'metadata', 'name')];
    for (const volume of objectsAt(vm, 'spec', 'template', 'spec', 'volumes')) {
      const claim = claimOf(volume);
      if (claim === undefined) continue;
      const key = placeKey(namespace, claim);
      const names = users.get(key);
      if (names === undefined) users.set(key, [name]);
      else if (!names.includes(name)) names.push(name);
    }
  }
  return users;
}
