import { keyOf } from '../cluster/identity';
import { apiGroup } from '../manifests/api-group';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { objectsOf } from '../manifests/objects';
import { manifestList } from '../manifests/program-input';
import { Root } from '../manifests/roots/root';
import { Json } from '../rule';
import { RootsOfDocuments } from '../verdicts/root-merge';
import { StateObjects } from './context';
import { isLive } from './live-object';

/**
 * The objects of a state, each as its root said it last. It is not the `ClusterState` of the inventory: that one works out what
 * storage and controllers make of each object, which a comparison of ten thousand equal ones has no use for.
 */
export class State {
  /** By root and by what tells one object from another. */
  public readonly objects = new Map<string, Reviewed>();
  /** The roots by their names; undefined for what belongs to no root. */
  public readonly roots = new Map<string, Root | undefined>();
  private readonly kinds = new Map<string, Reviewed[]>();
  /** By kind and name: mostly it is one, in one namespace. */
  private readonly names = new Map<string, Reviewed[]>();
  private documents?: RootsOfDocuments;

  constructor(manifests: Iterable<unknown>) {
    for (const manifest of manifestList(manifests)) {
      for (const reviewed of objectsOf(manifest).objects) {
        // What has no kind is no object of a cluster: the values of a chart.
        if (textAt(reviewed.object, 'kind') === '') continue;
        this.objects.set(`${rootOf(reviewed)}\0${objectKeyOf(reviewed)}`, reviewed);
        if (!this.roots.has(rootOf(reviewed))) this.roots.set(rootOf(reviewed), reviewed.root);
      }
    }
    for (const reviewed of this.objects.values()) {
      const kind = textAt(reviewed.object, 'kind');
      add(this.kinds, kind, reviewed);
      add(this.names, `${kind}\0${textAt(reviewed.object, 'metadata', 'name')}`, reviewed);
    }
  }

  /** The object in each root that holds it. */
  public held(reviewed: Reviewed): readonly Reviewed[] {
    const key = objectKeyOf(reviewed);
    const name = `${textAt(reviewed.object, 'kind')}\0${textAt(reviewed.object, 'metadata', 'name')}`;
    return (this.names.get(name) ?? []).filter((one) => objectKeyOf(one) === key);
  }

  /** Whether two roots take no document together: those that do are for different clusters, or different namespaces. */
  public areApart(one: string, other: string): boolean {
    if (one === other || this.roots.size < 2) return true;
    this.documents ??= new RootsOfDocuments([...this.objects.values()]);
    return this.documents.areApart(this.sample(one), this.sample(other));
  }

  /**
   * The object of a cluster that a manifest without a namespace is applied to; undefined if there is none, or there are
   * several: whoever applies it says the namespace.
   */
  public liveElsewhere(next: Json): Json | undefined {
    if (textAt(next, 'metadata', 'namespace') !== '') return undefined;
    const name = textAt(next, 'metadata', 'name');
    const same = (this.names.get(`${textAt(next, 'kind')}\0${name}`) ?? []).map(({ object }) => object);
    const group = apiGroup(textAt(next, 'apiVersion'));
    const [found, ...others] = same.filter((one) => isLive(one) && apiGroup(textAt(one, 'apiVersion')) === group);
    return others.length === 0 ? found : undefined;
  }

  /** The objects of a kind that a root sees. */
  public seen(kind: string, root: string): readonly Reviewed[] {
    const same = this.kinds.get(kind) ?? [];
    return this.roots.size < 2 ? same : same.filter((one) => this.areApart(rootOf(one), root));
  }

  /** What a root sees: its own objects first, then those of roots that it has no document in common with, then facts. */
  public seenFrom(root: string, facts?: StateObjects): StateObjects {
    const isSeen = (one: Reviewed): boolean => this.areApart(rootOf(one), root);
    const own = (found: readonly Reviewed[]): Reviewed | undefined =>
      found.find((one) => rootOf(one) === root) ?? found.find(isSeen);
    return {
      find: (kind, namespace, name) => {
        const same = this.names.get(`${kind}\0${name}`)?.filter((one) => isIn(one, namespace));
        return (same && own(same)?.object) ?? facts?.find(kind, namespace, name);
      },
      all: (kind) => [...this.seen(kind, root).map(({ object }) => object), ...(facts?.all(kind) ?? [])],
    };
  }

  /** All objects that a root sees. */
  public inView(root: string): readonly Reviewed[] {
    return [...this.objects.values()].filter((one) => this.areApart(rootOf(one), root));
  }

  private sample(root: string): { readonly objects: readonly Reviewed[] } {
    const one = this.roots.get(root);
    return { objects: [{ object: {}, origin: {}, ...(one === undefined ? {} : { root: one }) }] };
  }
}

/** The name of the root of an object; empty for what belongs to no root. */
export function rootOf({ root }: Reviewed): string {
  return root?.name ?? '';
}

/** What tells one object from another in its root; of a name that the server makes, its beginning. */
export function objectKeyOf(reviewed: Reviewed): string {
  return `${keyOf(reviewed)}\0${textAt(reviewed.object, 'metadata', 'generateName')}`;
}

function add(lists: Map<string, Reviewed[]>, key: string, reviewed: Reviewed): void {
  const same = lists.get(key);
  if (same === undefined) lists.set(key, [reviewed]);
  else same.push(reviewed);
}

/** A namespace that a manifest leaves to whoever applies it may be any. */
function isIn({ object }: Reviewed, namespace: string): boolean {
  const stated = textAt(object, 'metadata', 'namespace');
  return stated === namespace || stated === '' || namespace === '';
}
