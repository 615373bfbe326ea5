import { Json, Rule } from '../../rule';

/** What one rule takes, and what it does not. */
export interface RuleRow {
  readonly rule: string;
  readonly accepts: Json;
  readonly refuses: Json;
  /** The object in the cluster, of both. */
  readonly old?: Json;
  /** Feature gates that are listed for what is taken. */
  readonly gates?: readonly string[];
  readonly field: string;
  /** A part of the message. */
  readonly says: string;
}

/** Tests every rule with an object that it takes and one that it does not. */
export function testRules(rules: readonly Rule[], rows: readonly RuleRow[]): void {
  test('has a row for every rule', () => {
    expect([...new Set(rows.map(({ rule }) => rule))].sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  test.each(rows)('$rule takes what is right', ({ rule, accepts, old, gates }) => {
    expect(notes(rules, rule, accepts, old, gates)).toEqual([]);
  });

  test.each(rows)('$rule fails when $says', ({ rule, refuses, old, field, says }) => {
    const found = notes(rules, rule, refuses, old);
    expect(found.map(([path]) => path)).toContain(field);
    expect(found.map(([, message]) => message).join('\n')).toContain(says);
  });
}

/** What one rule, or every rule, finds in an object: path and message. */
export function notes(
  rules: readonly Rule[],
  rule: string | undefined,
  object: Json,
  old?: Json,
  gates: readonly string[] = [],
): [field: string, message: string][] {
  const found: [string, string][] = [];
  const config = { featureGates: new Set(gates), architecture: 'amd64', configuration: {} };
  for (const { id, check } of rules) {
    if (rule !== undefined && id !== rule) continue;
    check({ raw: object, object, defaulted: object, old, config }, (field, message) => found.push([field, message]));
  }
  return found;
}
