import { objectAt, textAt } from '../manifests/json';
import { Json } from '../rule';
import { Issue, SchemaRule } from './issue';
import { checkMetadata } from './metadata';
import { fieldSpan, FoundSchema, PairSchemas, releaseTitle, ReleasePair, sources } from './releases';
import { Unserved, unserved } from './served';
import { TooLarge, walk } from './walk';

export { ADMISSION_PAIR, allPairs, LAB, ReleasePair } from './releases';
export { checkReleases, chooseRelease, ReleaseChoice } from './release-choice';
export { alternatives, nearest, SchemaRule } from './issue';
export { METADATA_RULES } from './metadata';
export { SCHEMA_RULES, SchemaRuleEntry } from './rules';

/** A fault that a schema found. */
export interface SchemaFault {
  readonly rule: string;
  readonly field: string;
  readonly message: string;
  readonly remedy?: string;
  /** Releases whose schema says so, where not every reviewed one does. */
  readonly releases?: readonly string[];
  /** Which schema says so, its release first: `KubeVirt v1.6.2, the schema of kubevirt.io/v1 VirtualMachine`. */
  readonly source: string;
}

/** A fault before it is known which of the reviewed releases say so. */
type Found = Omit<SchemaFault, 'source' | 'releases'> & {
  /** The releases that know the field, or serve the type, where others do. */
  readonly span?: string;
};

/** What the schemas make of one object. */
export interface SchemaVerdict {
  /** The object as the first pair's API server stores it; as it was, where it has no schema there. */
  readonly object: Json;
  readonly faults: readonly SchemaFault[];
  /** Why it could not be checked, for one or for every release. */
  readonly unchecked: readonly string[];
  /** Whether no rule can be asked about it: too large, encrypted, or of a type that the first pair does not serve. */
  readonly unread?: boolean;
  /** Whether there is a schema of it. */
  readonly known?: boolean;
}

/** Checks objects against the schemas of one or more pairs of releases; the first is the one that matters. */
export class SchemaCheck {
  private readonly pairs: readonly PairSchemas[];

  constructor(pairs: readonly ReleasePair[]) {
    this.pairs = pairs.map((pair) => new PairSchemas(sources(pair)));
  }

  public check(object: Json): SchemaVerdict {
    // https://github.com/getsops/sops: what it encrypts is decrypted before it is applied.
    if (textAt(object, 'sops', 'mac') !== '') return { object, faults: [], unchecked: [ENCRYPTED], unread: true };
    try {
      return this.walked(object);
    } catch (thrown) {
      if (!(thrown instanceof TooLarge)) throw thrown;
      return { object, faults: [], unchecked: ['it has more values than a cluster takes'], unread: true };
    }
  }

  /** An update, with the object in the cluster as the API server of the first pair stores it. */
  public asStored<T extends { readonly old?: Json }>(reviewed: T): T {
    return reviewed.old === undefined ? reviewed : { ...reviewed, old: this.check(reviewed.old).object };
  }

  private walked(object: Json): SchemaVerdict {
    const apiVersion = textAt(object, 'apiVersion');
    const kind = textAt(object, 'kind');
    const faults = new Faults(apiVersion, kind);
    const missing: PairSchemas[] = [];
    let stored: Json | undefined;
    for (const pair of this.pairs) {
      const found = pair.find(apiVersion, kind);
      if (found === undefined) {
        const refusal = unserved(pair.sources, object);
        if (refusal === undefined) missing.push(pair);
        else faults.refuse(refusal, pair === this.pairs[0]);
      } else if (!faults.isKnown(found)) {
        const walked = walk(object, found.schema);
        stored ??= pair === this.pairs[0] ? walked.object : undefined;
        for (const issue of walked.issues) {
          if (!isRendered(object, issue)) faults.add(ofRelease(issue, object, found.source), found.source);
        }
      }
    }
    if (!faults.hasSchema && !faults.isRefused) return { object, faults: [], unchecked: [noSchema(object)] };
    if (faults.hasSchema) {
      checkMetadata(stored ?? object, (rule, field, message) => faults.always({ rule, field, message }, METADATA));
    }
    const unchecked = missing.length === 0 ? [] : [`${noSchema(object)} in ${titles(missing, faults.component)}`];
    const unread = faults.isRefused ? { unread: true } : {};
    return { object: stored ?? object, faults: faults.list(), unchecked, known: true, ...unread };
  }
}

/** An unknown field that another release knows says so, and which release does not. */
function ofRelease({ path, ...fault }: Issue, object: Json, source: string): Found {
  const span = path === undefined ? undefined : fieldSpan(source, object, path);
  if (span === undefined) return fault;
  const { rule, field, message } = fault;
  return { rule, field, message, span };
}

