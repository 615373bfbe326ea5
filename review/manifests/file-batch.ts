import { fileBytes, RefusedInput } from './bytes';
import { ParsedText } from './input';
import { JsonParts } from './json-parts';
import { ReviewedManifest } from './manifest';
import { documentOf, parseManifests } from './parser';

/** A regular file that a folder lists: whoever reads it needs to know nothing else. */
export interface ListedFile {
  /** What findings call it. */
  readonly file: string;
  /** Where its content stands. */
  readonly place: string;
  /** The most bytes that it may have. */
  readonly maxBytes: number;
}

/** What several files hold, as one thread hands it to another: memory that changes hands, and no object. */
export interface FileBatch {
  /** One list of all documents, as JSON in UTF-8. */
  readonly json: Uint8Array<ArrayBuffer>;
  /** How many documents each file has; 0 for one that is left to whoever asked, as is one without a document. */
  readonly counts: Int32Array<ArrayBuffer>;
  /** How many lines stand before each document. */
  readonly lines: Int32Array<ArrayBuffer>;
}

/** The content of files, by the names that findings use. */
export type Contents = Map<string, ParsedText>;

/** Larger files are left to whoever asked: few are, and that thread says what there is to say of them. */
const LARGEST = 2 ** 20;

/**
 * Reads files, so that their content can be handed on.
 *
 * A file is left out if it is large, if it cannot be read, if there is anything to say of it, or if JSON cannot say what it holds.
 *
 * @returns What is handed on, and the same content for this thread.
 */
export function readBatch(files: readonly ListedFile[]): { readonly batch: FileBatch; readonly contents: Contents } {
  const parts = new JsonParts();
  const contents: Contents = new Map();
  const counts = new Int32Array(files.length);
  const lines: number[] = [];
  for (const [index, file] of files.entries()) {
    const before = parts.length;
    const content = contentOf(file, parts);
    if (content === undefined) {
      parts.cut(before);
      continue;
    }
    const own = content.lines.get(file.file) ?? [];
    counts[index] = own.length;
    lines.push(...own);
    contents.set(file.file, content);
  }
  return { batch: { json: parts.list(), counts, lines: Int32Array.from(lines) }, contents };
}

function contentOf({ file, place, maxBytes }: ListedFile, parts: JsonParts): ParsedText | undefined {
  try {
    const bytes = fileBytes(place, { maxBytes: Math.min(maxBytes, LARGEST), isListed: true });
    const before = parts.length;
    const content = parseManifests(file, bytes, parts);
    const isWhole = parts.length - before === content.manifests.length;
    return isWhole && content.faults.length === 0 ? content : undefined;
  } catch (thrown) {
    if (thrown instanceof RefusedInput || isOfFiles(thrown)) return undefined;
    throw thrown;
  }
}

/** Not by `instanceof`: what Node's own modules throw inside Jest is of another realm. */
function isOfFiles(thrown: unknown): boolean {
  return typeof (thrown as NodeJS.ErrnoException).code === 'string';
}

/** The content of files of a batch that another thread read. */
export function unpacked(files: readonly string[], { json, counts, lines }: FileBatch): Contents {
  const contents: Contents = new Map();
  const documents = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString()) as object[];
  let next = 0;
  for (const [index, file] of files.entries()) {
    const count = counts[index]!;
    if (count === 0) continue;
    const before = [...lines.subarray(next, next + count)];
    const manifests: ReviewedManifest[] = before.map((_line, document) =>
      documentOf(file, document, documents[next + document]),
    );
    next += count;
    contents.set(file, { manifests, faults: [], lines: new Map([[file, before]]) });
  }
  return contents;
}
