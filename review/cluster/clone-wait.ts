import { CloneOutcomeKind } from '../../constructs/storage/clone/outcome';
import { textAt, valueAt } from '../manifests/json';
import type { Clone, ClonePrediction, ClonePredictions } from './clone';
import { placeKey, titleOf } from './identity';
import { claimUses, isStarted } from './machine';
import type { MachineEntry } from './machine-book';
import { meets } from './step';

/** What is asked to tell which clones wait. */
interface Running {
  readonly clones: ReadonlyMap<string, Clone>;
  readonly machines: { entries(): Iterable<MachineEntry> };
}

/** The clones of claims that a machine writes to which runs by then, with what becomes of them. A snapshot is not written to. */
export function* waitingClones(
  state: Running,
  predictions: ClonePredictions,
): Generator<[key: string, outcome: ClonePrediction]> {
  let users: ReadonlyMap<string, MachineEntry> | undefined;
  for (const [key, clone] of state.clones) {
    const { source, outcome, step } = clone;
    if (source === undefined || source.fromSnapshot || outcome.kind === CloneOutcomeKind.NEVER_FINISHES) continue;
    users ??= writersOf(state);
    const user = users.get(placeKey(source.claim.namespace, source.claim.name));
    if (user === undefined || !meets(user.step, step, user.value.from)) continue;
    const waits = predictions.ofUsed(clone, source);
    // An installer that runs once is over when its guest shuts down, and its disk is cloned then.
    const endsByItself = textAt(user.value.spec, 'runStrategy') === 'Once';
    const until = endsByItself ? ' until its guest shuts down' : '';
    const reason = `${titleOf(user.value.from)} runs on its source${until}: ${waits.reason}`;
    yield [key, waits.kind === CloneOutcomeKind.WAITS ? { ...waits, reason, endsByItself } : waits];
  }
}

/** The machines that run, by the claims that they write to. */
function writersOf({ machines }: Running): Map<string, MachineEntry> {
  const writers = new Map<string, MachineEntry>();
  for (const entry of machines.entries()) {
    const { value: machine } = entry;
    if (!isStarted(machine)) continue;
    for (const { name, volume } of claimUses(machine)) {
      const key = placeKey(machine.namespace, name);
      if (valueAt(volume, 'persistentVolumeClaim', 'readOnly') !== true && !writers.has(key)) writers.set(key, entry);
    }
  }
  return writers;
}
