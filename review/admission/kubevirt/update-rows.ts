import { Json } from '../../rule';
import { RuleRow } from '../shared/rule-table';

/** A KubeVirt object that says nothing, to be updated. */
export const OLD: Json = { spec: {} };

export function object(spec: Json): Json {
  return { spec };
}

export function configured(configuration: Json): Json {
  return object({ configuration });
}

/** A row for an update, and one for the warning on a create. */
export function both(row: RuleRow): RuleRow[] {
  return [
    { ...row, old: OLD },
    { ...row, rule: `${row.rule}-on-create` },
  ];
}
