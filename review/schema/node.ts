/** What a value may be. */
export enum NodeType {
  OBJECT = 'o',
  ARRAY = 'a',
  STRING = 's',
  INTEGER = 'i',
  NUMBER = 'n',
  BOOLEAN = 'b',
  INT_OR_STRING = 'x',
  /** Anything: nothing below it is checked or pruned. */
  ANY = '*',
}

/** One schema of the table, as it is written there; numbers stand for other nodes. */
export interface NodeRecord {
  readonly t: NodeType;
  /** Properties. */
  readonly p?: Readonly<Record<string, number>>;
  /** Every other property, or the values of a map. */
  readonly a?: number;
  /** Items of a list. */
  readonly i?: number;
  /** Required properties. */
  readonly r?: readonly string[];
  readonly e?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Null is a value of its own. */
  readonly nullable?: 1;
  /** Unknown properties are kept. */
  readonly keep?: 1;
  /** Nulls are kept too; a known property may not be null. */
  readonly raw?: 1;
  /** A default, which stands for what is not given. */
  readonly d?: unknown;
  /** Properties with a default that is more than the empty text: what is not given gets it. */
  readonly f?: readonly string[];
  /** `set`, or the keys of a list map. */
  readonly l?: 'set' | readonly string[];
  /** Rules in CEL, by their text. */
  readonly cel?: readonly string[];
}

/** Which semantics a kind's API server code has. */
export enum SchemaMode {
  /** A CustomResourceDefinition: structural schema. */
  CRD = 'crd',
  /** A CustomResourceDefinition behind KubeVirt's mutating webhook, which writes zero values back. */
  VM = 'vm',
  /** Built into the API server: decoded into Go types. */
  CORE = 'core',
}

/** One kind of one API version. */
export interface KindRecord {
  readonly mode: SchemaMode;
  readonly node: number;
  /** Whether its objects stand in a namespace. */
  readonly namespaced: boolean;
}

/** The versions that go together, by component: `{ kubevirt: 'v1.6.2', cdi: 'v1.63.1' }`. */
export type PairRecord = Readonly<Record<string, string>> & { readonly kubevirt: string; readonly cdi: string };

/** The first line of the table: the pairs of releases, older first, as crds/pairs.json has them. */
export interface PairsRecord {
  readonly pairs: readonly PairRecord[];
}

/** A line of the table that lists the kinds of one source: a component in one version, or Kubernetes itself. */
export interface SourceRecord {
  /** `kubevirt/v1.6.2`. */
  readonly source: string;
  /** By API version and kind: `kubevirt.io/v1/VirtualMachine`. */
  readonly kinds: Readonly<Record<string, KindRecord>>;
}
