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
  const lines = mapLines(map, '');
  return lines.length === 0 ? '{}\n' : `${lines.join('\n')}\n`;
}

function mapLines(map: CloudYamlMap, pad: string): string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const [first = '', ...rest] = valueLines(value, pad);
    return [`${pad}${keyText(key)}:${first}`, ...rest];
  });
}

/** What follows a key that stands at `pad`: the rest of its line, then the lines below. */
function valueLines(value: CloudYaml, pad: string): string[] {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return [` ${numberText(value)}`];
  if (typeof value === 'string') return textLines(value, `${pad}  `);
  const inner = `${pad}  `;
  if (isList(value)) return value.length === 0 ? [' []'] : ['', ...value.flatMap((item) => itemLines(item, inner))];
  const lines = mapLines(value, inner);
  return lines.length === 0 ? [' {}'] : ['', ...lines];
}

function itemLines(item: CloudYaml, pad: string): string[] {
  if (
    item !== null &&
    typeof item === 'object' &&
    !isList(item) &&
    Object.values(item).some((value) => value !== undefined)
  ) {
    const [first = '', ...rest] = mapLines(item, `${pad}  `);
    return [`${pad}- ${first.trimStart()}`, ...rest];
  }
  const [first = '', ...rest] = valueLines(item, pad);
  return [`${pad}-${first}`, ...rest];
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

function textLines(text: string, pad: string): string[] {
  if (isBlock(text)) {
    const lines = text.replace(/\n$/, '').split('\n');
    return [text.endsWith('\n') ? ' |' : ' |-', ...lines.map((line) => (line === '' ? '' : `${pad}${line}`))];
  }
  if (!ONE_LINE.test(text)) return [` ${doubleQuoted(text)}`];
  const plain = PLAIN.test(text) && !NOT_PLAIN.test(text) && !RESERVED.test(text);
  return [plain ? ` ${text}` : ` '${text.replaceAll("'", "''")}'`];
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
