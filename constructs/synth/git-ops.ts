import { ApiObject, Chart } from 'cdk8s';
import { Dependencies } from './dependencies';
import { identity } from './identity';
import { manifestText } from './manifest-text';
import { ChartAnnotations } from './object-text';

/** What Argo CD orders the objects of one application by: argo-cd docs/user-guide/sync-waves.md. */
const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

const KUSTOMIZATION = 'kustomization.yaml';

/**
 * What a GitOps engine needs beside the manifests: for each folder of charts a
 * `kustomization.yaml`, and on each object the wave of its step.
 *
 * A chart that is named as a step (`2-vms`) comes in a wave after the steps before it. Any other comes
 * after the charts that it depends on, and beside those that it does not: the engine waits for a wave to
 * be healthy, and a folder with a chart per VM shall not be started one VM at a time.
 *
 * A Kustomization refuses an object that stands twice. Where a later step restates an object, each
 * step of the folder stands in a folder of its own, with its own `kustomization.yaml`: what is
 * pointed at is one state.
 */
export class GitOpsLayout {
  private readonly steps = new Map<string, Chart[]>();
  private readonly restated = new Set<string>();
  private readonly waves = new Map<Chart, number>();

  /** @param charts Each after those it depends on. */
  public constructor(charts: readonly Chart[], dependencies: Dependencies) {
    for (const chart of charts) {
      const folder = folderOf(chart);
      const steps = this.steps.get(folder);
      if (steps === undefined) this.steps.set(folder, [chart]);
      else steps.push(chart);
    }
    for (const [folder, steps] of this.steps) {
      if (restates(steps, dependencies)) this.restated.add(folder);
      else this.layWaves(folder, steps, dependencies);
    }
  }

  /** The path of a chart's file, without its extension. */
  public pathOf(chart: Chart): string {
    return this.restated.has(folderOf(chart)) ? `${chart.node.path}/${chart.node.id}` : chart.node.path;
  }

  /** The paths of the Kustomizations. */
  public get paths(): string[] {
    return [...this.steps].flatMap(([folder, steps]) =>
      this.restated.has(folder)
        ? steps.map(({ node }) => join(node.path, KUSTOMIZATION))
        : [join(folder, KUSTOMIZATION)],
    );
  }

  /** The text of the Kustomization at one of `paths`. */
  public text(path: string, extension: string): string {
    const folder = path.slice(0, -KUSTOMIZATION.length).replace(/\/$/, '');
    const steps = this.restated.has(folder) ? undefined : this.steps.get(folder);
    const files = steps?.map(({ node }) => `${node.id}${extension}`) ?? [`${folder.replace(/^.*\//, '')}${extension}`];
    return manifestText({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: files });
  }

  /** The wave of a chart's step, which each of its objects is annotated with; undefined where the steps stand in folders of their own. */
  public waveOf(chart: Chart): ChartAnnotations | undefined {
    const wave = this.waves.get(chart);
    return wave === undefined ? undefined : { [SYNC_WAVE]: String(wave) };
  }

  private layWaves(folder: string, steps: readonly Chart[], dependencies: Dependencies): void {
    let nextStep = 0;
    for (const chart of steps) {
      const before = [...dependencies.wantedBy(chart)].filter((wanted) => folderOf(wanted) === folder);
      const free = Math.max(0, ...before.map((wanted) => (this.waves.get(wanted) ?? 0) + 1));
      const isStep = /^\d+-/.test(chart.node.id);
      const wave = isStep ? Math.max(free, nextStep) : free;
      if (isStep) nextStep = wave + 1;
      this.waves.set(chart, wave);
    }
  }
}

/**
 * Whether an object stands in two of the steps. Most names of an app are of one step alone: only objects whose name is of
 * several are told apart by all that makes their identity.
 */
function restates(steps: readonly Chart[], dependencies: Dependencies): boolean {
  const repeated = new Set<string>();
  const stepsByName = new Map<string, Chart>();
  eachObject(steps, dependencies, (object, step) => {
    const name = nameOf(object);
    if (name === undefined) return;
    const known = stepsByName.get(name);
    if (known === undefined) stepsByName.set(name, step);
    else if (known !== step) repeated.add(name);
  });
  if (repeated.size === 0) return false;
  const stepsByIdentity = new Map<string, Chart>();
  let isRestated = false;
  eachObject(steps, dependencies, (object, step) => {
    const name = nameOf(object);
    const key = name !== undefined && repeated.has(name) ? identityOf(object) : undefined;
    if (key === undefined) return;
    isRestated ||= (stepsByIdentity.get(key) ?? step) !== step;
    stepsByIdentity.set(key, step);
  });
  return isRestated;
}

function eachObject(
  steps: readonly Chart[],
  dependencies: Dependencies,
  visit: (object: ApiObject, step: Chart) => void,
): void {
  for (const step of steps) for (const object of dependencies.objectsOf(step)) visit(object, step);
}

/** The name that an object is written with; undefined of one without, and of one that cannot be rendered. */
function nameOf(object: ApiObject): string | undefined {
  const { name } = (isRenderedAsGiven(object) ? object.metadata : (rendered(object)?.metadata ?? {})) as {
    readonly name?: unknown;
  };
  return typeof name === 'string' ? name : undefined;
}

function identityOf(object: ApiObject): string | undefined {
  if (!isRenderedAsGiven(object)) return identity(rendered(object));
  const { apiVersion, kind, metadata } = object;
  return identity({ apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace } });
}

/** Whether its name and namespace are those of its metadata: nothing changes them afterwards. */
function isRenderedAsGiven(object: ApiObject): boolean {
  const { name, namespace } = object.metadata as { readonly name?: unknown; readonly namespace?: unknown };
  // Private in cdk8s's lib/api-object.js; without it every object is rendered.
  const { patches } = object as unknown as { readonly patches?: readonly unknown[] };
  const areTexts = typeof name === 'string' && (namespace === undefined || typeof namespace === 'string');
  return areTexts && patches?.length === 0 && !Object.hasOwn(object, 'toJson');
}

/** An object as it is rendered; what cannot be is reported when it is written. */
function rendered(object: ApiObject): { readonly metadata?: unknown } | undefined {
  try {
    return object.toJson() as { readonly metadata?: unknown };
  } catch {
    return undefined;
  }
}

function folderOf(chart: Chart): string {
  return chart.node.path.split('/').slice(0, -1).join('/');
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
