import { referenceOf, report } from '../engine';
import { Finding, ObjectReference, Severity } from '../finding';
import { textAt, without } from '../manifests/json';
import { Reviewed, ReviewedManifest } from '../manifests/manifest';
import { OUTCOME_RULES } from '../outcomes';
import { Json } from '../rule';
import { Basis } from './basis';
import { Consequence, Effect } from './consequence';
import { Pair } from './pairing';
import { rootOf, State } from './state';
import { changesIn, differences, isSame } from './wording';

/** Kinds that decide what is said of others: they are handed to the review though they do not change. */
const DECIDING = [
  'CDI',
  ...['', 'Cluster'].flatMap((word) => [`VirtualMachine${word}Instancetype`, `VirtualMachine${word}Preference`]),
];

/** Errors of the review that are said better of a change: by the kind itself, since no server answers with them, or as what comes later. */
const SAID_OTHERWISE: ReadonlySet<string> = new Set([
  ...['field-stays', 'migration-target-size'],
  ...OUTCOME_RULES.map(({ id }) => id),
]);

/** Fields that a schema asks for, and that the server fills in before it looks. */
const DEFAULTED: ReadonlySet<string> = new Set(['roleRef.apiGroup']);

function isRefusal({ severity, rule, field }: Finding): boolean {
  return severity === Severity.ERROR && !SAID_OTHERWISE.has(rule) && !DEFAULTED.has(field);
}

/**
 * What the review finds wrong with the new objects that are changed or new: an error is a refusal. Those of each root are judged
 * by themselves, with what decides of them.
 */
export function refusalsOf(
  pairs: readonly Pair[],
  after: State,
  { review, settingsOf }: Basis,
): ReadonlyMap<Reviewed, readonly Finding[]> {
  const roots = new Map<string, Pair[]>();
  for (const pair of pairs) {
    if (pair.next === undefined) continue;
    const root = rootOf(pair.reviewed);
    const same = roots.get(root);
    if (same === undefined) roots.set(root, [pair]);
    else same.push(pair);
  }
  const refusals = new Map<Reviewed, Finding[]>();
  for (const [root, own] of roots) {
    const changed = new Map(own.map((pair) => [titleOf(referenceOf(pair.reviewed)), pair] as const));
    const settings = settingsOf(root);
    const judged = own.map(({ reviewed: { object, origin }, old }) => {
      const place = settings.find((one) => one.object === object)?.origin ?? origin;
      return old === undefined ? ReviewedManifest.of(object, place) : ReviewedManifest.update(object, old, place);
    });
    const deciding = [...settings, ...DECIDING.flatMap((kind) => after.seen(kind, root))]
      .filter((one) => !changed.has(titleOf(referenceOf(one))))
      .map(({ object, origin }) => ReviewedManifest.of(object, origin));
    for (const finding of report([...judged, ...deciding], review).findings) {
      const reviewed = changed.get(titleOf(finding.object))?.reviewed;
      if (reviewed === undefined || !isRefusal(finding)) continue;
      const same = refusals.get(reviewed);
      if (same === undefined) refusals.set(reviewed, [finding]);
      else same.push(finding);
    }
  }
  return refusals;
}

/** What changes in an object: with its values, where a spec cannot change; else by its paths, those of the spec, if it changes. */
export function changedPaths(old: Json, next: Json): string {
  if (textAt(next, 'apiVersion').startsWith('cdi.kubevirt.io/') && !isSame(old.spec, next.spec)) {
    return changesIn(old.spec, next.spec);
  }
  const inSpec = differences(old.spec, next.spec);
  const paths = inSpec.length > 0 ? inSpec : differences(without(old, 'status'), without(next, 'status'));
  const shown = paths.slice(0, 3).join(', ');
  if (paths.length > 3) return `${shown} and ${paths.length - 3} more change`;
  return `${shown} ${paths.length === 1 ? 'changes' : 'change'}`;
}

/** What the review finds wrong, said of what is changed. */
export function refusal({ field, message, remedy, rule }: Finding, what: string): Effect {
  return {
    field,
    message: what,
    consequence: Consequence.REFUSED,
    reason: `the cluster refuses it, and nothing of the object is changed: ${message}`,
    remedy,
    source: `rule ${rule}`,
  };
}

function titleOf({ apiVersion, kind, namespace, name }: ObjectReference): string {
  return [apiVersion, kind, namespace ?? '', name].join('\0');
}
