import { textAt } from '../json';
import { Json } from '../rule';
import { checkMetadata } from './metadata';
import { FoundSchema, PairSchemas, releaseTitle, ReleasePair, sources } from './releases';
import { SCHEMAS } from './tree';
import { TooLarge, walk } from './walk';

export { allPairs, LAB, ReleasePair } from './releases';
export { alternatives, SchemaRule } from './issue';

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
  /** Whether the object is too large to be looked at. */
  readonly tooLarge?: boolean;
}

/** Checks objects against the schemas of one or more pairs of releases; the first is the one that matters. */
export class SchemaCheck {
  private readonly pairs: readonly PairSchemas[];

  constructor(pairs: readonly ReleasePair[]) {
    this.pairs = pairs.map((pair) => new PairSchemas(sources(pair)));
  }

  public check(object: Json): SchemaVerdict {
    try {
      return this.walked(object);
    } catch (thrown) {
      if (!(thrown instanceof TooLarge)) throw thrown;
      return { object, faults: [], unchecked: ['it has more values than a cluster takes'], tooLarge: true };
    }
  }

  private walked(object: Json): SchemaVerdict {
    const apiVersion = textAt(object, 'apiVersion');
    const kind = textAt(object, 'kind');
    const faults = new Faults();
    const unchecked: string[] = [];
    let stored: Json | undefined;
    for (const pair of this.pairs) {
      const found = pair.find(apiVersion, kind);
      if (found === undefined) unchecked.push(noSchema(pair.sources, apiVersion, kind));
      else if (!faults.isKnown(found)) {
        const walked = walk(object, found.schema);
        stored ??= pair === this.pairs[0] ? walked.object : undefined;
        for (const issue of walked.issues) faults.add(issue, found.source);
      }
    }
    if (faults.hasSchema) {
      checkMetadata(stored ?? object, (rule, field, message, remedy) => {
        faults.always({ rule, field, message, ...(remedy === undefined ? {} : { remedy }) });
      });
    }
    return { object: stored ?? object, faults: faults.list(), unchecked };
  }
}

/** Why nothing is known about a kind: the CRDs may serve more versions of it than there are schemas of. */
function noSchema(releases: readonly string[], apiVersion: string, kind: string): string {
  const where = releases.filter((source) => source.includes('/')).map(releaseTitle);
  const others = releases.flatMap((source) => SCHEMAS.otherVersions(source, apiVersion, kind));
  const known = others.length === 0 ? '' : `, which have one of ${others.join(', ')}`;
  return `no schema of ${apiVersion || 'no apiVersion'} ${kind || 'and no kind'} in ${where.join(', ')}${known}`;
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
