import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KindRecord, NodeRecord, NodeType, PairRecord, PairsRecord, SchemaMode, SourceRecord } from './node';

/** What a record says besides what its values must be. */
const PLAIN: ReadonlySet<string> = new Set(['t', 'd', 'nullable'] satisfies (keyof NodeRecord)[]);

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
  /** Names of the properties that get a default. */
  public readonly filled: NodeRecord['f'];
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
    const { t, p, r, f, l, cel, maxItems, nullable, keep, raw } = record;
    this.type = t;
    this.nullable = nullable === 1;
    this.keeps = keep === 1;
    this.raw = raw === 1;
    this.required = r;
    this.filled = f;
    this.maxItems = maxItems;
    this.unique = l;
    this.cel = cel;
    this.plain = Object.keys(record).every((key) => PLAIN.has(key));
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

  /** The names of the properties; undefined if the schema names none. */
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

/** The lines of the table: those of the sources by their names, and those of the nodes by their numbers. */
interface Table {
  readonly pairs: readonly PairRecord[];
  readonly sources: ReadonlyMap<string, string>;
  readonly nodes: readonly string[];
}

/** How the lines of the sources begin; they stand before those of the nodes. */
const SOURCE_LINE = /^\{"source":"([^"]+)"/;

/**
 * The schemas of table.jsonl, whose lines are JSON: the first has the pairs of releases, then comes a line a source, then
 * a line a node, numbered from 0. The file is read when a schema is first asked for, and each line is parsed when it is
 * needed: a run meets few of the many nodes.
 */
class Schemas {
  private table?: Table;
  private every?: ReadonlySet<string>;
  private readonly known = new Map<string, SourceRecord['kinds']>();
  private readonly nodes: (Node | undefined)[] = [];

  /** The releases that go together, older first. */
  public get pairs(): readonly PairRecord[] {
    return this.lines.pairs;
  }

  /** The sources of a component, older first: `kubevirt/v1.6.2` and the like. */
  public sources(component: string): string[] {
    return [...this.lines.sources.keys()].filter((source) => source.startsWith(`${component}/`));
  }

  /** The schema of a kind; undefined if the source has no such kind. */
  public kind(source: string, apiVersion: string, kind: string): KindSchema | undefined {
    const kinds = this.kinds(source);
    const name = `${apiVersion}/${kind}`;
    return Object.hasOwn(kinds, name) ? this.schema(kinds[name]!) : undefined;
  }

  /** Every type that a source has a schema of. */
  public types(source: string): { readonly apiVersion: string; readonly kind: string }[] {
    return Object.keys(this.kinds(source)).map((name) => {
      const slash = name.lastIndexOf('/');
      return { apiVersion: name.slice(0, slash), kind: name.slice(slash + 1) };
    });
  }

  /** The types of all sources: `kubevirt.io/v1/VirtualMachine`. */
  public everyType(): ReadonlySet<string> {
    const sources = [...this.lines.sources.keys()];
    return (this.every ??= new Set(sources.flatMap((source) => Object.keys(this.kinds(source)))));
  }

  private schema({ mode, namespaced, node }: KindRecord): KindSchema {
    return { mode, namespaced, root: this.node(node) };
  }

  private kinds(source: string): SourceRecord['kinds'] {
    let kinds = this.known.get(source);
    if (kinds === undefined) {
      const line = this.lines.sources.get(source);
      kinds = line === undefined ? {} : (JSON.parse(line) as SourceRecord).kinds;
      this.known.set(source, kinds);
    }
    return kinds;
  }

  private get lines(): Table {
    return (this.table ??= readTable());
  }

  private readonly node = (index: number): Node =>
    (this.nodes[index] ??= new Node(JSON.parse(this.lines.nodes[index]!) as NodeRecord, this.node));
}

function readTable(): Table {
  const [first = '', ...lines] = readFileSync(join(__dirname, 'table.jsonl'), 'utf8').split('\n');
  const sources = new Map<string, string>();
  for (const line of lines) {
    const [, source] = SOURCE_LINE.exec(line) ?? [];
    if (source === undefined) break;
    sources.set(source, line);
  }
  const { pairs } = JSON.parse(first) as PairsRecord;
  return { pairs, sources, nodes: lines.slice(sources.size) };
}

/** Every compiled schema. */
export const SCHEMAS = new Schemas();
