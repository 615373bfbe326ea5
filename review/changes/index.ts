export { Consequence } from './consequence';
export { RolloutStrategy } from './context';
export { AcceptedChange, Change, diff, Diff, ObjectChanges } from './diff';
export { DiffOptions } from './options';