const ENCRYPTED = 'encrypted by SOPS: review it decrypted, sops --decrypt FILE | cdk8s-kubevirt check -';

/** Why a kind cannot be checked. */
function noSchema(object: Json): string {
  const absent = ['apiVersion', 'kind'].filter((key) => textAt(object, key) === '');
  if (absent.length > 0) return `no Kubernetes object (no ${absent.join(' and no ')})`;
  return `no schema of ${textAt(object, 'apiVersion')} ${textAt(object, 'kind')}`;
}

/** The releases of one component. */
function titles(pairs: readonly PairSchemas[], component: string): string {
  const found = pairs.flatMap((pair) => pair.sources.filter((source) => source.startsWith(`${component}/`)));
  return [...new Set(found)].map(releaseTitle).join(', ');
}

/** Whether CDI's webhook writes what stands there: CDI, pkg/apiserver/webhooks/pvc-mutate.go, Admit. */
function isRendered(object: Json, { rule, field }: Issue): boolean {
  if (field !== 'spec.volumeMode' || rule !== String(SchemaRule.ENUM)) return false;
  const labels = objectAt(object, 'metadata', 'labels');
  return (
    textAt(object, 'spec', 'volumeMode') === 'FromStorageProfile' &&
    labels?.['cdi.kubevirt.io/applyStorageProfile'] === 'true'
  );
}

/** Faults, each once, with the releases that it is of. */
class Faults {
  private readonly found = new Map<string, FoundFault>();
  private readonly walked: FoundSchema[] = [];
  private reviewed = 0;
  private refused = false;

  constructor(
    private readonly apiVersion: string,
    private readonly kind: string,
  ) {}

  /** Whether the first release does not serve the type. */
  public get isRefused(): boolean {
    return this.refused;
  }

  /** Whether there is a schema at all. */
  public get hasSchema(): boolean {
    return this.walked.length > 0;
  }

  /** The component that the schemas are of. */
  public get component(): string {
    return this.walked[0]?.source.split('/')[0] ?? '';
  }

  /** Whether another release has the very same schema: what it said holds here too. */
  public isKnown(found: FoundSchema): boolean {
    const same = this.walked.find(({ schema }) => schema.root === found.schema.root);
    if (same?.source === found.source) return true;
    this.reviewed++;
    if (same === undefined) this.walked.push(found);
    else
      for (const { releases } of this.found.values()) if (releases?.includes(same.source)) releases.push(found.source);
    return same !== undefined;
  }

  /** What a release says that does not serve the type. */
  public refuse({ issue, source, span }: Unserved, isFirst: boolean): void {
    this.reviewed++;
    this.refused ||= isFirst;
    if (source === undefined) this.always(issue, EVERYWHERE);
    else this.add({ ...issue, span }, source);
  }

  public add(fault: Found, source: string): void {
    const key = keyOf(fault);
    const known = this.found.get(key);
    const schema = `${releaseTitle(source)}, the schema of ${this.apiVersion} ${this.kind}`;
    if (known === undefined) this.found.set(key, { fault, source: schema, releases: [source] });
    else known.releases?.push(source);
  }

  /** What holds in every release. */
  public always(fault: Found, source: string): void {
    this.found.set(keyOf(fault), { fault, source, releases: undefined });
  }

  public list(): SchemaFault[] {
    return [...this.found.values()].map(({ fault: { span, ...fault }, source, releases }) => {
      const own = releases?.map(releaseTitle);
      const isOfAll = own === undefined || own.length === this.reviewed;
      const message = span === undefined ? fault.message : `${fault.message}; ${withSpan(fault.rule, own, span)}`;
      return { ...fault, message, source, ...(isOfAll ? {} : { releases: own }) };
    });
  }
}

/** A fault, where that is written, and the releases of which it is; undefined if it holds whatever the release. */
interface FoundFault {
  readonly fault: Found;
  readonly source: string;
  readonly releases: string[] | undefined;
}

/** What says that no release serves a type. */
const EVERYWHERE = 'the schemas of every release that is held';

/** What the metadata of every object must keep to. */
const METADATA = 'Kubernetes, apimachinery/pkg/api/validation/objectmeta.go:ValidateObjectMeta';

/** Which releases do not know a field, or serve a type, and which do. */
function withSpan(rule: string, own: readonly string[] = [], span: string): string {
  const [without, having] =
    rule === String(SchemaRule.UNKNOWN_FIELD) ? ['unknown to', 'knows'] : ['not served by', 'serves'];
  return `${without} ${own.join(', ')}, ${span} ${having} it`;
}

function keyOf({ rule, field, message, span = '' }: Found): string {
  return `${rule}\n${field}\n${message}\n${span}`;
}
