import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Json } from '../../review/rule';
import { Code } from '../language/expression';
import { Entries } from '../language/scalars';
import { KnownKind, Scope } from '../scope';

/** A class of the library that makes an object. */
export type Maker = new (scope: Construct, id: string, props: never) => Construct;

/** A way to say an object: by a construct, or by a verb of one. */
export interface Way {
  /** What makes it, as the text calls it: `BootableVM`, or `web.expose`. */
  readonly type: string;
  /** Calls it. */
  readonly build: (chart: Chart, id: string, props: object) => Construct;
  /** The object whose verb it is; undefined of a class. */
  readonly owner?: Code;
  /** The props that say what this kind has beyond what every object has. */
  readonly entries: Entries;
  /** Labels and annotations that the entries say. */
  readonly said?: ReadonlySet<string>;
  /** The name that it has without a word. */
  readonly usualName?: string;
  /** Whether it is in the namespace of what it serves, without a word. */
  readonly isBeside?: boolean;
  /** What others may pass it as. */
  readonly knownAs?: readonly KnownKind[];
  /** Whether its props may be left out. */
  readonly isBare?: boolean;
  /** Another object that it makes too, as it was read. */
  readonly twin?: Json;
}

/** How an object is made, and by what. */
export interface Made {
  /** By a construct, by a class that is generated from the schema, or as it stands. */
  readonly by: 'construct' | 'generated' | 'plain';
  readonly way: Way;
  readonly props: Code;
  readonly construct: Construct;
  /** What an object without a name becomes, to which cdk8s gives one: patches of JSON. */
  readonly patches: readonly Code[];
  /** The paths that `overrides` says; empty if every field is said by a prop. */
  readonly overridden: readonly string[];
  /** Why no construct makes it, where one says so. */
  readonly refusal?: string;
}

/** How a kind is said: the ways that come into question, the best first. */
export type Kind = (scope: Scope, object: Json, beside: Beside) => readonly (Way | undefined)[];

/** Other objects of the same root. */
export interface Beside {
  /** The DataSource of a namespace and name; undefined if absent, or if a golden image above makes it. */
  readonly dataSource: (namespace: string | undefined, name: string) => Json | undefined;
  /** The machines of a namespace whose pods a Service with such a selector leads to, by their names. */
  readonly selected: (namespace: string | undefined, selector: Json) => readonly string[];
}

/** A class as a way. */
export function byClass(
  type: string,
  maker: unknown,
  entries: Entries,
  more: Omit<Way, 'type' | 'build' | 'entries' | 'owner'> = {},
): Way {
  const Class = maker as Maker;
  // Of a constructor that has a default for its props, JavaScript counts the arguments before them.
  const isBare = Class.length < 3;
  return { type, build: (chart, id, props) => new Class(chart, id, props as never), entries, isBare, ...more };
}
