import { Json } from '../../review/rule';
import { SCHEMAS } from '../../review/schema/tree';

/** The versions of each group that the constructs can make, the newest first. */
const HELD: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubevirt.io', ['v1']],
  ['cdi.kubevirt.io', ['v1beta1']],
  ['snapshot.kubevirt.io', ['v1beta1']],
  ['export.kubevirt.io', ['v1', 'v1beta1']],
  ['instancetype.kubevirt.io', ['v1beta1']],
  ['pool.kubevirt.io', ['v1beta1', 'v1alpha1']],
  ['clone.kubevirt.io', ['v1beta1']],
  ['snapshot.storage.k8s.io', ['v1']],
]);

/**
 * The version that an object is said in: the newest, in place of one that is served no more, or will not be. What an older
 * version says, the newest says in the same words.
 *
 * @param kubevirt The release that must serve it: `v1.8.4`. Without one the newest of all.
 */
export function raised({ apiVersion, kind }: Json, kubevirt?: string): unknown {
  const [group = '', version = ''] = String(apiVersion).split('/');
  const held = HELD.get(group);
  if (held === undefined || !/^v\d+((alpha|beta)\d+)?$/.test(version)) return apiVersion;
  const isServed = (one: string): boolean =>
    SCHEMAS.kind(`kubevirt/${kubevirt!}`, `${group}/${one}`, String(kind)) !== undefined;
  const best = kubevirt === undefined ? 0 : Math.max(0, held.findIndex(isServed));
  // A version that is too new for the release stays, and the review says so.
  return held.slice(0, best).includes(version) ? apiVersion : `${group}/${held[best]!}`;
}
