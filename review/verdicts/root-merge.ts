import { Finding } from '../finding';
import { Reviewed } from '../manifests/manifest';

/** The objects of each root, in the order of the first of each. */
export function byRoot(objects: readonly Reviewed[]): readonly (readonly Reviewed[])[] {
  const roots = new Map<string | undefined, Reviewed[]>();
  for (const reviewed of objects) {
    const name = reviewed.root?.name;
    const same = roots.get(name);
    if (same === undefined) roots.set(name, [reviewed]);
    else same.push(reviewed);
  }
  return [...roots.values()];
}

/** Which roots take each document, as far as any does. */
export class RootsOfDocuments {
  private readonly roots = new Map<string, Set<string>>();
  /** Pairs of roots that take a document together. */
  private readonly together = new Set<string>();

  constructor(objects: readonly Reviewed[]) {
    for (const { origin, root } of objects) {
      if (root === undefined) continue;
      const key = documentKey(origin);
      const same = this.roots.get(key);
      if (same === undefined) this.roots.set(key, new Set([root.name]));
      else same.add(root.name);
    }
    for (const roots of this.roots.values()) {
      if (roots.size > 1) for (const one of roots) for (const other of roots) this.together.add(`${one}\0${other}`);
    }
  }

  /** Whether two roots take no document together. */
  public areApart(one: { readonly objects: readonly Reviewed[] }, other: typeof one): boolean {
    const [root, its] = [one.objects[0]?.root?.name ?? '', other.objects[0]?.root?.name ?? ''];
    return !this.together.has(`${root}\0${its}`);
  }

  /** Whether the document of an object stands for it in another root before this one. */
  public isRepeated({ origin, root }: Reviewed): boolean {
    const [first] = this.roots.get(documentKey(origin)) ?? [];
    return root !== undefined && first !== root.name;
  }

  /** Findings of a document that several roots take, each once, with the roots that it holds for. */
  public merged({ all, roots: rootOf }: RootFindings): readonly Finding[] {
    if (this.together.size === 0) return all;
    const shared = new Map<string, Set<string>>();
    const rootsOf = new Map<Finding, Set<string>>();
    const once = all.filter((finding, index) => {
      const { object, rule, field, message, accepted } = finding;
      const root = rootOf[index];
      if (root === undefined || (this.roots.get(documentKey(object))?.size ?? 0) <= 1) return true;
      const key = [documentKey(object), object.kind, object.name, rule, field, message, accepted].join('\0');
      const known = shared.get(key);
      if (known !== undefined) {
        known.add(root);
        return false;
      }
      const roots = new Set([root]);
      shared.set(key, roots);
      rootsOf.set(finding, roots);
      return true;
    });
    return once.map((finding) => {
      const roots = rootsOf.get(finding);
      return roots === undefined ? finding : { ...finding, roots: [...roots].sort() };
    });
  }
}

/** Findings, and the root that each was found in: two lists, as there may be a million. */
export class RootFindings {
  public readonly all: Finding[] = [];
  public readonly roots: (string | undefined)[] = [];

  public add(finding: Finding, root: string | undefined): void {
    this.all.push(finding);
    this.roots.push(root);
  }
}

function documentKey({ file, document }: { readonly file?: string; readonly document?: number }): string {
  return `${file}\0${document}`;
}
