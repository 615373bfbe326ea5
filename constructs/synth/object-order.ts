import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Dependencies } from './dependencies';
import { cycleText, depthFirst, Vertex } from './depth-first';
import { neededFirst } from './needed-first';
import { SynthFaults } from './synth-faults';

/**
 * The objects of a chart in the order in which cdk8s writes them: dependencies first, else the
 * order of definition, but for those that `kubectl apply` must meet first. cdk8s lays an edge from each object of a dependency's source to each of its
 * target; here one joint stands for the objects of a target, and one for all that an object
 * depends on through what it stands in, so that the work is linear in constructs and dependencies.
 */
export function objectOrder(chart: Chart, dependencies: Dependencies, faults: SynthFaults): readonly ApiObject[] {
  const constructs = dependencies.within(chart);
  const graph = constructs.some((construct) => dependencies.isDependent(construct));
  const objects = graph
    ? (new ObjectGraph(chart, constructs, dependencies)
        .order(faults)
        .filter(
          (construct) => ApiObject.isApiObject(construct) && dependencies.chartOf(construct) === chart,
        ) as ApiObject[])
    : dependencies.objectsOf(chart);
  return neededFirst(objects, (object, on) => graph && reachOf(object, dependencies).has(on));
}

/** All that an object was said to depend on, by itself, by what it stands in, or by what it depends on. */
function reachOf(object: ApiObject, dependencies: Dependencies): ReadonlySet<IConstruct> {
  const reached = new Set<IConstruct>();
  const open: IConstruct[] = [object];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const target of next.node.scopes.flatMap((scope) => dependencies.of(scope))) {
      for (const inner of dependencies.within(target)) {
        if (reached.has(inner)) continue;
        reached.add(inner);
        open.push(inner);
      }
    }
  }
  return reached;
}

/** The objects of one construct that stand in the construct's own chart. */
interface Group {
  readonly joint: Vertex;
  readonly members: ReadonlySet<Vertex>;
}

/** What objects depend on through the constructs they stand in, from the chart downwards. */
interface Chain {
  readonly above: Chain | undefined;
  readonly groups: readonly Group[];
  readonly joint: Vertex;
  /** Whether a dependency runs between a construct and one that stands in it. */
  readonly overlaps: boolean;
}

class ObjectGraph {
  /** One for each construct of the chart, in their order. */
  private readonly vertices: readonly Vertex[];
  private readonly chains: (Chain | undefined)[] = [];
  /** The place of the chart among the constructs of the app. */
  private readonly start: number;
  private readonly groups = new Map<IConstruct, Group>();
  private readonly wantedGroups = new Set<Group>();

  public constructor(
    private readonly chart: Chart,
    constructs: readonly IConstruct[],
    private readonly dependencies: Dependencies,
  ) {
    this.start = dependencies.placeOf(chart) ?? 0;
    this.vertices = constructs.map((construct) => new Vertex(construct));
    this.vertices.forEach((vertex, index) => this.addEdges(constructs[index] as IConstruct, vertex, index));
  }

  public order(faults: SynthFaults): IConstruct[] {
    // As in cdk8s, a construct that no other depends on comes first. A cycle that no such construct leads to is found
    // by the second part of the list.
    const { order, cycles } = depthFirst([...this.vertices.filter((vertex) => !vertex.wanted), ...this.vertices]);
    for (const cycle of cycles) {
      // A cycle of an inner chart is named there, one across charts by the order of the charts.
      if (cycle.some((construct) => this.dependencies.chartOf(construct) !== this.chart)) continue;
      const why = `must not depend on itself, got ${cycleText(cycle)}`;
      faults.note(cycle[0]?.node.path ?? '', `${why}; remove one of these dependencies`);
    }
    return order;
  }

  private addEdges(construct: IConstruct, vertex: Vertex, index: number): void {
    const all = this.dependencies.of(construct);
    const targets = all.length === 0 ? all : all.filter((target) => this.vertexOf(target) !== undefined);
    for (const target of targets) this.addEdge(vertex, this.vertexOf(target));
    const chain = this.chainOf(construct, targets);
    this.chains[index] = chain;
    for (const target of targets) this.markWanted(this.groupOf(construct), this.groupOf(target));
    if (chain === undefined || !ApiObject.isApiObject(construct)) return;
    if (chain.overlaps) addWithoutItself(vertex, chain);
    else vertex.dependOn(chain.joint);
  }

  private addEdge(vertex: Vertex, target: Vertex | undefined): void {
    if (target === undefined) return;
    target.wanted = true;
    vertex.dependOn(target);
  }

  private vertexOf(construct: IConstruct): Vertex | undefined {
    const index = this.indexOf(construct);
    return index < 0 ? undefined : this.vertices[index];
  }

  private indexOf(construct: IConstruct): number {
    return (this.dependencies.placeOf(construct) ?? -1) - this.start;
  }

  private chainOf(construct: IConstruct, targets: readonly IConstruct[]): Chain | undefined {
    const scope = construct.node.scope;
    const above = scope === undefined || Chart.isChart(construct) ? undefined : this.chains[this.indexOf(scope)];
    if (targets.length === 0) return above;
    const groups = targets.map((target) => this.groupOf(target));
    const joint = new Vertex();
    if (above !== undefined) joint.dependOn(above.joint);
    for (const group of groups) joint.dependOn(group.joint);
    const overlaps = (above?.overlaps ?? false) || targets.some((target) => related(construct, target));
    return { above, groups, joint, overlaps };
  }

  private groupOf(construct: IConstruct): Group {
    const known = this.groups.get(construct);
    if (known !== undefined) return known;
    const chart = this.dependencies.chartOf(construct);
    const joint = new Vertex();
    for (const inner of this.dependencies.within(construct)) {
      if (!ApiObject.isApiObject(inner) || this.dependencies.chartOf(inner) !== chart) continue;
      const vertex = this.vertexOf(inner);
      if (vertex !== undefined) joint.dependOn(vertex);
    }
    const group = { joint, members: new Set(joint.outbound) };
    this.groups.set(construct, group);
    return group;
  }

  private markWanted(sources: Group, targets: Group): void {
    if (sources.members.size === 0 || this.wantedGroups.has(targets)) return;
    const [only] = sources.members.size === 1 ? sources.members : [];
    for (const target of targets.members) if (target !== only) target.wanted = true;
    if (only === undefined || !targets.members.has(only)) this.wantedGroups.add(targets);
  }
}

/** Lays single edges where a group holds the object itself, which must not become a cycle. */
function addWithoutItself(vertex: Vertex, chain: Chain): void {
  const chains: Chain[] = [];
  for (let link: Chain | undefined = chain; link !== undefined; link = link.above) chains.unshift(link);
  for (const group of chains.flatMap((link) => link.groups)) {
    if (!group.members.has(vertex)) vertex.dependOn(group.joint);
    else for (const member of group.members) if (member !== vertex) vertex.dependOn(member);
  }
}

function related(construct: IConstruct, other: IConstruct): boolean {
  return construct.node.scopes.includes(other) || other.node.scopes.includes(construct);
}
