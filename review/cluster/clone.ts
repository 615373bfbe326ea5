import { CloneOutcomeKind, type CloneOutcome } from '../../constructs/storage/clone/outcome';
import type { StorageFacts } from '../../constructs/storage/facts';
import { CloneRow } from '../inventory/model';
import { Claim } from './claim';
import { ClonedObject } from './claim-source';
import { CloneDecisions, FoundSource } from './clone-decisions';

/** What is found at a name at some moment. */
export interface Lookup {
  claim(namespace: string, name: string): Claim | undefined;
  /** The claim that a snapshot is of, as it was when the snapshot was taken. */
  snapshot(namespace: string, name: string): Claim | undefined;
  /** What an object stands for that names another. */
  pointer(kind: string, namespace: string, name: string): ClonedObject | undefined;
  /** The DataImportCron that makes what a DataSource names. */
  cron(namespace: string, name: string): string | undefined;
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

/** What a clone will do with this storage; without a source, what is missing to know it. */
export function outcomeOf(
  facts: StorageFacts,
  hasCatalog: boolean,
  clone: Claim,
  source: FoundSource | undefined,
  lookup: Lookup,
  decisions: CloneDecisions,
): Pick<CloneOutcome, 'kind' | 'reason' | 'remedy' | 'rule' | 'evidence'> | Omitted {
  const imported = source === undefined ? imports(clone.source.clones, lookup) : undefined;
  if (imported !== undefined) return unknown(imported);
  if (!hasCatalog) return unknown("nothing is known of the cluster's storage");
  if (source === undefined) return unknown(`${clone.source.from} is not among the manifests`);
  return decisions.decide(facts, clone, source);
}

/** What a cron makes in the course of time: nobody knows it from the manifests. */
function imports(cloned: ClonedObject | undefined, lookup: Lookup, depth = 0): string | undefined {
  if (cloned?.kind !== 'DataSource' || depth > 2) return undefined;
  const { kind, namespace, name } = cloned;
  const cron = lookup.cron(namespace, name);
  if (cron === undefined) return imports(lookup.pointer(kind, namespace, name), lookup, depth + 1);
  return `DataImportCron ${cron} makes what DataSource ${namespace}/${name} names: its size and its class are not known`;
}

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
