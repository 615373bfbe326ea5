import { Finding, ObjectReference } from './finding';
import { isObject, valueAt } from './manifests/json';
import { Json } from './rule';

/** Findings that are known and meant: they are listed as accepted, and no longer as findings. */
export interface Acceptance {
  /** The rule, by its id. */
  readonly rule: string;
  /** The object: every part that is given must be the same; `{}` is every object. */
  readonly object: Partial<ObjectReference>;
  /** Why it is meant. */
  readonly reason: string;
}

/** Annotation that accepts a rule's findings on its object: `accept.cdk8s-kubevirt/<rule>: <reason>`. */
export const ACCEPT_ANNOTATION = 'accept.cdk8s-kubevirt/';

/** The finding with the reason for which it is accepted; as it was, where it is not. */
export function withAcceptance(finding: Finding, object: Json, acceptances: readonly Acceptance[]): Finding {
  const reason = acceptedReason(finding.rule, finding.object, object, acceptances);
  return reason === undefined ? finding : { ...finding, accepted: reason };
}

/** Why what a rule or a consequence says of an object is accepted; undefined if nobody accepts it. */
export function acceptedReason(
  rule: string,
  reference: ObjectReference,
  object: Json,
  acceptances: readonly Acceptance[],
): string | undefined {
  return annotated(rule, object) ?? listed(rule, reference, acceptances);
}

function annotated(rule: string, object: Json): string | undefined {
  const annotations = valueAt(object, 'metadata', 'annotations');
  const reason = isObject(annotations) ? annotations[`${ACCEPT_ANNOTATION}${rule}`] : undefined;
  return typeof reason === 'string' && reason.trim() !== '' ? reason : undefined;
}

function listed(rule: string, reference: ObjectReference, acceptances: readonly Acceptance[]): string | undefined {
  return acceptances.find((one) => one.rule === rule && isMeant(one.object, reference))?.reason;
}

/** Whether an object is one that an acceptance names. */
function isMeant(wanted: Partial<ObjectReference>, object: ObjectReference): boolean {
  return Object.entries(wanted).every(([part, value]) => object[part as keyof ObjectReference] === value);
}
