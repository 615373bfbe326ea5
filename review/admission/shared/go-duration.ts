/** Nanoseconds of each unit: Go's time.ParseDuration. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const FORM = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** The longest that fits: about 292 years. */
const LONGEST = 2 ** 63;

/** The nanoseconds that a duration such as `1h30m` stands for, as Go decodes it; undefined if it is not a duration. */
export function parseDuration(text: unknown): number | undefined {
  if (typeof text !== 'string' || !FORM.test(text)) return undefined;
  let total = 0;
  const parts = text.match(/[\d.]+|[a-zµμ]+/g) ?? [];
  for (let index = 0; index < parts.length; index += 2) {
    total += Number(parts[index]) * (UNITS[parts[index + 1] ?? ''] ?? 0);
  }
  if (total > LONGEST) return undefined;
  return text.startsWith('-') ? -total : total;
}
