import { printableJson } from '../../../constructs/shared/printable';
import { ChangeFormat } from './compared';
import { planOf } from './plan';

/** For programs: the plan, the worst, and every change with all its fields. */
export const json: ChangeFormat = ({ diff, faults, basis, accepted }) => {
  const { changes, worst, unchanged } = diff;
  const whole = {
    plan: planOf(diff),
    basis,
    worst,
    unchanged,
    changes: changes.map(({ object, field, consequence, message, reason, remedy, assumed, source }) => ({
      object,
      field,
      consequence,
      message,
      reason,
      remedy,
      assumed,
      source,
    })),
    accepted: accepted.map(({ change, reason }) => ({ ...change, accepted: reason })),
    faults,
  };
  return `${printableJson(whole)}\n`;
};
