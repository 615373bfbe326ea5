import { isAtLeast } from '../cluster/release-order';
import { ClusterConfig, Rule } from '../rule';
import { goingWith } from '../schema/releases';

/** The releases of a cluster. */
export type Releases = Pick<ClusterConfig, 'release' | 'cdi'>;

/** The releases that the rules were first written from, taken where none is named. */
const FIRST = { kubevirt: 'v1.6.2', cdi: 'v1.63.1' };

/** The projects that sources name, and how the pairs of releases call them. */
const COMPONENTS: Readonly<Record<string, string>> = {
  KubeVirt: 'kubevirt',
  CDI: 'cdi',
  HyperConverged: 'hco',
  SSP: 'ssp',
  NetworkAttachmentDefinition: 'network-attachment-definition',
};

/** A project and a comma, as a source begins, or as it goes on after that of another project. */
const PROJECT = new RegExp(`\\b(${Object.keys(COMPONENTS).join('|')}), `, 'g');

/** Whether a rule holds in the release of its project that a cluster has. */
export function holdsIn(rule: Pick<Rule, 'source' | 'since' | 'until'>, releases: Releases): boolean {
  const { source, since, until } = rule;
  if (since === undefined && until === undefined) return true;
  const release = releaseFor(source, releases);
  return (since === undefined || isAtLeast(release, since)) && (until === undefined || isAtLeast(until, release));
}

/** Where a rule is written in the releases of a cluster: each project with its release, the file, the functions. */
export function sourceIn({ source, moved = [] }: Pick<Rule, 'source' | 'moved'>, releases: Releases): string {
  const release = releaseFor(source, releases);
  const here = moved.find(({ since }) => isAtLeast(release, since))?.source ?? source;
  return here.replace(PROJECT, (_whole, project: string) => `${project} ${releaseOf(project, releases)}, `);
}

/** Whether nobody has compared a rule with the releases of a cluster. */
export function isUncompared(
  { source, unchecked = [] }: Pick<Rule, 'source' | 'unchecked'>,
  releases: Releases,
): boolean {
  return unchecked.includes(releaseFor(source, releases));
}

/** The release of the project that a source begins with; that of KubeVirt, if it begins with no project. */
function releaseFor(source: string, releases: Releases): string {
  return releaseOf(/^\w+/.exec(source)?.[0] ?? '', releases);
}

function releaseOf(project: string, { release = FIRST.kubevirt, cdi = FIRST.cdi }: Releases): string {
  const component = COMPONENTS[project];
  if (component === undefined || component === 'kubevirt') return release;
  return component === 'cdi' ? cdi : (goingWith(release, component) ?? release);
}
