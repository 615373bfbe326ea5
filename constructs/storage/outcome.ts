/** What becomes of a claim, a machine, or an object of day two. */
export enum OutcomeKind {
  /** It never gets there: something must be changed. */
  NEVER = 'never',
  /** It waits for something else to happen. */
  WAITS = 'waits',
  /** The fact that decides is not given. */
  UNKNOWN = 'unknown',
  /** Of a claim: it gets its volume, and what fills it comes to an end. */
  BOUND = 'bound',
  /** Of anything else: it is done. */
  DONE = 'done',
}

/** How sure an outcome is. */
export enum Certainty {
  /** The facts that decide were given: in the manifests, or as facts of the cluster. */
  GIVEN = 'given',
  /** It rests on a default, or on the manifests being all that there is. */
  DEFAULT = 'default',
}

/** What becomes of one object, why, what to do, and where that is known from. */
export interface Outcome {
  readonly kind: OutcomeKind;

  /** Short name of the decision, which is the id of the finding that the review makes of it. */
  readonly rule: string;

  /**
   * How sure it is.
   *
   * @default Certainty.GIVEN
   */
  readonly certainty?: Certainty;

  /**
   * Why it comes out so; of an unknown outcome, the fact that would decide.
   *
   * @default - that is plain
   */
  readonly reason?: string;

  /**
   * What to do; of an unknown outcome, the command that gets the fact.
   *
   * @default - nothing
   */
  readonly remedy?: string;

  /**
   * Where it is written: project, file and function.
   *
   * @default - in the facts themselves
   */
  readonly source?: string;
}
