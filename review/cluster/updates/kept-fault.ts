/** A field that an update changes, and that the API server keeps. */
export interface KeptFault {
  readonly field: string;
  /** The field in a message. */
  readonly name: string;
  /** The change in the words of whoever made it, where they are others: `disk data shrinks`. */
  readonly what?: string;
  /** Its values; undefined for both, where they are not shown. */
  readonly was?: unknown;
  readonly is?: unknown;
  readonly why: string;
  readonly remedy?: string;
  readonly source: string;
}
