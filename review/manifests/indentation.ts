import { YAMLException } from 'js-yaml';
import { TextDocument } from './documents';

/** A text that js-yaml can read, and by how many columns each of its lines was moved for that. */
export interface Mended<T> {
  readonly text: string;
  readonly moved: ReadonlyMap<number, number>;
  readonly read: T;
}

/** How many characters are read again at most: a few seconds. */
const MOST_READ = 2 ** 26;

/** How many lines are moved at most. */
const MOST_LINES = 1000;

/**
 * Reads a text in which a quoted text or a flow collection goes on, or ends, no deeper than the line in which it began.
 * YAML 1.2.2, 7.4 wants it deeper, and js-yaml insists; kubectl's parser ignores indentation there (goyaml.v2,
 * scannerc.go, yaml_parser_unroll_indent: not within a flow). Spaces at the start of such a line have no meaning, so they
 * are added.
 *
 * @param mostRead How many characters are read again at most.
 * @throws whatever reading throws for another reason.
 */
export function readMended<T>(
  { text }: Pick<TextDocument, 'text'>,
  read: (text: string) => T,
  mostRead = MOST_READ,
): Mended<T> {
  const moved = new Map<number, number>();
  let lines: string[] | undefined;
  let spaces = 0;
  let mended = text;
  const most = Math.min(MOST_LINES, Math.ceil(mostRead / (text.length + 1)));
  for (;;) {
    try {
      return { text: mended, moved, read: read(mended) };
    } catch (thrown) {
      const line = shallowLine(thrown);
      if (line === undefined || moved.has(line) || moved.size >= most) throw movedBack(thrown, moved);
      if (lines === undefined) {
        lines = text.split('\n');
        spaces = deepest(lines) + 1;
      }
      lines[line] = ' '.repeat(spaces) + lines[line]!;
      moved.set(line, spaces);
      mended = lines.join('\n');
    }
  }
}

function shallowLine(thrown: unknown): number | undefined {
  if (!(thrown instanceof YAMLException) || thrown.reason !== 'deficient indentation') return undefined;
  return thrown.mark?.line;
}

/** Another fault, with the column that it has in the original line. */
function movedBack(thrown: unknown, moved: ReadonlyMap<number, number>): unknown {
  if (thrown instanceof YAMLException && thrown.mark !== undefined) {
    thrown.mark.column = Math.max(0, thrown.mark.column - (moved.get(thrown.mark.line) ?? 0));
  }
  return thrown;
}

/** No parser takes deeper indentation. */
const MOST_SPACES = 200;

function deepest(lines: readonly string[]): number {
  return Math.min(MOST_SPACES, Math.max(...lines.slice(0, MOST_LINES * 10).map((line) => line.search(/[^ ]|$/))));
}
