import { ClaimWriter } from '../../constructs/storage/claim-defaults';
import { ClaimApi } from '../../constructs/storage/claim-modes';
import { annotated } from '../../constructs/storage/clone/annotations';
import { decideClone } from '../../constructs/storage/clone/decision';
import type { CloneOutcome, CloneRequest } from '../../constructs/storage/clone/outcome';
import { diskOfClaim, type IDisk } from '../../constructs/storage/disk';
import type { StorageFacts } from '../../constructs/storage/facts';
import { Claim } from './claim';

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

/** The class '' is a fault of the clone; what is settled of it is the default class. */
function diskOf({ settled, written }: Claim, bytes: number | undefined): IDisk {
  return diskOfClaim(written.storageClassName === '' ? { ...settled, storageClassName: '' } : settled, bytes);
}
