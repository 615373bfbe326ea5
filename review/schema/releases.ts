import { textAt } from '../manifests/json';
import { Json } from '../rule';
import { FieldPath } from './issue';
import { NodeType } from './node';
import { KindSchema, KUBERNETES, Node, SCHEMAS } from './tree';

/** Releases of KubeVirt and CDI that go together. */
export interface ReleasePair {
  /** Release of KubeVirt: `v1.6.2`. */
  readonly kubevirt: string;
  /** Release of CDI: `v1.63.1`. */
  readonly cdi: string;
}

/** The pair whose webhooks the admission rules were first written from; a rule that another release changed says so. */
export const ADMISSION_PAIR: ReleasePair = { kubevirt: 'v1.6.2', cdi: 'v1.63.1' };

/**
 * The pair that the admission rules are of.
 *
 * @deprecated use `ADMISSION_PAIR`; the next minor version drops this name
 */
export const LAB: ReleasePair = ADMISSION_PAIR;

/** Every pair that there are schemas of, older first. */
export function allPairs(): ReleasePair[] {
  return SCHEMAS.pairs.map(({ kubevirt, cdi }) => ({ kubevirt, cdi }));
}

/** The release of another component that goes with one of KubeVirt: `hco`, `ssp`; undefined if that is not held. */
export function goingWith(kubevirt: string, component: string): string | undefined {
  return SCHEMAS.pairs.find((pair) => pair.kubevirt === kubevirt)?.[component];
}

/** Where a schema is looked for: the names of the table. What goes with KubeVirt's release comes with it. */
export function sources({ kubevirt, cdi }: ReleasePair): readonly string[] {
  const versions = { ...SCHEMAS.pairs.find((pair) => pair.kubevirt === kubevirt), kubevirt, cdi };
  return [KUBERNETES, ...Object.entries(versions).map(([component, version]) => `${component}/${version}`)];
}

/** A schema, and which release it is of. */
export interface FoundSchema {
  readonly schema: KindSchema;
  /** `kubevirt/v1.6.2`. */
  readonly source: string;
}

/** The schemas of a pair; what was asked for once is found at once. */
export class PairSchemas {
  private readonly known = new Map<string, Map<string, FoundSchema | undefined>>();

  constructor(public readonly sources: readonly string[]) {}

  /** The schema of a kind; undefined if the pair has no such kind. */
  public find(apiVersion: string, kind: string): FoundSchema | undefined {
    let kinds = this.known.get(apiVersion);
    if (kinds === undefined) this.known.set(apiVersion, (kinds = new Map()));
    if (!kinds.has(kind)) kinds.set(kind, this.lookUp(apiVersion, kind));
    return kinds.get(kind);
  }

  private lookUp(apiVersion: string, kind: string): FoundSchema | undefined {
    for (const source of this.sources) {
      const schema = SCHEMAS.kind(source, apiVersion, kind);
      if (schema !== undefined) return { schema, source };
    }
    return undefined;
  }
}

/** Which releases of a component have something that one of them has not, by those that do, older first: `KubeVirt since v1.8.4`, `CDI until v1.62.0`. */
export function spanOf(source: string, having: readonly string[]): string {
  const [component = ''] = source.split('/');
  const all = SCHEMAS.sources(component);
  const later = all.slice(all.indexOf(source) + 1).find((one) => having.includes(one));
  const [word, release] = later === undefined ? ['until', having.at(-1)] : ['since', later];
  return `${releaseTitle(component)} ${word} ${release?.split('/')[1]}`;
}

/** What other releases know of a field that a release does not know: undefined if it is unknown in all of them. */
export function fieldSpan(source: string, object: Json, path: FieldPath): string | undefined {
  const [component = ''] = source.split('/');
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  const having = SCHEMAS.sources(component).filter((other) => {
    const schema = other === source ? undefined : SCHEMAS.kind(other, apiVersion, kind);
    return schema !== undefined && hasField(schema.root, path);
  });
  return having.length === 0 ? undefined : spanOf(source, having);
}

/** Whether a schema names what stands at a path. */
function hasField(root: Node, path: FieldPath): boolean {
  let node: Node | undefined = root;
  for (const key of path) {
    if (node === undefined || node.type === NodeType.ANY) return false;
    node = typeof key === 'number' ? node.items : (node.property(key) ?? node.values);
  }
  return node !== undefined;
}

/** `kubevirt/v1.6.2` as people read it. */
export function releaseTitle(source: string): string {
  const [component, version] = source.split('/');
  const title = TITLES[component ?? ''] ?? component;
  return version === undefined ? `${title}` : `${title} ${version}`;
}

const TITLES: Readonly<Record<string, string>> = {
  kubevirt: 'KubeVirt',
  cdi: 'CDI',
  'external-snapshotter': 'the snapshot API',
  hco: 'HyperConverged Cluster Operator',
  ssp: 'SSP',
  'network-attachment-definition': 'NetworkAttachmentDefinition',
  [KUBERNETES]: 'Kubernetes',
};
