import { Event, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, ScalarEvent } from 'js-yaml';

/** A value of a text, by where it stands. */
export interface PositionNode {
  /** Where its key stands, or itself where it has none. */
  readonly at: number;
  readonly keys?: ReadonlyMap<string, PositionNode>;
  readonly items?: readonly PositionNode[];
  /** What a scalar says. */
  readonly text?: string;
}

/** The documents of a YAML text, by where everything stands; what is no plain key is left out. */
export function positionTrees(text: string): PositionNode[] {
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

  /** Goes past the end of a collection, where it is. */
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
