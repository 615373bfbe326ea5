import { Event, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, ScalarEvent } from 'js-yaml';
import { Finding } from '../finding';
import { splitDocuments, splitJson, TextDocument } from './documents';
import { Mended, readMended } from './indentation';

/** A place in a file, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds the lines of findings. A document is parsed a second time for them, only if it has findings. */
export class Locator {
  /**
   * @param textOf The text of a file; undefined if it can no longer be read.
   * @param linesOf How many lines stand before each document of a file.
   */
  public constructor(
    private readonly textOf: (file: string) => string | undefined,
    private readonly linesOf: (file: string) => readonly number[],
  ) {}

  /**
   * Where the field of each finding stands; if it is missing, where the object that lacks it stands. Document by document:
   * the positions take fifty times the memory of their text, so that only those of one are kept.
   */
  public places<F extends Located>(findings: Iterable<F>): Map<F, Place> {
    const places = new Map<F, Place>();
    for (const [file, all] of grouped(findings, ({ object }) => object.file)) {
      const text = this.textOf(file);
      if (text === undefined) continue;
      const parts = new TextParts(text, this.linesOf(file));
      for (const [part, inPart] of parts.runs(all)) {
        const found = positions(part);
        if (found === undefined) continue;
        const trees = found.read.map((tree) => new LocatedDocument(tree));
        const starts = lineStarts(found.text);
        for (const finding of inPart) {
          const at = trees[parts.treeOf(finding.object.document)]?.find(finding) ?? -1;
          if (at >= 0) places.set(finding, placeAt(starts, found.moved, part, at));
        }
      }
    }
    return places;
  }
}

/** The parts of a text, each of which is parsed by itself, by the numbers of the documents in them. */
class TextParts {
  private readonly json: readonly TextDocument[] | undefined;
  private readonly byLine = new Map<number, TextDocument>();
  /** Number of the first document of a part: a text with directives is one part. */
  private readonly first = new Map<number, number>();

  constructor(
    text: string,
    private readonly lines: readonly number[],
  ) {
    // As they were parsed: many JSON objects are split as YAML is not.
    const json = lines.length > 1 && /^\s*\{/.test(text) ? splitJson(text) : undefined;
    this.json = json?.length === lines.length ? json : undefined;
    if (this.json !== undefined) return;
    for (const part of splitDocuments(text)) if (!this.byLine.has(part.line)) this.byLine.set(part.line, part);
    lines.forEach((line, index) => this.first.set(line, Math.min(index, this.first.get(line) ?? index)));
  }

  public of(document = -1): TextDocument | undefined {
    return this.json === undefined ? this.byLine.get(this.lines[document] ?? -1) : this.json[document];
  }

  /** Findings by the part that they stand in, one part after another: a file may have a million of them. */
  public *runs<F extends Located>(findings: readonly F[]): Generator<readonly [TextDocument, readonly F[]]> {
    const byDocument = [...findings].sort((a, b) => (a.object.document ?? -1) - (b.object.document ?? -1));
    let run: F[] = [];
    for (const [index, finding] of byDocument.entries()) {
      run.push(finding);
      const part = this.of(finding.object.document);
      const next = byDocument[index + 1];
      if (next !== undefined && this.of(next.object.document) === part) continue;
      if (part !== undefined) yield [part, run];
      run = [];
    }
  }

  /** Which of the trees of its part a document is. */
  public treeOf(document = -1): number {
    return this.json === undefined ? document - (this.first.get(this.lines[document] ?? -1) ?? 0) : 0;
  }
}

type Located = Pick<Finding, 'object' | 'field'>;

/** Items by a key, in the order of the first of each; without those that have none. */
function grouped<T, K>(items: Iterable<T>, keyOf: (item: T) => K | undefined): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Where everything stands in a text; undefined if it could not be found out. */
type Positions = Mended<readonly PositionNode[]> | undefined;

/** Positions take fifty times the memory of their text. */
const LONGEST_LOCATED = 8 * 2 ** 20;

function positions(document: TextDocument): Positions {
  if (document.text.length > LONGEST_LOCATED) return undefined;
  try {
    return readMended(document, positionTrees);
  } catch {
    // JSON that is indented by tabs is not YAML: its findings have no line.
    return undefined;
  }
}

/** A document, with the items of a list by what findings call them. */
class LocatedDocument {
  private readonly items = new Map<string, PositionNode>();
  /** The only item of each kind: it may have other names there than in the finding. */
  private readonly only = new Map<string, PositionNode | undefined>();

