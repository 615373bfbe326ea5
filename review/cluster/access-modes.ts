const OF_ONE_NODE: ReadonlySet<unknown> = new Set(['ReadWriteOnce', 'ReadWriteOncePod']);

/** Whether a claim with these access modes is used by one node at a time; not if no mode is said. */
export function isOfOneNode(accessModes: readonly unknown[]): boolean {
  return accessModes.length > 0 && accessModes.every((mode) => OF_ONE_NODE.has(mode));
}
