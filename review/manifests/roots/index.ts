import * as path from 'node:path';
import { withoutLogins } from '../../../constructs/shared/sensitive';
import { Severity } from '../../finding';
import { Input, InputFault } from '../input';
import { isObject, textAt } from '../json';
import { isKustomization, KUSTOMIZATION_FILES } from '../kustomize';
import { ReviewedManifest } from '../manifest';
import { Build, Part } from './build';
import { EngineRoot } from './engine-root';
import { engineRoots } from './engines';
import { substituted } from './flux';
import { Kustomization } from './kustomization';
import type { Root } from './root';
import { areSteps, deletionsOf, misplacedSteps } from './steps';
import { eachObject } from './transform';
import { Disk, Tree } from './tree';

/**
 * Says of each document which root it belongs to, and as what: one that several roots take stands once for each. A patch, or
 * a file that configures kustomize, is not a whole object, and is skipped; so is a manifest beside a Kustomization that no
 * Kustomization lists: nobody applies it. A listed file that does not exist is a warning.
 */
export function withRoots(input: Input, cwd: string, disk: Disk): Input {
  const tree = new Tree(input, cwd, disk);
  const kustomizations = tree
    .allFolders()
    .flatMap((folder) =>
      tree.in(folder).some((at) => KUSTOMIZATION_FILES.includes(path.basename(at))) ? tree.kustomization(folder) : [],
    )
    .filter((found) => found !== undefined);
  const placement = new Placement(tree, kustomizations, engineRoots(input.manifests, tree));
  const placed = placement.place(input.manifests);
  return placed === undefined ? input : { ...input, ...placed, faults: [...input.faults, ...placed.faults] };
}

const PART = 'a patch, or another file that is not a whole object, for';

type Placed = Pick<Input, 'manifests' | 'faults'>;

class Placement {
  private readonly faults: InputFault[] = [];
  private readonly used = new Set<string>();
  private readonly places = new Map<ReviewedManifest, { readonly root: Root; readonly part: Part }[]>();
  /** Every file and folder that a Kustomization takes. */
  private readonly applied: ReadonlySet<string>;

  constructor(
    private readonly tree: Tree,
    private readonly kustomizations: readonly Kustomization[],
    private readonly engines: readonly EngineRoot[],
  ) {
    this.applied = new Set(kustomizations.flatMap(({ applied }) => applied));
  }

  /** Undefined if there is no root but what the command line names. */
  public place(manifests: readonly ReviewedManifest[]): Placed | undefined {
    this.build();
    this.faults.push(...this.kustomizations.flatMap((one) => missing(one, this.tree.disk)));
    const steps = this.stepFolders();
    if (this.places.size === 0 && this.kustomizations.length === 0 && steps.size === 0) return undefined;
    const parts = new Map(this.kustomizations.flatMap((one) => one.parts.map((at) => [at, one] as const)));
    const placed = manifests.flatMap((manifest) => {
      const places = this.places.get(manifest);
      this.places.delete(manifest);
      if (places !== undefined) return places.map(({ root, part }) => asPart(part, root));
      const at = this.tree.pathOf(manifest.origin.file ?? '');
      if (manifest.origin.file === undefined) return manifest;
      // A patch deletes it.
      if (this.used.has(at)) return [];
      const user = parts.get(at);
      if (user !== undefined) return ReviewedManifest.passedBy(`${PART} ${user.name}`, manifest.origin);
      return this.unlisted(manifest, at) ?? withStep(manifest, steps.get(path.dirname(at)));
    });
    // What was read beside what was named: a base that stands elsewhere.
    const others = [...this.places.values()].flatMap((all) => all.map(({ root, part }) => asPart(part, root)));
    return { manifests: [...placed, ...others], faults: this.faults };
  }

  private build(): void {
    const folders = new Set(this.engines.map(({ folder }) => folder));
    const names = this.engines.map(({ folder }) => folder);
    const taken = new Set([...this.applied, ...folders]);
    for (const engine of this.engines) {
      const build = new Build(this.tree);
      this.take(engine, build, taken);
      if (build.parts.length === 0) continue;
      const folder = this.tree.nameOf(engine.folder);
      const isAlone = names.filter((name) => name === engine.folder).length === 1;
      const name = isAlone ? folder : `${folder} (${engine.title})`;
      const { kind, title, prunes } = engine;
      this.note(build, { name, kind, isOpen: build.isOpen, ...(prunes ? { prunedBy: title } : {}) });
    }
    for (const kustomization of this.kustomizations) {
      if (taken.has(kustomization.folder)) continue;
      const build = new Build(this.tree);
      build.add(kustomization);
      const isPart = textAt(kustomization.object, 'kind') === 'Component';
      if (isPart) for (const part of build.parts) part.isChanged = true;
      const name = this.tree.nameOf(kustomization.folder);
      this.note(build, { name, kind: 'kustomization', isOpen: build.isOpen || isPart });
    }
  }

