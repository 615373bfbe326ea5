import { VolumeBindingMode } from '../../constructs/storage/claim-modes';
import { ClaimFate, decideClaim, Filling } from '../../constructs/storage/claim-outcome';
import { CloneOutcomeKind } from '../../constructs/storage/clone/outcome';
import { csiRefusal } from '../../constructs/storage/csi-source';
import { Outcome, OutcomeKind } from '../../constructs/storage/outcome';
import type { Claim } from '../cluster/claim';
import type { Clone } from '../cluster/clone';
import { Cluster } from '../cluster/cluster';
import { placeKey } from '../cluster/identity';
import type { ClusterState } from '../cluster/state';
import { stepOf } from '../cluster/step';
import { Severity } from '../finding';
import { textIn } from '../manifests/json';
import type { Reviewed } from '../manifests/manifest';
import { ClaimUsers } from './claim-users';
import { asksForClaims, claimField, sourceField, WrittenClaim, writtenClaims } from './claims-written';
import { Judged, noteOutcome, OutcomeRule } from './rule';
import { PAUSED } from './staged-imports';

/** What a claim never gets, or waits for. */
export const CLAIM_RULES: readonly OutcomeRule[] = [
  claimRule({
    id: 'claim-class',
    sentence: 'A claim that names no storage class gets the default one.',
    source: 'CDI, pkg/controller/datavolume/util.go:renderPvcSpecVolumeModeAndAccessModesAndStorageClass',
    severity: Severity.ERROR,
    must: 'be given',
  }),
  claimRule({
    id: 'claim-class-known',
    sentence: 'The storage class that a claim names is one of the cluster.',
    source: 'Kubernetes, pkg/controller/volume/persistentvolume/pv_controller.go:syncUnboundClaim',
    severity: Severity.WARNING,
    must: 'name a storage class of the cluster',
  }),
  claimRule({
    id: 'claim-access-modes',
    sentence: 'A DataVolume that leaves out the access modes gets those of the StorageProfile.',
    source: 'CDI, pkg/controller/datavolume/util.go:getDefaultVolumeAndAccessMode, getDefaultAccessModes',
    severity: Severity.ERROR,
    must: 'be given',
  }),
  claimRule({
    id: 'claim-archive',
    sentence: 'An archive is unpacked into a file system.',
    source: 'CDI, pkg/controller/datavolume/util.go:renderPvcSpecVolumeModeAndAccessModesAndStorageClass',
    severity: Severity.ERROR,
    must: "be 'Filesystem'",
  }),
  claimRule({
    id: 'claim-modes-offered',
    sentence: 'The provisioner of a storage class makes volumes of the modes that a claim asks for.',
    source: 'the CreateVolume of each driver, as the message says',
    severity: Severity.ERROR,
    must: 'be one that the class offers, with the access modes',
  }),
  claimRule({
    id: 'claim-source-fits',
    sentence:
      'What a CSI driver clones or restores by itself is at least as large as its source, and of its driver and mode.',
    source: 'external-provisioner v6.3.0, pkg/controller/controller.go:getPVCSource, getSnapshotSource',
    severity: Severity.ERROR,
    must: 'be a source that the claim can be made of',
  }),
  claimRule({
    id: 'claim-volume',
    sentence: 'A claim of a class that provisions nothing finds a PersistentVolume.',
    source: 'Kubernetes, pkg/controller/volume/persistentvolume/index.go:findBestMatchForClaim',
    severity: Severity.ERROR,
    must: 'name a class that has a volume for the claim',
  }),
  claimRule({
    id: 'claim-scratch',
    sentence: 'The scratch space of an import or an upload finds a volume.',
    source: 'CDI, pkg/controller/util.go:createScratchPersistentVolumeClaim',
    severity: Severity.ERROR,
    must: 'leave room for the scratch space of CDI',
  }),
  claimRule({
    id: 'claim-first-consumer',
    sentence: 'A disk whose class waits for its first consumer is used by a machine, or is bound at once.',
    source:
      'Kubernetes, volumeBindingMode WaitForFirstConsumer; CDI, pkg/controller/common/util.go:ImmediateBindingRequested',
    severity: Severity.WARNING,
    must: 'be that of a claim which something uses',
  }),
  claimRule({
    id: 'clone-finishes',
    sentence: 'A clone comes to an end.',
    source: 'CDI, pkg/controller/clone/planner.go:ChooseStrategy, with the rules of docs/clone-outcomes.md',
    severity: Severity.ERROR,
    must: 'be a source that can be cloned so',
  }),
  claimRule({
    id: 'clone-source-in-use',
    sentence: 'No machine runs on the source of a clone.',
    source: 'CDI, pkg/controller/clone/common.go:IsSourceClaimReady',
    severity: Severity.WARNING,
    must: 'be a disk that no running machine writes to, or the clone waits',
  }),
  claimRule({
    id: 'clone-source-bound',
    sentence: 'The source of a clone gets a volume by what is applied with it.',
    source:
      'CDI, pkg/controller/clone/planner.go:computeStrategyForSourcePVC, with the rules of docs/clone-outcomes.md',
    severity: Severity.WARNING,
    must: 'be a disk that has a volume, or the clone waits',
  }),
];

