/**
 * A piece of TypeScript, with what it is worth: the text that stands in the project, and the value by which the import proves
 * that the text says what the manifest says.
 */
export interface Code {
  readonly value: unknown;
  /** The names that the text takes from elsewhere: what packages export, and variables, which begin with a small letter. */
  readonly names: ReadonlySet<string>;
  /** The text in one line; undefined if it does not fit into one. Known beforehand, since every part around asks for it. */
  readonly flat: string | undefined;
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
  return word(value, NO_NAMES, text);
}

/** What cannot be broken. */
function word(value: unknown, names: ReadonlySet<string>, text: string): Code {
  return { value, names, flat: text, print: () => text };
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
  const items = list(all.map(literal));
  const flat = items.flat && fitting(`${items.flat}.join('\\n')`);
  return {
    value: text,
    names: NO_NAMES,
    flat,
    print: (indent, column) => `${items.print(indent, column)}.join('\\n')`,
  };
}

/**
 * `EnumName.MEMBER`; undefined if the enum has no such value.
 *
 * @param needs What the text takes from elsewhere: the enum, or the module that has it.
 */
export function member(
  name: string,
  members: Readonly<Record<string, unknown>>,
  value: unknown,
  needs = name,
): Code | undefined {
  for (const key in members) if (members[key] === value) return word(value, oneName(needs), `${name}.${key}`);
  return undefined;
}

/** A variable, or what a package exports, by its name. */
export function variable(name: string, value: unknown): Code {
  return word(value, oneName(name), name);
}

const ONE_NAMES = new Map<string, ReadonlySet<string>>();

/** Most pieces take one name: the set of it is made once. */
function oneName(name: string): ReadonlySet<string> {
  let names = ONE_NAMES.get(name);
  if (names === undefined) ONE_NAMES.set(name, (names = new Set([name])));
  return names;
}

/**
 * `Class.factory(…)`.
 *
 * @throws whatever the factory refuses.
 */
export function call(owner: string, type: object, factory: string, ...args: readonly (Code | undefined)[]): Code {
  return called(owner, owner, type, factory, ...args);
}

/** `module.Class.factory(…)`, with the name that the text takes from elsewhere. */
export function called(
  needs: string,
  owner: string,
  type: object,
  factory: string,
  ...args: readonly (Code | undefined)[]
): Code {
  const given = args.filter((arg) => arg !== undefined);
  const make = (type as Record<string, (...values: unknown[]) => unknown>)[factory]!;
  const value = make.call(type, ...given.map((arg) => arg.value));
  return {
    value,
    names: namesOf(given, needs),
    ...enclosed(`${owner}.${factory}(`, given, ')'),
  };
}

/** `[…]`. */
export function list(items: readonly Code[]): Code {
  return {
    value: items.map((item) => item.value),
    names: namesOf(items),
    ...enclosed('[', items, ']'),
  };
}

/** `{ … }` of what is given. */
export function record(entries: readonly (readonly [string, Code | undefined])[]): Code {
  const given = entries.flatMap(([key, code]) => (code === undefined ? [] : [[key, code] as const]));
  return {
    value: Object.fromEntries(given.map(([key, code]) => [key, code.value])),
    names: namesOf(given.map(([, code]) => code)),
    ...printed(given),
  };
}

/** The options of a factory; undefined if none is given. */
export function options(entries: readonly (readonly [string, Code | undefined])[]): Code | undefined {
  return entries.some(([, code]) => code !== undefined) ? record(entries) : undefined;
}

type Printed = Pick<Code, 'flat' | 'print'>;

function printed(entries: readonly (readonly [string, Code])[]): Printed {
  const named = (key: string, text: string): string => {
    return `${isPlainKey(key) ? key : quoted(key)}: ${text}`;
  };
  const flats = entries.map(([key, { flat }]) => flat && named(key, flat));
  const isFlat = flats.every((flat) => flat !== undefined);
  const flat = entries.length === 0 ? '{}' : isFlat ? fitting(`{ ${flats.join(', ')} }`) : undefined;
  return {
    flat,
    print: (indent, column) => {
      if (flat !== undefined && column + flat.length <= WIDTH) return flat;
      const inner = ' '.repeat(indent + 2);
      const lines = entries.map(
        ([key, code]) => `${inner}${named(key, code.print(indent + 2, indent + key.length + 4))},\n`,
      );
      return `{\n${lines.join('')}${' '.repeat(indent)}}`;
    },
  };
}

function isPlainKey(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key) && key !== '__proto__';
}

function enclosed(open: string, parts: readonly Code[], close: string): Printed {
  const flats = parts.map((part) => part.flat);
  const isFlat = flats.every((flat) => flat !== undefined);
  const flat = isFlat ? fitting(`${open}${flats.join(', ')}${close}`) : undefined;
  // The last argument alone may go over the lines below.
  const first = flats.slice(0, -1);
  const before = first.every((text) => text !== undefined) ? first.map((text) => `${text}, `).join('') : undefined;
  const last = parts.at(-1);
  return {
    flat,
    print: (indent, column) => {
      if (flat !== undefined && column + flat.length <= WIDTH) return flat;
      const begin = open === '[' || before === undefined ? undefined : `${open}${before}`;
      if (begin !== undefined && last !== undefined && column + begin.length <= WIDTH) {
        const text = last.print(indent, column + begin.length);
        if (/^[[{]/.test(text)) return `${begin}${text}${close}`;
      }
      const inner = ' '.repeat(indent + 2);
      const lines = parts.map((part) => `${inner}${part.print(indent + 2, indent + 2)},\n`);
      return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`;
    },
  };
}

/** A line, if it is not longer than a line may be. */
function fitting(text: string): string | undefined {
  return text.length <= WIDTH ? text : undefined;
}

function namesOf(codes: readonly Code[], own?: string): ReadonlySet<string> {
  let names: ReadonlySet<string> = own === undefined ? NO_NAMES : oneName(own);
  let isOwn = false;
  for (const code of codes) {
    for (const name of code.names) {
      if (names.has(name)) continue;
      if (names.size === 0 && code.names.size === 1) names = code.names;
      else {
        names = isOwn ? (names as Set<string>).add(name) : new Set(names).add(name);
        isOwn = true;
      }
    }
  }
  return names;
}
