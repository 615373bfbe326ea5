import { Construct } from 'constructs';
import {
  Disk,
  IDisk,
  ISnapshot,
  IVirtualMachine,
  IVirtualMachineSnapshot,
  VirtualMachine,
  VirtualMachineSnapshot,
  DataSource,
  DiskSnapshot,
  GoldenImage,
} from '../constructs';
import { call, Code, literal, options, variable } from './language/expression';
import { textCode } from './language/scalars';

/** What stands above an object in its file, and is passed to it as an object. */
export interface Known {
  /** The variable that holds it. */
  readonly variable: string;
  readonly construct: Construct;
}

/** The objects of a file that others may name, by their kind, namespace and name. */
export class KnownObjects {
  private readonly known = new Map<string, Known>();

  public add(kind: KnownKind, namespace: string | undefined, name: string, known: Known): void {
    const key = keyOf(kind, namespace, name);
    // Of two that are called the same, what follows cannot tell which one is meant: the manifest names the first.
    if (!this.known.has(key)) this.known.set(key, known);
  }

  public find(kind: KnownKind, namespace: string | undefined, name: string): Known | undefined {
    return this.known.get(keyOf(kind, namespace, name));
  }
}

/** What kinds of objects are passed on. */
export type KnownKind = 'claim' | 'vm' | 'fleet' | 'snapshot' | 'vmSnapshot' | 'image';

function keyOf(kind: KnownKind, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

/** What the code of one object may refer to. */
export class Scope {
  public constructor(
    public readonly namespace: string | undefined,
    private readonly known: KnownObjects,
    /** The namespace of the chart, which its objects have without a word. */
    private readonly usualNamespace?: string,
  ) {}

  /** A namespace as a prop; undefined where it goes without a word. */
  public namespaceCode(namespace: unknown): Code | undefined {
    return namespace === this.usualNamespace ? undefined : textCode(namespace);
  }

  /** A disk of the object's own namespace, by the name of its claim. */
  public disk(claimName: string): Code {
    return this.knownDisk(claimName) ?? call('Disk', Disk, 'fromClaimName', literal(claimName));
  }

  /** The disk of a clone, as an object where it stands above. */
  public knownDisk(claimName: string, namespace?: unknown): Code | undefined {
    return this.passed<IDisk>('claim', claimName, namespace);
  }

  /** The disk of a clone by its name alone; its size and modes are unknown. */
  public namedDisk(claimName: string, namespace: unknown): Code {
    return call('Disk', Disk, 'fromClaimName', literal(claimName), this.elsewhere(namespace));
  }

  public vm(name: string): Code {
    return (
      this.passed<IVirtualMachine>('vm', name) ?? call('VirtualMachine', VirtualMachine, 'fromName', literal(name))
    );
  }

  /** A machine that stands above, whose verbs may be called. */
  public machine(name: string): Known | undefined {
    return this.known.find('vm', this.namespace, name);
  }

  /** A pool or a replica set that stands above. */
  public fleet(name: string): Known | undefined {
    return this.known.find('fleet', this.namespace, name);
  }

  public snapshot(name: string, namespace: unknown): Code {
    return (
      this.passed<ISnapshot>('snapshot', name, namespace) ??
      call('DiskSnapshot', DiskSnapshot, 'fromSnapshotName', literal(name), this.elsewhere(namespace))
    );
  }

  public namedSnapshot(name: string, namespace: unknown): Code {
    return call('DiskSnapshot', DiskSnapshot, 'fromSnapshotName', literal(name), this.elsewhere(namespace));
  }

  public vmSnapshot(name: string): Code {
    return (
      this.passed<IVirtualMachineSnapshot>('vmSnapshot', name) ??
      call('VirtualMachineSnapshot', VirtualMachineSnapshot, 'fromName', literal(name))
    );
  }

  /** The `source` of a golden image that stands above, by the name of its DataSource. */
  public image(name: string, namespace: unknown): Code | undefined {
    const found = typeof namespace === 'string' ? this.known.find('image', namespace, name) : undefined;
    if (found === undefined) return undefined;
    return {
      ...variable(`${found.variable}.source`, (found.construct as GoldenImage | DataSource).source),
      names: new Set([found.variable]),
    };
  }

  private elsewhere(namespace: unknown): Code | undefined {
    return options([['namespace', namespace === this.namespace ? undefined : textCode(namespace)]]);
  }

  /** @param namespace Its own, unless it is a text. */
  private passed<T>(kind: KnownKind, name: string, namespace?: unknown): Code | undefined {
    const found = this.known.find(kind, typeof namespace === 'string' ? namespace : this.namespace, name);
    return found && variable(found.variable, found.construct as unknown as T);
  }
}
