import { objectAt, textAt } from '../manifests/json';
import { Json } from '../rule';
import { SchemaRule } from './issue';
import { checkMetadata } from './metadata';
import { FoundSchema, PairSchemas, releaseTitle, ReleasePair, sources } from './releases';
import { unserved } from './served';
import { TooLarge, walk } from './walk';

export { ADMISSION_PAIR, allPairs, LAB, ReleasePair } from './releases';
export { alternatives, nearest, SchemaRule } from './issue';
export { METADATA_RULES } from './metadata';

/** A fault that a schema found. */
export interface SchemaFault {
  readonly rule: string;
  readonly field: string;
  readonly message: string;
  readonly remedy?: string;
  /** Releases whose schema says so, where not every reviewed one does. */
  readonly releases?: readonly string[];
}

/** What the schemas make of one object. */
export interface SchemaVerdict {
  /** The object as the first pair's API server stores it; as it was, where it has no schema there. */
  readonly object: Json;
  readonly faults: readonly SchemaFault[];
  /** Why it could not be checked, for one or for every release. */
  readonly unchecked: readonly string[];
  /** Whether nothing can be said of it: too large, encrypted, or of a type that there is none of. */
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

  private walked(object: Json): SchemaVerdict {
    const apiVersion = textAt(object, 'apiVersion');
    const kind = textAt(object, 'kind');
    const faults = new Faults();
    const missing: PairSchemas[] = [];
    let stored: Json | undefined;
    for (const pair of this.pairs) {
      const found = pair.find(apiVersion, kind);
      if (found === undefined) missing.push(pair);
      else if (!faults.isKnown(found)) {
        const walked = walk(object, found.schema);
        stored ??= pair === this.pairs[0] ? walked.object : undefined;
        for (const issue of walked.issues) if (!isRendered(object, issue)) faults.add(issue, found.source);
      }
    }
    if (!faults.hasSchema) return this.withoutSchema(object);
    checkMetadata(stored ?? object, (rule, field, message, remedy) => {
      faults.always({ rule, field, message, ...(remedy === undefined ? {} : { remedy }) });
    });
    const unchecked = missing.length === 0 ? [] : [`${noSchema(object)} in ${titles(missing, faults.component)}`];
    return { object: stored ?? object, faults: faults.list(), unchecked, known: true };
  }

  private withoutSchema(object: Json): SchemaVerdict {
    const fault = unserved(this.pairs[0]!.sources, object);
    if (fault !== undefined) return { object, faults: [fault], unchecked: [], unread: true, known: true };
    return { object, faults: [], unchecked: [noSchema(object)] };
  }
}

const ENCRYPTED = 'encrypted by SOPS: review it decrypted, sops --decrypt FILE | cdk8s-kubevirt check -';

/** Why nothing is known about a kind. */
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
function isRendered(object: Json, { rule, field }: SchemaFault): boolean {
  if (field !== 'spec.volumeMode' || rule !== String(SchemaRule.ENUM)) return false;
  const labels = objectAt(object, 'metadata', 'labels');
  return (
    textAt(object, 'spec', 'volumeMode') === 'FromStorageProfile' &&
    labels?.['cdi.kubevirt.io/applyStorageProfile'] === 'true'
  );
}

/** Faults, each once, with the releases that it is of. */
class Faults {
  private readonly found = new Map<string, { readonly fault: SchemaFault; readonly releases: string[] | undefined }>();
  private readonly walked: FoundSchema[] = [];
  private reviewed = 0;

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

  public add(fault: SchemaFault, source: string): void {
    const key = keyOf(fault);
    const known = this.found.get(key);
    if (known === undefined) this.found.set(key, { fault, releases: [source] });
    else known.releases?.push(source);
  }

  /** What holds in every release. */
  public always(fault: SchemaFault): void {
    this.found.set(keyOf(fault), { fault, releases: undefined });
  }

  public list(): SchemaFault[] {
    return [...this.found.values()].map(({ fault, releases }) =>
      releases === undefined || releases.length === this.reviewed
        ? fault
        : { ...fault, releases: releases.map(releaseTitle) },
    );
  }
}

function keyOf({ rule, field, message }: SchemaFault): string {
  return `${rule}\n${field}\n${message}`;
}
