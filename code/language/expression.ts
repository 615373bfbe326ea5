/**
 * A piece of TypeScript, with what it is worth: the text that stands in the project, and the value by which the import proves
 * that the text says what the manifest says.
 */
export interface Code {
  readonly value: unknown;
  /** The names that the text takes from elsewhere: what packages export, and variables, which begin with a small letter. */
  readonly names: ReadonlySet<string>;
  /** The text in one line; undefined if it does not fit into one. It is made when it is first asked for, and kept. */
  readonly flat: string | undefined;
  /** The text, as the continuation of a line of so many columns, indented by so many. */
  readonly print: (indent: number, column: number) => string;
}

/** The longest line, in characters. */
export const WIDTH = 100;

const NO_NAMES: ReadonlySet<string> = new Set();

/** A text of several lines that is longer stands in lines. */
const LONGEST_FLAT = 60;

/** A value of JSON, as TypeScript writes it. */
export function literal(value: unknown): Code {
  if (Array.isArray(value)) return list(value.map(literal));
  if (typeof value === 'object' && value !== null) {
    return record(Object.entries(value).map(([key, one]) => [key, literal(one)]));
  }
  if (typeof value === 'string' && value.length > LONGEST_FLAT && /\n[^]*\n/.test(value)) return lines(value);
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
  const isPlain = all.length >= 3 && !/[^\n\x20-\uffff]/.test(text);
  if (!isPlain) return word(text, NO_NAMES, quoted(text));
  const items = list(all.map(literal));
  return new Composed(text, [], undefined, {
    flat: () => items.flat && fitting(`${items.flat}.join('\\n')`),
    broken: (indent, column) => `${items.print(indent, column)}.join('\\n')`,
  });
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
  if (value === undefined) return undefined;
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
  return new Composed(value, given, needs, enclosed(`${owner}.${factory}(`, given, ')'));
}

/** `[…]`. */
export function list(items: readonly Code[]): Code {
  return new Composed(
    items.map((item) => item.value),
    items,
    undefined,
    enclosed('[', items, ']'),
  );
}

/** `{ … }` of what is given. */
export function record(entries: readonly (readonly [string, Code | undefined])[]): Code {
  const given: (readonly [string, Code])[] = [];
  const codes: Code[] = [];
  const value: { [key: string]: unknown } = {};
  for (const [key, code] of entries) {
    if (code === undefined) continue;
    given.push([key, code]);
    codes.push(code);
    // As JSON has it: `__proto__` is a key as any other.
    if (key === '__proto__') Object.defineProperty(value, key, { value: code.value, enumerable: true });
    else value[key] = code.value;
  }
  return new Composed(value, codes, undefined, printed(given));
}

/** The options of a factory; undefined if none is given. */
export function options(entries: readonly (readonly [string, Code | undefined])[]): Code | undefined {
  return entries.some(([, code]) => code !== undefined) ? record(entries) : undefined;
}

/** How a piece that has parts is printed. */
interface Form {
  readonly flat: () => string | undefined;
  /** Over several lines; what follows the line that it stands in. */
  readonly broken: (indent: number, column: number) => string;
}

/** A piece that has parts: its line and its names are made when they are asked for, as one that is not printed needs none. */
class Composed implements Code {
  private known: string | undefined | null = null;

  public constructor(
    public readonly value: unknown,
    private readonly parts: readonly Code[],
    private readonly own: string | undefined,
    private readonly form: Form,
  ) {}

  public get names(): ReadonlySet<string> {
    const names = new Set<string>();
    this.addNames(names);
    return names;
  }

  private addNames(names: Set<string>): void {
    if (this.own !== undefined) names.add(this.own);
    for (const part of this.parts) {
      if (part instanceof Composed) part.addNames(names);
      else for (const name of part.names) names.add(name);
    }
  }

  public get flat(): string | undefined {
    if (this.known === null) this.known = this.form.flat();
    return this.known;
  }

  public print(indent: number, column: number): string {
    const { flat } = this;
    return flat !== undefined && column + flat.length <= WIDTH ? flat : this.form.broken(indent, column);
  }
}

function named(key: string, text: string): string {
  return `${isPlainKey(key) ? key : quoted(key)}: ${text}`;
}

function printed(entries: readonly (readonly [string, Code])[]): Form {
  return {
    flat: () => {
      if (entries.length === 0) return '{}';
      const flats = flatsOf(entries.map(([, code]) => code));
      return flats && fitting(`{ ${flats.map((text, index) => named(entries[index]![0], text)).join(', ')} }`);
    },
    broken: (indent) => {
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

function enclosed(open: string, parts: readonly Code[], close: string): Form {
  return {
    flat: () => {
      const flats = flatsOf(parts);
      return flats && fitting(`${open}${flats.join(', ')}${close}`);
    },
    broken: (indent, column) => {
      // The last argument alone may go over the lines below.
      const first = open === '[' ? undefined : flatsOf(parts.slice(0, -1));
      const begin = first && `${open}${first.map((text) => `${text}, `).join('')}`;
      const last = parts.at(-1);
      if (begin !== undefined && last !== undefined && column + begin.length < WIDTH) {
        const text = last.print(indent, column + begin.length);
        if (/^[[{]/.test(text)) return `${begin}${text}${close}`;
      }
      const inner = ' '.repeat(indent + 2);
      const lines = parts.map((part) => `${inner}${part.print(indent + 2, indent + 2)},\n`);
      return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`;
    },
  };
}

/** The lines of parts; undefined if one does not fit into a line. */
function flatsOf(parts: readonly Code[]): string[] | undefined {
  const flats: string[] = [];
  for (const { flat } of parts) {
    if (flat === undefined) return undefined;
    flats.push(flat);
  }
  return flats;
}

/** A line, if it is not longer than a line may be. */
function fitting(text: string): string | undefined {
  return text.length <= WIDTH ? text : undefined;
}
