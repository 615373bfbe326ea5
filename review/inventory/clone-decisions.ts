import { ClaimApi } from '../../constructs/disks/data-volume';
import { fromBytes } from '../../constructs/shared/quantity';
import { ClaimWriter } from '../../constructs/storage/claim-defaults';
import { annotated } from '../../constructs/storage/clone/annotations';
import { decideClone } from '../../constructs/storage/clone/decision';
import type { CloneOutcome, CloneRequest } from '../../constructs/storage/clone/outcome';
import type { IDisk } from '../../constructs/storage/disk';
import type { StorageFacts } from '../../constructs/storage/facts';
import { Claim } from './claims';

/** A source that was found. */
export interface FoundSource {
  readonly claim: Claim;
  readonly fromSnapshot: boolean;
}

/** What clones will do. Those of a fleet are alike: what is asked once with the same storage is not worked out again. */
export class CloneDecisions {
  private readonly known = new WeakMap<StorageFacts, Map<string, CloneOutcome>>();

  public decide(facts: StorageFacts, clone: Claim, source: FoundSource): CloneOutcome {
    const decided = this.known.get(facts) ?? new Map<string, CloneOutcome>();
    this.known.set(facts, decided);
    const request = requestOf(clone, source);
    const key = JSON.stringify(request);
    const outcome = decided.get(key) ?? decideClone(facts, request);
    decided.set(key, outcome);
    return outcome;
  }
}

function requestOf(clone: Claim, { claim, fromSnapshot }: FoundSource): CloneRequest {
  return {
    source: diskOf(claim, claim.requested),
    target: diskOf(clone, clone.asked),
    fromSnapshot,
    claimApi: clone.writer === ClaimWriter.STORAGE ? ClaimApi.STORAGE : ClaimApi.PVC,
    contentType: clone.contentType,
    sourceContentType: claim.contentType,
    ...annotated(clone.annotations),
  };
}

/** A disk without its name and namespace, which decide nothing and would tell like clones apart. */
function diskOf({ settled, written }: Claim, size: number | undefined): IDisk {
  const { storageClassName, volumeMode, accessModes } = settled;
  return {
    claimName: '',
    size: size === undefined ? undefined : fromBytes(size),
    storageClassName: written.storageClassName === '' ? '' : storageClassName,
    volumeMode,
    accessModes: accessModes && [...accessModes],
  };
}
