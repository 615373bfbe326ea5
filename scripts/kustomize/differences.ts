import { isDeepStrictEqual } from 'node:util';
import { Input } from '../../review/manifests/input';
import { textAt } from '../../review/manifests/json';
import { isKustomization } from '../../review/manifests/kustomize';
import { Reviewed } from '../../review/manifests/manifest';
import { objectsOf } from '../../review/manifests/objects';

/** An object of a root. */
interface Placed {
  readonly title: string;
  readonly reviewed: Reviewed;
  /** Whether it is generated: kustomize puts a hash behind its name. */
  readonly isGenerated: boolean;
}

/**
 * Where the reading without kustomize says another thing than kustomize: an object more or less, or another content of an
 * object that it does not call changed.
 */
export function differences(read: Input, built: Input): string[] {
  const [ours, theirs] = [byRoot(read), byRoot(built)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((root) => {
    const rest = new Set(theirs.get(root) ?? []);
    const lost = (ours.get(root) ?? []).flatMap((placed) => {
      const match = [...rest].find((other) => isSame(placed, other));
      if (match === undefined) return [`${root}: kustomize does not make ${placed.title}`];
      rest.delete(match);
      const isEqual = isDeepStrictEqual(plain(placed), plain(match));
      const isTold = placed.isGenerated || placed.reviewed.isChanged === true;
      return isEqual || isTold ? [] : [`${root}: kustomize makes another ${placed.title}`];
    });
    return [...lost, ...[...rest].map(({ title }) => `${root}: only kustomize makes ${title}`)];
  });
}

function byRoot({ manifests }: Input): Map<string, Placed[]> {
  const roots = new Map<string, Placed[]>();
  for (const manifest of manifests) {
    const { root } = manifest;
    if (root === undefined || root.kind === 'steps') continue;
    const isGenerated = isKustomization(manifest.object, manifest.origin.file);
    const placed = objectsOf(manifest).objects.map((reviewed) => ({ title: titleOf(reviewed), reviewed, isGenerated }));
    roots.set(root.name, [...(roots.get(root.name) ?? []), ...placed]);
  }
  return roots;
}

function titleOf({ object }: Reviewed): string {
  const namespace = textAt(object, 'metadata', 'namespace');
  return `${textAt(object, 'kind')} ${namespace === '' ? '' : `${namespace}/`}${textAt(object, 'metadata', 'name')}`;
}

function isSame(ours: Placed, theirs: Placed): boolean {
  return ours.isGenerated ? theirs.title.startsWith(`${ours.title}-`) : ours.title === theirs.title;
}

/** As JSON says it: kustomize writes what it read in its own order. */
function plain({ reviewed }: Placed): unknown {
  return JSON.parse(JSON.stringify(reviewed.object));
}
