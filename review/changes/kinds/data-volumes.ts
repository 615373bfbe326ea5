import { isDeepStrictEqual } from 'node:util';
import { textAt, valueAt, withAt, wordOf } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';

/** What to do instead of changing a DataVolume, which is refused: its claim can grow, or another one be made. */
export function dataVolumeRemedy(old: Json, next: Json): { readonly remedy?: string } {
  if (textAt(next, 'kind') !== 'DataVolume') return {};
  for (const api of ['storage', 'pvc']) {
    const path = ['spec', api, 'resources', 'requests', 'storage'] as const;
    const [was, is] = [valueAt(old, ...path), valueAt(next, ...path)];
    const [from, to] = [parseQuantity(was), parseQuantity(is)];
    if (from === undefined || to === undefined || to <= from) continue;
    if (!isDeepStrictEqual(old.spec, withAt(next, path, was).spec)) continue;
    const name = textAt(next, 'metadata', 'name');
    return {
      remedy:
        `leave the DataVolume as it is, and grow its claim: set spec.resources.requests.storage: ${wordOf(is)} on ` +
        `PersistentVolumeClaim ${name} (kubectl edit pvc ${name})`,
    };
  }
  if (isDeepStrictEqual(old.spec, next.spec)) return {};
  return {
    remedy: `leave it as it is, and make a DataVolume of another name; machines that are to have the new disk must name that one`,
  };
}
