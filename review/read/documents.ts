/** One document of a file. */
export interface TextDocument {
  readonly text: string;
  /** How many lines stand before it. */
  readonly line: number;
}

/**
 * The documents of a YAML text, parsed one by one: what is wrong with one hides no other, and the memory that parsing
 * takes (some thirty times the text) is that of the largest. A line that starts with `---` ends a document wherever it stands: YAML
 * 1.2.2, 9.1.2. A text with directives is left whole, because they stand before the line.
 */
export function* splitDocuments(text: string): Generator<TextDocument> {
  if (/^%/m.test(text)) {
    yield { text, line: 0 };
    return;
  }
  const marker = /^---(?=\s|$)/gm;
  let [start, line] = [0, 0];
  for (let found = marker.exec(text); found !== null; found = marker.exec(text)) {
    if (found.index === start) continue;
    const part = text.slice(start, found.index);
    yield { text: part, line };
    line += linesIn(part);
    start = found.index;
  }
  yield { text: text.slice(start), line };
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
