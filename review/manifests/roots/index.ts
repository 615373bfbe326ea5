import * as path from 'node:path';
import { Input } from '../input';
import { KUSTOMIZATION_FILES } from '../kustomize';
import { EngineRoot } from './engine-root';
import { engineRoots } from './engines';
import { Kustomization } from './kustomization';
import { KustomizeOutput } from './kustomize-output';
import { Placement } from './placement';
import { KustomizeBuild, RootBuilds } from './root-builds';
import { Disk, Tree } from './tree';

export type { KustomizeBuild, KustomizeOutput };

/** What of an input is applied together. */
export class Roots {
  private readonly tree: Tree;
  private readonly kustomizations: readonly Kustomization[];
  private readonly engines: readonly EngineRoot[];

  public constructor(
    private readonly input: Input,
    cwd: string,
    disk: Disk,
  ) {
    const tree = new Tree(input, cwd, disk);
    this.tree = tree;
    this.kustomizations = tree
      .allFolders()
      .flatMap((folder) =>
        tree.in(folder).some((at) => KUSTOMIZATION_FILES.includes(path.basename(at))) ? tree.kustomization(folder) : [],
      )
      .filter((found) => found !== undefined);
    this.engines = engineRoots(input.manifests, tree);
  }

  /** What kustomize may build of them, and what it may not. */
  public get builds(): readonly KustomizeBuild[] {
    const builds = this.rootBuilds();
    for (const root of builds.all()) void root;
    return builds.built;
  }

  /**
   * Says of each document which root it belongs to, and as what: one that several roots take stands once for each. A patch, or
   * a file that configures kustomize, is not a whole object, and is skipped; so is a manifest beside a Kustomization that no
   * Kustomization lists: nobody applies it. A listed file that does not exist is a warning.
   *
   * @param outputs What kustomize made, by the folders of the Kustomizations. What is not there is read without kustomize.
   */
  public placed(outputs?: ReadonlyMap<string, KustomizeOutput>): Input {
    const placement = new Placement(this.tree, this.kustomizations, this.rootBuilds(outputs));
    const placed = placement.place(this.input.manifests);
    return placed === undefined
      ? this.input
      : { ...this.input, ...placed, faults: [...this.input.faults, ...placed.faults] };
  }

  private rootBuilds(outputs?: ReadonlyMap<string, KustomizeOutput>): RootBuilds {
    return new RootBuilds(this.tree, this.kustomizations, this.engines, outputs);
  }
}
