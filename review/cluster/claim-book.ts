import { Claim } from './claim';
import { KindAndName } from './identity';

/** A claim, and the part of the whole that it was applied in. */
export interface ClaimEntry {
  readonly part: string;
  readonly value: Claim;
}

/** The claims by namespace and name, those that go with the object that makes them, and the snapshots of claims. */
export class ClaimBook {
  private readonly claims = new Map<string, ClaimEntry>();
  private readonly owned = new Map<string, Set<string>>();
  private readonly snapshots = new Map<string, { readonly of: string; readonly then?: Claim }>();

  public get(key: string): ClaimEntry | undefined {
    return this.claims.get(key);
  }

  public set(key: string, part: string, value: Claim): void {
    this.disown(key);
    this.claims.set(key, { part, value });
    const owner = ownerOf(value);
    if (owner === undefined) return;
    const keys = this.owned.get(owner) ?? new Set();
    this.owned.set(owner, keys.add(key));
  }

  public delete(key: string): void {
    this.disown(key);
    this.claims.delete(key);
  }

  /** The keys of the claims that an object makes for itself. */
  public ownedBy(owner: KindAndName, namespace: string): string[] {
    return [...(this.owned.get(ownerKey(owner, namespace)) ?? [])];
  }

  public keys(): string[] {
    return [...this.claims.keys()];
  }

  public entries(): Iterable<[string, ClaimEntry]> {
    return this.claims;
  }

  /** Takes a snapshot of a claim, by the keys of both. */
  public takeSnapshot(key: string, of: string): void {
    this.snapshots.set(key, { of, then: this.claims.get(of)?.value });
  }

  /** The claim that a snapshot is of: as it was when the snapshot was taken, else as it came to be later. */
  public snapshot(key: string): Claim | undefined {
    const snapshot = this.snapshots.get(key);
    return snapshot?.then ?? (snapshot && this.claims.get(snapshot.of)?.value);
  }

  public deleteSnapshot(key: string): void {
    this.snapshots.delete(key);
  }

  public deleteSnapshots(isGone: (key: string) => boolean): void {
    for (const key of [...this.snapshots.keys()].filter(isGone)) this.snapshots.delete(key);
  }

  private disown(key: string): void {
    const owner = ownerOf(this.claims.get(key)?.value);
    if (owner !== undefined) this.owned.get(owner)?.delete(key);
  }
}

function ownerOf(claim: Claim | undefined): string | undefined {
  return claim?.owner && ownerKey(claim.owner, claim.namespace);
}

function ownerKey({ kind, name }: KindAndName, namespace: string): string {
  return `${kind}/${namespace}/${name}`;
}
