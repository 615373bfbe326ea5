import { Claim } from './claim';
import { KindAndName } from './identity';

/** A claim, and the part of the whole that it was applied in. */
export interface ClaimEntry {
  readonly part: string;
  readonly value: Claim;
}

/** The claims by namespace and name, those that go with the object that makes them, and the snapshots of claims. */
export class ClaimBook {
  private readonly claims = new Map<string, Claim>();
  /** Those of a part that has a name: a file may have a million claims, and is one part without. */
  private readonly parts = new Map<string, string>();
  private readonly owned = new Map<string, Set<string>>();
  private readonly snapshots = new Map<string, { readonly of: string; readonly then?: Claim }>();

  public claim(key: string): Claim | undefined {
    return this.claims.get(key);
  }

  public get(key: string): ClaimEntry | undefined {
    const value = this.claims.get(key);
    return value && { part: this.parts.get(key) ?? '', value };
  }

  public set(key: string, part: string, value: Claim): void {
    if (this.owned.size > 0) this.disown(key);
    this.claims.set(key, value);
    if (part !== '') this.parts.set(key, part);
    else if (this.parts.size > 0) this.parts.delete(key);
    const owner = ownerOf(value);
    if (owner === undefined) return;
    const keys = this.owned.get(owner) ?? new Set();
    this.owned.set(owner, keys.add(key));
  }

  public delete(key: string): void {
    this.disown(key);
    this.claims.delete(key);
    this.parts.delete(key);
  }

  /** The keys of the claims that an object makes for itself. */
  public ownedBy(owner: KindAndName, namespace: string): string[] {
    return [...(this.owned.get(ownerKey(owner, namespace)) ?? [])];
  }

  public keys(): string[] {
    return [...this.claims.keys()];
  }

  public *entries(): Generator<[string, ClaimEntry]> {
    for (const [key, value] of this.claims) yield [key, { part: this.parts.get(key) ?? '', value }];
  }

  /** Takes a snapshot of a claim, by the keys of both. */
  public takeSnapshot(key: string, of: string): void {
    this.snapshots.set(key, { of, then: this.claims.get(of) });
  }

  /** The claim that a snapshot is of: as it was when the snapshot was taken, else as it came to be later. */
  public snapshot(key: string): Claim | undefined {
    const snapshot = this.snapshots.get(key);
    return snapshot?.then ?? (snapshot && this.claims.get(snapshot.of));
  }

  public deleteSnapshot(key: string): void {
    this.snapshots.delete(key);
  }

  public deleteSnapshots(isGone: (key: string) => boolean): void {
    for (const key of [...this.snapshots.keys()].filter(isGone)) this.snapshots.delete(key);
  }

  private disown(key: string): void {
    const owner = ownerOf(this.claims.get(key));
    if (owner !== undefined) this.owned.get(owner)?.delete(key);
  }
}

function ownerOf(claim: Claim | undefined): string | undefined {
  return claim?.owner && ownerKey(claim.owner, claim.namespace);
}

function ownerKey({ kind, name }: KindAndName, namespace: string): string {
  return `${kind}/${namespace}/${name}`;
}
