import { isObject, textAt } from '../manifests/json';
import { Json } from '../rule';
import { alternatives, Issue, SchemaRule, shown } from './issue';
import { SCHEMAS } from './tree';

/**
 * Versions that a CRD serves with the schema of another one, by that one: KubeVirt, virt-operator/resource/generate/components/crds.go,
 * patchValidationForAllVersions. Releases stop to serve them one after the other (instancetype: kubevirt/kubevirt#14048),
 * and crds/ holds the stored version alone: none of these is said to be refused.
 */
const SAME_SCHEMA: ReadonlyMap<string, string> = new Map([
  ['kubevirt.io/v1alpha3', 'kubevirt.io/v1'],
  ['snapshot.kubevirt.io/v1alpha1', 'snapshot.kubevirt.io/v1beta1'],
  ['export.kubevirt.io/v1alpha1', 'export.kubevirt.io/v1beta1'],
  ['clone.kubevirt.io/v1alpha1', 'clone.kubevirt.io/v1beta1'],
  ['instancetype.kubevirt.io/v1alpha1', 'instancetype.kubevirt.io/v1beta1'],
  ['instancetype.kubevirt.io/v1alpha2', 'instancetype.kubevirt.io/v1beta1'],
]);

/** Served by newer releases (crds.go of main), with a schema that need not be the same: nothing is said of them. */
const NEWER: ReadonlySet<string> = new Set(['export.kubevirt.io/v1', 'pool.kubevirt.io/v1beta1']);

/** The version whose schema a version has. */
export function storedVersion(apiVersion: string): string {
  return SAME_SCHEMA.get(apiVersion) ?? apiVersion;
}

/**
 * Why no cluster with a release has such a type, where that is certain: a version of a kind that nobody ever served, a
 * kind that is mistyped, a group that no CRD can have. kubectl says "no matches for kind".
 */
export function unserved(sources: readonly string[], object: Json): Issue | undefined {
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  if (kind === '' || !isObject(object.metadata)) return undefined;
  for (const source of sources.filter((one) => /^(kubevirt|cdi)\//.test(one))) {
    const all = SCHEMAS.types(source);
    const groupOf = (version: string): string => version.slice(0, version.indexOf('/'));
    const inGroup = all.filter((type) => groupOf(type.apiVersion) === groupOf(apiVersion));
    const same = (apiVersion.includes('.') ? inGroup : all).filter((type) => type.kind === kind);
    if (same.length > 0) return unservedVersion(object, same);
    const elsewhere = /(^|\.)kubevirt\.io$/.test(groupOf(apiVersion)) ? all.filter((type) => type.kind === kind) : [];
    if (elsewhere.length > 0) return unservedVersion(object, elsewhere);
    const meant = inGroup.find((type) => type.kind.toLowerCase() === kind.toLowerCase().replace(/s$/, ''));
    if (meant === undefined) continue;
    const message = `'kind' must be one of ${apiVersion}, got ${shown(kind)}`;
    return { rule: SchemaRule.KIND, field: 'kind', message, remedy: `write '${meant.kind}'` };
  }
  return undefined;
}

/** The words that no other project's objects without a group begin with. */
const OURS = /^(VirtualMachine|KubeVirt$|DataVolume$|DataImportCron$)/;

function unservedVersion(object: Json, same: readonly { readonly apiVersion: string }[]): Issue | undefined {
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  const known = same.map((type) => type.apiVersion);
  if (!apiVersion.includes('.') && !OURS.test(kind)) return undefined;
  if (known.includes(storedVersion(apiVersion)) || NEWER.has(apiVersion)) return undefined;
  if (SCHEMAS.everyType().has(`${apiVersion}/${kind}`)) return undefined;
  const others = [...SAME_SCHEMA].filter(([, stored]) => known.includes(stored)).map(([version]) => version);
  const message = `'apiVersion' must be ${alternatives([...known, ...others])} for ${kind}, got ${shown(object.apiVersion)}`;
  return { rule: SchemaRule.VERSION, field: 'apiVersion', message, remedy: `write '${known[0]}'` };
}
