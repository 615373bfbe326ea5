/** The text of bytes, by their byte order mark, else as UTF-8; undefined if they are not text. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Windows PowerShell writes redirected output as UTF-16 with a byte order mark. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** One document of a file. */
export interface TextDocument {
  readonly text: string;
  /** How many lines stand before it. */
  readonly line: number;
  /**
   * How many characters stand before it in its first line.
   *
   * @default 0
   */
  readonly column?: number;
}

/**
 * The documents of a YAML text, to be parsed one by one: a fault in one hides no other, and the memory for parsing
 * (some thirty times the text) is that of the largest. A line that starts with `---` ends a document wherever it stands: YAML
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

/**
 * The values of a text that is one JSON object after another; undefined for any other text. kubectl takes such a
 * stream: k8s.io/apimachinery, pkg/util/yaml/decoder.go, YAMLOrJSONDecoder.
 */
export function splitJson(text: string): TextDocument[] | undefined {
  const found: TextDocument[] = [];
  let [line, lineStart, depth] = [0, 0, 0];
  let [start, startLine, column] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case LINE_END:
        line++;
        lineStart = at + 1;
        break;
      case SPACE:
      case TAB:
      case CARRIAGE_RETURN:
        break;
      case OPEN_BRACE:
        if (depth++ === 0) [start, startLine, column] = [at, line, at - lineStart];
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (--depth < 0) return undefined;
        if (depth === 0) found.push({ text: text.slice(start, at + 1), line: startLine, column });
        break;
      case OPEN_BRACKET:
        if (depth++ === 0) return undefined;
        break;
      case QUOTE:
        if (depth === 0) return undefined;
        at = endOfString(text, at);
        break;
      default:
        if (depth === 0) return undefined;
    }
  }
  return depth === 0 && found.length > 0 ? found : undefined;
}

/** The closing quote of a string; the end of the text if it has none. */
function endOfString(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}

const [TAB, LINE_END, CARRIAGE_RETURN, SPACE, QUOTE, BACKSLASH] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x5c];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];
