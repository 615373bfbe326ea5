import { ApiObject, App, Chart, IResolver, JsonPatch, Lazy, ResolutionContext, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import fc from 'fast-check';
import { BootableVM, CloudInit, ContainerDisk, SecondaryDisk, StorageClass } from '../index';
import { addObject } from '../shared/api-object';
import { codePoint } from '../shared/testing/code-point';
import { ChartAnnotations, longText, ObjectText, ObjectWriter } from './object-text';

const WAVE: ChartAnnotations = { 'argocd.argoproj.io/sync-wave': '3' };

const config = (props: object = {}, app = new App()): ApiObject =>
  new ApiObject(new Chart(app, 'chart'), 'settings', { apiVersion: 'v1', kind: 'ConfigMap', ...props });

const claim = (app: App, body: object): ApiObject =>
  addObject(new Chart(app, 'chart'), k8s.KubePersistentVolumeClaim, {}, body);

/** What is written of an object, and how often its own rendering was asked for. */
function written(object: ApiObject, annotation?: ChartAnnotations, writer = writerOf(object)): [ObjectText, number] {
  const render = jest.spyOn(ApiObject.prototype, 'toJson');
  // An object that inherits from ApiObject alone is known by the method itself, not by a spy in its place.
  try {
    return [writer.write(object, annotation), render.mock.calls.length];
  } finally {
    render.mockRestore();
  }
}

function writerOf(object: ApiObject): ObjectWriter {
  return new ObjectWriter(App.of(object).resolvers);
}

/** What a rendering gives, or says in its error. */
function outcome(render: () => ObjectText): unknown {
  try {
    return render();
  } catch (error) {
    return String(error);
  }
}

class Token {
  public constructor(private readonly given: unknown) {}

  public resolve(): unknown {
    return this.given;
  }
}

const text = fc.oneof(
  fc.constantFrom('', 'yes', '012', '---', 'a: b', 'a\nb\n', '\na', ' a\nb', 'é', '10Gi', 'docker://quay.io/x:1', '-'),
  fc.string({ unit: codePoint, maxLength: 8 }),
);
const scalar = fc.oneof(text, fc.boolean(), fc.integer(), fc.double(), fc.constantFrom(null, undefined, -0, 1e21));
const key = fc.oneof(
  text,
  fc.constantFrom(
    'b',
    'a',
    'Z',
    'labels',
    'annotations',
    'argocd.argoproj.io/sync-wave',
    'constructor',
    'name',
    '1',
    '10',
    '9',
    '__proto__',
    'value',
  ),
);
const { value: anyValue, map: anyMap } = fc.letrec<{ value: unknown; list: unknown; map: Record<string, unknown> }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree' },
      { arbitrary: scalar, weight: 6 },
      { arbitrary: tie('list'), weight: 2 },
      { arbitrary: tie('map'), weight: 3 },
      { arbitrary: tie('value').map((inner) => Lazy.any({ produce: () => inner }) as unknown), weight: 1 },
      { arbitrary: tie('value').map((inner) => new Token(inner)), weight: 1 },
      { arbitrary: text.map((inner) => k8s.Quantity.fromString(inner)), weight: 1 },
      { arbitrary: fc.integer().map((inner) => k8s.IntOrString.fromNumber(inner)), weight: 1 },
      { arbitrary: fc.constantFrom<unknown>(new Date(0), Symbol('a'), () => 1, new Map(), 1n), weight: 1 },
    ),
    list: fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'tree' }),
    map: fc
      .array(fc.tuple(key, tie('value')), { maxLength: 4, depthIdentifier: 'tree' })
      .map((entries) => Object.fromEntries(entries)),
  }),
);

