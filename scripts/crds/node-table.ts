import { NodeRecord, NodeType } from '../../review/schema/node';

/** The nodes of a table, each kept once: the versions of a CRD share most of their subtrees. */
export class NodeTable {
  public readonly nodes: NodeRecord[] = [];
  private readonly index = new Map<string, number>();

  /** The number of a node; an equal one is found again. */
  public add(node: NodeRecord): number {
    const text = JSON.stringify(node);
    const known = this.index.get(text);
    if (known !== undefined) return known;
    this.nodes.push(node);
    this.index.set(text, this.nodes.length - 1);
    return this.nodes.length - 1;
  }

  /** The node of what may be anything. */
  public any(): number {
    return this.add({ t: NodeType.ANY });
  }
}
