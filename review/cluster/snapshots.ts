import { Claim } from './claim';

/** The claims of a moment. */
interface Claims {
  get(key: string): { readonly value: Claim } | undefined;
}

/** The VolumeSnapshots by key, and the claim that each is of: as it was when it was taken, else as it came to be. */
export class Snapshots {
  private readonly taken = new Map<string, { readonly of: string; readonly then?: Claim }>();

  public take(key: string, of: string, claims: Claims): void {
    this.taken.set(key, { of, then: claims.get(of)?.value });
  }

  public find(key: string, claims: Claims): Claim | undefined {
    const snapshot = this.taken.get(key);
    return snapshot?.then ?? (snapshot && claims.get(snapshot.of)?.value);
  }

  public remove(key: string): void {
    this.taken.delete(key);
  }

  public removeAll(isGone: (key: string) => boolean): void {
    for (const key of [...this.taken.keys()].filter(isGone)) this.taken.delete(key);
  }
}