describe('ObjectWriter', () => {
  it('writes every object of a plain ApiObject as its own rendering is written', () => {
    const body = fc.record({ spec: anyValue, data: anyMap, metadata: anyMap }, { requiredKeys: [] });
    const property = fc.property(body, fc.option(fc.constant(WAVE), { nil: undefined }), (given, annotation) => {
      let object: ApiObject;
      try {
        object = config(given);
      } catch {
        return;
      }
      const writer = writerOf(object);
      expect(outcome(() => writer.write(object, annotation))).toEqual(
        outcome(() => longText(object.toJson(), annotation)),
      );
    });
    const examples: [object, undefined][] = [[{ metadata: { constructor: 0, value: 0 } }, undefined]];
    fc.assert(property, { numRuns: 500, examples });
  });

  it('writes every object of a generated class as its own rendering is written', () => {
    const writer = new ObjectWriter(new App().resolvers);
    const spec = fc.record(
      {
        accessModes: fc.array(text, { maxLength: 2 }),
        resources: anyMap,
        selector: anyMap,
        volumeMode: anyValue,
        unknownField: anyValue,
      },
      { requiredKeys: [] },
    );
    const property = fc.property(spec, (given) => {
      const object = claim(new App(), { spec: given });
      expect(outcome(() => writer.write(object, WAVE))).toEqual(outcome(() => longText(object.toJson(), WAVE)));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('renders the first object of each shape alone', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    const writer = new ObjectWriter(App.of(chart).resolvers);
    const machines = ['first', 'second'].map((name) => {
      const vm = new BootableVM(chart, name, {
        bootDisk: ContainerDisk.of('quay.io/containerdisks/fedora:41'),
        memory: Size.gibibytes(1),
        cloudInit: CloudInit.of({ hostname: name }),
      });
      vm.attach(new SecondaryDisk(chart, `${name}-data`, { size: Size.gibibytes(1) }));
      vm.exposeSsh();
      return vm.node.findAll().filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
    });
    const counts = machines.map((objects) =>
      objects.map((object) => {
        const [text, renderings] = written(object, WAVE, writer);
        expect(text).toEqual(longText(object.toJson(), WAVE));
        return renderings;
      }),
    );
    expect(counts).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('leaves a shape whose fields the class drops to the class', () => {
    const app = new App();
    const object = claim(app, { spec: { resources: { requests: { storage: '1Gi' } }, colour: 'red' } });
    const writer = writerOf(object);
    for (const calls of [1, 1]) {
      const [{ text: whole }, rendered] = written(object, undefined, writer);
      expect(rendered).toBe(calls);
      expect(whole).toBe(
        'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: chart\nspec:\n  resources:\n    requests:\n      storage: null\n',
      );
    }
  });

  it('goes on with the class alone where the objects of a class are all unlike', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const writer = new ObjectWriter(app.resolvers);
    const renderings = Array.from({ length: 202 }, (_, index) => {
      const object = addObject(chart, k8s.KubeConfigMap, {}, { data: { [`key-${index}`]: 'a' } }, { id: `r${index}` });
      return [written(object, undefined, writer)[1], written(object, undefined, writer)[1]];
    });
    expect(renderings.slice(0, 200)).toEqual(Array.from({ length: 200 }, () => [1, 0]));
    expect(renderings.slice(200)).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('writes what overrides, patches and a class of the user make of an object', () => {
    class Renamed extends ApiObject {
      public override toJson(): unknown {
        return { ...(super.toJson() as object), kind: 'Renamed' };
      }
    }
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    const renamed = new Renamed(chart, 'renamed', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(written(renamed)[0].text).toContain('kind: Renamed\n');
    const patched = config({ data: { a: 'b' } });
    patched.addJsonPatch(JsonPatch.replace('/data/a', 'patched'));
    expect(written(patched)[0].text).toContain('a: patched\n');
    const disk = new SecondaryDisk(chart, 'disk', {
      size: Size.gibibytes(1),
      overrides: { spec: { volumeName: 'pv-1' } },
    });
    expect(written(disk.node.defaultChild as ApiObject)[0].text).toContain('volumeName: pv-1\n');
    const storageClass = new StorageClass(chart, 'fast', { provisioner: 'csi.example.com' });
    expect(written(storageClass.node.defaultChild as ApiObject)[0]).toMatchObject({
      identity: "StorageClass.storage.k8s.io 'fast'",
    });
  });

  it('asks resolvers of the app', () => {
    class Shouting implements IResolver {
      public resolve(context: ResolutionContext): void {
        if (context.value === 'quiet') context.replaceValue('loud');
      }
    }
    const object = config({ data: { a: 'quiet' } }, new App({ resolvers: [new Shouting()] }));
    expect(written(object)[0].text).toContain('a: loud\n');
  });

  it('renders nothing by itself where a resolver stands behind those of cdk8s', () => {
    const object = config({ data: { a: 'b' } });
    const own = App.of(object).resolvers;
    const more = new ObjectWriter([...own, { resolve: () => undefined }]);
    const other = new ObjectWriter([{ resolve: () => undefined }, ...own.slice(1)]);
    const counts = [new ObjectWriter(own), more, other].map((writer) => written(object, undefined, writer)[1]);
    expect(counts).toEqual([0, 1, 1]);
  });

  it.each([['kind'], ['name'], ['namespace']])('leaves an object whose %s is no text to its own rendering', (field) => {
    const given = Lazy.any({ produce: () => 'Lazy' }) as unknown;
    const object = config(field === 'kind' ? { kind: given } : { metadata: { [field]: given } });
    const [{ text: whole }, rendered] = written(object);
    expect([whole.includes(`${field}: Lazy\n`), rendered]).toEqual([true, 1]);
  });

  it('keeps the order of the keys where the environment asks for it', () => {
    process.env.CDK8S_DISABLE_SORT = 'true';
    try {
      expect(written(config({ data: { b: 'x', a: 'y' } }))[0].text).toContain('data:\n  b: x\n  a: "y"\n');
    } finally {
      delete process.env.CDK8S_DISABLE_SORT;
    }
  });

  it('keeps another value of the annotation of its chart', () => {
    const object = config({ metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '7', a: 'b' } } });
    expect(written(object, WAVE)[0].text).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n    argocd.argoproj.io/sync-wave: "7"\n  name: chart-settings-c83dcbfb\n',
    );
  });

  it.each([undefined, null, Lazy.any({ produce: () => undefined }) as unknown])(
    'has the annotation of its chart where its own has no value: %#',
    (value) => {
      const object = config({ metadata: { annotations: { 'argocd.argoproj.io/sync-wave': value, a: 'b' } } });
      expect(written(object, WAVE)[0].text).toContain(
        'annotations:\n    a: b\n    argocd.argoproj.io/sync-wave: "3"\n',
      );
    },
  );

  it('fails when the rendering of the object fails, with its error', () => {
    const object = config({
      data: Lazy.any({
        produce: () => {
          throw new Error('no value yet');
        },
      }),
    });
    expect(() => writerOf(object).write(object)).toThrow(/Failed serializing construct.*no value yet/);
  });
});
