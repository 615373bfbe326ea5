import { ReviewedManifest } from '../manifest';

/** A document as a root makes it. */
export interface Part {
  readonly manifest: ReviewedManifest;
  object: unknown;
  /** Whether what is applied may differ from it. */
  isChanged: boolean;
  /** The fields that patches and prefixes write, lists by `*`. */
  readonly touched: string[];
}
