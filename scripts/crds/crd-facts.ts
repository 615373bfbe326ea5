import { isObject } from '../../review/manifests/json';
import { Refusal } from '../refusal';
import { InputObject } from './crd-input';

const API_VERSION = 'apiextensions.k8s.io/v1';
const KIND = 'CustomResourceDefinition';

/** Keywords of a schema that say something to people and nothing to a validator. */
const PROSE = ['description', 'title', 'example', 'externalDocs'];
/** Keywords whose value is a schema, a list of schemas, or (`items`, `additionalProperties`) may be one. */
const SCHEMAS = ['items', 'additionalProperties', 'additionalItems', 'not', 'allOf', 'anyOf', 'oneOf'];
/** Keywords whose value maps names to schemas: `description` is a name there, and stays. */
const NAMED_SCHEMAS = ['properties', 'patternProperties', 'definitions', 'dependencies'];

/** A schema, and every other mapping, as it was read. */
type Mapping = Readonly<Record<string, unknown>>;

/** True for a CustomResourceDefinition of any API version. */
export function isCrd(object: Mapping): boolean {
  return object.kind === KIND && String(object.apiVersion).startsWith('apiextensions.k8s.io/');
}

/** The group that a CRD defines a kind of. */
export function groupOf({ object }: InputObject): string {
  const group = mapping(object.spec).group;
  return typeof group === 'string' ? group : '';
}

/** `metadata.labels` and `metadata.annotations`, empty where they are missing. */
export function originOf({ object }: InputObject): { readonly labels: Mapping; readonly annotations: Mapping } {
  const { labels, annotations } = mapping(object.metadata);
  return { labels: mapping(labels), annotations: mapping(annotations) };
}

/**
 * What a CRD says about its API: group, scope, names, and per version the schema, without prose and
 * without what a cluster adds. The order of keys does not depend on that of the input.
 *
 * The versions come in the order of Kubernetes' version priority, those that are served first: the
 * import gives the bare class name to the first, and KubeVirt lists its `v1alpha1` before `v1beta1`.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority
 */
export function crdFacts(crd: InputObject): Mapping & { readonly metadata: { readonly name: string } } {
  const { from, object } = crd;
  if (object.apiVersion !== API_VERSION) {
    const remedy = 'Kubernetes 1.22 and later know no other; a cluster converts what it stores';
    throw Refusal.of(from, `'apiVersion' of a CRD must be '${API_VERSION}'`, object.apiVersion, remedy);
  }
  const { group, scope, names, versions } = mapping(object.spec);
  const { plural, singular, kind, listKind, shortNames, categories } = mapping(names);
  const name = `${String(plural)}.${String(group)}`;
  const written = mapping(object.metadata).name;
  if (typeof kind !== 'string' || written !== name || !/^[a-z0-9.-]+$/.test(name)) {
    throw Refusal.of(from, "'metadata.name' of a CRD must be its plural and group", written);
  }
  if (!Array.isArray(versions) || versions.length === 0) {
    throw Refusal.of(from, `'spec.versions' of ${name} must be a list of versions`, versions);
  }
  return {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: { name },
    spec: {
      group,
      scope,
      names: defined({ plural, singular, kind, listKind, shortNames, categories }),
      versions: shared(versions.map((version, index) => versionFacts(from, index, mapping(version))).sort(byPriority)),
    },
  };
}

/** Versions of one schema share it: a file then holds it once, and refers to it. */
function shared(versions: readonly Mapping[]): Mapping[] {
  const schemas = new Map<string, unknown>();
  return versions.map((version) => {
    const text = JSON.stringify(version.schema);
    if (!schemas.has(text)) schemas.set(text, version.schema);
    return { ...version, schema: schemas.get(text) };
  });
}

function versionFacts(from: string, index: number, version: Mapping): Mapping {
  const schema = mapping(version.schema).openAPIV3Schema;
  const field = `'spec.versions[${index}].schema.openAPIV3Schema'`;
  if (!isObject(schema)) throw Refusal.of(from, `${field} must be a schema`, schema);
  const { name, served, storage, deprecated, subresources, selectableFields } = version;
  return defined({
    name,
    served,
    storage,
    deprecated,
    subresources: sorted(subresources),
    selectableFields: sorted(selectableFields),
    schema: { openAPIV3Schema: withoutProse(schema) },
  });
}

function withoutProse(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (!isObject(schema)) return schema;
  const facts = Object.entries(schema).filter(([keyword]) => !PROSE.includes(keyword));
  return sortedEntries(
    facts.map(([keyword, value]) => {
      if (SCHEMAS.includes(keyword)) return [keyword, withoutProse(value)];
      if (!NAMED_SCHEMAS.includes(keyword) || !isObject(value)) return [keyword, sorted(value)];
      return [keyword, sortedEntries(Object.entries(value).map(([name, of]) => [name, withoutProse(of)]))];
    }),
  );
}

function byPriority(a: Mapping, b: Mapping): number {
  if (a.served !== b.served) return a.served === true ? -1 : 1;
  const [x, y] = [priority(String(a.name)), priority(String(b.name))];
  const differing = x.findIndex((rank, index) => rank !== y[index]);
  return differing < 0 ? String(a.name).localeCompare(String(b.name), 'en') : (y[differing] ?? 0) - (x[differing] ?? 0);
}

/** Stability, major and minor of `v1`, `v1beta2` and `v1alpha3`; any other name comes last. */
function priority(version: string): readonly number[] {
  const [, major, stage, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  if (major === undefined) return [0, 0, 0];
  return [stage === undefined ? 3 : stage === 'beta' ? 2 : 1, Number(major), Number(minor ?? 0)];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  return isObject(value) ? sortedEntries(Object.entries(value).map(([key, of]) => [key, sorted(of)])) : value;
}

function sortedEntries(entries: readonly (readonly [string, unknown])[]): Mapping {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function defined(fields: Mapping): Mapping {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function mapping(value: unknown): Mapping {
  return isObject(value) ? value : {};
}