function claimRule({ must, ...rule }: Omit<OutcomeRule, 'check'> & { readonly must: string }): OutcomeRule {
  return {
    ...rule,
    check: (cluster, note) => {
      for (const judged of cluster.once(findings)) if (judged.outcome.rule === rule.id) noteOutcome(judged, must, note);
    },
  };
}

/** What becomes of the claims, as far as it is a finding. */
function findings(cluster: Cluster): readonly Judged[] {
  const isDecided = asksForClaims(cluster) && (cluster.knowsStorage || cluster.holdsClones);
  return isDecided ? judgeClaims(cluster) : [];
}

function judgeClaims(cluster: Cluster): Judged[] {
  const users = new ClaimUsers(cluster.end, cluster.objects);
  const found: Judged[] = [];
  for (const written of writtenClaims(cluster)) {
    const outcome = claimOutcome(cluster.end, written.claim, users);
    if (isFinding(outcome, written.claim, cluster.end))
      found.push({ from: written.from, field: fieldOf(outcome, written), outcome });
  }
  return found.reverse();
}

/** An upload is sent by whoever made the claim for it, a machine started by whoever halted it, and one that runs once ends. */
const NO_FINDINGS: ReadonlySet<string> = new Set([
  ...['claim-upload', 'claim-machine-start', 'clone-source-ends'],
  // It is said of the source.
  'clone-source-waits',
]);

/** An empty claim that waits harms nobody. */
function isFinding({ kind, rule }: Outcome, claim: Claim, { settings }: Pick<ClusterState, 'settings'>): boolean {
  const byAnotherSet = claim.written.volumeMode !== undefined && settings.takesModesOfAnySet;
  if (rule === 'claim-access-modes' && byAnotherSet) return false;
  if (kind === OutcomeKind.NEVER) return true;
  if (kind !== OutcomeKind.WAITS || NO_FINDINGS.has(rule)) return false;
  return rule !== 'claim-first-consumer' || fillingOf(claim) === Filling.CDI;
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'claim-access-modes': ['accessModes'],
  'claim-archive': ['volumeMode'],
  'claim-modes-offered': ['volumeMode'],
};

function fieldOf({ rule }: Outcome, written: WrittenClaim): string {
  if (rule === 'claim-source-fits') {
    return claimField(written, 'dataSourceRef' in written.claim.written ? 'dataSourceRef' : 'dataSource');
  }
  if (rule.startsWith('clone-')) return sourceField(written);
  return claimField(written, ...(FIELDS[rule] ?? ['storageClassName']));
}

/** What becomes of a claim: by itself, and as the clone that it is. */
export function claimOutcome(state: ClusterState, claim: Claim, users: ClaimUsers): Outcome {
  const own = ofItself(state, claim, users);
  if (claim.source.isPaused === true && own.kind !== OutcomeKind.NEVER) return PAUSED;
  const clone = own.kind === OutcomeKind.NEVER ? undefined : cloneOutcome(state, claim, users);
  return clone === undefined || isWorse(own, clone) ? own : clone;
}

function ofItself(state: ClusterState, claim: Claim, users: ClaimUsers): Outcome {
  const own = decideClaim(state.storage, fateOf(state, claim, users));
  return own.kind === OutcomeKind.NEVER ? own : (csiOutcome(state, claim) ?? own);
}

/** What a driver refuses of a claim that it clones or restores itself; undefined of any other claim. */
function csiOutcome(state: ClusterState, { source, settled, requested }: Claim): Outcome | undefined {
  const fromSnapshot = source.made === 'restored by the CSI driver';
  if (!fromSnapshot && source.made !== 'cloned by the CSI driver') return undefined;
  const [namespace = '', name = ''] = (source.from ?? '').split('/');
  const from = fromSnapshot ? state.snapshot(namespace, name) : state.claim(namespace, name);
  if (from === undefined) return undefined;
  return csiRefusal(state.storage.facts, {
    fromSnapshot,
    source: from.settled,
    sourceBytes: from.requested,
    target: settled,
    targetBytes: requested,
  });
}

/** From the worst to the best: a clone that would come to an end is of no use to a claim that may not be bound. */
const ORDER = [OutcomeKind.NEVER, OutcomeKind.WAITS, OutcomeKind.UNKNOWN, OutcomeKind.BOUND];

