import { Event, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, ScalarEvent } from 'js-yaml';
import { Finding, ObjectReference } from '../finding';
import { splitDocuments, splitJson, TextDocument } from './documents';
import { Mended, readMended } from './indentation';

/** A place in a file, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds the line of a finding. A document is parsed a second time for it, only if it has findings. */
export class Locator {
  private readonly files = new Map<string, readonly TextDocument[]>();
  private readonly trees = new Map<TextDocument, Positions>();

  /**
   * @param textOf The text of a file; undefined if it can no longer be read.
   * @param linesOf How many lines stand before each document of a file.
   */
  public constructor(
    private readonly textOf: (file: string) => string | undefined,
    private readonly linesOf: (file: string) => readonly number[],
  ) {}

  /** Where the field stands; if it is missing, where the object that lacks it stands. */
  public place({ object, field }: Pick<Finding, 'object' | 'field'>): Place | undefined {
    const { file, document } = object;
    if (file === undefined || document === undefined) return undefined;
    const lines = this.linesOf(file);
    const before = lines[document];
    const part = this.documents(file).find(({ line }) => line === before);
    if (part === undefined || before === undefined) return undefined;
    const positions = this.positionsOf(part);
    const tree = positions?.read[document - lines.indexOf(before)];
    if (positions === undefined || tree === undefined) return undefined;
    const { at } = deepest(itemOf(tree, object), field);
    return at < 0 ? undefined : placeAt(positions, part.line, at);
  }

  private documents(file: string): readonly TextDocument[] {
    let documents = this.files.get(file);
    if (documents === undefined) {
      const text = this.textOf(file);
      documents = text === undefined ? [] : documentsOf(text, this.linesOf(file).length);
      this.files.set(file, documents);
    }
    return documents;
  }

  private positionsOf(document: TextDocument): Positions {
    if (!this.trees.has(document)) this.trees.set(document, positions(document));
    return this.trees.get(document);
  }
}

/** Where everything stands in a text; undefined if it could not be found out. */
type Positions = Mended<readonly PositionNode[]> | undefined;

/** As they were parsed: many JSON objects are split as YAML is not. */
function documentsOf(text: string, amount: number): readonly TextDocument[] {
  const json = amount > 1 && /^\s*\{/.test(text) ? splitJson(text) : undefined;
  return json?.length === amount ? json : [...splitDocuments(text)];
}

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

/** The object itself, where its document is a list. */
function itemOf(tree: PositionNode, { kind, name, namespace }: ObjectReference): PositionNode {
  const items = tree.keys?.get('items')?.items ?? [];
  if (!(tree.keys?.get('kind')?.text ?? '').endsWith('List')) return tree;
  const found = items.find((item) => {
    const metadata = item.keys?.get('metadata');
    const same = (key: string, value: string | undefined) => metadata?.keys?.get(key)?.text === value;
    return item.keys?.get('kind')?.text === kind && same('name', name) && same('namespace', namespace);
  });
  return found ?? tree;
}

/** The last value that exists along `spec.volumes[1].name`; a key in brackets is not a plain name. */
function deepest(node: PositionNode, field: string): PositionNode {
  if (field === '') return node;
  const [, inner, plain, rest = ''] = /^(?:\[([^\]]*)\]|([^.[]+))\.?(.*)$/s.exec(field) ?? [];
  const key = inner ?? plain;
  const below = key === undefined ? undefined : (node.keys?.get(key) ?? node.items?.[Number(key)]);
  return below === undefined ? node : deepest(below, rest);
}

function placeAt({ text, moved }: Mended<unknown>, linesBefore: number, at: number): Place {
  const before = text.slice(0, at).split('\n');
  const spaces = moved.get(before.length - 1) ?? 0;
  return { line: linesBefore + before.length, column: (before.at(-1) ?? '').length + 1 - spaces };
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
        return { at: event.type === EVENT_ID.ALIAS ? event.anchorStart : -1 };
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
