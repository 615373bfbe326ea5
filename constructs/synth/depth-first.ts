import { IConstruct } from 'constructs';

/** A vertex of a dependency graph. One without a construct is a joint, which stands for many edges at once. */
export class Vertex {
  public readonly outbound: Vertex[] = [];

  /** Whether any other vertex depends on this one. */
  public wanted = false;

  public constructor(public readonly construct?: IConstruct) {}
}

/** The constructs of a graph, dependencies first, and the cycles that make such an order impossible. */
export interface Topology {
  readonly order: IConstruct[];
  readonly cycles: IConstruct[][];
}

/**
 * Walks a graph from each of `starts`, in their order and depth first, and lists every construct
 * after those it depends on. Without recursion: a chain of dependencies may be as long as the app.
 */
export function depthFirst(starts: Iterable<Vertex>): Topology {
  const order: IConstruct[] = [];
  const cycles: IConstruct[][] = [];
  const open = new Set<Vertex>();
  const done = new Set<Vertex>();
  for (const start of starts) {
    if (done.has(start)) continue;
    const stack = [{ vertex: start, next: 0 }];
    open.add(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.vertex.outbound[top.next++];
      if (next === undefined) {
        stack.pop();
        open.delete(top.vertex);
        done.add(top.vertex);
        if (top.vertex.construct !== undefined) order.push(top.vertex.construct);
      } else if (open.has(next)) {
        cycles.push(constructsFrom([...open], next));
      } else if (!done.has(next)) {
        open.add(next);
        stack.push({ vertex: next, next: 0 });
      }
    }
  }
  return { order, cycles: independent(cycles) };
}

/** `a => b => a`: a cycle as an error names it. */
export function cycleText(cycle: readonly IConstruct[]): string {
  return [...cycle, ...cycle.slice(0, 1)].map((construct) => construct.node.path).join(' => ');
}

function constructsFrom(path: readonly Vertex[], first: Vertex): IConstruct[] {
  return path.slice(path.indexOf(first)).flatMap((vertex) => vertex.construct ?? []);
}

/** Drops the cycles that run through objects of constructs whose own cycle is already named. */
function independent(cycles: readonly IConstruct[][]): IConstruct[][] {
  const named = new Set<IConstruct>();
  return cycles.filter((cycle) => {
    if (cycle.every((construct) => construct.node.scopes.some((scope) => named.has(scope)))) return false;
    for (const construct of cycle) named.add(construct);
    return true;
  });
}
