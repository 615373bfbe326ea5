import { parseDuration } from '../shared/go-duration';

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minute, hour, day of the month, month, day of the week: robfig/cron v3, spec.go. */
const FIELDS: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 6, names: DAYS },
];

const DESCRIPTORS = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

/** Whether a text is a schedule: robfig/cron v3, parser.go, ParseStandard. */
export function isSchedule(text: string): boolean {
  const spec = text.replace(/^(?:CRON_)?TZ=[^ ]* +/, '');
  if (spec.startsWith('@every ')) return parseDuration(spec.slice('@every '.length)) !== undefined;
  if (spec.startsWith('@')) return DESCRIPTORS.has(spec);
  const fields = spec.trim().split(/\s+/);
  return fields.length === FIELDS.length && FIELDS.every((bounds, index) => isField(fields[index] ?? '', bounds));
}

function isField(text: string, bounds: Bounds): boolean {
  return text
    .split(',')
    .filter((part) => part !== '')
    .every((part) => isRange(part, bounds));
}

/** `*`, `5`, `1-5`, each with `/2` behind it. */
function isRange(text: string, { least, most, names = [] }: Bounds): boolean {
  const [range = '', step, ...slashes] = text.split('/');
  const [low = '', high, ...hyphens] = range.split('-');
  const all = low === '*' || low === '?';
  const start = all ? least : numberOf(low, least, names);
  const end = all ? most : numberOf(high ?? low, least, names);
  const every = step === undefined ? 1 : numberOf(step, 0, []);
  if (start === undefined || end === undefined || every === undefined || slashes.length > 0) return false;
  return (all || hyphens.length === 0) && every > 0 && start >= least && end <= most && start <= end;
}

function numberOf(text: string, least: number, names: readonly string[]): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + least;
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}
