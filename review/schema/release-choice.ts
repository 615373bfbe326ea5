import { alternatives } from './issue';
import { allPairs, ReleasePair } from './releases';
import { SCHEMAS } from './tree';

/** The releases that a review takes the cluster to be of, and why. */
export interface ReleaseChoice extends ReleasePair {
  /** Why these: what names them, and which held release stands for one that is not held. */
  readonly reason: string;
}

/** A version that an object names as the installed one. */
export interface NamedVersion {
  readonly component: string;
  readonly version: string;
  /** Where it stands. */
  readonly place: string;
}

/** A choice, and what a reader should know beside it. */
export interface Chosen {
  readonly choice: ReleaseChoice;
  readonly notes: readonly string[];
  /** Whether nothing names the releases. */
  readonly isAssumed: boolean;
  /** The releases of HyperConverged that are held, up to the one that goes with the choice; all, if nothing names it. */
  readonly operators: readonly string[];
}

/** The components that a pair consists of. */
const PAIRED = ['kubevirt', 'cdi'] as const;
type Paired = (typeof PAIRED)[number];

const TITLES: Readonly<Record<string, string>> = { kubevirt: 'KubeVirt', cdi: 'CDI', hco: 'HyperConverged' };

/** A held release of one component, or what decides for it, and the words for that. */
interface Decision {
  readonly version: string;
  readonly reason: string;
}

/** @throws if an option names a release that is not held. */
export function checkReleases(options: Partial<ReleasePair>): void {
  for (const component of PAIRED) {
    const given = options[component];
    const held = allPairs().map((pair) => pair[component]);
    if (given === undefined || held.includes(given)) continue;
    const must = `'${component}' must be ${alternatives([...new Set(held)])}`;
    throw new Error(`[review] ${must}, got ${JSON.stringify(given)}${versionRemedy(given, held)}`);
  }
}

/** The held patch of the minor version that was given: `1.6`, `v1.6.0`. */
function versionRemedy(given: unknown, held: readonly string[]): string {
  const [, minor] = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(String(given)) ?? [];
  const meant = minor === undefined ? undefined : held.find((version) => version.startsWith(`v${minor}.`));
  return meant === undefined ? '' : `; write '${meant}'`;
}

/**
 * The pair to review against: what the options say, else what objects name, else what goes with the other one of the
 * pair, else the newest pair that is held. A version that is not held stands for the held patch of its minor
 * version, else for the newest below it.
 */
export function chooseRelease(options: Partial<ReleasePair>, named: readonly NamedVersion[]): Chosen {
  const notes: string[] = [];
  const newest = SCHEMAS.pairs.at(-1)!;
  const hco = decide('hco', named, notes);
  const hcoPair = hco && SCHEMAS.pairs.filter((pair) => pair.hco === hco.version).at(-1);
  const own = (component: Paired): Decision | undefined => {
    const given = options[component];
    if (given !== undefined) return { version: given, reason: 'as the options say' };
    const found = decide(component, named, notes);
    if (found !== undefined || hcoPair === undefined) return found;
    return { version: hcoPair[component], reason: hco!.reason };
  };
  const [kubevirt, cdi] = [own('kubevirt'), own('cdi')];
  if (kubevirt === undefined && cdi === undefined) {
    const reason = 'the newest that are held: name those of your cluster by --kubevirt and --cdi';
    return {
      choice: { kubevirt: newest.kubevirt, cdi: newest.cdi, reason },
      notes,
      isAssumed: true,
      operators: operatorsUpTo(undefined),
    };
  }
  const pairOf = (component: Paired, version: string | undefined) =>
    SCHEMAS.pairs.filter((pair) => pair[component] === version).at(-1) ?? newest;
  const choice = {
    kubevirt: kubevirt?.version ?? pairOf('cdi', cdi?.version).kubevirt,
    cdi: cdi?.version ?? pairOf('kubevirt', kubevirt?.version).cdi,
  };
  const operator = hco?.version ?? pairOf('kubevirt', choice.kubevirt).hco;
  return {
    choice: { ...choice, reason: words(kubevirt, cdi) },
    notes,
    isAssumed: false,
    operators: operatorsUpTo(operator),
  };
}

function operatorsUpTo(version: string | undefined): string[] {
  const held = [...new Set(SCHEMAS.pairs.flatMap(({ hco }) => hco ?? []))].sort(compare);
  return version === undefined ? held : held.filter((one) => compare(one, version) <= 0);
}

/** One reason for both, or one for each. */
function words(kubevirt: Decision | undefined, cdi: Decision | undefined): string {
  if (cdi === undefined) return `${kubevirt!.reason}; CDI's goes with it`;
  if (kubevirt === undefined) return `${cdi.reason}; KubeVirt's goes with it`;
  return kubevirt.reason === cdi.reason ? kubevirt.reason : `KubeVirt's ${kubevirt.reason}; CDI's ${cdi.reason}`;
}

/** The held release for what the objects name of one component: the newest, if they name several. */
function decide(component: string, named: readonly NamedVersion[], notes: string[]): Decision | undefined {
  const title = TITLES[component] ?? component;
  // Older first, one of each minor version.
  const held = [...new Set(SCHEMAS.pairs.flatMap((pair) => pair[component] ?? []))];
  const own = named.filter((one) => one.component === component);
  const known = own.filter(({ version, place }) => {
    const numbers = numbersOf(version);
    if (numbers === undefined) return false;
    if (numbers[0] === numbersOf(held[0]!)![0]) return true;
    notes.push(
      `${place} says ${version}, which is the version of a product: name the release of ${title} by an option`,
    );
    return false;
  });
  const [first, ...others] = [...known].sort((a, b) => compare(b.version, a.version));
  if (first === undefined) return undefined;
  const other = others.find(({ version }) => compare(version, first.version) !== 0);
  if (other !== undefined) {
    notes.push(
      `several versions of ${title} are named, ${first.version} by ${first.place} and ${other.version} by ${other.place}: ` +
        `the newest is taken; review the folders of each cluster alone`,
    );
  }
  const nearest = nearestHeld(first.version, held);
  const version = nearest ?? held[0]!;
  const said = `${first.place} says ${first.version}`;
  if (compare(version, first.version) === 0) return { version, reason: `since ${said}` };
  if (nearest === undefined) {
    notes.push(
      `${said}, which is older than every release of ${title} that is held: ${version} may know what your cluster does not`,
    );
  }
  return { version, reason: `since ${said}, which is not held: the nearest that is held is ${version}` };
}

/** The held patch of the same minor version, else the newest below it; undefined if all are newer. */
function nearestHeld(version: string, held: readonly string[]): string | undefined {
  const sorted = [...held, version].sort(compare);
  return held.find((one) => sameMinor(one, version)) ?? sorted[sorted.indexOf(version) - 1];
}

function sameMinor(a: string, b: string): boolean {
  const [x, y] = [numbersOf(a)!, numbersOf(b)!];
  return x[0] === y[0] && x[1] === y[1];
}

/** Older before newer. */
function compare(a: string, b: string): number {
  const [x, y] = [numbersOf(a)!, numbersOf(b)!];
  return x[0]! - y[0]! || x[1]! - y[1]! || x[2]! - y[2]!;
}

/** The numbers of `v1.6.2`, `1.6.2` or `v1.6.2-12-gabcdef`; undefined for a word like `latest` or a digest. */
function numbersOf(version: string): readonly number[] | undefined {
  const [, ...numbers] = /^v?(\d+)\.(\d+)\.(\d+)(?![\d.])/.exec(version) ?? [];
  return numbers.length === 0 ? undefined : numbers.map(Number);
}
