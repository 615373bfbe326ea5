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
  private readonly families = new Map<string, Family>();

  /** Takes in an object. */
  public add(kind: string, name: string, namespace = ANY): void {
    const word = familyOf(kind);
    let family = this.families.get(word);
    if (family === undefined) this.families.set(word, (family = new Family()));
    family.add(name, namespace);
  }

  /** Whether there is any object of a kind. */
  public holds(kind: string): boolean {
    return this.families.has(familyOf(kind));
  }

  /** Whether there is such an object; an unknown namespace is taken for the same. */
  public has(kind: string, name: string, namespace: string): boolean {
    const found = this.families.get(familyOf(kind))?.namespacesOf(name);
    if (found === undefined || namespace === ANY) return found !== undefined;
    return typeof found === 'string' ? found === ANY || found === namespace : found.has(ANY) || found.has(namespace);
  }
}

/** The objects of one family. Most kinds of a fleet nobody asks for, and their names are put in order only then. */
class Family {
  /** Name and namespace in turn. */
  private readonly taken: string[] = [];
  /** Namespaces by name: mostly it is one. */
  private names?: Map<string, string | Set<string>>;

  public add(name: string, namespace: string): void {
    this.taken.push(name, namespace);
    this.names = undefined;
  }

  public namespacesOf(name: string): string | ReadonlySet<string> | undefined {
    return (this.names ??= this.inOrder()).get(name);
  }

  private inOrder(): Map<string, string | Set<string>> {
    const names = new Map<string, string | Set<string>>();
    for (let index = 0; index < this.taken.length; index += 2) {
      const [name, namespace] = [this.taken[index]!, this.taken[index + 1]!];
      const found = names.get(name);
      if (found === undefined) names.set(name, namespace);
      else if (typeof found !== 'string') found.add(namespace);
      else if (found !== namespace) names.set(name, new Set([found, namespace]));
    }
    return names;
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
