export { Consequence } from './consequence';
export { RolloutStrategy } from './context';
export { AcceptedChange, Change, diff, Diff, DiffOptions, ObjectChanges } from './diff';
