import { loadAll, YAMLException } from 'js-yaml';
import { Severity } from '../finding';
import { decode, splitDocuments, splitJson, TextDocument } from './documents';
import { readMended } from './indentation';
import { Input, InputFault } from './input';
import { kubectlSchema } from './kubectl-schema';
import { ReviewedManifest } from './manifest';
import { templatePlace } from './template';

/** The largest YAML document that is parsed, in characters; JSON takes a thirtieth of the memory and has no limit. */
const LONGEST_DOCUMENT = 32 * 2 ** 20;

/** The fault of an input without a document. */
export const NO_MANIFEST = 'holds no manifest';

const SCHEMA = kubectlSchema();

/**
 * The manifests of one text: YAML as kubectl reads it (documents, lists, YAML 1.1 words), or JSON, one object or many.
 * A part that cannot be read is a fault with its place, and hides no other part.
 */
export function parseManifests(file: string, bytes: Uint8Array): Input {
  const text = decode(bytes);
  if (text === undefined) return unreadable(file, 'must be text in UTF-8 or UTF-16');
  return new Parser(file).parse(text);
}

function unreadable(file: string, message: string): Input {
  return { manifests: [], faults: [{ file, severity: Severity.ERROR, message }], lines: new Map() };
}

class Parser {
  private readonly manifests: ReviewedManifest[] = [];
  private readonly faults: InputFault[] = [];
  private readonly lines: number[] = [];

  constructor(private readonly file: string) {}

  public parse(text: string): Input {
    if (!this.json(text)) for (const document of splitDocuments(text)) this.yaml(document);
    if (this.lines.length === 0 && this.faults.length === 0) {
      this.fault({ severity: Severity.WARNING, message: NO_MANIFEST });
    }
    return { manifests: this.manifests, faults: this.faults, lines: new Map([[this.file, this.lines]]) };
  }

  /** JSON by its own parser, which is many times faster. It does not report repeated keys: YAML's does. */
  private json(text: string): boolean {
    if (!/^\s*[{[]/.test(text)) return false;
    const values = parsedJson([{ text, line: 0 }]) ?? parsedJson(splitJson(text));
    if (values === undefined) return false;
    for (const [document, value] of values) {
      if (text.length <= LONGEST_CHECKED) this.repeatedKeys(document);
      this.add(value, document.line);
    }
    return true;
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
    for (const object of this.load({ text, line })) this.add(object, line);
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

  /** An empty document does not count, as for kubectl. */
  private add(object: unknown, line: number): void {
    if (object === null || object === undefined) return;
    const document = this.lines.push(line) - 1;
    const reason = extentFault(object);
    if (reason === undefined) this.manifests.push(ReviewedManifest.of(object, { file: this.file, document }));
    else this.fault({ line: line + 1, severity: Severity.ERROR, message: `document ${document + 1} ${reason}` });
  }

  private yamlFault(thrown: unknown, { text, line }: TextDocument, severity: Severity): [] {
    if (!(thrown instanceof YAMLException)) {
      this.fault({ line: line + 1, severity, message: `must be YAML: ${String(thrown)}` });
      return [];
    }
    const { mark, reason } = thrown;
    const place = mark === undefined ? { line: line + 1 } : { line: line + mark.line + 1, column: mark.column + 1 };
    if (isRepeatedKey(thrown)) {
      this.fault({ ...place, severity, message: 'a key must stand once in its object; the last one counts' });
      return [];
    }
    const template = templatePlace(text, thrown);
    if (template === undefined) this.fault({ ...place, severity, message: `must be YAML: ${reason}` });
    else this.fault({ line: line + template.line, column: template.column, severity, message: TEMPLATE });
    return [];
  }

  private fault(fault: Omit<InputFault, 'file'>): void {
    this.faults.push({ file: this.file, ...fault });
  }
}

const TEMPLATE =
  'must be YAML, and is a template: render it first (as by helm template … | cdk8s-kubevirt check -), and review that';

/** The values of JSON texts; undefined if one of them is not JSON. */
function parsedJson(documents: readonly TextDocument[] | undefined): [TextDocument, unknown][] | undefined {
  try {
    return documents?.map((document) => [document, JSON.parse(document.text)]);
  } catch {
    return undefined;
  }
}

/** Up to this many characters JSON is searched for repeated keys. */
const LONGEST_CHECKED = 2 ** 20;

const OPTIONS = { schema: SCHEMA };

function isRepeatedKey(thrown: unknown): thrown is YAMLException {
  return thrown instanceof YAMLException && thrown.reason === 'duplicated mapping key';
}

/** More values than any object of a cluster has: etcd takes 1.5 MiB. */
const MOST_VALUES = 2_000_000;

/** As deep as the YAML parser goes; aliases and JSON may go deeper. */
const MOST_LEVELS = 100;

/**
 * Why a document cannot be walked, if it cannot: aliases that explode, an alias within its own anchor, or endless
 * nesting. Every collection is measured once, however often an alias names it.
 */
function extentFault(document: unknown): string | undefined {
  try {
    const { values, levels } = measure(document, new Map());
    if (values > MOST_VALUES) return `must have at most ${MOST_VALUES} values with its aliases written out`;
    return levels > MOST_LEVELS ? TOO_DEEP : undefined;
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
}

const ONE: Extent = { values: 1, levels: 0 };

function measure(value: unknown, known: Map<object, Extent | undefined>): Extent {
  if (value === null || typeof value !== 'object') return ONE;
  const seen = known.get(value);
  if (seen !== undefined) return seen;
  if (known.has(value)) throw new Endless();
  known.set(value, undefined);
  let [values, levels] = [1, 0];
  for (const below of Object.values(value)) {
    const extent = measure(below, known);
    values += extent.values;
    levels = Math.max(levels, extent.levels);
  }
  const extent = { values, levels: levels + 1 };
  known.set(value, extent);
  return extent;
}
