/** How bad a finding is: what it does to the exit status of `cdk8s-kubevirt check` and to `cdk8s synth`. */
export enum Severity {
  /** The API server or a webhook refuses it, or prunes what was meant. */
  ERROR = 'error',
  /** It is accepted, and will not do what was meant. */
  WARNING = 'warning',
}

/** The object that a finding is about. */
export interface ObjectReference {
  /** API group and version: `kubevirt.io/v1`. */
  readonly apiVersion: string;
  /** Kind: `VirtualMachine`. */
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
  /** Id of the rule that it breaks: what an acceptance names. */
  readonly rule: string;
  /** Whether the cluster refuses it, or takes it and does something else. */
  readonly severity: Severity;
  /** The object that it is about. */
  readonly object: ObjectReference;
  /** Path of the field, lists by index: `spec.template.spec.volumes[1].name`. */
  readonly field: string;
  /** Path that the answer of the server names, where it is another one: `spec.source.VDDK`. */
  readonly serverField?: string;
  /** What is wrong, and what was found. */
  readonly message: string;
  /** What to do. */
  readonly remedy?: string;
  /** What does not exist among the manifests, where that is what is wrong: it can be declared external. */
  readonly missing?: MissingObject;
  /** The others that name what is missing. */
  readonly users?: readonly FindingPlace[];
  /** Path of the construct that made the object, where there is one. */
  readonly path?: string;
  /** Releases whose schema says so, where not every reviewed one does: `KubeVirt v1.9.0`. */
  readonly releases?: readonly string[];
  /** Where the rule is written: the project, the file and the functions. */
  readonly source?: string;
  /** The roots that it holds for, where several take the document of the object: a base of overlays. */
  readonly roots?: readonly string[];
  /** Why it was accepted, where it was. */
  readonly accepted?: string;
}

/** An object that is named and does not stand among the manifests. */
export interface MissingObject {
  /** Its kind. */
  readonly kind: string;
  /** Its namespace, if its kind has one. */
  readonly namespace?: string;
  /** Its name. */
  readonly name: string;
}

/** Where the same thing is found again. */
export interface FindingPlace {
  /** The object. */
  readonly object: ObjectReference;
  /** The field in it, in the form of `Finding.field`. */
  readonly field: string;
}

/** The order of findings: by file, object, field and rule. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.object.file ?? '', b.object.file ?? '') ||
      compareObjects(a.object, b.object) ||
      compareFields(a.field, b.field) ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

function compareObjects(a: ObjectReference, b: ObjectReference): number {
  return (
    compare(a.namespace ?? '', b.namespace ?? '') ||
    compare(a.kind, b.kind) ||
    compare(a.name, b.name) ||
    compare(a.apiVersion, b.apiVersion)
  );
}

/** `disks[2]` before `disks[10]`. */
function compareFields(a: string, b: string): number {
  const [left, right] = [a.split(/[[\]]/), b.split(/[[\]]/)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x, y] = [left[index]!, right[index]!];
    const order = index % 2 === 1 ? Number(x) - Number(y) || compare(x, y) : compare(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** By code points, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
