import { Severity } from './finding';

/** A plain object of a manifest. */
export type Json = { readonly [key: string]: unknown };

/** What the cluster is set to, from the KubeVirt object among the manifests, from options, else the release's defaults. */
export interface ClusterConfig {
  /** Feature gates that are listed. */
  readonly featureGates: ReadonlySet<string>;
  /** Architecture of virt-api and of VMs that name none. */
  readonly architecture: string;
  /** `spec.configuration` of the KubeVirt object. */
  readonly configuration: Json;
  /** Whether any gate may be listed: an operator lists them, by its own version. */
  readonly anyGate?: boolean;
  /** Whether nothing is known, and the release's defaults are taken. */
  readonly assumed?: boolean;
  /** Whether nobody says which architecture it has. */
  readonly architectureAssumed?: boolean;
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

/** Notes what is wrong with a field. */
export type Note = (field: string, message: string, remedy?: string) => void;

/** One rule: one small pure function with its citation. */
export interface Rule {
  /** Stable name, kebab-case, its topic first: `disk-bus-known`. */
  readonly id: string;
  /** Where the rule stands: file and function, with the release. */
  readonly source: string;
  readonly severity: Severity;
  readonly check: (subject: Subject, note: Note) => void;
}

/** The rules of one kind of object. */
export interface KindRules {
  /** API group: `kubevirt.io`, `` for core. */
  readonly apiGroup: string;
  readonly kind: string;
  readonly rules: readonly Rule[];
}
