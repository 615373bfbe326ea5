import { Severity } from '../review/finding';
import { Paint, PLAIN, Tone } from '../review/format/paint';
import { RuleEntry, ruleEntries } from '../review/rules';

/** Every rule, a line each: its id, what it does to the exit status, and what it demands. */
export function rulesText(paint: Paint = PLAIN): string {
  const entries = [...ruleEntries().values()];
  const width = Math.max(...entries.map(({ id }) => id.length));
  return entries
    .map(({ id, severity, sentence }) => {
      const tone = severity === Severity.ERROR ? Tone.BAD : Tone.DOUBTFUL;
      return `${paint(Tone.TITLE, id.padEnd(width))}  ${paint(tone, severity.padEnd(7))}  ${sentence}\n`;
    })
    .join('');
}

/** The same for programs: one JSON list. */
export function rulesJson(): string {
  const entries: readonly RuleEntry[] = [...ruleEntries().values()];
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** How the rules can be written. */
export const RULE_FORMATS = { table: rulesText, json: rulesJson } as const;
