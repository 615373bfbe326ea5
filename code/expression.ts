/**
 * A piece of TypeScript, with what it is worth: the text that stands in the project, and the value by which the import proves
 * that the text says what the manifest says.
 */
export interface Code {
  readonly value: unknown;
  /** The names that the text takes from packages. */
  readonly names: ReadonlySet<string>;
  /** The text, as the continuation of a line of so many columns, indented by so many. */
  readonly print: (indent: number, column: number) => string;
}

/** The longest line, in characters. */
const WIDTH = 100;

const NO_NAMES: ReadonlySet<string> = new Set();

/** A value of JSON, as TypeScript writes it. */
export function literal(value: unknown): Code {
  if (Array.isArray(value)) return list(value.map(literal));
  if (typeof value === 'object' && value !== null) {
    return record(Object.entries(value).map(([key, one]) => [key, literal(one)]));
  }
  const text = typeof value === 'string' ? quoted(value) : String(value);
  return { value, names: NO_NAMES, print: () => text };
}

/** A text in single quotes; of several lines, a line of the program for each. */
function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'");
  return `'${inner}'`;
}

/** A text of several lines, as the lines that it has. */
export function lines(text: string): Code {
  const all = text.split('\n');
  if (all.length < 3 || /[^\n\x20-\uffff]/.test(text)) return literal(text);
  const last = all.at(-1) === '' ? all.slice(0, -1) : all;
  const joined = list(last.map(literal));
  const end = last.length < all.length ? '\\n' : '';
  return {
    value: text,
    names: NO_NAMES,
    print: (indent, column) =>
      end === ''
        ? `${joined.print(indent, column)}.join('\\n')`
        : `${list([...last, ''].map(literal)).print(indent, column)}.join('\\n')`,
  };
}

/** `EnumName.MEMBER`; undefined if the enum has no such value. */
export function member(name: string, members: Readonly<Record<string, unknown>>, value: unknown): Code | undefined {
  const found = Object.entries(members).find(([, one]) => one === value);
  if (found === undefined) return undefined;
  return { value, names: new Set([name]), print: () => `${name}.${found[0]}` };
}

/** A variable, or what a package exports, by its name. */
export function variable(name: string, value: unknown): Code {
  return { value, names: NO_NAMES, print: () => name };
}

/**
 * `Class.factory(…)`.
 *
 * @throws whatever the factory refuses.
 */
export function call(owner: string, type: object, factory: string, ...args: readonly (Code | undefined)[]): Code {
  const given = args.filter((arg) => arg !== undefined);
  const make = (type as Record<string, (...values: unknown[]) => unknown>)[factory]!;
  const value = make.call(type, ...given.map((arg) => arg.value));
  const names = new Set([owner, ...given.flatMap((arg) => [...arg.names])]);
  return { value, names, print: (indent, column) => enclosed(`${owner}.${factory}(`, given, ')', indent, column) };
}

/** `[…]`. */
export function list(items: readonly Code[]): Code {
  return {
    value: items.map((item) => item.value),
    names: namesOf(items),
    print: (indent, column) => enclosed('[', items, ']', indent, column),
  };
}

/** `{ … }` of what is given. */
export function record(entries: readonly (readonly [string, Code | undefined])[]): Code {
  const given = entries.flatMap(([key, code]) => (code === undefined ? [] : [[key, code] as const]));
  return {
    value: Object.fromEntries(given.map(([key, code]) => [key, code.value])),
    names: namesOf(given.map(([, code]) => code)),
    print: (indent, column) => printRecord(given, indent, column),
  };
}

/** The options of a factory; undefined if none is given. */
export function options(entries: readonly (readonly [string, Code | undefined])[]): Code | undefined {
  return entries.some(([, code]) => code !== undefined) ? record(entries) : undefined;
}

function printRecord(entries: readonly (readonly [string, Code])[], indent: number, column: number): string {
  if (entries.length === 0) return '{}';
  const part = ([key, code]: readonly [string, Code], at: number): string => {
    const name = isPlainKey(key) ? key : quoted(key);
    const text = code.print(at, at + name.length + 2);
    return text === name ? name : `${name}: ${text}`;
  };
  const flat = `{ ${entries.map((entry) => part(entry, 0)).join(', ')} }`;
  if (fits(flat, column)) return flat;
  const inner = ' '.repeat(indent + 2);
  return `{\n${entries.map((entry) => `${inner}${part(entry, indent + 2)},\n`).join('')}${' '.repeat(indent)}}`;
}

function isPlainKey(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key) && key !== '__proto__';
}

function enclosed(open: string, parts: readonly Code[], close: string, indent: number, column: number): string {
  const flat = `${open}${parts.map((part) => part.print(0, 0)).join(', ')}${close}`;
  if (fits(flat, column)) return flat;
  // The last argument alone may go over the lines below.
  const before = parts
    .slice(0, -1)
    .map((part) => `${part.print(0, 0)}, `)
    .join('');
  const last = parts.at(-1);
  if (open !== '[' && last !== undefined && fits(`${open}${before}`, column)) {
    const text = last.print(indent, column + open.length + before.length);
    if (/^[[{]/.test(text)) return `${open}${before}${text}${close}`;
  }
  const inner = ' '.repeat(indent + 2);
  return `${open}\n${parts.map((part) => `${inner}${part.print(indent + 2, indent + 2)},\n`).join('')}${' '.repeat(indent)}${close}`;
}

function fits(text: string, column: number): boolean {
  return !text.includes('\n') && column + text.length <= WIDTH;
}

function namesOf(codes: readonly Code[]): ReadonlySet<string> {
  return new Set(codes.flatMap((code) => [...code.names]));
}
