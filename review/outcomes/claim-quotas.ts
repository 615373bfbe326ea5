import type { Claim } from '../cluster/claim';
import { Cluster } from '../cluster/cluster';
import { nameOf, namespaceOf } from '../cluster/identity';
import { Severity } from '../finding';
import { objectAt, objectsAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { parseQuantity } from '../manifests/quantity';
import { asksForClaims, claimField, WrittenClaim, writtenClaims } from './claims-written';
import { limitsOf } from './limits';
import { OutcomeRule } from './rule';

/** The rule that a namespace has room for its claims, and for those that CDI makes beside them. */
export const CLAIM_QUOTA_RULE: OutcomeRule = {
  id: 'claim-quota',
  sentence:
    'The claims of a namespace, with those that CDI makes beside them, fit into its ResourceQuotas and LimitRanges.',
  source:
    'Kubernetes, pkg/quota/v1/evaluator/core/persistent_volume_claims.go, plugin/pkg/admission/limitranger; CDI, pkg/controller/populators/populator-base.go:createPVCPrime; pkg/controller/util.go:createScratchPersistentVolumeClaim',
  severity: Severity.ERROR,
  check: (cluster, note) => {
    const quotas = limitsOf(cluster, 'ResourceQuota');
    const ranges = limitsOf(cluster, 'LimitRange');
    if (quotas.size + ranges.size === 0 || !asksForClaims(cluster)) return;
    const inNamespace = new Map<string, WrittenClaim[]>();
    for (const written of writtenClaims(cluster)) {
      const { namespace } = written.claim;
      inNamespace.set(namespace, [...(inNamespace.get(namespace) ?? []), written]);
    }
    for (const [namespace, claims] of inNamespace) {
      const faults = new Map<WrittenClaim, Fault>();
      for (const quota of quotas.get(namespace) ?? []) noteOver(cluster, quota, claims, faults);
      for (const written of claims) {
        const fault =
          faults.get(written) ?? (ranges.get(namespace) ?? []).map((range) => overRange(range, written)).find(isFault);
        if (fault === undefined) continue;
        const field = claimField(written, 'resources', 'requests', 'storage');
        const { text, severity } = fault;
        note(written.from, field, `'storage' must fit into ${text}`, 'ask for less, or raise it', undefined, severity);
      }
    }
  },
};

/** Why a claim does not fit: by itself, or with the others, it is certain; what CDI makes beside it depends on its driver. */
interface Fault {
  readonly text: string;
  readonly severity: Severity;
}

function isFault(fault: Fault | undefined): fault is Fault {
  return fault !== undefined;
}

/** One part of a quota: what it limits, of which class, and how much of it a claim takes. */
interface Part {
  readonly key: string;
  readonly most: number;
  readonly className?: string;
  readonly isCount: boolean;
}

const CLASS = '.storageclass.storage.k8s.io/';

function partsOf(quota: Reviewed): Part[] {
  return Object.entries(objectAt(quota.object, 'spec', 'hard') ?? {}).flatMap(([key, hard]): Part[] => {
    const most = parseQuantity(hard);
    const [className, what] = key.includes(CLASS) ? key.split(CLASS) : [undefined, key];
    if (most === undefined) return [];
    if (what === 'requests.storage') return [{ key, most, className, isCount: false }];
    const isCount = what === 'persistentvolumeclaims' || what === 'count/persistentvolumeclaims';
    return isCount ? [{ key, most, className, isCount }] : [];
  });
}

/** Notes the claims that are too much for a quota, at most one reason each. */
function noteOver(
  cluster: Cluster,
  quota: Reviewed,
  claims: readonly WrittenClaim[],
  faults: Map<WrittenClaim, Fault>,
): void {
  const namespace = namespaceOf(quota);
  const standing = [...cluster.end.claims.entries()]
    .map(([, { value }]) => value)
    .filter((one) => one.namespace === namespace);
  for (const part of partsOf(quota)) {
    const { most, className, isCount, key } = part;
    const counts = (claim: Claim): boolean => className === undefined || claim.settled.storageClassName === className;
    const take = (claim: Claim): number => (!counts(claim) ? 0 : isCount ? 1 : (claim.requested ?? 0));
    const got = (amount: number): string => (isCount ? `${amount} claims` : sizeText(amount));
    const name = `ResourceQuota '${nameOf(quota)}', got`;
    const limit = `its ${key} of ${isCount ? most : sizeText(most)}`;
    const own = claims.filter(({ claim }) => counts(claim));
    const alone = own.filter(({ claim }) => take(claim) > most);
    const all = standing.reduce((sum, claim) => sum + take(claim), 0);
    const put = (written: WrittenClaim | undefined, text: string, severity: Severity): void => {
      if (written !== undefined && !faults.has(written)) faults.set(written, { text: `${name} ${text}`, severity });
    };
    for (const written of alone) {
      const filled = isFilled(written.claim) ? ', though the DataVolume is accepted' : '';
      put(written, `more than ${limit}; the claim is never made${filled}`, Severity.ERROR);
    }
    if (alone.length > 0) continue;
    if (all > most) {
      put(
        own[0],
        `${got(all)} in all where ${limit} is the most; the claims that come last are never made`,
        Severity.ERROR,
      );
      continue;
    }
    for (const written of own) {
      const beside = isCount ? claimsBeside(written.claim) : bytesBeside(written.claim, className);
      if (written.from.object.kind === 'DataImportCron') {
        const kept = keptImports(cluster, written);
        if (kept === undefined || take(written.claim) === 0) continue;
        const images = all + take(written.claim) * (kept + 1) + beside;
        if (images <= most) continue;
        const what = kept === Infinity ? 'every import' : `${kept} imports`;
        put(
          written,
          `${kept === Infinity ? 'ever more' : got(images)} in all where ${limit} is the most, as the DataImportCron keeps ${what} and makes the next one beside them; that one is never filled`,
          Severity.WARNING,
        );
        continue;
      }
      if (all + beside <= most) continue;
      const what = `a second claim of the same size${written.claim.source.scratch === 'needed' ? ' and scratch space' : ''}`;
      put(
        written,
        `${got(all + beside)} in all where ${limit} is the most, with what CDI makes beside it (${what}); it is never filled`,
        Severity.WARNING,
      );
    }
  }
}

/** CDI v1.63.1 and v1.66.0: pkg/controller/dataimportcron-controller.go, defaultImportsToKeepPerCron, garbageCollectOldImports. */
const USUALLY_KEPT = 3;

/** How many imports a cron keeps as claims; undefined if it keeps snapshots, or that is not known. */
function keptImports(cluster: Cluster, { from: { object }, claim }: WrittenClaim): number | undefined {
  const { storageClasses } = cluster.end.storage.facts;
  const storageClass = storageClasses.find(({ name }) => name === claim.settled.storageClassName);
  if (storageClass?.keepsImportsAsSnapshots !== false) return undefined;
  if (valueAt(object, 'spec', 'garbageCollect') === 'Never') return Infinity;
  const kept = valueAt(object, 'spec', 'importsToKeep');
  return typeof kept === 'number' && kept >= 0 ? kept : USUALLY_KEPT;
}

/** Whether CDI fills a claim, and makes others beside it meanwhile. */
function isFilled({ source }: Claim): boolean {
  return /^(import|upload|blank)/.test(source.made) || source.clones !== undefined;
}

function claimsBeside(claim: Claim): number {
  return (isFilled(claim) ? 1 : 0) + (claim.source.scratch === 'needed' ? 1 : 0);
}

/** Of a claim that a part of a quota counts: the one that CDI fills in its place is of the same class. */
function bytesBeside({ source, requested = 0, scratch }: Claim, className: string | undefined): number {
  const isImport = /^(import|upload|blank)/.test(source.made);
  const prime = isImport ? requested : 0;
  const isCounted = source.scratch === 'needed' && (className === undefined || scratch?.storageClass === className);
  return prime + (isCounted ? (scratch?.bytes ?? 0) : 0);
}

function sizeText(bytes: number): string {
  return bytes % 2 ** 30 === 0 ? `${bytes / 2 ** 30}Gi` : `${Math.ceil(bytes / 2 ** 20)}Mi`;
}

/** Why a claim does not fit into a LimitRange. */
function overRange(range: Reviewed, { claim: { requested } }: WrittenClaim): Fault | undefined {
  const limit = objectsAt(range.object, 'spec', 'limits').find(({ type }) => type === 'PersistentVolumeClaim');
  if (limit === undefined || requested === undefined) return undefined;
  const [most, least] = ['max', 'min'].map((part) => valueAt(limit, part, 'storage'));
  const name = `LimitRange '${nameOf(range)}'`;
  const certain = (text: string): Fault => ({ text: `${name}, got ${text}`, severity: Severity.ERROR });
  if (requested > (parseQuantity(most) ?? Infinity)) return certain(`more than its max of ${String(most)}`);
  if (requested < (parseQuantity(least) ?? 0)) return certain(`less than its min of ${String(least)}`);
  return undefined;
}
