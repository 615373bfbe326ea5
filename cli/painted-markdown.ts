import { Paint, Tone } from '../review/format/paint';

/**
 * Markdown as a terminal shows it: its headings stand out, the rules of its tables do not. Without colours it is as it was.
 *
 * @param pieces Whole lines.
 */
export function* paintedMarkdown(pieces: Iterable<string>, paint: Paint): Generator<string> {
  for (const piece of pieces)
    yield piece
      .split('\n')
      .map((line) => paintedLine(line, paint))
      .join('\n');
}

function paintedLine(line: string, paint: Paint): string {
  if (/^#+ /.test(line)) return paint(Tone.TITLE, line);
  if (/^\|[-:| ]+\|$/.test(line) || line.startsWith('<sub>')) return paint(Tone.QUIET, line);
  return line;
}
