/**
 * What a change does to the objects of a cluster and to their data, from the worst to the least. The worst of several is
 * the first of them in this order.
 */
export enum Consequence {
  /** Bytes that somebody may want are deleted or replaced. */
  DATA_LOST = 'data-lost',
  /** The API server or a webhook answers no: nothing of the object is changed. */
  REFUSED = 'refused',
  /** A disk of another name is made: what was on the old one does not move there. */
  NEW_DISK = 'new-disk',
  /** It depends on a fact that is not known; the message names it. */
  UNKNOWN = 'unknown',
  /** The object has to be deleted and made anew. */
  REPLACED = 'replaced',
  /** The controller restarts running machines at once. */
  RESTARTED = 'restarted',
  /** The running machine goes on as it is, with the condition RestartRequired, until somebody restarts it. */
  RESTART = 'restart',
  /** Accepted, and without effect until a restart that nothing asks for. */
  LATER = 'later',
  /** Accepted, and never used. */
  IGNORED = 'ignored',
  /** A disk that stands alone becomes the machine's own, and goes with it. */
  ADOPTED = 'adopted',
  /** The data of a running machine moves to another claim. */
  MIGRATED = 'migrated',
  /** The machine is stopped. */
  STOPPED = 'stopped',
  /** The machine is started. */
  STARTED = 'started',
  /** The running machine gets it at once. */
  LIVE = 'live',
  /** The object is changed where it stands; no running machine notices. */
  IN_PLACE = 'in-place',
  /** The object is gone, or no longer managed; no data is lost. */
  REMOVED = 'removed',
  /** A new object. */
  CREATED = 'created',
}

const RANK: ReadonlyMap<Consequence, number> = new Map(Object.values(Consequence).map((one, index) => [one, index]));

/** Compares two consequences, the worse one first: for `sort`. */
export function compareConsequences(one: Consequence, other: Consequence): number {
  return RANK.get(one)! - RANK.get(other)!;
}

/** What one changed part of an object does, before it is known which object that is. */
export interface Effect {
  /** Path of the field in the new object, or in the old one where it is gone; empty for the whole object. */
  readonly field: string;
  /** What happens. */
  readonly consequence: Consequence;
  /** What was changed, in the words of whoever reads it: `memory of the guest 2Gi → 4Gi`. */
  readonly message: string;
  /** What follows from it, and why. */
  readonly reason: string;
  /** What to do instead. */
  readonly remedy?: string;
  /** What was taken to be so. */
  readonly assumed?: readonly string[];
  /** Where it stands: project and release, file, function; or a page of the documentation. */
  readonly source: string;
}
