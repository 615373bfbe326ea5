import { StorageFacts } from './facts';

/** The release that the decisions were read from first, and are of where none is said. */
const FIRST = 'v1.63.1';

/** The release of CDI whose rules decide. */
export function cdiReleaseOf({ cdi }: StorageFacts): string {
  return cdi?.release ?? FIRST;
}

/** Whether CDI is of a release, `v1.64.0`, or of a later one. */
export function cdiIsAtLeast(facts: StorageFacts, least: string): boolean {
  const [has, asked] = [numbersOf(cdiReleaseOf(facts)), numbersOf(least)];
  const differs = has.findIndex((number, index) => number !== asked[index]);
  return differs < 0 || has[differs]! > asked[differs]!;
}

function numbersOf(release: string): number[] {
  return (/(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(release) ?? ['', '0', '0', '0']).slice(1).map(Number);
}
