import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { cycleText, depthFirst, Vertex } from './depth-first';
import { SynthFaults } from './synth-faults';

const NONE: readonly IConstruct[] = [];

/** Charts that should come before others, by the chart that they should come before. */
export type LateCharts = ReadonlyMap<Chart, ReadonlySet<Chart>>;

/**
 * The dependencies of a whole app, resolved once by the rules of cdk8s: a chart depends on the
 * charts that stand directly in it, and on the chart of everything that its constructs depend on.
 *
 * @see https://cdk8s.io/docs/latest/basics/dependencies/
 */
export class Dependencies {
  /** Every construct of the app, each before those that stand in it. */
  public readonly constructs: IConstruct[] = [];

  /** Every chart of the app, in the order of definition. */
  public readonly charts: Chart[] = [];

  /** The place of a construct in `constructs`; by place, the chart it stands in, and the place after the last one in it. */
  private readonly places = new Map<IConstruct, number>();
  private readonly chartsByPlace: (Chart | undefined)[] = [];
  private readonly ends: number[] = [];
  private readonly direct = new Map<IConstruct, readonly IConstruct[]>();
  /** The charts that a chart depends on, and the dependency that made it so. */
  private readonly lifted = new Map<IConstruct, Map<Chart, string>>();

  public constructor(
    app: IConstruct,
    private readonly faults: SynthFaults,
  ) {
    this.enter(app, undefined);
    for (const construct of this.constructs) this.readDirect(construct);
    for (const chart of this.charts) this.readNested(chart);
    for (const [source, targets] of this.direct) for (const target of targets) this.lift(source, target);
  }

  /** The place of a construct in `constructs`; undefined of one of another tree. */
  public placeOf(construct: IConstruct): number | undefined {
    return this.places.get(construct);
  }

  /** A construct and all that stands in it. */
  public within(construct: IConstruct): readonly IConstruct[] {
    const place = this.places.get(construct);
    return place === undefined ? construct.node.findAll() : this.constructs.slice(place, this.ends[place]);
  }

  /** The objects of a chart, in the order of definition; those of charts in it are not among them. */
  public objectsOf(chart: Chart): ApiObject[] {
    const objects: ApiObject[] = [];
    const start = this.places.get(chart);
    if (start === undefined) return objects;
    const end = this.ends[start] as number;
    for (let place = start; place < end; place += 1) {
      const construct = this.constructs[place] as IConstruct;
      if (this.chartsByPlace[place] === chart && ApiObject.isApiObject(construct)) objects.push(construct as ApiObject);
    }
    return objects;
  }

  /** The chart in which a construct stands, if any. */
  public chartOf(construct: IConstruct): Chart | undefined {
    const place = this.places.get(construct);
    return place === undefined ? outsideChart(construct) : this.chartsByPlace[place];
  }

  /** What a construct depends on: what was said of itself first, then what it has as a chart. */
  public of(construct: IConstruct): readonly IConstruct[] {
    const direct = this.direct.get(construct) ?? NONE;
    const lifted = this.lifted.get(construct);
    return lifted === undefined ? direct : [...new Set([...direct, ...lifted.keys()])];
  }

  /** Whether a construct depends on anything. */
  public isDependent(construct: IConstruct): boolean {
    return this.direct.has(construct) || this.lifted.has(construct);
  }

  /** The charts that a chart depends on. */
  public wantedBy(chart: Chart): Iterable<Chart> {
    return this.lifted.get(chart)?.keys() ?? [];
  }

  /**
   * The charts, each after those it depends on, else in the order of definition.
   *
   * @param lateOf The charts that should come before one, as far as no dependency is against it.
   */
  public chartOrder(lateOf: (order: readonly Chart[]) => LateCharts = () => new Map()): Chart[] {
    const vertices = new Map(this.charts.map((chart) => [chart, new Vertex(chart)]));
    for (const [chart, vertex] of vertices) {
      for (const target of this.wantedBy(chart)) {
        const wanted = vertices.get(target);
        if (wanted !== undefined) vertex.dependOn(wanted);
      }
    }
    const { order, cycles } = depthFirst(vertices.values());
    for (const cycle of cycles) this.noteCycle(cycle as Chart[]);
    const late = cycles.length > 0 ? new Map() : lateOf(order as Chart[]);
    if (late.size === 0) return order as Chart[];
    for (const [chart, holders] of late) {
      const vertex = vertices.get(chart);
      for (const holder of holders) {
        const wanted = vertices.get(holder);
        if (vertex !== undefined && wanted !== undefined && !reaches(wanted, vertex)) vertex.dependOn(wanted);
      }
    }
    return depthFirst(vertices.values()).order as Chart[];
  }

  private enter(construct: IConstruct, above: Chart | undefined): void {
    const chart = Chart.isChart(construct) ? (construct as Chart) : above;
    const place = this.constructs.push(construct) - 1;
    this.places.set(construct, place);
    this.chartsByPlace.push(chart);
    if (chart === construct) this.charts.push(chart);
    for (const child of construct.node.children) this.enter(child, chart);
    this.ends[place] = this.constructs.length;
  }

  private readDirect(construct: IConstruct): void {
    try {
      const { dependencies } = construct.node;
      if (dependencies.length > 0) this.direct.set(construct, dependencies);
    } catch (error) {
      this.faults.report(construct, error);
    }
  }

  private readNested(chart: Chart): void {
    for (const child of chart.node.children) {
      if (Chart.isChart(child)) this.wants(chart, child as Chart, `${child.node.path} stands in ${chart.node.path}`);
    }
  }

  private lift(source: IConstruct, target: IConstruct): void {
    const [from, to] = [this.chartOf(source), this.chartOf(target)];
    for (const [construct, chart] of [[source, from] as const, [target, to] as const]) {
      if (chart !== undefined) continue;
      const why = `must stand in a chart to be part of a dependency (${arrow(source, target)})`;
      this.faults.note(construct.node.path, `${why}; let the charts in it depend on one another`);
    }
    if (from !== undefined && to !== undefined && from !== to) this.wants(from, to, arrow(source, target));
  }

  private wants(chart: Chart, target: Chart, reason: string): void {
    const wanted = this.lifted.get(chart) ?? new Map<Chart, string>();
    if (!wanted.has(target)) wanted.set(target, reason);
    this.lifted.set(chart, wanted);
  }

  private noteCycle(cycle: readonly Chart[]): void {
    const reasons = cycle.map((chart, index) => {
      const next = cycle[(index + 1) % cycle.length];
      return next === undefined ? '' : (this.lifted.get(chart)?.get(next) ?? '');
    });
    const why = `must not depend on itself, got ${cycleText(cycle)} (${reasons.join(', ')})`;
    this.faults.note(cycle[0]?.node.path ?? '', `${why}; remove one of these dependencies`);
  }
}

function reaches(from: Vertex, to: Vertex): boolean {
  const seen = new Set([from]);
  for (const vertex of seen) for (const next of vertex.outbound) seen.add(next);
  return seen.has(to);
}

/** The chart of a construct that is no longer in the tree, or stands in another one. */
function outsideChart(construct: IConstruct): Chart | undefined {
  return [...construct.node.scopes].reverse().find((scope) => Chart.isChart(scope)) as Chart | undefined;
}

function arrow(source: IConstruct, target: IConstruct): string {
  return `${source.node.path} => ${target.node.path}`;
}
