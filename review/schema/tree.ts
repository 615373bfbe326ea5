import { KindRecord, NodeRecord, NodeType, SchemaMode, TableRecord } from './node';
import { TABLE } from './table';

/**
 * A schema, ready to be walked. What stands below it is made when it is first asked for: a run meets few fields of the
 * many that there are. Its fields stand here one by one, since what the table holds has a shape for each kind of node.
 */
export class Node {
  public readonly type: NodeType;
  /** Null is a value of its own. */
  public readonly nullable: boolean;
  /** Unknown properties are kept. */
  public readonly keeps: boolean;
  /** Nulls are kept too. */
  public readonly raw: boolean;
  public readonly required: NodeRecord['r'];
  public readonly maxItems: number | undefined;
  /** How the items of a list differ. */
  public readonly unique: NodeRecord['l'];
  public readonly cel: NodeRecord['cel'];
  /** Whether a value of the right type needs no further look. */
  public readonly plain: boolean;
  private readonly properties: Map<string, Node | number> | undefined;
  private valuesNode: Node | undefined;
  private itemsNode: Node | undefined;
  private patternRegExp: RegExp | undefined;

  /**
   * @param record What stands in the table.
   * @param numbered The node of a number.
   */
  constructor(
    public readonly record: NodeRecord,
    private readonly numbered: (index: number) => Node,
  ) {
    const { t, p, r, l, cel, maxItems, nullable, keep, raw } = record;
    this.type = t;
    this.nullable = nullable === 1;
    this.keeps = keep === 1;
    this.raw = raw === 1;
    this.required = r;
    this.maxItems = maxItems;
    this.unique = l;
    this.cel = cel;
    this.plain = Object.keys(record).every((key) => key === 't' || key === 'd' || key === 'nullable');
    this.properties = p === undefined ? undefined : new Map(Object.entries(p));
    this.valuesNode = undefined;
    this.itemsNode = undefined;
    this.patternRegExp = undefined;
  }

  /** A property that is named. */
  public property(name: string): Node | undefined {
    const found = this.properties?.get(name);
    if (typeof found !== 'number') return found;
    const made = this.numbered(found);
    this.properties!.set(name, made);
    return made;
  }

  /** The names of the properties; nothing where none is named. */
  public get names(): Iterable<string> | undefined {
    return this.properties?.keys();
  }

  /** Every other property, or the values of a map. */
  public get values(): Node | undefined {
    const { a } = this.record;
    return this.valuesNode ?? (a === undefined ? undefined : (this.valuesNode = this.numbered(a)));
  }

  /** Items of a list. */
  public get items(): Node | undefined {
    const { i } = this.record;
    return this.itemsNode ?? (i === undefined ? undefined : (this.itemsNode = this.numbered(i)));
  }

  public get pattern(): RegExp | undefined {
    const { pattern } = this.record;
    return this.patternRegExp ?? (pattern === undefined ? undefined : (this.patternRegExp = new RegExp(pattern, 'u')));
  }
}

/** The schema of one kind in one version of its component. */
export interface KindSchema {
  readonly mode: SchemaMode;
  readonly namespaced: boolean;
  readonly root: Node;
}

/** The component of the table that holds Kubernetes' own kinds. */
export const KUBERNETES = 'kubernetes';

/** The schemas of the table; each line of it is read when it is first asked for. */
class Schemas {
  private readonly lines: readonly string[] = TABLE.split('\n');
  private known?: TableRecord['kinds'];
  private every?: ReadonlySet<string>;
  private readonly nodes: (Node | undefined)[] = [];

  /** `kubevirt/v1.6.2` and the like. */
  public versions(component: string): string[] {
    return Object.keys(this.kinds())
      .filter((name) => name.startsWith(`${component}/`))
      .map((name) => name.slice(component.length + 1));
  }

  /** The schema of a kind; nothing where that version has none. */
  public kind(version: string, apiVersion: string, kind: string): KindSchema | undefined {
    const kinds = this.kinds()[version] ?? {};
    const name = `${apiVersion}/${kind}`;
    return Object.hasOwn(kinds, name) ? this.schema(kinds[name]) : undefined;
  }

  /** Every type that a version has a schema of. */
  public types(version: string): { readonly apiVersion: string; readonly kind: string }[] {
    return Object.keys(this.kinds()[version] ?? {}).map((name) => {
      const slash = name.lastIndexOf('/');
      return { apiVersion: name.slice(0, slash), kind: name.slice(slash + 1) };
    });
  }

  /** The types of all versions: `kubevirt.io/v1/VirtualMachine`. */
  public everyType(): ReadonlySet<string> {
    return (this.every ??= new Set(Object.values(this.kinds()).flatMap((kinds) => Object.keys(kinds))));
  }

  private schema(record: KindRecord | undefined): KindSchema | undefined {
    if (record === undefined) return undefined;
    return { mode: record.mode, namespaced: record.namespaced, root: this.node(record.node) };
  }

  private kinds(): TableRecord['kinds'] {
    return (this.known ??= JSON.parse(this.lines[0]!) as TableRecord['kinds']);
  }

  private readonly node = (index: number): Node =>
    (this.nodes[index] ??= new Node(JSON.parse(this.lines[index + 1]!) as NodeRecord, this.node));
}

/** Every compiled schema. */
export const SCHEMAS = new Schemas();
