/**
 * The review of finished manifests: what `cdk8s-kubevirt check` runs, for a test or a program of your own.
 *
 * @packageDocumentation
 */

import { report, ReviewOptions } from './engine';
import { Finding } from './finding';

export { Acceptance, ACCEPT_ANNOTATION } from './accept';
export {
  AcceptedChange,
  Change,
  Consequence,
  diff,
  Diff,
  DiffOptions,
  ObjectChanges,
  RolloutStrategy,
} from './changes';
export { ConfigOptions } from './cluster/config';
export { report, ReviewOptions } from './engine';
export { Finding, FindingPlace, MissingObject, ObjectReference, Severity } from './finding';
export { Origin, ReviewedManifest } from './manifests/manifest';
export type { SharedOptions } from './settings/options-file';
export type { KubeVirtReviewProps } from './plugin';
export { parseManifests, readManifests } from './manifests/program-input';
export { ExternalObject } from './references';
export { Report, Unchecked, Upgrade } from './report';
export { ADMISSION_PAIR, allPairs, LAB, ReleaseChoice, ReleasePair } from './schema';

/**
 * Reads finished manifests and answers what the cluster would refuse, prune, or take and not do: in a test,
 * `expect(review(Testing.synth(chart))).toEqual([])`. `report` tells also what was accepted and what could not be checked.
 *
 * @param manifests Plain objects, what `parseManifests` and `readManifests` read, or `ReviewedManifest.of(object, origin)`
 *   where more is known. What one names, another must hold, or `external` of the options.
 * @throws if the manifests are not objects (parse a text first), or an option is unknown.
 */
export function review(manifests: Iterable<unknown>, options: ReviewOptions = {}): Finding[] {
  return [...report(manifests, options).findings];
}
