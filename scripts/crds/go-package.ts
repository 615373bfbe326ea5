/** A function of a Go package. */
interface GoFunction {
  readonly file: string;
  readonly name: string;
  /** Without comments. */
  readonly text: string;
}

/** The functions of a Go package. Where several types have a method of a name, the one of the file that calls it is taken, else all. */
export class GoPackage {
  private readonly functions = new Map<string, readonly GoFunction[]>();

  /** @param files Texts of its files, by their names. */
  constructor(files: ReadonlyMap<string, string>) {
    for (const [file, content] of files) {
      for (const [text, name = ''] of withoutComments(content).matchAll(FUNCTION)) {
        const one = { file, name, text: text.replace(/\s+/g, ' ') };
        this.functions.set(name, [...(this.functions.get(name) ?? []), one]);
      }
    }
  }

  /**
   * What a function of a file says with all that it calls in its package, by name; empty if there is no such function.
   *
   * @param name Undefined for all functions of the file.
   */
  public reach(file: string, name?: string): ReadonlyMap<string, string> {
    const own = name === undefined ? [...this.functions.values()].flat() : this.resolve(file, name);
    const found = new Set(name === undefined ? own.filter((one) => one.file === file) : own);
    for (const one of found) {
      for (const [, called = ''] of one.text.matchAll(/\b([A-Za-z_]\w*)\(/g)) {
        for (const other of this.resolve(one.file, called)) found.add(other);
      }
    }
    const texts = new Map<string, string>();
    for (const one of found) texts.set(one.name, `${texts.get(one.name) ?? ''}${one.text}`);
    return texts;
  }

  private resolve(file: string, name: string): readonly GoFunction[] {
    const all = this.functions.get(name) ?? [];
    const own = all.filter((one) => one.file === file);
    return own.length > 0 ? own : all;
  }
}

/** A function or a method as gofmt writes it: one line, or up to a brace at the start of a line. */
const FUNCTION = /^func (?:\([^)]*\) )?(\w+)(?:\[[^\]]*\])?\((?:[^\n]*\}$|[^]*?^\}$)/gm;

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, '').replace(/(^|[\s;{}()])\/\/[^\n]*/g, '$1');
}
