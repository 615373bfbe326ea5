import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy, Yaml } from 'cdk8s';
import { Construct, DependencyGroup } from 'constructs';
import * as fc from 'fast-check';
import { ManifestApp } from './manifest-app';

type Kind = 'chart' | 'construct' | 'object';
interface Branch {
  readonly kind: Kind;
  readonly integerId: boolean;
  readonly text: string;
  readonly under: number;
}
interface Tree {
  readonly branches: readonly Branch[];
  readonly dependencies: readonly (readonly [number, number])[];
}

/** Strings that a YAML 1.1 reader takes for something else when they are not quoted as they must be. */
const MISREAD = ['yes', 'off', '012', '0o14', '1e3', '~', 'null', '2001-12-14', '12:30:45', '.inf', '<<', '=', '- a'];
const TEXTS = fc.oneof(
  fc.constantFrom(...MISREAD, '', ' ', 'a: b', '# c', '@at', 'two\nlines\n', '\tfoo', 'x\r\ny', '🐧', `'"`, 'a\\b'),
  fc.string({ unit: 'grapheme' }),
);

const TREES: fc.Arbitrary<Tree> = fc.record({
  branches: fc.array(
    fc.record({
      kind: fc.constantFrom<Kind>('chart', 'construct', 'object', 'object'),
      integerId: fc.boolean(),
      text: TEXTS,
      under: fc.nat(),
    }),
    { minLength: 1, maxLength: 14 },
  ),
  dependencies: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }),
});

/** Builds a tree; `under` picks the parent among what stands already, an object goes into the nearest chart. */
function build(app: App, tree: Tree): void {
  const made: Construct[] = [new Chart(app, 'first')];
  const last = tree.branches.length;
  tree.branches.forEach(({ kind, integerId, text, under }, index) => {
    const parents: Construct[] = kind === 'object' ? made.filter((each) => hasChart(each)) : [app, ...made];
    const parent = parents[under % parents.length] ?? app;
    const id = integerId ? `${last - index}` : `n${index}`;
    if (kind === 'chart') made.push(new Chart(parent, id, { namespace: `ns${index}` }));
    else if (kind === 'construct') made.push(new Construct(parent, id));
    else made.push(object(parent, id, `o${index}`, { text, list: [text], lazy: Lazy.any({ produce: () => text }) }));
  });
  for (const [from, to] of tree.dependencies) {
    const [source, target] = [made[from % made.length], made[to % made.length]];
    // What depends on itself vanishes from the output of cdk8s without a word; here it is refused.
    if (source !== undefined && target !== undefined && source !== target) source.node.addDependency(target);
  }
}

function object(scope: Construct, id: string, name: string, data: Record<string, unknown> = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data } as never);
}

function hasChart(construct: Construct): boolean {
  return construct.node.scopes.some((scope) => Chart.isChart(scope));
}

function charts(app: App): Chart[] {
  return app.node.findAll().filter((construct) => Chart.isChart(construct)) as Chart[];
}

function stock(make: (app: App) => void): Record<string, string> | 'refused' {
  const app = new App({ outdir: 'unused' });
  make(app);
  try {
    const files = charts(app).map((chart) => [chart.node.path, Yaml.stringify(...Object.values(chart.toJson()))]);
    // Only the order of the charts makes cdk8s look for a cycle across charts.
    void app.charts;
    return Object.fromEntries(files);
  } catch {
    return 'refused';
  }
}

