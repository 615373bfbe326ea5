import { Claim, ClaimOwner } from './claim';

/** A claim, and the part of the whole that it is counted in. */
export interface CountedClaim {
  readonly group: string;
  readonly value: Claim;
}

/** The claims by namespace and name, and those that go with a machine. */
export class ClaimBook {
  private readonly claims = new Map<string, CountedClaim>();
  private readonly owned = new Map<string, Set<string>>();

  public get(key: string): CountedClaim | undefined {
    return this.claims.get(key);
  }

  public set(key: string, group: string, value: Claim): void {
    this.disown(key);
    this.claims.set(key, { group, value });
    const owner = ownerOf(value);
    if (owner === undefined) return;
    const keys = this.owned.get(owner) ?? new Set();
    this.owned.set(owner, keys.add(key));
  }

  public delete(key: string): void {
    this.disown(key);
    this.claims.delete(key);
  }

  /** The claims that an object makes for itself. */
  public ownedBy(owner: ClaimOwner, namespace: string): string[] {
    return [...(this.owned.get(ownerKey(owner, namespace)) ?? [])];
  }

  public keys(): string[] {
    return [...this.claims.keys()];
  }

  public entries(): Iterable<[string, CountedClaim]> {
    return this.claims;
  }

  private disown(key: string): void {
    const owner = ownerOf(this.claims.get(key)?.value);
    if (owner !== undefined) this.owned.get(owner)?.delete(key);
  }
}

function ownerOf(claim: Claim | undefined): string | undefined {
  return claim?.owner && ownerKey(claim.owner, claim.namespace);
}

function ownerKey({ kind, name }: ClaimOwner, namespace: string): string {
  return `${kind}/${namespace}/${name}`;
}
