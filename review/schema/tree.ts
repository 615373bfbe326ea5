import { KindRecord, NodeRecord, NodeType, SchemaMode, TableRecord } from './node';
import { TABLE } from './table';

/** A schema, ready to be walked. */
export interface Node {
  readonly type: NodeType;
  readonly properties: ReadonlyMap<string, Node> | undefined;
  /** Values of a map. */
  readonly values: Node | undefined;
  readonly items: Node | undefined;
  readonly pattern: RegExp | undefined;
  /** Everything else, as it stands in the table. */
  readonly record: NodeRecord;
  /** Whether a value of the right type needs no further look. */
  readonly plain: boolean;
}

/** The schema of one kind in one version of its component. */
export interface KindSchema {
  readonly mode: SchemaMode;
  readonly namespaced: boolean;
  readonly root: Node;
}

/** The component of the table that holds Kubernetes' own kinds. */
export const KUBERNETES = 'kubernetes';

/** The schemas of the table; the table is read and its nodes are made when they are first asked for. */
class Schemas {
  private record?: TableRecord;
  private readonly nodes: (Node | undefined)[] = [];

  /** `kubevirt/v1.6.2` and the like. */
  public versions(component: string): string[] {
    return Object.keys(this.table().kinds)
      .filter((name) => name.startsWith(`${component}/`))
      .map((name) => name.slice(component.length + 1));
  }

  /** The schema of a kind; nothing where that version has none. */
  public kind(version: string, apiVersion: string, kind: string): KindSchema | undefined {
    const kinds = this.table().kinds[version] ?? {};
    const name = `${apiVersion}/${kind}`;
    return Object.hasOwn(kinds, name) ? this.schema(kinds[name]) : undefined;
  }

  /** The API versions of the same group that a kind has a schema of. */
  public otherVersions(version: string, apiVersion: string, kind: string): string[] {
    if (version === KUBERNETES || !apiVersion.includes('/')) return [];
    const group = apiVersion.slice(0, apiVersion.indexOf('/') + 1);
    return Object.keys(this.table().kinds[version] ?? {})
      .filter((name) => name.startsWith(group) && name.endsWith(`/${kind}`))
      .map((name) => name.slice(0, -kind.length - 1));
  }

  private schema(record: KindRecord | undefined): KindSchema | undefined {
    if (record === undefined) return undefined;
    return { mode: record.mode, namespaced: record.namespaced, root: this.node(record.node) };
  }

  private table(): TableRecord {
    return (this.record ??= JSON.parse(TABLE) as TableRecord);
  }

  private node(index: number): Node {
    return (this.nodes[index] ??= this.make(this.table().nodes[index]!));
  }

  private make(record: NodeRecord): Node {
    const { t, p, a, i, pattern } = record;
    const properties = p && new Map(Object.entries(p).map(([name, index]) => [name, this.node(index)]));
    return {
      type: t,
      properties,
      values: a === undefined ? undefined : this.node(a),
      items: i === undefined ? undefined : this.node(i),
      pattern: pattern === undefined ? undefined : new RegExp(pattern, 'u'),
      record,
      plain: Object.keys(record).every((key) => key === 't' || key === 'd' || key === 'nullable'),
    };
  }
}

/** Every compiled schema. */
export const SCHEMAS = new Schemas();
