import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster } from '../cluster/cluster';
import { objectsOf } from '../manifests/objects';
import { manifestList } from '../manifests/program-input';
import { storageFacts } from '../settings/storage-facts';
import { ClaimUsers } from './claim-users';
import { claimOutcome } from './claims';
import { CdiCase, CdiVerdict, manifestsOf, modesOf, storageOf } from './testing/cdi-case';

/**
 * Sets that were made at random, and what CDI's controllers made of them, which were compiled and run with a client that holds
 * objects in memory: pkg/controller/datavolume (Reconcile of the controllers of imports, uploads, clones of claims and of
 * snapshots, with renderPvcSpec, validateClone and detectCloneSize), pkg/controller/clone (Planner.ChooseStrategy and Plan,
 * IsSourceClaimReady) and pkg/controller/clone-controller.go (ValidateCanCloneSourceAndTargetSpec) of v1.63.1 and v1.66.0.
 */
const CASES = JSON.parse(readFileSync(join(__dirname, 'testing', 'cdi-verdicts.json'), 'utf8')) as CdiCase[];

/** What is said here of the claim `target`. */
interface Ours {
  readonly kind: string;
  readonly rule: string;
  readonly way?: string;
  readonly claim: CdiVerdict['claim'];
}

function ours(one: CdiCase, cdi: string): Ours {
  const reviewed = manifestList(manifestsOf(one)).flatMap((manifest) => [...objectsOf(manifest).objects]);
  const { end } = new Cluster(reviewed, { storage: storageFacts(storageOf(one)), cdi });
  const claim = end.claim('ns', 'target')!;
  const { kind, rule } = claimOutcome(end, claim, new ClaimUsers(end, reviewed));
  const { storageClassName = '', accessModes = [], volumeMode = '' } = claim.settled;
  const way = end.clones.get('ns/target')?.outcome.kind;
  return { kind, rule, way, claim: [storageClassName, accessModes.join(), volumeMode, claim.requested ?? 0] };
}

/** CDI makes the claim; that its class is not there, or that nobody lists its modes, is no matter of CDI. */
const OF_KUBERNETES = ['claim-class', 'claim-class-known', 'claim-modes-offered'];

/** How both agree: `right`, `undecided`, or what differs. */
function compare(theirs: CdiVerdict, our: Ours): string {
  const { kind, rule } = our;
  if (theirs.outcome !== 'never' && OF_KUBERNETES.includes(rule)) return 'right';
  if (kind === 'unknown') return 'undecided';
  if (theirs.outcome === 'never' && rule === 'claim-class-known') return 'undecided';
  if ((theirs.outcome === 'never') !== (kind === 'never')) return `CDI: ${theirs.outcome}, here: ${kind} (${rule})`;
  if (theirs.outcome === 'never') return 'right';
  if ((theirs.outcome === 'waits') !== (rule === 'clone-source-in-use'))
    return `CDI: ${theirs.outcome}, here: ${kind} (${rule})`;
  const [storageClass, modes = '', ...others] = theirs.claim ?? [];
  const claim = JSON.stringify([storageClass, modesOf(modes).join(), ...others]);
  if (claim !== JSON.stringify(our.claim)) return `CDI: ${claim}, here: ${JSON.stringify(our.claim)}`;
  if (theirs.outcome === 'waits' || theirs.way === our.way) return 'right';
  return `CDI: ${theirs.way}, here: ${our.way}`;
}

describe('CDI, asked the same', () => {
  test('has 300 sets and more, of each kind and each outcome', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(300);
    const kinds = CASES.map(({ target, 'v1.63.1': { outcome } }) => `${target.from} ${outcome}`);
    for (const from of ['http', 'registry', 'blank', 'upload', 'claim', 'snapshot']) {
      for (const outcome of ['made', 'never']) expect(kinds).toContain(`${from} ${outcome}`);
    }
    expect(kinds).toContain('claim waits');
    expect(CASES.filter((one) => one['v1.66.0'] !== undefined).length).toBeGreaterThan(20);
  });

  test.each(['v1.63.1', 'v1.66.0'] as const)('%s never says otherwise, and 95 of 100 sets are decided', (release) => {
    const said = CASES.map((one) =>
      compare((release === 'v1.66.0' && one[release]) || one['v1.63.1'], ours(one, release)),
    );
    const wrong = said.flatMap((one, index) => (one === 'right' || one === 'undecided' ? [] : [`${index}: ${one}`]));
    expect(wrong).toEqual([]);
    expect(said.filter((one) => one === 'undecided').length).toBeLessThan(CASES.length * 0.05);
  });
});
