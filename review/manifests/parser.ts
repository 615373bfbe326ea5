import { loadAll, YAMLException } from 'js-yaml';
import { yamlReason } from '../../constructs/shared/wording';
import { Severity } from '../finding';
import { decode, splitDocuments, splitJson, TextDocument } from './documents';
import { readMended } from './indentation';
import { InputFault, ParsedText } from './input';
import { isObject } from './json';
import { JsonParts } from './json-parts';
import { kubectlSchema } from './kubectl-schema';
import { ReviewedManifest } from './manifest';
import { readPlain, readPlainFile } from './plain-yaml';
import { RepeatedValues } from './repeated-values';
import { templatePlace } from './template';

/** The largest YAML document that is parsed, in characters; JSON takes a thirtieth of the memory and has no limit. */
const LONGEST_DOCUMENT = 32 * 2 ** 20;

/** The fault of an input without a document. */
export const NO_MANIFEST = 'holds no manifest';

const SCHEMA = kubectlSchema();

/**
 * The manifests of one text: YAML as kubectl reads it (documents, lists, YAML 1.1 words), or JSON, one object or many.
 * A part that cannot be read is a fault with its place, and hides no other part.
 *
 * @param parts Gets each document as JSON, too.
 * @param repeated Keeps what many objects say alike once: whoever is given them must not change them.
 */
export function parseManifests(
  file: string,
  bytes: Uint8Array,
  parts?: JsonParts,
  repeated?: RepeatedValues,
): ParsedText {
  const plain = readPlainFile(bytes, parts, repeated);
  if (plain === undefined) return parseText(file, decode(bytes), parts, repeated);
  const manifests = plain.objects.map((object, document) => documentOf(file, document, object));
  return { manifests, faults: [], lines: new Map([[file, plain.lines]]) };
}

/**
 * As `parseManifests`, of a text; undefined stands for bytes that are not text.
 *
 * @param parts Gets each document as JSON, too.
 * @param repeated As of `parseManifests`.
 */
export function parseText(
  file: string,
  text: string | undefined,
  parts?: JsonParts,
  repeated?: RepeatedValues,
): ParsedText {
  if (text !== undefined) return new Parser(file, parts, repeated).parse(text);
  const fault = { file, severity: Severity.ERROR, message: 'must be text in UTF-8 or UTF-16' };
  return { manifests: [], faults: [fault], lines: new Map() };
}

class Parser {
  private readonly manifests: ReviewedManifest[] = [];
  private readonly faults: InputFault[] = [];
  private readonly lines: number[] = [];

  constructor(
    private readonly file: string,
    private readonly parts: JsonParts | undefined,
    private readonly repeated: RepeatedValues | undefined,
  ) {}

  public parse(text: string): ParsedText {
    if (!this.json(text)) for (const document of splitDocuments(text)) this.yaml(document);
    if (this.lines.length === 0 && this.faults.length === 0) {
      this.fault({ severity: Severity.WARNING, message: NO_MANIFEST });
    }
    return { manifests: this.manifests, faults: this.faults, lines: new Map([[this.file, this.lines]]) };
  }

