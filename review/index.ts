import { report, ReviewOptions } from './engine';
import { Finding } from './finding';

export { Acceptance, ACCEPT_ANNOTATION } from './accept';
export { ConfigOptions } from './config';
export { report, ReviewOptions } from './engine';
export { Finding, ObjectReference, Severity } from './finding';
export { Origin, ReviewedManifest } from './manifest';
export { ExternalObject } from './references';
export { Report, Unchecked } from './report';
export { allPairs, LAB, ReleasePair } from './schema';

/**
 * Reads finished manifests and answers what the cluster would refuse, prune, or take and not do.
 *
 * Manifests are plain objects, or `ReviewedManifest.of(object, origin)` where more is known. `report` tells also what
 * was accepted and what could not be checked.
 */
export function review(manifests: Iterable<unknown>, options: ReviewOptions = {}): Finding[] {
  return [...report(manifests, options).findings];
}
