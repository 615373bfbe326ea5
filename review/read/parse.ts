import { loadAll, YAMLException } from 'js-yaml';
import { Severity } from '../finding';
import { ReviewedManifest } from '../manifest';
import { decode } from './decode';
import { splitDocuments, TextDocument } from './documents';
import { extentFault } from './extent';
import { Input, InputFault } from './input';
import { kubectlSchema } from './kubectl-schema';

/** The largest YAML document that is parsed, in characters; JSON takes a thirtieth of the memory and has no limit. */
const LONGEST_DOCUMENT = 32 * 2 ** 20;

const SCHEMA = kubectlSchema();

/**
 * The manifests of one text: YAML as kubectl reads it (documents, lists, YAML 1.1 words), or JSON. What cannot be read
 * is a fault with its place, and hides nothing else.
 */
export function parseManifests(file: string, bytes: Uint8Array): Input {
  const text = decode(bytes);
  if (text === undefined) return nothing(file, 'must be text in UTF-8 or UTF-16');
  return new Parser(file).parse(text);
}

function nothing(file: string, message: string): Input {
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
      this.fault({ severity: Severity.WARNING, message: 'holds no manifest' });
    }
    return { manifests: this.manifests, faults: this.faults, lines: new Map([[this.file, this.lines]]) };
  }

  /** JSON by its own parser, which is many times faster. It says nothing of keys that stand twice: YAML's does. */
  private json(text: string): boolean {
    if (!/^\s*[{[]/.test(text)) return false;
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      return false;
    }
    if (text.length <= LONGEST_CHECKED) this.twice(text);
    this.add(parsed, 0);
    return true;
  }

  private twice(text: string): void {
    try {
      loadAll(text);
    } catch (thrown) {
      if (isTwice(thrown)) this.yamlFault(thrown, 0, Severity.WARNING);
    }
  }

  private yaml({ text, line }: TextDocument): void {
    if (text.length > LONGEST_DOCUMENT) {
      const message = `must be at most ${LONGEST_DOCUMENT} characters long, got ${text.length}; split it, or give it as JSON`;
      this.fault({ line: line + 1, severity: Severity.ERROR, message });
      return;
    }
    for (const object of this.load(text, line)) this.add(object, line);
  }

  private load(text: string, line: number): unknown[] {
    try {
      return loadAll(text, OPTIONS);
    } catch (thrown) {
      if (!isTwice(thrown)) return this.yamlFault(thrown, line, Severity.ERROR);
      this.yamlFault(thrown, line, Severity.WARNING);
    }
    try {
      return loadAll(text, { ...OPTIONS, json: true });
    } catch (thrown) {
      return this.yamlFault(thrown, line, Severity.ERROR);
    }
  }

  /** Nothing between two markers is no document, as for kubectl. */
  private add(object: unknown, line: number): void {
    if (object === null || object === undefined) return;
    const document = this.lines.push(line) - 1;
    const reason = extentFault(object);
    if (reason === undefined) this.manifests.push(ReviewedManifest.of(object, { file: this.file, document }));
    else this.fault({ line: line + 1, severity: Severity.ERROR, message: `document ${document + 1} ${reason}` });
  }

  private yamlFault(thrown: unknown, line: number, severity: Severity): [] {
    if (!(thrown instanceof YAMLException)) {
      this.fault({ line: line + 1, severity, message: `must be YAML: ${String(thrown)}` });
      return [];
    }
    const { mark, reason } = thrown;
    const place = mark === undefined ? { line: line + 1 } : { line: line + mark.line + 1, column: mark.column + 1 };
    const message = isTwice(thrown)
      ? 'a key must stand once in its object; the last one counts'
      : `must be YAML: ${reason}`;
    this.fault({ ...place, severity, message });
    return [];
  }

  private fault(fault: Omit<InputFault, 'file'>): void {
    this.faults.push({ file: this.file, ...fault });
  }
}

/** Up to this many characters JSON is looked through for keys that stand twice. */
const LONGEST_CHECKED = 2 ** 20;

const OPTIONS = { schema: SCHEMA };

function isTwice(thrown: unknown): thrown is YAMLException {
  return thrown instanceof YAMLException && thrown.reason === 'duplicated mapping key';
}
