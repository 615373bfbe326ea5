import type { StorageFacts } from '../../../constructs/storage/facts';
import { Claim, dataVolumeClaim, plainClaim } from '../../cluster/claim';
import { placeKey } from '../../cluster/identity';
import { machineOf } from '../../cluster/machine';
import { smallTarget } from '../../cluster/migrated-disk';
import { isAtLeast } from '../../cluster/release-order';
import { diskObstacle, machineObstacle, populatorObstacle } from '../../cluster/volume-migration';
import { objectAt, objectsAt, textAt, valueAt, wordOf } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { ChangeContext, StateObjects } from '../context';
import { byName, claimOf, MachineStates } from './machine-states';

/** Why a volume is not migrated to its new claim. */
export interface MigrationObstacle {
  readonly reason: string;
  /** Whether nothing asks for a restart: the migration waits for something, or fails. */
  readonly waits?: boolean;
}

/**
 * What keeps a volume from being migrated to the claim that the new manifest names, in the order in which KubeVirt asks
 * (v1.6.2 and v1.9.0: pkg/virt-controller/watch/vm/vm.go, handleVolumeUpdateRequest).
 */
export function migrationObstacle(
  name: string,
  { before, after }: MachineStates,
  context: ChangeContext,
): MigrationObstacle | undefined {
  const own = diskObstacle(before.expanded, name);
  if (own !== undefined) return { reason: own.reason };
  const volumes = byName(after.expanded, 'volumes');
  const missing = missingTarget(volumes.get(name), after.vm, context);
  if (missing !== undefined)
    return { reason: `${missing} does not exist yet: the migration waits for it`, waits: true };
  const { end } = context.cluster();
  const machine = machineOf({ object: after.vm, origin: {} });
  const moving = machine && {
    before: before.expanded,
    after: after.expanded,
    machine,
    isSaidToMove: context.migratable,
  };
  const [namespace, dataVolume] = [textAt(after.vm, 'metadata', 'namespace'), dataVolumeOf(volumes.get(name))];
  const isNew = dataVolume !== '' && context.before.find('DataVolume', namespace, dataVolume) === undefined;
  const obstacle =
    (isNew ? populatorObstacle(namespace, dataVolume, end) : undefined) ?? (moving && machineObstacle(moving, end));
  if (obstacle !== undefined) return { reason: obstacle.reason };
  const old = byName(before.expanded, 'volumes');
  const small = smallerTarget(claimOf(old.get(name)), claimOf(volumes.get(name)), after.vm, context);
  return small === undefined ? undefined : { reason: small, waits: true };
}

function dataVolumeOf(volume: Json | undefined): string {
  return textAt(volume, 'dataVolume', 'name');
}

/** The target of a migration that no state and no template makes; from v1.9 a plain claim is looked for, too. */
function missingTarget(volume: Json | undefined, vm: Json, { kubevirt, isMissing }: ChangeContext): string | undefined {
  const name = claimOf(volume);
  if (name === undefined) return undefined;
  const namespace = textAt(vm, 'metadata', 'namespace');
  const isDataVolume = objectAt(volume, 'dataVolume') !== undefined;
  if (!isDataVolume && !isAtLeast(kubevirt, 'v1.9.0')) return undefined;
  const kind = isDataVolume ? 'DataVolume' : 'PersistentVolumeClaim';
  return isMissing(kind, name, namespace) ? `${kind} ${name}` : undefined;
}

/** Why the disk does not fit into the new claim, if it does not. */
function smallerTarget(
  from: string | undefined,
  to: string | undefined,
  vm: Json,
  context: ChangeContext,
): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  const cluster = context.cluster();
  const { facts } = cluster.end.storage;
  const namespace = textAt(vm, 'metadata', 'namespace');
  const source = claimIn(from, vm, context.before, facts);
  const target = claimIn(to, vm, context.after, facts) ?? claimIn(to, vm, context.before, facts);
  const origin = cluster.clones.get(placeKey(namespace, from))?.source?.claim;
  const small = source && target && smallTarget(facts, source.claim, target.claim, origin);
  if (small === undefined) return undefined;
  const least = small.least ?? wordOf(source?.size);
  const has = small.least === undefined ? `${from} (${least})` : `the disk in ${from} (${wordOf(source?.size)})`;
  return (
    `the migration fails: ${to} (${wordOf(target?.size)}) is smaller than ${has}, and the machine stays on ${from}; ` +
    `ask for at least ${least}`
  );
}

/** A claim by itself, by its DataVolume or by its template, whichever asks for a size, and that size as it is written. */
function claimIn(
  name: string,
  vm: Json,
  state: StateObjects,
  facts: StorageFacts,
): { readonly claim: Claim; readonly size: unknown } | undefined {
  const namespace = textAt(vm, 'metadata', 'namespace');
  const own = state.find('PersistentVolumeClaim', namespace, name);
  const templates = objectsAt(vm, 'spec', 'dataVolumeTemplates');
  const dataVolumes = [
    state.find('DataVolume', namespace, name),
    templates.find((one) => textAt(one, 'metadata', 'name') === name),
  ];
  const claims = [
    own && plainClaim(facts, own),
    ...dataVolumes.map((one) => one && dataVolumeClaim(facts, one, namespace)),
  ];
  return claims
    .map((claim) => claim && { claim, size: valueAt(claim.written, 'resources', 'requests', 'storage') })
    .find((one) => parseQuantity(one?.size) !== undefined);
}
