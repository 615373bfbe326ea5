import { kindOf } from '../cluster/kinds';
import { textAt } from '../manifests/json';
import type { Json } from '../rule';
import { RestatedRow } from './model';
import { compare } from './text';

/** Objects of which two states cannot stand beside each other. */
const KINDS: ReadonlySet<string> = new Set([
  'DataVolume',
  'PersistentVolumeClaim',
  'VirtualMachine',
  'VirtualMachineInstance',
  'VirtualMachineInstanceReplicaSet',
  'VirtualMachinePool',
  'StatefulSet',
]);

/** Counts how often each object is written down. */
export class Restatements {
  private readonly times = new Map<string, { namespace: string; object: string; times: number }>();

  public note(object: Json): void {
    const kind = kindOf(object);
    const name = textAt(object, 'metadata', 'name');
    if (!KINDS.has(kind) || name === '') return;
    const namespace = textAt(object, 'metadata', 'namespace');
    const key = `${kind} ${namespace}/${name}`;
    const found = this.times.get(key) ?? { namespace, object: `${kind} ${name}`, times: 0 };
    found.times += 1;
    this.times.set(key, found);
  }

  public list(): RestatedRow[] {
    const more = [...this.times.values()].filter(({ times }) => times > 1);
    return more.sort((a, b) => compare(a.namespace, b.namespace) || compare(a.object, b.object));
  }
}
