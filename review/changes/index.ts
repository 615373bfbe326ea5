export { Consequence } from './consequence';
export { RolloutStrategy } from '../cluster/rollout-strategy';
export { AcceptedChange, Change, diff, Diff, ObjectChanges } from './diff';
export { DiffOptions } from './options';
