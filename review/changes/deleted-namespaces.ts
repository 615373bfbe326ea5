import { isObject, textAt } from '../manifests/json';
import { Json } from '../rule';
import { Effect } from './consequence';
import { ChangeContext } from './context';
import { Pair } from './pairing';
import { deletedBy, deletionEffect } from './removal';

/** Kinds whose objects are guests that somebody misses. */
const MACHINES: ReadonlySet<string> = new Set([
  'VirtualMachine',
  'VirtualMachinePool',
  'VirtualMachineInstance',
  'VirtualMachineInstanceReplicaSet',
]);

/** The Namespaces that are deleted, with the machines in them: those go, too, whatever the manifests say of them. */
export class DeletedNamespaces {
  /** By name, who deletes it. */
  private readonly deleted = new Map<string, string>();

  constructor(
    pairs: readonly Pair[],
    private readonly prune: boolean,
  ) {
    for (const { old, next, prunedBy } of pairs) {
      if (next !== undefined || textAt(old, 'kind') !== 'Namespace') continue;
      const by = deletedBy(old!, prunedBy, prune);
      if (by !== undefined) this.deleted.set(textAt(old, 'metadata', 'name'), by);
    }
  }

  /** Whether it is a machine that goes with its Namespace, and not by itself. */
  public takes({ old, next, prunedBy }: Pair): boolean {
    if (this.deleted.size === 0 || !isObject(old) || !MACHINES.has(textAt(old, 'kind'))) return false;
    const isDeleted = next === undefined && deletedBy(old, prunedBy, this.prune) !== undefined;
    return !isDeleted && this.deleted.has(textAt(old, 'metadata', 'namespace'));
  }

  /** What becomes of such a machine. */
  public effectOn(old: Json, context: ChangeContext): Effect {
    const namespace = textAt(old, 'metadata', 'namespace');
    const effect = deletionEffect(old, context);
    return {
      ...effect,
      message: `${effect.message} with its Namespace ${namespace}`,
      assumed: [...(effect.assumed ?? []), this.deleted.get(namespace)!],
    };
  }
}
