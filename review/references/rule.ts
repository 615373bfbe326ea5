import { Severity } from '../finding';
import { Reviewed } from '../manifests/manifest';

/** An object that the manifests name and do not hold. */
export interface ExternalObject {
  /** Kind: `StorageClass`. */
  readonly kind: string;
  /** Name. */
  readonly name: string;
  /**
   * Namespace that it stands in.
   *
   * @default - any, or none
   */
  readonly namespace?: string;
}

/** What a rule over all manifests is given. */
export interface ReviewedSet {
  readonly objects: readonly Reviewed[];
  readonly external: readonly ExternalObject[];
  /**
   * Those of the objects of which nothing is known but that they are there.
   *
   * @default - none
   */
  readonly unknown?: ReadonlySet<Reviewed>;
}

/** One rule over all manifests: what one object says of another. */
export interface SetRule {
  readonly id: string;
  readonly source: string;
  readonly severity: Severity;
  readonly check: (set: ReviewedSet, note: NoteOn) => void;
}

/** Notes what is wrong with a field of one object. */
export type NoteOn = (
  object: Reviewed,
  field: string,
  message: string,
  remedy?: string,
  missing?: ExternalObject,
) => void;
