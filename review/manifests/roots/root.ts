/** What makes a root. */
export type RootKind = 'kustomization' | 'argo-cd' | 'flux' | 'steps' | 'template';

/**
 * What is applied together, by one apply or one engine: it has settings, names and collisions of its own. What belongs to no
 * root is one of its own: what the command line names.
 */
export interface Root {
  /** Its folder, as findings name it. */
  readonly name: string;
  readonly kind: RootKind;
  /** Whether it holds more than was read: a remote base, the output of a plugin or of a chart. */
  readonly isOpen: boolean;
  /** The object whose engine deletes what is gone from the root: `Kustomization flux-system/shop`. */
  readonly prunedBy?: string;
  /** What is deleted between its steps, as its runbook says. */
  readonly deletions?: readonly Deletion[];
  /** What is halted between its steps, as its runbook says. */
  readonly halts?: readonly Deletion[];
}

/** An object that a runbook deletes or halts. */
export interface Deletion {
  /** File of the last step that was applied before; empty if there was no step. */
  readonly after: string;
  /** In lower case, as the command writes it: `datavolume`, `vm`, `pvc`. */
  readonly kind: string;
  readonly name: string;
}
