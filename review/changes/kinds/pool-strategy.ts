import { isAtLeast } from '../../cluster/release-order';
import { objectAt, textAt } from '../../manifests/json';
import { Json } from '../../rule';
import { ChangeContext } from '../context';

/** How the controller of a pool brings a changed template to its machines. */
export enum PoolUpdate {
  /** It restarts them; the default. */
  PROACTIVE = 'proactive',
  /** It changes the VirtualMachines, and leaves what runs alone. */
  OPPORTUNISTIC = 'opportunistic',
  /** It does nothing. */
  UNMANAGED = 'unmanaged',
}

/** What the controller does with machines that are too many. */
export interface PoolScaleIn {
  /** Whether it deletes them by itself. */
  readonly deletes: boolean;
  /** Whether their disks are released before, and stay. */
  readonly keepsDisks: boolean;
}

/** `updateStrategy` of a pool, which there is from v1.7: pkg/virt-controller/watch/pool/pool.go, update and isOpportunisticUpdate. */
export function poolUpdate(pool: Json, { kubevirt }: ChangeContext): PoolUpdate {
  const strategy = isAtLeast(kubevirt, 'v1.7.0') ? objectAt(pool, 'spec', 'updateStrategy') : undefined;
  if (objectAt(strategy, 'unmanaged') !== undefined) return PoolUpdate.UNMANAGED;
  return objectAt(strategy, 'opportunistic') === undefined ? PoolUpdate.PROACTIVE : PoolUpdate.OPPORTUNISTIC;
}

/** `scaleInStrategy` of a pool: pool.go, proactiveScaleIn and statePreservationCleanupforVM, from v1.7. */
export function poolScaleIn(pool: Json, { kubevirt }: ChangeContext): PoolScaleIn {
  const strategy = isAtLeast(kubevirt, 'v1.7.0') ? objectAt(pool, 'spec', 'scaleInStrategy') : undefined;
  const isLeft = ['unmanaged', 'opportunistic'].some((one) => objectAt(strategy, one) !== undefined);
  const kept = textAt(strategy, 'proactive', 'statePreservation');
  return { deletes: !isLeft, keepsDisks: kept === 'Offline' || kept === 'Online' };
}
