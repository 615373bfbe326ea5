import { IConstruct } from 'constructs';

const NONE: readonly Vertex[] = [];

/** A vertex of a dependency graph. One without a construct is a joint, which stands for many edges at once. */
export class Vertex {
  /** Whether any other vertex depends on this one. */
  public wanted = false;

  /** The walk that is at this vertex or above it, and the one that has left it: each walk has a number of its own. */
  public openIn = 0;
  public doneIn = 0;

  private targets: Vertex[] | undefined;

  public constructor(public readonly construct?: IConstruct) {}

  /** What it depends on. Most vertices of an app depend on nothing. */
  public get outbound(): readonly Vertex[] {
    return this.targets ?? NONE;
  }

  public dependOn(target: Vertex): void {
    if (this.targets === undefined) this.targets = [target];
    else this.targets.push(target);
  }
}

let walks = 0;

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
  const walk = ++walks;
  const path: Vertex[] = [];
  const turns: number[] = [];
  for (const start of starts) {
    if (start.doneIn === walk) continue;
    path.push(start);
    turns.push(0);
    start.openIn = walk;
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const turn = turns[path.length - 1] as number;
      const next = top.outbound[turn];
      turns[path.length - 1] = turn + 1;
      if (next === undefined) {
        path.pop();
        turns.pop();
        top.openIn = 0;
        top.doneIn = walk;
        if (top.construct !== undefined) order.push(top.construct);
      } else if (next.openIn === walk) {
        cycles.push(constructsFrom(path, next));
      } else if (next.doneIn !== walk) {
        next.openIn = walk;
        path.push(next);
        turns.push(0);
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
