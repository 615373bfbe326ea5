import { kindNamed } from './kinds';

/** An object that the manifests name and do not hold. */
export interface ExternalObject {
  /** Kind: `StorageClass`. */
  readonly kind: string;
  /** Name. */
  readonly name: string;
  /**
   * Namespace that it stands in.
   *
   * @default - any namespace, or no namespace if its kind has none
   */
  readonly namespace?: string;
}

/** A namespace that is not known: any may be meant. */
const ANY = '';

/** Every object that exists, by kind, name and namespace: among the manifests, made by one of them, or declared external. */
export class Catalogue {
  /** Namespaces by kind and name: mostly it is one. */
  private readonly kinds = new Map<string, Map<string, string | Set<string>>>();

  /** Takes in an object. */
  public add(kind: string, name: string, namespace = ANY): void {
    const family = familyOf(kind);
    const names = this.kinds.get(family) ?? new Map<string, string | Set<string>>();
    this.kinds.set(family, names);
    const found = names.get(name);
    if (found === undefined) names.set(name, namespace);
    else if (typeof found !== 'string') found.add(namespace);
    else if (found !== namespace) names.set(name, new Set([found, namespace]));
  }

  /** Whether there is any object of a kind. */
  public holds(kind: string): boolean {
    return this.kinds.has(familyOf(kind));
  }

  /** Whether there is such an object; an unknown namespace is taken for the same. */
  public has(kind: string, name: string, namespace: string): boolean {
    const found = this.kinds.get(familyOf(kind))?.get(name);
    if (found === undefined || namespace === ANY) return found !== undefined;
    return typeof found === 'string' ? found === ANY || found === namespace : found.has(ANY) || found.has(namespace);
  }
}

/**
 * Claims, and what claims are made of, are one family: KubeVirt takes each for the other. So are a machine and its instance,
 * which has its name.
 */
function familyOf(kind: string): string {
  if (kind === 'VirtualMachineInstance') return 'VirtualMachine';
  return kindNamed(kind)?.claim === undefined ? kind : 'PersistentVolumeClaim';
}
