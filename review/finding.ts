/** How bad a finding is. */
export enum Severity {
  /** The API server or a webhook refuses it, or prunes what was meant. */
  ERROR = 'error',
  /** It is accepted, and will not do what was meant. */
  WARNING = 'warning',
}

/** The object that a finding is about. */
export interface ObjectReference {
  /** API group and version. */
  readonly apiVersion: string;
  /** Kind. */
  readonly kind: string;
  /** Namespace, as far as the manifest says. */
  readonly namespace?: string;
  /** Name, or generateName with a `*` behind it. */
  readonly name: string;
  /** File that it stands in. */
  readonly file?: string;
  /** Number of its document in the file, from 0. */
  readonly document?: number;
}

/** What is wrong with one field of one object, in the form of the causes that KubeVirt's webhooks return. */
export interface Finding {
  /** Which rule it breaks. */
  readonly rule: string;
  readonly severity: Severity;
  readonly object: ObjectReference;
  /** Path of the field, lists by index: `spec.template.spec.volumes[1].name`. */
  readonly field: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do. */
  readonly remedy?: string;
  /** Path of the construct that made the object, where there is one. */
  readonly path?: string;
  /** Releases whose schema says so, where not every reviewed one does: `KubeVirt v1.9.0`. */
  readonly releases?: readonly string[];
  /** Why it was accepted, where it was. */
  readonly accepted?: string;
}
