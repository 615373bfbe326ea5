import { textAt, valueAt } from '../../manifests/json';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { fromTo, isSame } from '../wording';
import { runStrategyOf } from './run-effects';

const SOURCE = 'pkg/storage/admitters/vm-storage-status.go, ValidateSnapshotStatus and ValidateRestoreStatus';

/**
 * What is refused while a snapshot or a restore of the machine goes on, as the status of a live machine says: with a snapshot
 * any change of the volumes or of how it runs, with a restore any change of the run strategy.
 */
export function busyRefusals(old: Json, next: Json): Effect[] {
  const snapshot = textAt(old, 'status', 'snapshotInProgress');
  const restore = textAt(old, 'status', 'restoreInProgress');
  const effects: Effect[] = [];
  const [from, to] = [runStrategyOf(old), runStrategyOf(next)];
  const volumes = ['spec', 'template', 'spec', 'volumes'] as const;
  if (snapshot !== '' && !isSame(valueAt(old, ...volumes), valueAt(next, ...volumes))) {
    effects.push(refusal(volumes.join('.'), 'the volumes change', `a snapshot (${snapshot}) is being taken`));
  }
  const running = ['runStrategy', 'running'].some(
    (key) => !isSame(valueAt(old, 'spec', key), valueAt(next, 'spec', key)),
  );
  if (snapshot !== '' && running) {
    effects.push(refusal('spec', `run strategy ${fromTo(from, to)}`, `a snapshot (${snapshot}) is being taken`));
  } else if (restore !== '' && from !== to) {
    effects.push(refusal('spec', `run strategy ${fromTo(from, to)}`, `a restore (${restore}) goes on`));
  }
  return effects;
}

function refusal(field: string, message: string, why: string): Effect {
  return {
    field,
    message,
    consequence: Consequence.REFUSED,
    reason: `${why}: the webhook refuses it until that is over`,
    remedy: 'wait until the status of the machine no longer names it',
    source: SOURCE,
  };
}
