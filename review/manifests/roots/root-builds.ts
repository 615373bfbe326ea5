import * as path from 'node:path';
import { printable } from '../../../constructs/shared/printable';
import { withoutLogins } from '../../../constructs/shared/sensitive';
import { Severity } from '../../finding';
import { InputFault } from '../input';
import { isObject, textAt } from '../json';
import { isKustomization } from '../kustomize';
import { ReviewedManifest } from '../manifest';
import { Build } from './build';
import { isWithin, refusalOf } from './buildable';
import { EngineRoot } from './engine-root';
import { substituted } from './flux';
import { Kustomization } from './kustomization';
import { KustomizeOutput } from './kustomize-output';
import { repositoryRoots } from './repository';
import type { Root } from './root';
import { eachObject } from './transform';
import { Tree } from './tree';

/** A Kustomization that kustomize may build, or why it may not. */
export interface KustomizeBuild {
  /** Its folder, as an absolute path. */
  readonly folder: string;
  readonly kustomization: Kustomization;
  /** Whether it may take files of other folders, as Flux lets it. */
  readonly isLoose: boolean;
  /** Why it is not built; empty if another fault says it. */
  readonly refusal?: string;
}

/** What each root takes: of a Kustomization that no other takes, and of the engines that the objects of the tree name. */
export class RootBuilds {
  /** Every file and folder that a Kustomization takes. */
  public readonly applied: ReadonlySet<string>;
  private readonly met = new Map<string, KustomizeBuild>();

  /** @param outputs What kustomize made, by folder; undefined if it is not asked. */
  constructor(
    private readonly tree: Tree,
    private readonly kustomizations: readonly Kustomization[],
    private readonly engines: readonly EngineRoot[],
    private readonly outputs?: ReadonlyMap<string, KustomizeOutput>,
  ) {
    this.applied = new Set(kustomizations.flatMap(({ applied }) => applied));
  }

  /** The roots, one after the other. */
  public *all(): Generator<{ readonly build: Build; readonly root: Root }> {
    const names = this.engines.map(({ folder }) => folder);
    const known = new Set<string>();
    const taken = new Set([...this.applied, ...names]);
    for (const engine of this.engines) {
      const build = new Build(this.tree);
      this.take(engine, build, taken);
      if (build.parts.length === 0) continue;
      const [first] = this.namesOf(engine).filter((one) => !known.has(one));
      const name = first ?? `${this.namesOf(engine).at(-1)}, ${known.size + 1}`;
      known.add(name);
      const { kind, title, prunes } = engine;
      yield { build, root: { name, kind, isOpen: build.isOpen, ...(prunes ? { prunedBy: title } : {}) } };
    }
    for (const kustomization of this.kustomizations) {
      if (taken.has(kustomization.folder)) continue;
      const build = new Build(this.tree);
      const isPart = textAt(kustomization.object, 'kind') === 'Component';
      this.add(build, kustomization, 'kustomization');
      if (isPart) for (const part of build.parts) part.isChanged = true;
      const name = this.tree.nameOf(kustomization.folder);
      yield { build, root: { name, kind: 'kustomization', isOpen: build.isOpen || isPart } };
    }
  }

  /** The Kustomizations that the roots begin with, once `all` was walked. */
  public get built(): readonly KustomizeBuild[] {
    return [...this.met.values()];
  }

  /** What kustomize did not build. */
  public failures(): InputFault[] {
    return this.built.flatMap(({ folder, kustomization: { name } }) => {
      const output = this.outputs?.get(folder);
      if (output === undefined || !('failure' in output)) return [];
      const message = `kustomize does not build it: ${printable(withoutLogins(output.failure))}; ${UNBUILT}`;
      return [{ file: name, severity: Severity.WARNING, message }];
    });
  }

  /** What kustomize was not asked to build. */
  public refusals(): ReviewedManifest[] {
    if (this.outputs === undefined) return [];
    return this.built.flatMap(({ refusal = '', kustomization: { manifest } }) =>
      refusal === ''
        ? []
        : [ReviewedManifest.passedBy(`not built with kustomize, as it ${refusal}: ${UNBUILT}`, manifest.origin)],
    );
  }

  /** What the root of an engine may be called: its folder, and more where others have the same. */
  private namesOf({ folder, title, file }: EngineRoot): string[] {
    const name = this.tree.nameOf(folder);
    const same = this.engines.filter((other) => other.folder === folder);
    if (same.length === 1) return [name];
    const isAlone = same.filter((other) => other.title === title).length === 1;
    return [...(isAlone ? [`${name} (${title})`] : []), `${name} (${title} of ${file})`];
  }

  private add(build: Build, kustomization: Kustomization, kind: Root['kind']): void {
    const { folder } = kustomization;
    if (textAt(kustomization.object, 'kind') === 'Component') return build.add(kustomization);
    if (!this.met.has(folder)) this.met.set(folder, this.toBuild(kustomization, kind));
    const output = this.outputs?.get(folder);
    if (output === undefined || 'failure' in output) build.add(kustomization);
    else build.addBuilt(kustomization, output);
  }

  private toBuild(kustomization: Kustomization, kind: Root['kind']): KustomizeBuild {
    const { folder, manifest } = kustomization;
    const [limit = folder] = repositoryRoots(manifest, this.tree);
    const isLoose = kind === 'flux' && isWithin(kustomization, limit, this.tree);
    return { folder, kustomization, isLoose, refusal: refusalOf(kustomization, this.tree) };
  }

  private take(engine: EngineRoot, build: Build, taken: Set<string>): void {
    const { folder, isRecursive, kind, namespace, keepsNamespaces, patches, components, variables } = engine;
    const own = this.tree.kustomization(folder);
    if (own !== undefined) this.add(build, own, kind);
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
        if (textAt(kustomization.object, 'kind') !== 'Component') this.add(build, kustomization, 'flux');
      }
    }
  }
}

const UNBUILT = 'what its patches, prefixes and generators touch is not judged for what it lacks';

/** https://helm.sh/docs/topics/charts/#the-chart-file-structure */
const CHART_FILE = 'Chart.yaml';

/** Whether a manifest is meant for a cluster; kustomize's own files do not belong in `resources` either. */
export function isApplicable({ object, origin }: ReviewedManifest): boolean {
  if (!isObject(object) || isKustomization(object, origin.file)) return false;
  return textAt(object, 'apiVersion') !== '' && textAt(object, 'kind') !== '';
}