  private take(engine: EngineRoot, build: Build, taken: Set<string>): void {
    const { folder, isRecursive, kind, namespace, keepsNamespaces, patches, components, variables } = engine;
    const own = this.tree.kustomization(folder);
    if (own !== undefined) build.add(own);
    else if (!this.tree.disk.exists(path.join(folder, CHART_FILE)))
      this.takeFolder(folder, build, taken, { isRecursive, withKustomizations: kind === 'flux' });
    for (const component of components) {
      taken.add(component);
      build.addOperand(component);
    }
    build.patch(patches, folder);
    if (namespace !== '' && !keepsNamespaces) build.setNamespace(namespace);
    if (namespace !== '' && keepsNamespaces) build.fillNamespace(namespace);
    if (variables !== undefined) {
      for (const part of build.parts) part.object = eachObject(part, (object) => substituted(object, variables));
    }
  }

  /** A folder without a Kustomization: Flux makes one of all that is below, Argo CD takes the files. */
  private takeFolder(
    folder: string,
    build: Build,
    taken: Set<string>,
    how: { readonly isRecursive: boolean; readonly withKustomizations: boolean },
  ): void {
    for (const at of this.tree.in(folder)) {
      if (this.tree.file(at)?.some(isApplicable) === true) build.addFile(at);
    }
    if (!how.isRecursive) return;
    for (const below of this.tree.foldersIn(folder)) {
      const kustomization = how.withKustomizations ? this.tree.kustomization(below) : undefined;
      if (kustomization === undefined) this.takeFolder(below, build, taken, how);
      else {
        taken.add(below);
        if (textAt(kustomization.object, 'kind') !== 'Component') build.add(kustomization);
      }
    }
  }

  private note(build: Build, root: Root): void {
    for (const at of build.files) this.used.add(at);
    for (const part of build.parts) {
      const places = this.places.get(part.manifest);
      if (places === undefined) this.places.set(part.manifest, [{ root, part }]);
      else places.push({ root, part });
    }
  }

  /** A manifest beside a Kustomization that does not list it; of a base that another takes no fault is made. */
  private unlisted(manifest: ReviewedManifest, at: string): ReviewedManifest[] | ReviewedManifest | undefined {
    if (!isApplicable(manifest) || this.applied.has(at)) return undefined;
    const beside = this.kustomizations.find(({ folder }) => folder === path.dirname(at));
    if (beside === undefined) return undefined;
    if (this.applied.has(beside.folder)) {
      return ReviewedManifest.passedBy(
        `no Kustomization lists it, so nobody applies it: ${beside.name}`,
        manifest.origin,
      );
    }
    const { file = '' } = manifest.origin;
    const message = `must be listed in 'resources' of ${beside.name}, or it is not applied with it`;
    if (!this.faults.some((fault) => fault.file === file)) this.faults.push(warning(file, message));
    return [];
  }

  private stepFolders(): ReadonlyMap<string, Root> {
    const steps = new Map<string, Root>();
    for (const folder of this.tree.allFolders()) {
      const files = this.tree.in(folder).filter((at) => this.tree.file(at)?.some(isApplicable) === true);
      if (!areSteps(files) || files.some((at) => this.used.has(at) || this.applied.has(at))) continue;
      if (this.tree.kustomization(folder) !== undefined) continue;
      const name = this.tree.nameOf(folder);
      const named = files.map((at) => this.tree.nameOf(at));
      steps.set(folder, { name, kind: 'steps', isOpen: false, deletions: deletionsOf(folder, named) });
      const [first, second] = misplacedSteps(named) ?? [];
      if (first === undefined) continue;
      const message = `must be named in the order of its steps: 'kubectl apply -f' takes ${first} before ${second}; write the numbers with as many digits`;
      this.faults.push(warning(name, message));
    }
    return steps;
  }
}

function asPart({ manifest, object, isChanged }: Part, root: Root): ReviewedManifest {
  return manifest.within(root, object, isChanged);
}

function withStep(manifest: ReviewedManifest, root: Root | undefined): ReviewedManifest {
  return root === undefined ? manifest : manifest.within(root);
}

function missing({ name, resources, components }: Kustomization, { exists }: Disk): InputFault[] {
  return [...resources, ...components]
    .filter(({ at }) => !exists(at))
    .map(({ list, given }) =>
      warning(name, `'${list}' must name files and folders that exist, got ${JSON.stringify(given)}`),
    );
}

/** https://helm.sh/docs/topics/charts/#the-chart-file-structure */
const CHART_FILE = 'Chart.yaml';

/** Whether a manifest is meant for a cluster; kustomize's own files do not belong in `resources` either. */
function isApplicable({ object, origin }: ReviewedManifest): boolean {
  if (!isObject(object) || isKustomization(object, origin.file)) return false;
  return textAt(object, 'apiVersion') !== '' && textAt(object, 'kind') !== '';
}

function warning(file: string, message: string): InputFault {
  return { file, severity: Severity.WARNING, message: withoutLogins(message) };
}
