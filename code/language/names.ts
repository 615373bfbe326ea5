/** Names that differ from each other. */
export class Names {
  private readonly taken: Set<string>;

  /**
   * @param separator What stands between a name and the number that makes it another.
   * @param taken Names that nothing may have.
   */
  public constructor(
    private readonly separator: string,
    taken: readonly string[] = [],
  ) {
    this.taken = new Set(taken);
  }

  /** The first of the wishes that is free; else the last of them with a number behind. */
  public of(...wishes: readonly string[]): string {
    const free = wishes.find((wish) => !this.taken.has(wish));
    const last = wishes.at(-1)!;
    let name = free ?? last;
    for (let number = 2; this.taken.has(name); number++) name = `${last}${this.separator}${number}`;
    this.taken.add(name);
    return name;
  }
}

/** `web-1` → `Web1`; a name that stands for something else in the file gets a word behind. */
export function classNameOf(name: string, isTaken: (className: string) => boolean): string {
  const joined = wordsOf(name)
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('');
  if (joined === '') return 'Machines';
  if (/^\d/.test(joined)) return `Chart${joined}`;
  return joined in globalThis || isTaken(joined) ? `${joined}Chart` : joined;
}

/** Words that no variable may be called, or that stand for something else in the file. */
const RESERVED = new Set(
  'arguments as async await break case catch class const continue debugger default delete do else enum eval export extends false finally for from function get id if implements import in instanceof interface let name namespace new null of package private protected public return scope set static super switch this throw true try type typeof undefined var void while with yield backupApi cdi cloneApi exportApi exports forklift instancetypeApi kubevirt migrationApi pluginApi poolApi snapshotApi volumeSnapshotApi require module globalThis'.split(
    ' ',
  ),
);

/**
 * `web-disk` → `webDisk`.
 *
 * @param word What stands before a name that cannot be a variable's.
 */
export function variableNameOf(name: string, word: string): string {
  const joined = wordsOf(name)
    .map((part, index) => (index === 0 ? part.toLowerCase() : part[0]!.toUpperCase() + part.slice(1)))
    .join('');
  if (joined === '' || /^\d/.test(joined) || RESERVED.has(joined))
    return `${word}${joined === '' ? '' : joined[0]!.toUpperCase() + joined.slice(1)}`;
  return joined;
}

function wordsOf(name: string): string[] {
  return name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
}