  /** JSON by its own parser, which is many times faster. It does not report repeated keys: YAML's does. */
  private json(text: string): boolean {
    if (!/^\s*[{[]/.test(text)) return false;
    if (this.jsonDocuments([{ text, line: 0 }], text.length)) return true;
    const documents = splitJson(text);
    return documents !== undefined && this.jsonDocuments(documents, text.length);
  }

  /** Adds the values of JSON texts; adds none if one of them is not JSON. */
  private jsonDocuments(documents: readonly TextDocument[], length: number): boolean {
    const [manifests, faults, lines] = [this.manifests.length, this.faults.length, this.lines.length];
    const parts = this.parts?.length;
    try {
      for (const document of documents) {
        const value: unknown = JSON.parse(document.text);
        if (length <= LONGEST_CHECKED) this.repeatedKeys(document);
        this.add(value, document);
      }
      return true;
    } catch {
      // It is YAML, or broken: the YAML parser tells them apart.
      this.manifests.length = manifests;
      this.faults.length = faults;
      this.lines.length = lines;
      if (parts !== undefined) this.parts?.cut(parts);
      return false;
    }
  }

  private repeatedKeys({ text, line }: TextDocument): void {
    try {
      loadAll(text);
    } catch (thrown) {
      if (isRepeatedKey(thrown)) this.yamlFault(thrown, { text, line }, Severity.WARNING);
    }
  }

  private yaml({ text, line }: TextDocument): void {
    if (text.length > LONGEST_DOCUMENT) {
      const message = `must be at most ${LONGEST_DOCUMENT} characters long, got ${text.length}; split it, or give it as JSON`;
      this.fault({ line: line + 1, severity: Severity.ERROR, message });
      return;
    }
    const plain = readPlain(text, this.parts, this.repeated);
    if (plain !== undefined) this.take(plain, line);
    else for (const object of this.load({ text, line })) this.add(object, { line });
  }

  private load(document: TextDocument): unknown[] {
    try {
      return readMended(document, (text) => loadAll(text, OPTIONS)).read;
    } catch (thrown) {
      if (!isRepeatedKey(thrown)) return this.yamlFault(thrown, document, Severity.ERROR);
      this.yamlFault(thrown, document, Severity.WARNING);
    }
    try {
      return readMended(document, (text) => loadAll(text, { ...OPTIONS, json: true })).read;
    } catch (thrown) {
      return this.yamlFault(thrown, document, Severity.ERROR);
    }
  }

  /**
   * An empty document does not count, as for kubectl.
   *
   * @param from Where it stands; of JSON with its text.
   */
  private add(object: unknown, { text, line }: { readonly text?: string; readonly line: number }): void {
    if (object === null || object === undefined) return;
    const extent = extentOf(object);
    if (typeof extent === 'string') {
      const message = `document ${this.lines.push(line)} ${extent}`;
      this.fault({ line: line + 1, severity: Severity.ERROR, message });
      return;
    }
    const json = text ?? (extent.isJson ? JSON.stringify(object) : undefined);
    if (json !== undefined) this.parts?.add(json);
    // A copy in half the memory: js-yaml's texts are parts of the whole text, and keep it; its objects have room to grow.
    this.take(text === undefined && json !== undefined ? (JSON.parse(json) as unknown) : object, line);
  }

  private take(object: unknown, line: number): void {
    this.manifests.push(documentOf(this.file, this.lines.push(line) - 1, object));
  }

  private yamlFault(thrown: unknown, { text, line }: TextDocument, severity: Severity): [] {
    const { mark = START, reason } = thrown instanceof YAMLException ? thrown : UNREADABLE;
    const place = { line: line + mark.line + 1, column: mark.column + 1 };
    if (isRepeatedKey(thrown)) {
      this.fault({ ...place, severity, message: 'a key must stand once in its object; the last one counts' });
      return [];
    }
    const template = templatePlace(text, { mark, reason });
    if (template === undefined) this.fault({ ...place, severity, message: `must be YAML: ${yamlReason(reason)}` });
    else this.fault({ line: line + template.line, column: template.column, severity, message: TEMPLATE });
    return [];
  }

  private fault(fault: Omit<InputFault, 'file'>): void {
    this.faults.push({ file: this.file, ...fault });
  }
}

/** What was read as a document of a file. */
export function documentOf(file: string, document: number, object: unknown): ReviewedManifest {
  if (isObject(object)) shareWords(object);
  return ReviewedManifest.of(object, { file, document });
}

/** The words that stand in each of a million objects stand in memory once. */
function shareWords(object: { apiVersion?: unknown; kind?: unknown }): void {
  if (typeof object.apiVersion === 'string') object.apiVersion = shared(object.apiVersion);
  if (typeof object.kind === 'string') object.kind = shared(object.kind);
}

const words = new Map<string, string>();
const MOST_WORDS = 1000;

function shared(word: string): string {
  const known = words.get(word);
  if (known !== undefined) return known;
  if (words.size >= MOST_WORDS) return word;
  // A copy: a part of a text would keep the whole of it.
  const own = JSON.parse(JSON.stringify(word)) as string;
  words.set(own, own);
  return own;
}

const TEMPLATE =
  'must be YAML, and is a template: render it first (as by helm template … | cdk8s-kubevirt check -), and review that';

/** Up to this many characters JSON is searched for repeated keys. */
const LONGEST_CHECKED = 2 ** 20;

const OPTIONS = { schema: SCHEMA };

/** What is said where the YAML parser throws anything but its own exception, or one without a place. */
const UNREADABLE = new YAMLException('it cannot be read');
const START = { line: 0, column: 0 };

function isRepeatedKey(thrown: unknown): thrown is YAMLException {
  return thrown instanceof YAMLException && thrown.reason === 'duplicated mapping key';
}

/** More values than any object of a cluster has: etcd takes 1.5 MiB. */
const MOST_VALUES = 2_000_000;

/** As deep as the YAML parser goes; aliases and JSON may go deeper. */
const MOST_LEVELS = 100;

/**
 * How large a document is, or why it cannot be walked: aliases that explode, an alias within its own anchor, or endless
 * nesting. Every collection is measured once, however often an alias names it.
 */
function extentOf(document: unknown): Extent | string {
  try {
    const extent = measure(document, new Map());
    if (extent.values > MOST_VALUES) return `must have at most ${MOST_VALUES} values with its aliases written out`;
    return extent.levels > MOST_LEVELS ? TOO_DEEP : extent;
  } catch (thrown) {
    if (thrown instanceof Endless) return 'must not hold an alias within its own anchor';
    if (thrown instanceof RangeError) return TOO_DEEP;
    throw thrown;
  }
}

const TOO_DEEP = `must be nested at most ${MOST_LEVELS} levels deep`;

class Endless extends Error {}

interface Extent {
  readonly values: number;
  readonly levels: number;
  /** Whether JSON can say it: it has no infinite number, and names no collection twice. */
  readonly isJson: boolean;
}

const SCALAR: Extent = { values: 1, levels: 0, isJson: true };
const INFINITE: Extent = { values: 1, levels: 0, isJson: false };

function measure(value: unknown, known: Map<object, Extent | undefined>): Extent {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)) ? INFINITE : SCALAR;
  }
  const seen = known.get(value);
  if (seen !== undefined) return { ...seen, isJson: false };
  if (known.has(value)) throw new Endless();
  known.set(value, undefined);
  let [values, levels, isJson] = [1, 0, true];
  for (const below of Object.values(value)) {
    const extent = measure(below, known);
    values += extent.values;
    levels = Math.max(levels, extent.levels);
    isJson &&= extent.isJson;
  }
  const extent = { values, levels: levels + 1, isJson };
  known.set(value, extent);
  return extent;
}
