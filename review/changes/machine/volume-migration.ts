import type { StorageFacts } from '../../../constructs/storage/facts';
import { NOT_OF_DISKS } from '../../../constructs/storage/live-migration-rules';
import { Claim, dataVolumeClaim, plainClaim } from '../../cluster/claim';
import { placeKey } from '../../cluster/identity';
import { judge } from '../../cluster/live-migration';
import { machineOf } from '../../cluster/machine';
import { smallTarget } from '../../cluster/migrated-disk';
import { isAtLeast } from '../../cluster/release-order';
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
 * What keeps a volume from being migrated to the claim that the new manifest names (KubeVirt v1.6.2 and v1.9.0:
 * pkg/virt-controller/watch/volume-migration/volume-migration.go, ValidateVolumes and ValidateVolumesUpdateMigration).
 */
export function migrationObstacle(
  name: string,
  { before, after }: MachineStates,
  context: ChangeContext,
): MigrationObstacle | undefined {
  const devices = objectAt(before.expanded, 'domain', 'devices') ?? {};
  if (objectsAt(devices, 'filesystems').some((one) => textAt(one, 'name') === name)) {
    return { reason: 'a file system that is shared by virtiofs is not migrated' };
  }
  const disk = byName(before.expanded, 'domain', 'devices', 'disks').get(name);
  if (disk?.shareable === true) return { reason: 'a shareable disk is not migrated' };
  if (objectAt(disk, 'lun') !== undefined) return { reason: 'a LUN is not migrated' };
  const stuck = stuckMachine(after.vm, context);
  if (stuck !== undefined) return { reason: `the machine cannot be live-migrated (${stuck})` };
  const volumes = byName(after.expanded, 'volumes');
  const missing = missingTarget(volumes.get(name), after.vm, context);
  if (missing !== undefined)
    return { reason: `${missing} does not exist yet: the migration waits for it`, waits: true };
  const old = byName(before.expanded, 'volumes');
  const small = smallerTarget(claimOf(old.get(name)), claimOf(volumes.get(name)), after.vm, context);
  if (small !== undefined) return { reason: small, waits: true };
  const alone = [...old].find(([other, volume]) => {
    const [was, is] = [claimOf(volume), claimOf(volumes.get(other))];
    return was !== undefined && was === is && isSingle(was, before.vm, context);
  });
  if (alone !== undefined) {
    return {
      reason: `disk ${alone[0]} is ReadWriteOnce and stays where it is: the machine cannot move to another node`,
    };
  }
  return undefined;
}

/** What keeps a machine on its node for certain, apart from its disks; undefined if nothing does, or it is said to move. */
function stuckMachine(vm: Json, { migratable, cluster }: ChangeContext): string | undefined {
  if (migratable === true) return undefined;
  const machine = machineOf({ object: vm, origin: {} });
  return machine && judge(machine, cluster().end).proven.find(({ rule }) => NOT_OF_DISKS.has(rule))?.message;
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

/** Whether a claim can be used on one node at a time, as far as the manifests say. */
function isSingle(name: string, vm: Json, { before }: ChangeContext): boolean {
  const namespace = textAt(vm, 'metadata', 'namespace');
  const template = objectsAt(vm, 'spec', 'dataVolumeTemplates').find((one) => textAt(one, 'metadata', 'name') === name);
  const volume = template ?? before.find('DataVolume', namespace, name);
  const claim = before.find('PersistentVolumeClaim', namespace, name);
  const modes =
    valueAt(claim, 'spec', 'accessModes') ??
    valueAt(volume, 'spec', 'storage', 'accessModes') ??
    valueAt(volume, 'spec', 'pvc', 'accessModes');
  return (
    Array.isArray(modes) &&
    modes.length > 0 &&
    modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod')
  );
}