function ours(make: (app: App) => void): Record<string, string> | 'refused' {
  const folder = mkdtempSync(join(tmpdir(), 'order-'));
  const app = new ManifestApp({ outdir: join(folder, 'dist') });
  make(app);
  try {
    app.synth();
    return Object.fromEntries(
      charts(app).map(({ node }) => [node.path, readFileSync(join(folder, 'dist', `${node.path}.k8s.yaml`), 'utf8')]),
    );
  } catch (error) {
    if (/must not depend on itself|must stand in a chart/.test(String(error))) return 'refused';
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the order and the bytes of a chart', () => {
  test('are those of cdk8s, whatever the tree, and what it refuses is refused', () => {
    fc.assert(
      fc.property(TREES, (tree) => expect(ours((app) => build(app, tree))).toEqual(stock((app) => build(app, tree)))),
      { numRuns: 200 },
    );
  });

  test.each<[string, (chart: Chart) => void]>([
    [
      'a chart that depends on one of its objects',
      (chart) => {
        object(chart, 'a', 'a');
        object(chart, 'b', 'b');
        chart.addDependency(object(chart, 'c', 'c'));
      },
    ],
    [
      'an object that depends on the chart it stands in',
      (chart) => {
        object(chart, 'a', 'a').addDependency(chart);
        object(chart, 'b', 'b');
      },
    ],
    [
      'an object that depends on the construct it stands in, and another behind it',
      (chart) => {
        const group = new Construct(chart, 'group');
        const first = object(group, 'a', 'a');
        object(group, 'b', 'b');
        object(chart, 'z', 'z');
        first.node.addDependency(group);
      },
    ],
    [
      'an object that depends on the construct it stands in, and one that depends on that construct, too',
      (chart) => {
        const group = new Construct(chart, 'group');
        const first = object(group, 'a', 'a');
        object(group, 'b', 'b');
        object(chart, 'y', 'y');
        first.node.addDependency(group);
        object(chart, 'z', 'z').node.addDependency(group);
      },
    ],
    [
      'a construct of one object that depends on itself within a larger one',
      (chart) => {
        const [outer, inner] = [new Construct(chart, 'outer'), new Construct(chart, 'inner')];
        object(outer, 'a', 'a');
        object(outer, 'b', 'b');
        object(inner, 'c', 'c');
        inner.node.addDependency(outer);
        outer.node.addDependency(object(chart, 'z', 'z'));
      },
    ],
    [
      'a group of dependencies',
      (chart) => {
        const first = object(chart, 'a', 'a');
        first.node.addDependency(new DependencyGroup(object(chart, 'c', 'c'), object(chart, 'b', 'b')));
      },
    ],
    [
      'constructs of several objects',
      (chart) => {
        const [one, two] = [new Construct(chart, 'one'), new Construct(chart, 'two')];
        for (const id of ['a', 'b', 'c']) object(one, id, `one-${id}`);
        for (const id of ['x', 'y', 'z']) object(two, id, `two-${id}`);
        one.node.addDependency(two);
      },
    ],
  ])('is that of cdk8s with %s', (_, make) => {
    const inChart = (app: App): void => make(new Chart(app, 'chart'));
    const expected = stock(inChart);
    expect(expected).not.toBe('refused');
    expect(ours(inChart)).toEqual(expected);
  });

  test('are those of cdk8s with an L1 class, and an object, whose toJson was replaced', () => {
    class Typed extends ApiObject {
      public override toJson(): unknown {
        return { ...super.toJson(), typed: true };
      }
    }
    const make = (app: App): void => {
      const chart = new Chart(app, 'chart');
      new Typed(chart, 'typed', { apiVersion: 'v1', kind: 'Typed' });
      const plain = object(chart, 'plain', 'plain');
      const render = plain.toJson.bind(plain);
      plain.toJson = () => ({ ...render(), added: 'yes' });
    };
    expect(ours(make)).toEqual(stock(make));
    expect(ours(make)).toEqual({ chart: expect.stringMatching(/typed: true\n---\n[^]*added: "yes"\n$/) });
  });

  test('are those of a chart whose own toJson was replaced', () => {
    class Own extends Chart {
      public override toJson(): unknown[] {
        return [...super.toJson(), { kind: 'Own' }];
      }
    }
    const make = (app: App): void => void object(new Own(app, 'own'), 'a', 'a');
    expect(ours(make)).toEqual(stock(make));
    expect(ours(make)).toEqual({ own: expect.stringMatching(/---\nkind: Own\n$/) });
  });

  test('come out of a chain of 3,000 dependencies', () => {
    const app = new ManifestApp({ outdir: 'unused' });
    const chart = new Chart(app, 'chart');
    let before: ApiObject | undefined;
    for (let index = 0; index < 3000; index++) {
      const next = object(chart, `o${index}`, `o${index}`);
      before?.addDependency(next);
      before = next;
    }
    const names = app.synthYaml().match(/name: o\d+/g);
    expect(names).toHaveLength(3000);
    expect(names?.[0]).toBe('name: o2999');
    expect(names?.[2999]).toBe('name: o0');
  });
});

describe('a cycle', () => {
  test('fails with the paths of its constructs, once', () => {
    const app = new ManifestApp({ outdir: 'unused' });
    const chart = new Chart(app, 'chart');
    const [one, two] = [new Construct(chart, 'one'), new Construct(chart, 'two')];
    object(one, 'a', 'a');
    object(two, 'b', 'b');
    one.node.addDependency(two);
    two.node.addDependency(one);
    expect(() => app.synthYaml()).toThrow(
      new Error(
        'synthesis failed, the output stays as it was:\n' +
          '  [chart/one] must not depend on itself, got chart/one => chart/two => chart/one; remove one of these dependencies',
      ),
    );
  });

  test('fails with the dependencies behind it when it runs across charts', () => {
    const app = new ManifestApp({ outdir: 'unused' });
    const [one, two] = [new Chart(app, 'one'), new Chart(app, 'two')];
    const [a, b] = [object(one, 'a', 'a'), object(two, 'b', 'b')];
    a.addDependency(b);
    object(two, 'c', 'c').addDependency(object(one, 'd', 'd'));
    expect(() => app.charts).toThrow(
      '[one] must not depend on itself, got one => two => one (one/a => two/b, two/c => one/d); remove one',
    );
  });

  test('fails when an object depends on itself', () => {
    const app = new ManifestApp({ outdir: 'unused' });
    const self = object(new Chart(app, 'chart'), 'self', 'self');
    self.addDependency(self);
    expect(() => app.synthYaml()).toThrow('[chart/self] must not depend on itself, got chart/self => chart/self');
  });

  test('fails with the remedy when a construct outside of the charts has a dependency', () => {
    const app = new ManifestApp({ outdir: 'unused' });
    const [one, two] = [new Construct(app, 'one'), new Chart(app, 'two')];
    one.node.addDependency(two);
    expect(() => app.charts).toThrow(
      '[one] must stand in a chart to be part of a dependency (one => two); let the charts in it depend on one another',
    );
  });
});
