import { jsonPieces } from '../../../constructs/shared/json-pieces';
import { ChangeFormat, Compared } from './compared';
import { planOf } from './plan';

/** For programs: the plan, the worst, and every change with all its fields. */
export const json: ChangeFormat = function* (compared) {
  yield* jsonPieces(jsonOf(compared));
  yield '\n';
};

/** What the JSON of a comparison holds; its lists are made when they are written. */
export function jsonOf({ diff, faults, basis, accepted }: Compared): object {
  const { worst, unchanged } = diff;
  return {
    plan: planOf(diff),
    basis,
    worst,
    unchanged,
    changes: changesOf(diff),
    accepted: acceptedOf(accepted),
    faults,
  };
}

function* changesOf({ changes }: Compared['diff']): Generator<object> {
  for (const { object, field, consequence, message, reason, remedy, assumed, source } of changes)
    yield { object, field, consequence, message, reason, remedy, assumed, source };
}

function* acceptedOf(accepted: Compared['accepted']): Generator<object> {
  for (const { change, reason } of accepted) yield { ...change, accepted: reason };
}
