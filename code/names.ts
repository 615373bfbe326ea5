/** Names that differ from each other. */
export class Names {
  private readonly taken = new Set<string>();

  /** @param separator What stands between a name and the number that makes it another. */
  constructor(private readonly separator: string) {}

  public of(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.taken.has(name); number++) name = `${wanted}${this.separator}${number}`;
    this.taken.add(name);
    return name;
  }
}

/** `web-1` → `Web1`. */
export function classNameOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  if (joined === '') return 'Machines';
  return /^\d/.test(joined) || ['Chart', 'Construct', 'Object', 'Array', 'Size', 'Duration'].includes(joined)
    ? `Chart${joined}`
    : joined;
}

/** Words that no variable may be called, or that stand for something else in the file. */
const RESERVED = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function id if implements import in instanceof interface let new null package private protected public return scope static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
);

/** `web-disk` → `webDisk`. */
export function variableNameOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words
    .map((word, index) => (index === 0 ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1)))
    .join('');
  if (joined === '' || /^\d/.test(joined) || RESERVED.has(joined))
    return `disk${joined === '' ? '' : joined[0]!.toUpperCase() + joined.slice(1)}`;
  return joined;
}
