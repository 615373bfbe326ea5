import { ClaimWriter } from '../../constructs/storage/claim-defaults';
import { ClaimApi } from '../../constructs/storage/claim-modes';
import { annotated } from '../../constructs/storage/clone/annotations';
import { decideClone, refusedAnywhere, SOURCE_IN_USE } from '../../constructs/storage/clone/decision';
import { CloneOutcomeKind, type CloneOutcome, type CloneRequest } from '../../constructs/storage/clone/outcome';
import { diskOfClaim, type IDisk } from '../../constructs/storage/disk';
import type { StorageFacts } from '../../constructs/storage/facts';
import { valueAt } from '../manifests/json';
import { Claim, isPlain } from './claim';
import { ClonedObject } from './claim-source';
import { Step } from './step';

/** A clone, and what it will do with the storage that it met. */
export interface Clone {
  /** The part of the whole that it was applied in. */
  readonly part: string;
  /** The step that it is of. */
  readonly step: Step;
  /** The storage that it met; undefined if nothing was known of it. */
  readonly facts?: StorageFacts;
  /** The claim that is made, with the size that it takes from its source. */
  readonly claim: Claim;
  /** The claim that is cloned; undefined if it is not among the manifests. */
  readonly source?: CloneSource;
  readonly outcome: ClonePrediction;
}

/** What is cloned, and whether a snapshot of it is. */
export interface CloneSource {
  readonly claim: Claim;
  readonly fromSnapshot: boolean;
}

/** What a clone will do. */
export type ClonePrediction = Pick<CloneOutcome, 'kind' | 'reason' | 'remedy' | 'rule'> & {
  readonly evidence?: CloneOutcome['evidence'];
  /** Of a clone that waits: whether what it waits for ends by itself. */
  readonly endsByItself?: boolean;
};

/** What is found at a name at some moment. */
export interface CloneLookup {
  claim(namespace: string, name: string): Claim | undefined;
  /** The claim that a snapshot is of, as it was when the snapshot was taken. */
  snapshot(namespace: string, name: string): Claim | undefined;
  /** The object that another one stands for. */
  pointer(kind: string, namespace: string, name: string): ClonedObject | undefined;
  /** What the DataImportCron of a DataSource imports; undefined if it has none, or its class is not known. */
  imported(namespace: string, name: string): CloneSource | undefined;
  /** The DataImportCron that makes the object that a DataSource names. */
  cron(namespace: string, name: string): string | undefined;
}

/** A DataSource may name another one, which names a claim. */
const MOST_POINTERS = 2;

/** The claim behind what is cloned; undefined if it is not among the manifests. */
export function cloneSource(cloned: ClonedObject | undefined, lookup: CloneLookup, depth = 0): CloneSource | undefined {
  if (cloned === undefined || depth > MOST_POINTERS) return undefined;
  const { kind, namespace, name } = cloned;
  if (kind === 'DataSource' || kind === 'VolumeCloneSource') {
    const named = cloneSource(lookup.pointer(kind, namespace, name), lookup, depth + 1);
    return named ?? (kind === 'DataSource' ? lookup.imported(namespace, name) : undefined);
  }
  const fromSnapshot = kind === 'VolumeSnapshot';
  const claim = fromSnapshot ? lookup.snapshot(namespace, name) : lookup.claim(namespace, name);
  return claim === undefined ? undefined : { claim, fromSnapshot };
}

/** Predicts clones. Those of a fleet are alike: the same question about the same storage is answered once. */
export class ClonePredictions {
  private readonly known = new WeakMap<StorageFacts, Map<string, CloneOutcome>>();

  /** @param isWhole Whether the facts of the storage are all that there is. */
  public constructor(private readonly isWhole: boolean) {}

  /** What a clone will do; without a source, or without facts of the storage, what is missing to know it. */
  public of(
    facts: StorageFacts,
    hasCatalog: boolean,
    clone: Claim,
    source: CloneSource | undefined,
    lookup: CloneLookup,
  ): ClonePrediction {
    const imported = source === undefined ? madeByCron(clone.source.clones, lookup) : undefined;
    if (imported !== undefined) return unknown(imported);
    if (!hasCatalog) {
      const refused = source && refusedAnywhere(requestOf(clone, source));
      return refused ?? unknown("nothing is known of the cluster's storage");
    }
    if (source === undefined) return unknown(`${clone.source.from} is not among the manifests`);
    const outcome = this.decided(facts, requestOf(clone, source));
    if (outcome.kind !== CloneOutcomeKind.UNKNOWN) return outcome;
    return refusedAnywhere(requestOf(clone, source)) ?? outcome;
  }

  /** What a clone will do whose source is written to by a machine that runs. */
  public ofUsed({ facts, claim }: Clone, source: CloneSource): ClonePrediction {
    const request = { ...requestOf(unsized(claim), source), sourceIsInUse: true };
    const outcome = facts && this.decided(facts, request);
    if (outcome !== undefined && outcome.kind !== CloneOutcomeKind.UNKNOWN) return outcome;
    return refusedAnywhere(request) ?? waiting();
  }

  private decided(facts: StorageFacts, request: CloneRequest): CloneOutcome {
    const outcomes = this.known.get(facts) ?? new Map<string, CloneOutcome>();
    this.known.set(facts, outcomes);
    const key = JSON.stringify(request);
    const outcome = outcomes.get(key) ?? decideClone(facts, request, this.isWhole);
    outcomes.set(key, outcome);
    return outcome;
  }
}

/** Why the source is not known, where a cron imports it in the course of time. */
function madeByCron(cloned: ClonedObject | undefined, lookup: CloneLookup, depth = 0): string | undefined {
  if (cloned?.kind !== 'DataSource' || depth > MOST_POINTERS) return undefined;
  const { kind, namespace, name } = cloned;
  const cron = lookup.cron(namespace, name);
  if (cron === undefined) return madeByCron(lookup.pointer(kind, namespace, name), lookup, depth + 1);
  return `DataImportCron ${cron} makes what DataSource ${namespace}/${name} names: its size and its class are not known`;
}

/** Whatever way it takes, it waits first. */
function waiting(): ClonePrediction {
  const { rule, evidence, reason, remedy } = SOURCE_IN_USE;
  return { kind: CloneOutcomeKind.WAITS, rule, evidence, reason, remedy };
}

function unknown(reason: string): ClonePrediction {
  return { kind: CloneOutcomeKind.UNKNOWN, reason };
}

function requestOf(clone: Claim, { claim, fromSnapshot }: CloneSource): CloneRequest {
  return {
    source: diskOf(claim, claim.requested),
    target: diskOf(clone, clone.asked),
    fromSnapshot,
    claimApi: clone.writer === ClaimWriter.STORAGE ? ClaimApi.STORAGE : ClaimApi.PVC,
    contentType: clone.contentType,
    sourceContentType: claim.contentType,
    sourceIsPlain: isPlain(claim),
    ...annotated(clone.annotations),
    ...(clone.source.clones?.kind === 'VolumeCloneSource' ? { byClaim: true } : {}),
  };
}

/** A clone that names no size, as it was before it got that of its source. */
function unsized(clone: Claim): Claim {
  const isNamed = valueAt(clone.written, 'resources', 'requests', 'storage') !== undefined;
  return isNamed ? clone : { ...clone, asked: undefined };
}

/** The class '' is a fault of the clone; what is settled of it is the default class. */
function diskOf({ settled, written }: Claim, bytes: number | undefined): IDisk {
  return diskOfClaim(written.storageClassName === '' ? { ...settled, storageClassName: '' } : settled, bytes);
}
