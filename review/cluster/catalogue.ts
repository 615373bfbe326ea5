import { Reviewed } from '../manifests/manifest';
import { ReviewedSet } from '../references/rule';
import { kindOf, nameOf, namespaceOf } from './identity';
import { madeBy } from './made';

/** Anything from which a claim comes: KubeVirt takes each for the other. */
const CLAIMS: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'DataVolume']);

/** A namespace that is not known: any may be meant. */
const ANY = '';

/** Every object that exists: among the manifests, made by one of them, or declared external. */
export class Catalogue {
  /** Namespaces by kind and name: mostly it is one. */
  private readonly kinds = new Map<string, Map<string, string | Set<string>>>();

  constructor({ objects, external }: ReviewedSet) {
    for (const { kind, name, namespace } of external) this.add(kind, name, namespace ?? ANY);
    for (const reviewed of objects) this.addObject(reviewed);
  }

  /** Whether there is such an object; an unknown namespace is taken for the same. */
  public has(kind: string, name: string, namespace: string): boolean {
    const found = this.kinds.get(familyOf(kind))?.get(name);
    if (found === undefined || namespace === ANY) return found !== undefined;
    return typeof found === 'string' ? found === ANY || found === namespace : found.has(ANY) || found.has(namespace);
  }

  private addObject(reviewed: Reviewed): void {
    const [kind, namespace] = [kindOf(reviewed), namespaceOf(reviewed)];
    this.add(kind, nameOf(reviewed), namespace);
    for (const [made, name] of madeBy(reviewed)) this.add(made, name, namespace);
  }

  private add(kind: string, name: string, namespace: string): void {
    const family = familyOf(kind);
    const names = this.kinds.get(family) ?? new Map<string, string | Set<string>>();
    this.kinds.set(family, names);
    const found = names.get(name);
    if (found === undefined) names.set(name, namespace);
    else if (typeof found !== 'string') found.add(namespace);
    else if (found !== namespace) names.set(name, new Set([found, namespace]));
  }
}

function familyOf(kind: string): string {
  return CLAIMS.has(kind) ? 'PersistentVolumeClaim' : kind;
}