function isWorse(own: Outcome, clone: Outcome): boolean {
  return ORDER.indexOf(own.kind) <= ORDER.indexOf(clone.kind) && own.kind !== OutcomeKind.BOUND;
}

function fateOf(state: ClusterState, claim: Claim, users: ClaimUsers): ClaimFate {
  const { writer, settled, written, requested, namespace, name } = claim;
  const key = `${namespace}/${name}`;
  const waits = waitsForConsumer(state, settled.storageClassName);
  return {
    key,
    writer,
    settled,
    asksForNoClass: written.storageClassName === '',
    volumeName: textIn(written, 'volumeName'),
    bytes: requested,
    filling: fillingOf(claim),
    scratch: claim.source.scratch === 'needed' ? claim.scratch : undefined,
    bindsAtOnce: IMMEDIATE in claim.annotations || !state.settings.waitsForConsumers,
    isUsed: waits && users.uses(claim),
    laterUser: waits ? users.laterUser(claim) : undefined,
    isLeftOut: users.rivals.takeAllOf(key),
  };
}

/** Whether a class leaves a claim alone until a pod uses it: only then it is asked who does. */
function waitsForConsumer({ storage }: ClusterState, name: string | undefined): boolean {
  const storageClass = name === undefined ? undefined : storage.facts.storageClasses.find((one) => one.name === name);
  return storageClass?.volumeBindingMode === VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER;
}

/** CDI v1.63.1: pkg/controller/common/util.go, AnnImmediateBinding. */
export const IMMEDIATE = 'cdi.kubevirt.io/storage.bind.immediate.requested';

function fillingOf({ source: { made, clones } }: Claim): Filling {
  if (clones !== undefined || /^(import|blank|populated by Volume\w+Source$)/.test(made)) return Filling.CDI;
  return made.startsWith('upload') ? Filling.UPLOAD : Filling.NONE;
}

/** What becomes of the clone that a claim is; undefined if it is none. */
function cloneOutcome(state: ClusterState, claim: Claim, users: ClaimUsers): Outcome | undefined {
  const clone = state.cloneOf(claim);
  if (clone === undefined) return undefined;
  const waits = clone.outcome.kind === CloneOutcomeKind.NEVER_FINISHES ? undefined : unboundSource(state, clone, users);
  if (waits !== undefined) return waits;
  const { kind, reason, remedy } = clone.outcome;
  switch (kind) {
    case CloneOutcomeKind.NEVER_FINISHES:
      return { kind: OutcomeKind.NEVER, rule: 'clone-finishes', reason, remedy };
    case CloneOutcomeKind.WAITS:
      return {
        kind: OutcomeKind.WAITS,
        rule: clone.outcome.endsByItself === true ? 'clone-source-ends' : 'clone-source-in-use',
        reason,
        remedy,
      };
    case CloneOutcomeKind.UNKNOWN:
      return { kind: OutcomeKind.UNKNOWN, rule: 'clone-finishes', reason, remedy };
    default:
      return { kind: OutcomeKind.BOUND, rule: 'claim-bound', reason, remedy };
  }
}

/** What a clone waits for whose source, made in the same step, gets no volume there. Between two steps somebody may start a machine. */
function unboundSource(state: ClusterState, { source, step }: Clone, users: ClaimUsers): Outcome | undefined {
  if (!state.hasCatalog || source === undefined || source.fromSnapshot || source.claim.name === '') return undefined;
  const claim = state.claim(source.claim.namespace, source.claim.name);
  const maker = claim && makerOf(state, claim);
  if (claim === undefined || maker === undefined || stepOf(maker, step.name).name !== step.name) return undefined;
  const own = ofItself(state, claim, users);
  const isUnbound = own.kind === OutcomeKind.WAITS && CONSUMERS.has(own.rule);
  if (!isUnbound && own.kind !== OutcomeKind.NEVER) return undefined;
  return {
    kind: OutcomeKind.WAITS,
    rule: isFinding(own, claim, state) ? 'clone-source-waits' : 'clone-source-bound',
    reason: `no volume is bound to its source ${claim.name}: ${own.reason}`,
    remedy: own.remedy,
    source: own.source,
  };
}

const CONSUMERS: ReadonlySet<string> = new Set(['claim-machine-start', 'claim-first-consumer']);

/** The object that asks for a claim; undefined if it is made in another way. */
function makerOf(state: ClusterState, { namespace, name, owner }: Claim): Reviewed | undefined {
  const key = placeKey(namespace, name);
  for (const kind of ['PersistentVolumeClaim', 'DataVolume']) {
    const standing = state.objects.get(kind, key);
    if (standing !== undefined) return standing.reviewed;
  }
  return owner && state.machines.get(placeKey(namespace, owner.name))?.from;
}
