import { isObject, textAt } from '../manifests/json';
import { Json } from '../rule';
import { alternatives, Issue, nearest, SchemaRule, briefly } from './issue';
import { spanOf } from './releases';
import { SCHEMAS } from './tree';

/** Why a release serves no such type. */
export interface Unserved {
  readonly issue: Issue;
  /** The release that says so; undefined if every release does. */
  readonly source?: string;
  /** The releases that serve it, where others do: `KubeVirt since v1.7.4`. */
  readonly span?: string;
}

/** A type of a CRD. */
interface Type {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * Why a cluster of these releases has no such type: KubeVirt and CDI define every kind of their API groups, so that what a
 * held release does not serve does not exist there; kubectl says "no matches for kind". A group of another project is left alone.
 */
export function unserved(sources: readonly string[], object: Json): Unserved | undefined {
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  if (kind === '' || !isObject(object.metadata)) return undefined;
  const held = heldTypes();
  const servers = held.sources.get(`${apiVersion}/${kind}`);
  if (servers !== undefined) return elsewhere({ apiVersion, kind }, servers, sources);
  if (SCHEMAS.everyType().has(`${apiVersion}/${kind}`) || isOfOthers(apiVersion, kind)) return undefined;
  const group = groupOf(apiVersion);
  const isOurs = held.groups.has(group);
  const named = held.types.filter((type) => type.kind === kind);
  const same = named.filter((type) => groupOf(type.apiVersion) === group);
  if (same.length > 0) return { issue: wrongVersion(same, object) };
  if (named.length > 0 && (isOurs || isMeant(apiVersion, kind))) return { issue: wrongVersion(named, object) };
  return isOurs ? { issue: wrongKind(apiVersion, kind, held.types) } : undefined;
}

/** Kinds of kubevirt/kubevirt-migration-controller, api/migrations/v1alpha1, which shares a group with KubeVirt. */
const MIGRATION_CONTROLLER = /^(MultiNamespace)?VirtualMachineStorageMigration(Plan)?$/;

/** Whether another project serves a kind in a group of KubeVirt. */
function isOfOthers(apiVersion: string, kind: string): boolean {
  return groupOf(apiVersion) === 'migrations.kubevirt.io' && MIGRATION_CONTROLLER.test(kind);
}

/** What the held releases serve. */
interface HeldTypes {
  /** Those of KubeVirt and CDI. */
  readonly types: readonly Type[];
  readonly groups: ReadonlySet<string>;
  /** The releases that serve a type, older first. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

/** What comes with KubeVirt and CDI, whose groups may have had other kinds in releases that are not held. */
const OPERATORS = ['hco', 'ssp'];

let known: HeldTypes | undefined;

function heldTypes(): HeldTypes {
  if (known !== undefined) return known;
  const types = new Map<string, Type>();
  const sources = new Map<string, string[]>();
  for (const component of ['kubevirt', 'cdi', ...OPERATORS]) {
    // The newest release first: a remedy names its version.
    for (const source of SCHEMAS.sources(component).reverse()) {
      for (const type of SCHEMAS.types(source)) {
        const name = `${type.apiVersion}/${type.kind}`;
        if (!OPERATORS.includes(component)) types.set(name, type);
        sources.set(name, [source, ...(sources.get(name) ?? [])]);
      }
    }
  }
  const groups = new Set([...types.values()].map(({ apiVersion }) => groupOf(apiVersion)));
  return (known = { types: [...types.values()], groups, sources });
}

/** What is said of a type that no held release has. */
const NOWHERE = 'no release that is held serves it';

/** Of a type that other releases serve. */
function elsewhere({ apiVersion, kind }: Type, servers: readonly string[], sources: readonly string[]): Unserved {
  const component = servers[0]!.split('/')[0]!;
  const source = sources.find((one) => one.startsWith(`${component}/`))!;
  const served = SCHEMAS.types(source).filter(
    (type) => type.kind === kind && groupOf(type.apiVersion) === groupOf(apiVersion),
  );
  const span = spanOf(source, servers);
  const versions = served.map((type) => type.apiVersion);
  if (versions.length === 0) {
    const message = `'kind' must be one that the cluster serves, got ${briefly(kind)}`;
    return { source, span, issue: { rule: SchemaRule.KIND, field: 'kind', message } };
  }
  const message = `'apiVersion' must be ${alternatives(versions)} for ${kind}, got ${briefly(apiVersion)}`;
  return {
    source,
    span,
    issue: { rule: SchemaRule.VERSION, field: 'apiVersion', message, remedy: `write '${versions[0]}'` },
  };
}

function wrongVersion(types: readonly Type[], object: Json): Issue {
  const versions = types.map(({ apiVersion }) => apiVersion);
  const message = `'apiVersion' must be ${alternatives(versions)} for ${textAt(object, 'kind')}, got ${briefly(object.apiVersion)}; ${NOWHERE}`;
  return { rule: SchemaRule.VERSION, field: 'apiVersion', message, remedy: `write '${versions[0]}'` };
}

function wrongKind(apiVersion: string, kind: string, types: readonly Type[]): Issue {
  const kinds = types.filter((type) => groupOf(type.apiVersion) === groupOf(apiVersion)).map((type) => type.kind);
  const singular = kind.toLowerCase().replace(/s$/, '');
  const meant = kinds.find((one) => one.toLowerCase() === singular) ?? nearest(kind, new Set(kinds));
  const message = `'kind' must be one of ${apiVersion}, got ${briefly(kind)}; ${NOWHERE}`;
  const remedy = meant === undefined ? undefined : { remedy: `write '${meant}'` };
  return { rule: SchemaRule.KIND, field: 'kind', message, ...remedy };
}

/** The words that the kinds of no other project without a group begin with. */
const OURS = /^(VirtualMachine|KubeVirt$|DataVolume$|DataImportCron$)/;

/** Whether a kind of ours is meant, though its group is not one of ours: one that is mistyped, or was never served. */
function isMeant(apiVersion: string, kind: string): boolean {
  return apiVersion.includes('.') ? /(^|\.)kubevirt\.io$/.test(groupOf(apiVersion)) : OURS.test(kind);
}

/** The group of a type; what has no slash is a version of the core group, unless it is a group whose version was forgotten. */
function groupOf(apiVersion: string): string {
  if (apiVersion.includes('/')) return apiVersion.replace(/\/[^]*/, '');
  return apiVersion.includes('.') ? apiVersion : '';
}
