/** A release as sources and messages name it, of a project whose releases are held: `KubeVirt v1.6.2`. */
const RELEASE =
  /^(KubeVirt|CDI|HyperConverged(?: Cluster Operator)?|SSP|NetworkAttachmentDefinition|the snapshot API) v\d[\w.+-]*/;

/** The release that the source of a rule begins with; undefined if it is written in no project whose releases are held. */
export function releaseIn(source: string | undefined): string | undefined {
  return source === undefined ? undefined : RELEASE.exec(source)?.[0];
}

/**
 * A message with the releases that it speaks of, since an annotation of a line stands alone; as it is, if it names a release
 * of the same project itself.
 */
export function naming(message: string, releases: readonly string[]): string {
  const unnamed = releases.filter((title) => !message.includes(`${RELEASE.exec(title)?.[1]} v`));
  return unnamed.length === 0 ? message : `${message} (${unnamed.join(', ')})`;
}
