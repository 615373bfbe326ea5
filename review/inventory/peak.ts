import { ClaimWriter } from '../../constructs/storage/claim-defaults';
import { CloneOutcomeKind } from '../../constructs/storage/clone/outcome';
import type { Claim } from '../cluster/claim';
import { kindNameOf, namespaceOf, placeKey } from '../cluster/identity';
import { claimUses, Machine } from '../cluster/machine';
import type { ClusterState } from '../cluster/state';
import { textAt } from '../manifests/json';
import type { Reviewed } from '../manifests/manifest';
import { heldOf } from '../outcomes/snapshot-content';

/** What is needed for a while beside the claims that stay. */
export interface Beside {
  readonly namespace: string;
  readonly storageClass: string;
  /** `temporary`: claims; `snapshots`: what snapshots take at most. */
  readonly sum: 'temporary' | 'snapshots';
  /** Undefined if it is not known. */
  readonly bytes?: number;
}

/**
 * What the claims and the day-two objects of a group need beside the claims, if all of it goes on at once:
 *
 * - CDI fills a claim as another one of the same size, and hands its volume over: pkg/controller/populators/populator-base.go,
 *   createPVCPrime; of a clone that other one may stand beside the source: pkg/controller/clone/planner.go, planSnapshotClone,
 *   planCSIClone (v1.63.1).
 * - A restore, the clone of a machine and the export of a snapshot make a claim for each disk of the snapshot.
 * - A snapshot takes as much as its disks change, and so at most their size.
 */
export function* besideClaims(state: ClusterState, group: string, claims: Iterable<Claim>): Generator<Beside> {
  for (const claim of claims) {
    const place = fillingPlace(claim, state);
    if (place !== undefined) yield { ...place, sum: 'temporary', bytes: claim.requested };
  }
  for (const { reviewed, part } of state.objects.all()) {
    if (part === group) yield* ofDayTwo(state, reviewed);
  }
}

/** Bytes of the claim that CDI makes beside one while it fills it; undefined if it makes none. */
export function fillingBytes(claim: Claim, state: ClusterState): number | undefined {
  return fillingPlace(claim, state) === undefined ? undefined : claim.requested;
}

/** Where the claim stands that CDI fills in the place of another one; undefined if it fills none. */
function fillingPlace(claim: Claim, state: ClusterState): Pick<Beside, 'namespace' | 'storageClass'> | undefined {
  const { namespace, source, writer, settled } = claim;
  if (writer === ClaimWriter.CLAIM) return undefined;
  if (source.clones === undefined && !/^(import|upload|blank)/.test(source.made)) return undefined;
  const clone = state.cloneOf(claim);
  const from = BESIDE_SOURCE.has(clone?.outcome.kind) ? clone?.source?.claim.namespace : undefined;
  return { namespace: from || namespace, storageClass: settled.storageClassName ?? '' };
}

const BESIDE_SOURCE: ReadonlySet<unknown> = new Set([CloneOutcomeKind.SNAPSHOT, CloneOutcomeKind.CSI_CLONE]);

function* ofDayTwo(state: ClusterState, reviewed: Reviewed): Generator<Beside> {
  const kind = kindNameOf(reviewed);
  // Most are none of these.
  if (!kind.startsWith('V') || kind === 'VirtualMachine') return;
  const namespace = namespaceOf(reviewed);
  const of = (path: string): string => textAt(reviewed.object, 'spec', ...path.split('.'));
  switch (kind) {
    case 'VirtualMachineSnapshot':
      yield* heldClaims(state, namespace, of('source.name'), 'snapshots');
      break;
    case 'VirtualMachineRestore':
      yield* ofSnapshot(state, namespace, of('virtualMachineSnapshotName'));
      break;
    case 'VirtualMachineExport':
      if (of('source.kind') === 'VirtualMachineSnapshot') yield* ofSnapshot(state, namespace, of('source.name'));
      break;
    case 'VirtualMachineClone':
      if (of('source.kind') === 'VirtualMachineSnapshot') yield* ofSnapshot(state, namespace, of('source.name'));
      else yield* heldClaims(state, namespace, of('source.name'), 'temporary');
      break;
    case 'VolumeSnapshot': {
      const claim = state.claim(namespace, of('source.persistentVolumeClaimName'));
      if (claim !== undefined) yield besideOf(claim, 'snapshots');
      break;
    }
    default:
  }
}

function* ofSnapshot(state: ClusterState, namespace: string, name: string): Generator<Beside> {
  const snapshot = state.object('VirtualMachineSnapshot', namespace, name);
  yield* heldClaims(state, namespace, textAt(snapshot, 'spec', 'source', 'name'), 'temporary');
}

/** The claims of a machine that a snapshot of it holds. */
function* heldClaims(state: ClusterState, namespace: string, name: string, sum: Beside['sum']): Generator<Beside> {
  const machine: Machine | undefined = state.machines.get(placeKey(namespace, name));
  if (machine === undefined) return;
  const held = new Set(heldOf(state, machine));
  for (const { name: claimed, volume } of claimUses(machine)) {
    const claim = state.claim(namespace, claimed);
    if (claim !== undefined && held.has(textAt(volume, 'name'))) yield besideOf(claim, sum);
  }
}

function besideOf({ namespace, settled, requested }: Claim, sum: Beside['sum']): Beside {
  return { namespace, storageClass: settled.storageClassName ?? '', sum, bytes: requested };
}
