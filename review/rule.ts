import { Severity } from './finding';

/** A plain object of a manifest. */
export type Json = { readonly [key: string]: unknown };

/** What the cluster is set to, from the KubeVirt object among the manifests, from options, else the release's defaults. */
export interface ClusterConfig {
  /** Release of KubeVirt that the cluster is taken to have: `v1.9.0`. */
  readonly release?: string;
  /** Release of CDI that the cluster is taken to have: `v1.66.0`. */
  readonly cdi?: string;
  /** Whether nothing names that release: a gate then counts as on if it is on in every release that is held. */
  readonly releaseAssumed?: boolean;
  /** Feature gates that are listed. */
  readonly featureGates: ReadonlySet<string>;
  /** Architecture of virt-api and of VMs that name none. */
  readonly architecture: string;
  /** `spec.configuration` of the KubeVirt object. */
  readonly configuration: Json;
  /** Whether any gate may be listed: an operator lists them, and is patched, or of a release that is not known. */
  readonly anyGate?: boolean;
  /** Where the settings stand: the file of the KubeVirt object, or an option. */
  readonly from?: string;
  /** Whether HyperConverged writes the KubeVirt object, by its own settings. */
  readonly byOperator?: boolean;
  /** Whether the settings are unknown, so that the release's defaults are taken. */
  readonly assumed?: boolean;
  /** Whether nobody says which architecture it has. */
  readonly architectureAssumed?: boolean;
  /** File of the one KubeVirt object that says it; undefined if none does, or several do. */
  readonly file?: string;
}

/** One object under one rule. */
export interface Subject {
  /** The object as it was written. */
  readonly raw: Json;
  /** The object as the validating webhook gets it: pruned, nulls dropped, mutated. */
  readonly object: Json;
  /** A copy with the defaults that the webhook sets before its rules run (never stored). */
  readonly defaulted: Json;
  /** The object in the cluster, on an update. */
  readonly old?: Json;
  readonly config: ClusterConfig;
}

/**
 * Notes what is wrong with a field.
 *
 * @param field Path of the field in the object.
 * @param message What is wrong, and what was found.
 * @param remedy What to do.
 * @param serverField Path that the answer of the server names, where it is another one.
 */
export type Note = (field: string, message: string, remedy?: string, serverField?: string) => void;

/**
 * One rule: what it demands, of what, where that is written, and one small pure function that checks it.
 *
 * @typeParam View What the check is asked about: the parts of an object that the rules of a topic read, made once for each.
 */
export interface Rule<View = Subject> {
  /** Stable name, kebab-case, its topic first: `disk-bus-known`. Users accept findings by it. */
  readonly id: string;
  /** What it demands, in one sentence. */
  readonly sentence: string;
  /** Kinds of objects that it is asked about. */
  readonly kinds: readonly string[];
  /**
   * Keys of which one must stand somewhere in an object, or the rule has nothing to say of it and is not asked.
   *
   * @default - it is always asked
   */
  readonly about?: readonly string[];
  readonly severity: Severity;
  /** Where it is written: the project, the file, the functions. */
  readonly source: string;
  /**
   * First release that it holds for, of the project of its source.
   *
   * @default - every release that is held
   */
  readonly since?: string;
  /**
   * Last release that it holds for, included.
   *
   * @default - every release that is held
   */
  readonly until?: string;
  /** Where it is written from a release on, where it moved: the newest first. */
  readonly moved?: readonly { readonly since: string; readonly source: string }[];
  /**
   * Held releases whose source differs from what the rule was written from, and which nobody has compared with it.
   *
   * @default - none
   */
  readonly unchecked?: readonly string[];
  readonly check: (view: View, note: Note) => void;
}
