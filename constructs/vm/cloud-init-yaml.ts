/** What a cloud-config is made of: maps, lists, text, numbers, true, false and null. */
export type CloudYaml = string | number | boolean | null | readonly CloudYaml[] | CloudYamlMap;

/** A map of it; what is undefined is left out. */
export interface CloudYamlMap {
  readonly [key: string]: CloudYaml | undefined;
}

/** Characters that YAML 1.1 holds as they are; all others are escaped. One set for all Unicode versions of Node. */
const PRINTABLE = '\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u1fff\\u2030-\\u205e\\u2070-\\ud7ff\\u{10000}-\\u{1fffd}';
const UNPRINTABLE = new RegExp(`[^${PRINTABLE}]`, 'gu');
const ONE_LINE = new RegExp(`^[${PRINTABLE}]*$`, 'u');
const LINES = new RegExp(`^[${PRINTABLE}\\t\\n]*$`, 'u');

/** Plain ASCII that begins like a command or a path, so that it is never a number, a date or an indicator. */
const PLAIN = /^[A-Za-z/$(][\x20-\x7e]*$/;
/** What ends a plain scalar early: a comment, a map's colon, a blank at the end. */
const NOT_PLAIN = / #|: |:$| $/;
/** A key that needs no quotes. */
const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** Words that YAML 1.1 does not read as text, in upper or lower case; some readers take `e1` for a number. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?[\d_]+)$/i;

const ESCAPES: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Prints a map as YAML that a parser of YAML 1.1 reads back to the same text. cloud-init reads
 * with PyYAML, and of the texts that cdk8s's `Yaml` prints it refuses some (a tab within a line,
 * `=`, U+007F) and changes others (U+0085 and U+2028 become blanks): hence a printer of our own.
 *
 * @see https://yaml.org/spec/1.1/
 */
export function printCloudYaml(map: CloudYamlMap): string {
  const lines: string[] = [];
  addMap(lines, '', map, '');
  return lines.length === 0 ? '{}\n' : `${lines.join('\n')}\n`;
}

/** Adds the lines of a map whose keys stand at `pad`; `lead` is what stands before the first of them. */
function addMap(lines: string[], lead: string, map: CloudYamlMap, pad: string): void {
  let before = lead;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    addValue(lines, `${before}${keyText(key)}:`, value, pad);
    before = pad;
  }
}

/** Adds the line that `lead` begins with the value or its start, and the lines below. */
function addValue(lines: string[], lead: string, value: CloudYaml, pad: string): void {
  const inner = `${pad}  `;
  if (value === null || typeof value === 'boolean' || typeof value === 'number') {
    lines.push(`${lead} ${numberText(value)}`);
  } else if (typeof value === 'string') addText(lines, lead, value, inner);
  else if (!isFilled(value)) lines.push(`${lead} ${isList(value) ? '[]' : '{}'}`);
  else {
    lines.push(lead);
    if (isList(value)) for (const item of value) addItem(lines, item, inner);
    else addMap(lines, inner, value, inner);
  }
}

function addItem(lines: string[], item: CloudYaml, pad: string): void {
  const isMap = typeof item === 'object' && item !== null && !isList(item) && isFilled(item);
  if (isMap) addMap(lines, `${pad}- `, item, `${pad}  `);
  else addValue(lines, `${pad}-`, item, pad);
}

function isFilled(value: readonly CloudYaml[] | CloudYamlMap): boolean {
  return isList(value) ? value.length > 0 : Object.values(value).some((one) => one !== undefined);
}

/** A key that is a word stands as it is, any other as one line of text. */
function keyText(key: string): string {
  if (KEY.test(key) && !RESERVED.test(key)) return key;
  return ONE_LINE.test(key) ? `'${key.replaceAll("'", "''")}'` : doubleQuoted(key);
}

/** YAML 1.1 reads a number with an exponent as text, unless it has a dot. */
function numberText(value: number | boolean | null): string {
  const text = String(value);
  return /^-?\d+e/.test(text) ? text.replace('e', '.0e') : text;
}

function addText(lines: string[], lead: string, text: string, pad: string): void {
  if (isBlock(text)) {
    lines.push(`${lead} ${text.endsWith('\n') ? '|' : '|-'}`);
    for (const line of text.replace(/\n$/, '').split('\n')) lines.push(line === '' ? '' : `${pad}${line}`);
    return;
  }
  const isOneLine = ONE_LINE.test(text);
  const isPlain = isOneLine && PLAIN.test(text) && !NOT_PLAIN.test(text) && !RESERVED.test(text);
  const quoted = (): string => (isOneLine ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text));
  lines.push(`${lead} ${isPlain ? text : quoted()}`);
}

/** Whether a block scalar holds the text: its first line tells the indentation, its end keeps one line break at most. */
function isBlock(text: string): boolean {
  return (
    text.includes('\n') && LINES.test(text) && /^\S/.test(text) && !text.endsWith('\n\n') && !/^[ \t]+$/m.test(text)
  );
}

function doubleQuoted(text: string): string {
  const quoted = text.replace(/["\\]/g, '\\$&');
  return `"${quoted.replace(UNPRINTABLE, (character) => ESCAPES[character] ?? escapeCode(character))}"`;
}

function escapeCode(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function isList(value: CloudYaml): value is readonly CloudYaml[] {
  return Array.isArray(value);
}
