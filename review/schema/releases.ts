import { storedVersion } from './served';
import { KUBERNETES, SCHEMAS, KindSchema } from './tree';

/** Releases of KubeVirt and CDI that go together. */
export interface ReleasePair {
  /** Release of KubeVirt: `v1.6.2`. */
  readonly kubevirt: string;
  /** Release of CDI: `v1.63.1`. */
  readonly cdi: string;
}

/** The pair that the admission rules are of. */
export const LAB: ReleasePair = { kubevirt: 'v1.6.2', cdi: 'v1.63.1' };

/** Every pair that crds/ holds, older first: the versions of KubeVirt and those of CDI, taken in order. */
export function allPairs(): ReleasePair[] {
  const cdi = SCHEMAS.versions('cdi');
  return SCHEMAS.versions('kubevirt').flatMap((kubevirt, index) => {
    const other = cdi[index];
    return other === undefined ? [] : [{ kubevirt, cdi: other }];
  });
}

/** Where a schema is looked for: the names of the table. */
export function sources({ kubevirt, cdi }: ReleasePair): readonly string[] {
  const [snapshotter] = SCHEMAS.versions('external-snapshotter').slice(-1);
  const pair = [`kubevirt/${kubevirt}`, `cdi/${cdi}`];
  return snapshotter === undefined
    ? [KUBERNETES, ...pair]
    : [KUBERNETES, ...pair, `external-snapshotter/${snapshotter}`];
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

  /** The schema of a kind; nothing where the pair has none. */
  public find(apiVersion: string, kind: string): FoundSchema | undefined {
    let kinds = this.known.get(apiVersion);
    if (kinds === undefined) this.known.set(apiVersion, (kinds = new Map()));
    if (!kinds.has(kind)) kinds.set(kind, this.lookUp(apiVersion, kind));
    return kinds.get(kind);
  }

  private lookUp(apiVersion: string, kind: string): FoundSchema | undefined {
    for (const source of this.sources) {
      const schema = SCHEMAS.kind(source, storedVersion(apiVersion), kind);
      if (schema !== undefined) return { schema, source };
    }
    return undefined;
  }
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
  [KUBERNETES]: 'Kubernetes',
};
