import { StorageFacts } from './facts';

/** The release that the decisions were read from first, and are of where none is said. */
const FIRST = 'v1.63.1';

/** The release of CDI whose rules decide. */
export function cdiReleaseOf({ cdi }: StorageFacts): string {
  return cdi?.release ?? FIRST;
}

/** Whether CDI is of a release, `v1.64.0`, or of a later one. */
export function cdiIsAtLeast(facts: StorageFacts, least: string): boolean {
  return orderedText(cdiReleaseOf(facts)) >= orderedText(least);
}

/** The numbers of a release, as texts that stand in their order. */
function orderedText(release: string): string {
  const numbers = (/(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(release) ?? ['', '0', '0', '0']).slice(1);
  return numbers.map((number) => number.padStart(9, '0')).join('.');
}