  constructor(private readonly tree: PositionNode) {
    const kind = tree.keys?.get('kind')?.text ?? '';
    const list = kind.endsWith('List') ? 'items' : kind === 'Template' ? 'objects' : '';
    for (const item of tree.keys?.get(list)?.items ?? []) {
      const metadata = item.keys?.get('metadata')?.keys;
      const [name, namespace] = [metadata?.get('name')?.text, metadata?.get('namespace')?.text];
      const its = item.keys?.get('kind')?.text ?? '';
      const key = keyOf(its, namespace, name);
      if (!this.items.has(key)) this.items.set(key, item);
      this.only.set(its, this.only.has(its) ? undefined : item);
    }
  }

  /** Where a field begins in the text; -1 if that is not known. */
  public find({ object: { kind, namespace, name }, field }: Located): number {
    return deepest(this.items.get(keyOf(kind, namespace, name)) ?? this.only.get(kind) ?? this.tree, field).at;
  }
}

function keyOf(kind: string | undefined, namespace: string | undefined, name: string | undefined): string {
  return JSON.stringify([kind ?? '', namespace ?? '', name ?? '']);
}

/** The last value that exists along `spec.volumes[1].name`; a key in brackets is not a plain name. */
function deepest(node: PositionNode, field: string): PositionNode {
  let found = node;
  for (const [, inner, plain] of field.matchAll(/\[([^\]]*)\]?|([^.[\]]+)/g)) {
    const key = inner ?? plain ?? '';
    const below = found.keys?.get(key) ?? found.items?.[Number(key)];
    if (below === undefined) return found;
    found = below;
  }
  return found;
}

/** Where each line of a text begins. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function placeAt(starts: readonly number[], moved: Mended<unknown>['moved'], part: TextDocument, at: number): Place {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle;
  }
  const before = (low === 0 ? (part.column ?? 0) : 0) - (moved.get(low) ?? 0);
  return { line: part.line + low + 1, column: at - starts[low]! + 1 + before };
}

/** A value of a text, by where it stands. */
interface PositionNode {
  /** Where its key stands, or the value itself if it has no key. */
  readonly at: number;
  readonly keys?: ReadonlyMap<string, PositionNode>;
  readonly items?: readonly PositionNode[];
  /** What a scalar says. */
  readonly text?: string;
}

/** The documents of a YAML text, with the place of everything in it; keys that are not plain text are left out. */
function positionTrees(text: string): PositionNode[] {
  const reader = new EventReader(text, parseEvents(text, {}));
  const trees: PositionNode[] = [];
  while (reader.more()) trees.push(...reader.document());
  return trees;
}

const QUOTED: ReadonlySet<number> = new Set([SCALAR_STYLE.SINGLE_QUOTED, SCALAR_STYLE.DOUBLE_QUOTED]);

class EventReader {
  private next = 0;

  constructor(
    private readonly source: string,
    private readonly events: readonly Event[],
  ) {}

  public more(): boolean {
    return this.next < this.events.length;
  }

  public document(): PositionNode[] {
    this.next++;
    const nodes: PositionNode[] = [];
    while (!this.popped()) nodes.push(this.node());
    return nodes;
  }

  private node(): PositionNode {
    const event = this.events[this.next++]!;
    switch (event.type) {
      case EVENT_ID.MAPPING:
        return { at: event.start, keys: this.keys() };
      case EVENT_ID.SEQUENCE:
        return { at: event.start, items: this.items() };
      case EVENT_ID.SCALAR:
        return { at: event.valueStart - (QUOTED.has(event.style) ? 1 : 0), text: this.text(event) };
      default:
        return { at: event.type === EVENT_ID.ALIAS ? event.anchorStart - 1 : -1 };
    }
  }

  private keys(): Map<string, PositionNode> {
    const keys = new Map<string, PositionNode>();
    while (!this.popped()) {
      const key = this.node();
      const value = this.node();
      if (key.text !== undefined) keys.set(key.text, { ...value, at: key.at });
    }
    return keys;
  }

  private items(): PositionNode[] {
    const items: PositionNode[] = [];
    while (!this.popped()) items.push(this.node());
    return items;
  }

  /** Whether the collection ends here; if so, its end is passed. */
  private popped(): boolean {
    const event = this.events[this.next];
    if (event !== undefined && event.type !== EVENT_ID.POP) return false;
    this.next++;
    return true;
  }

  private text(event: ScalarEvent): string {
    return event.valueStart < 0 ? '' : getScalarValue(this.source, event);
  }
}
