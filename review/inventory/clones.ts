import { fromBytes } from '../../constructs/shared/quantity';
import { ClaimWriter } from '../../constructs/storage/claim-defaults';
import { CloneOutcomeKind, type CloneOutcome } from '../../constructs/storage/clone-outcome';
import { decideClone } from '../../constructs/storage/clone-rules';
import { ClaimApi } from '../../constructs/storage/data-volume';
import type { IDisk } from '../../constructs/storage/disk';
import type { StorageFacts } from '../../constructs/storage/storage-facts';
import { ClonedObject } from './claim-source';
import { Claim } from './claims';
import { CloneRow } from './model';

/** What is found at a name at some moment. */
export interface Lookup {
  claim(namespace: string, name: string): Claim | undefined;
  /** The claim that a snapshot is of, as it was when the snapshot was taken. */
  snapshot(namespace: string, name: string): Claim | undefined;
  /** What an object stands for that names another. */
  pointer(kind: string, namespace: string, name: string): ClonedObject | undefined;
}

/** The claim behind what is cloned; nothing where the manifests do not hold it. */
export function sourceOf(cloned: ClonedObject | undefined, lookup: Lookup, depth = 0): FoundSource | undefined {
  if (cloned === undefined || depth > 2) return undefined;
  const { kind, namespace, name } = cloned;
  if (kind === 'DataSource' || kind === 'VolumeCloneSource') {
    return sourceOf(lookup.pointer(kind, namespace, name), lookup, depth + 1);
  }
  const fromSnapshot = kind === 'VolumeSnapshot';
  const claim = fromSnapshot ? lookup.snapshot(namespace, name) : lookup.claim(namespace, name);
  return claim === undefined ? undefined : { claim, fromSnapshot };
}

/** A source that was found. */
export interface FoundSource {
  readonly claim: Claim;
  readonly fromSnapshot: boolean;
}

/** What a clone will do with this storage; without a source, what is missing to know it. */
export function outcomeOf(
  facts: StorageFacts,
  hasCatalog: boolean,
  clone: Claim,
  source: FoundSource | undefined,
): Pick<CloneOutcome, 'kind' | 'reason' | 'remedy' | 'rule' | 'evidence'> | Omitted {
  if (!hasCatalog) return unknown("nothing is known of the cluster's storage");
  if (source === undefined) return unknown(`${clone.source.from} is not among the manifests`);
  return decideClone(facts, {
    source: diskOf(source.claim, source.claim.requested),
    target: diskOf(clone, clone.asked),
    fromSnapshot: source.fromSnapshot,
    claimApi: clone.writer === ClaimWriter.STORAGE ? ClaimApi.STORAGE : ClaimApi.PVC,
    contentType: clone.contentType,
    sourceContentType: source.claim.contentType,
    permissive: clone.annotations[PERMISSIVE] !== undefined || undefined,
    usesPopulator: populator(clone.annotations[USE_POPULATOR]),
  });
}

const PERMISSIVE = 'cdi.kubevirt.io/permissiveClone';
const USE_POPULATOR = 'cdi.kubevirt.io/storage.usePopulator';

interface Omitted {
  readonly kind: CloneOutcomeKind;
  readonly reason: string;
  readonly remedy?: undefined;
  readonly rule?: undefined;
  readonly evidence?: undefined;
}

function unknown(why: string): Omitted {
  return { kind: CloneOutcomeKind.UNKNOWN, reason: why };
}

function populator(annotation: unknown): boolean | undefined {
  return annotation === undefined ? undefined : annotation === 'true';
}

function diskOf({ name, namespace, settled, written }: Claim, size: number | undefined): IDisk {
  const { storageClassName, volumeMode, accessModes } = settled;
  return {
    claimName: name,
    namespace,
    size: size === undefined ? undefined : fromBytes(size),
    storageClassName: written.storageClassName === '' ? '' : storageClassName,
    volumeMode,
    accessModes: accessModes && [...accessModes],
  };
}

/** The row of a clone. */
export function cloneRow(
  group: string,
  clone: Claim,
  outcome: ReturnType<typeof outcomeOf>,
  source: FoundSource | undefined,
): CloneRow {
  const { kind, reason, remedy, rule, evidence } = outcome;
  const { namespace, name, requested, settled } = clone;
  const from = source?.claim.namespace ?? clone.source.clones?.namespace;
  const needs =
    from === undefined || from === '' || from === namespace
      ? undefined
      : `create on datavolumes/source in namespace ${from}`;
  return {
    group,
    namespace,
    claim: name,
    source: clone.source.from ?? '',
    bytes: requested ?? source?.claim.requested,
    storageClass: settled.storageClassName,
    outcome: kind,
    reason,
    remedy,
    rule,
    evidence: kind === CloneOutcomeKind.UNKNOWN ? undefined : evidence,
    removed: false,
    needs,
  };
}
