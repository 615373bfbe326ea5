import { textAt, valueAt } from '../../manifests/json';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { ChangeContext } from '../context';
import { fromTo } from '../wording';

/** Whether a machine runs, and what was taken to be so. */
export interface Running {
  readonly runs: boolean;
  readonly assumed?: string;
}

/** The run strategy of a machine; `running: true` is Always, `running: false` Halted. */
export function runStrategyOf(vm: Json): string {
  const running = valueAt(vm, 'spec', 'running');
  return textAt(vm, 'spec', 'runStrategy') || (running === true ? 'Always' : 'Halted');
}

/** Whether a machine runs before the change, as far as its manifest or the options say. */
export function runningState(vm: Json, context: ChangeContext): Running {
  const status = textAt(vm, 'status', 'printableStatus');
  if (status !== '') return { runs: !['Stopped', 'Provisioning', 'WaitingForVolumeBinding'].includes(status) };
  if (context.running !== undefined) return { runs: context.running };
  switch (runStrategyOf(vm)) {
    case 'Halted':
      return { runs: false };
    case 'Always':
    case 'RerunOnFailure':
      return { runs: true };
    default:
      return { runs: true, assumed: `the machine runs (its run strategy ${runStrategyOf(vm)} does not say)` };
  }
}

const SOURCE = 'pkg/virt-controller/watch/vm/vm.go, syncRunStrategy';
const STARTING: ReadonlySet<string> = new Set(['Always', 'RerunOnFailure', 'Once']);

/** What a changed run strategy does. */
export function runEffects(old: Json, next: Json, { runs }: Running): Effect[] {
  const [from, to] = [runStrategyOf(old), runStrategyOf(next)];
  const field = textAt(next, 'spec', 'runStrategy') === '' ? 'spec.running' : 'spec.runStrategy';
  if (from === to) return [];
  const message = `run strategy ${fromTo(from, to)}`;
  if (to === 'Halted') {
    if (!runs) return [quiet(field, message)];
    const reason = 'the running machine is shut down';
    return [{ field, message, consequence: Consequence.STOPPED, reason, source: SOURCE }];
  }
  const starts = STARTING.has(to) && !runs && (from === 'Halted' || to === 'Always');
  if (!starts) return [quiet(field, message)];
  const reason = 'the machine is started';
  return [{ field, message, consequence: Consequence.STARTED, reason, source: SOURCE }];
}

function quiet(field: string, message: string): Effect {
  const reason = 'nothing happens now; it decides what follows a shutdown';
  return { field, message, consequence: Consequence.IN_PLACE, reason, source: SOURCE };
}
