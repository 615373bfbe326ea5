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
  public merged(found: readonly RootFinding[]): Finding[] {
    const shared = new Map<string, Set<string>>();
    const once = found.map(({ finding, root }) => {
      const { object, rule, field, message, accepted } = finding;
      if (root === undefined || (this.roots.get(documentKey(object))?.size ?? 0) <= 1) return { finding };
      const key = [documentKey(object), object.kind, object.name, rule, field, message, accepted].join('\0');
      const known = shared.get(key);
      if (known !== undefined) {
        known.add(root);
        return undefined;
      }
      const roots = new Set([root]);
      shared.set(key, roots);
      return { finding, roots };
    });
    return once.flatMap((entry) => {
      if (entry === undefined) return [];
      return entry.roots === undefined ? entry.finding : { ...entry.finding, roots: [...entry.roots].sort() };
    });
  }
}

/** A finding, and the root that it was found in. */
export interface RootFinding {
  readonly finding: Finding;
  readonly root: string | undefined;
}

function documentKey({ file, document }: { readonly file?: string; readonly document?: number }): string {
  return `${file}\0${document}`;
}
