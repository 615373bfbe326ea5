import { kindOf } from '../cluster/kinds';
import { apiGroup } from '../manifests/api-group';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { objectsOf } from '../manifests/objects';
import { manifestList } from '../manifests/program-input';
import { Json } from '../rule';
import { StateObjects } from './context';
import { isLive } from './live-object';

/** The objects of a state, each as it was said last. */
export class State implements StateObjects {
  public readonly objects = new Map<string, Reviewed>();
  private readonly kinds = new Map<string, Json[]>();
  /** By kind and name: mostly it is one, in one namespace. */
  private readonly names = new Map<string, Json[]>();

  constructor(manifests: Iterable<unknown>) {
    for (const manifest of manifestList(manifests)) {
      for (const reviewed of objectsOf(manifest).objects) this.objects.set(keyOf(reviewed.object), reviewed);
    }
    for (const { object } of this.objects.values()) {
      const kind = textAt(object, 'kind');
      add(this.kinds, kind, object);
      add(this.names, `${kind}\0${textAt(object, 'metadata', 'name')}`, object);
    }
  }

  public find(kind: string, namespace: string, name: string): Json | undefined {
    return this.names.get(`${kind}\0${name}`)?.find((one) => isIn(textAt(one, 'metadata', 'namespace'), namespace));
  }

  /**
   * The object of a cluster that a manifest without a namespace is applied to; undefined if there is none, or there are
   * several: whoever applies it says the namespace.
   */
  public liveElsewhere(next: Json): Json | undefined {
    if (textAt(next, 'metadata', 'namespace') !== '') return undefined;
    const name = textAt(next, 'metadata', 'name');
    const same = this.names.get(`${textAt(next, 'kind')}\0${name}`) ?? [];
    const group = apiGroup(textAt(next, 'apiVersion'));
    const [found, ...others] = same.filter((one) => isLive(one) && apiGroup(textAt(one, 'apiVersion')) === group);
    return others.length === 0 ? found : undefined;
  }

  public all(kind: string): readonly Json[] {
    return this.kinds.get(kind) ?? [];
  }

  public settings(): Json | undefined {
    return this.all('KubeVirt').find((one) => kindOf(one)?.settings === 'KubeVirt');
  }

  public with(facts: State): StateObjects {
    return {
      find: (kind, namespace, name) => this.find(kind, namespace, name) ?? facts.find(kind, namespace, name),
      all: (kind) => [...this.all(kind), ...facts.all(kind)],
    };
  }
}

function add(lists: Map<string, Json[]>, key: string, object: Json): void {
  const same = lists.get(key);
  if (same === undefined) lists.set(key, [object]);
  else same.push(object);
}

/** A namespace that a manifest leaves to whoever applies it may be any. */
function isIn(stated: string, namespace: string): boolean {
  return stated === namespace || stated === '' || namespace === '';
}

/** What tells one object from another, whichever version of its API it is written in. */
function keyOf(object: Json): string {
  const group = apiGroup(textAt(object, 'apiVersion'));
  const names = ['namespace', 'name', 'generateName'].map((key) => textAt(object, 'metadata', key));
  return [group, textAt(object, 'kind'), ...names].join('\0');
}
