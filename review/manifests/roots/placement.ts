import * as path from 'node:path';
import { withoutLogins } from '../../../constructs/shared/sensitive';
import { Severity } from '../../finding';
import { Input, InputFault } from '../input';
import { ReviewedManifest } from '../manifest';
import type { Build } from './build';
import type { Kustomization } from './kustomization';
import type { Part } from './part';
import type { Root } from './root';
import { isApplicable, RootBuilds } from './root-builds';
import { areSteps, deletionsOf, haltsOf, misplacedSteps } from './steps';
import type { Disk, Tree } from './tree';

const PART = 'a patch, or another file that is not a whole object, for';

type Placed = Pick<Input, 'manifests' | 'faults'>;

/** Says of each document of an input which roots take it, and of which it is only a part. */
export class Placement {
  private readonly faults: InputFault[] = [];
  private readonly used = new Set<string>();
  private readonly places = new Map<ReviewedManifest, { readonly root: Root; readonly part: Part }[]>();
  /** Every file and folder that a Kustomization takes. */
  private readonly applied: ReadonlySet<string>;

  constructor(
    private readonly tree: Tree,
    private readonly kustomizations: readonly Kustomization[],
    private readonly builds: RootBuilds,
  ) {
    this.applied = builds.applied;
  }

  /** Undefined if there is no root but what the command line names. */
  public place(manifests: readonly ReviewedManifest[]): Placed | undefined {
    for (const { build, root } of this.builds.all()) this.note(build, root);
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
    this.faults.push(...this.builds.failures());
    return { manifests: [...placed, ...others, ...this.builds.refusals()], faults: this.faults };
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
      if (!areSteps(files) || files.some((at) => this.used.has(at))) continue;
      if (this.tree.kustomization(folder) !== undefined) continue;
      const name = this.tree.nameOf(folder);
      const named = files.map((at) => this.tree.nameOf(at));
      const [deletions, halts] = [deletionsOf(folder, named), haltsOf(folder, named)];
      steps.set(folder, { name, kind: 'steps', isOpen: false, deletions, halts });
      const [first, second] = misplacedSteps(named) ?? [];
      if (first === undefined) continue;
      const message = `must be named in the order of its steps: 'kubectl apply -f' takes ${first} before ${second}; write the numbers with as many digits`;
      this.faults.push(warning(name, message));
    }
    return steps;
  }
}

function asPart({ manifest, object, isChanged, touched }: Part, root: Root): ReviewedManifest {
  return manifest.within(root, object, isChanged, touched);
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

function warning(file: string, message: string): InputFault {
  return { file, severity: Severity.WARNING, message: withoutLogins(message) };
}
