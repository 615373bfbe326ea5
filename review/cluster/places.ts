/**
 * What is known of each name in each namespace. As a map by `placeKey`, without a text of its own for each of the many
 * thousand names of a fleet: those that stand in the manifests are asked as they are.
 */
export class Places<T> {
  private readonly namespaces = new Map<string, Map<string, T>>();

  public get(namespace: string, name: string): T | undefined {
    return this.namespaces.get(namespace)?.get(name);
  }

  public set(namespace: string, name: string, value: T): void {
    const names = this.namespaces.get(namespace);
    if (names === undefined) this.namespaces.set(namespace, new Map([[name, value]]));
    else names.set(name, value);
  }

  public *all(): Generator<T> {
    for (const names of this.namespaces.values()) yield* names.values();
  }
}
