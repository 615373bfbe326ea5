import { secretData } from '../cluster/updates/kept-fields';
import { isObject, textAt, valueAt, withAt, without } from '../manifests/json';
import { Json } from '../rule';

/** What `kubectl apply` remembers of the manifest that it applied last. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Whether an object was read from a cluster: the server names each that it holds. */
export function isLive(object: Json): boolean {
  return textAt(object, 'metadata', 'uid') !== '' || textAt(object, 'metadata', 'resourceVersion') !== '';
}

/**
 * An object of a cluster as a manifest would state it: what the new manifest or the one that was applied last says, with the
 * values that the cluster has. What the server added (defaults, addresses, what controllers write) is left out: an apply keeps
 * it. The status stays, since it says what runs.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#how-apply-calculates-differences-and-merges-changes
 */
export function statedPart(live: Json, next: Json): Json {
  const applied = lastApplied(live);
  const part = within(live, encoded(next), encoded(applied));
  const stated = withRunning(isObject(part) ? part : live, live, next);
  return live.status === undefined ? stated : { ...stated, status: live.status };
}

function lastApplied(live: Json): Json | undefined {
  const text = textAt(live, 'metadata', 'annotations', LAST_APPLIED);
  if (text === '') return undefined;
  try {
    const applied: unknown = JSON.parse(text);
    return isObject(applied) ? applied : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A machine of a cluster says in one of two fields whether it runs: `running` is what it is, also where the new manifest
 * says it by `runStrategy`, and the other way round.
 */
function withRunning(stated: Json, live: Json, next: Json): Json {
  const key = textAt(next, 'spec', 'runStrategy') === '' ? 'runStrategy' : 'running';
  const value = next.kind === 'VirtualMachine' ? valueAt(live, 'spec', key) : undefined;
  return value === undefined ? stated : withAt(stated, ['spec', key], value);
}

/** A Secret with its values where the server has them; anything else as it is. */
function encoded(object: Json | undefined): Json | undefined {
  if (object?.kind !== 'Secret' || !isObject(object.stringData)) return object;
  return { ...without(object, 'stringData'), data: secretData(object) };
}

function within(live: unknown, next: unknown, applied: unknown): unknown {
  if (isObject(live) && (isObject(next) || isObject(applied))) {
    const [own, last] = [isObject(next) ? next : {}, isObject(applied) ? applied : {}];
    const keys = new Set([...Object.keys(own), ...Object.keys(last)]);
    const entries = [...keys].flatMap((key) => (key in live ? [[key, within(live[key], own[key], last[key])]] : []));
    return Object.fromEntries(entries);
  }
  if (Array.isArray(live) && Array.isArray(next)) return items(live, next, Array.isArray(applied) ? applied : []);
  return live;
}

/** The items of a list: those with names by their names, others by their places. */
function items(live: readonly unknown[], next: readonly unknown[], applied: readonly unknown[]): unknown[] {
  return live.map((item, index) => within(item, partner(item, index, next), partner(item, index, applied)));
}

function partner(item: unknown, index: number, list: readonly unknown[]): unknown {
  const name = isObject(item) && typeof item.name === 'string' ? item.name : undefined;
  return name === undefined ? list[index] : list.find((one) => isObject(one) && one.name === name);
}
