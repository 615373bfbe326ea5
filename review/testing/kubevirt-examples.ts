import { Json } from '../rule';
import { Example } from './rule-tester';

/** A KubeVirt object that says nothing, to be updated. */
export const OLD: Json = { spec: {} };

export function object(spec: Json): Json {
  return { spec };
}

export function configured(configuration: Json): Json {
  return object({ configuration });
}

/** A row for an update, and one for the warning on a create. */
export function both(row: Example): Example[] {
  return [
    { ...row, old: OLD },
    { ...row, rule: `${row.rule}-on-create` },
  ];
}
