import { Reviewed } from '../manifests/manifest';
import { Deletion, Root } from '../manifests/roots/root';
import { isOf } from './states';

/** What is applied at once: all of a root, or one of its steps. */
export interface Step {
  readonly name: string;
  /** The folder of steps that it is one of. */
  readonly folder?: Root;
}

/**
 * The step that applies an object: its file, in a folder of steps; what a program names; else all of its root.
 *
 * @param name What the step is called if the object does not say.
 */
export function stepOf({ root, origin: { step, file } }: Reviewed, name = ''): Step {
  if (root?.kind === 'steps') return { name: file ?? '', folder: root };
  return { name: step ?? root?.name ?? name };
}

/**
 * Whether a machine that one step starts still runs when a step is applied, as far as the manifests say: between two steps of a
 * folder a runbook may halt or delete it.
 */
export function meets(started: Step, later: Step, machine: Pick<Reviewed, 'object'>): boolean {
  if (started.folder?.name !== later.folder?.name) return false;
  const { folder } = started;
  if (folder === undefined) return started.name === later.name;
  if (started.name > later.name) return false;
  const ends = (end: Deletion): boolean => end.after >= started.name && end.after < later.name && isOf(end, machine);
  return ![...(folder.deletions ?? []), ...(folder.halts ?? [])].some(ends);
}
