import { RuleEntry, ruleEntries } from '../review/rules';

/** Every rule, a line each: its id, what it does to the exit status, and what it demands. */
export function rulesText(): string {
  const entries = [...ruleEntries().values()];
  const width = Math.max(...entries.map(({ id }) => id.length));
  return entries.map((entry) => `${entry.id.padEnd(width)}  ${entry.severity.padEnd(7)}  ${entry.sentence}\n`).join('');
}

/** The same for programs: one JSON list. */
export function rulesJson(): string {
  const entries: readonly RuleEntry[] = [...ruleEntries().values()];
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** How the rules can be written. */
export const RULE_FORMATS = { table: rulesText, json: rulesJson } as const;
