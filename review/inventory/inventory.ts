import { MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { ClusterState } from '../cluster/state';
import { isObject, textAt } from '../manifests/json';
import { isKustomization } from '../manifests/kustomize';
import { asReviewed, Reviewed, ReviewedManifest } from '../manifests/manifest';
import { objectsOf } from '../manifests/objects';
import { capacityOf } from './capacity';
import { byCluster } from './clusters';
import { Ground, groundOf, InventoryOptions } from './ground';
import { CapacityRow, CloneRow, DiskRow, Inventory, ObjectKey, Total, UncountedRow, VmRow } from './model';
import { besideClaims } from './peak';
import { problemRows } from './problems';
import { cloneRows, restatedRows, rowsOf } from './rows';
import { compare } from './text';
import { kustomizationFault, uncountedRows, UnknownKinds } from './uncounted';

/** A step of a part: what it applies, then what it deletes. */
export interface InventoryStep {
  /**
   * Objects, in the order in which they are applied: plain ones, or `ReviewedManifest`s.
   *
   * @default - none
   */
  readonly manifests?: Iterable<unknown>;

  /**
   * Objects that are deleted after it; of a StorageProfile, what its spec said.
   *
   * @default - none
   */
  readonly removed?: readonly ObjectKey[];
}

/** A part that is counted by itself: a chapter. What earlier parts made is still there. */
export interface InventoryGroup {
  /** What it is called. */
  readonly name: string;

  /** What is done, in this order. */
  readonly steps: Iterable<InventoryStep>;

  /**
   * Objects that are deleted when it is over. They are counted.
   *
   * @default - none
   */
  readonly cleanUp?: readonly ObjectKey[];
}

/**
 * Counts what manifests make: every object in its last state. A clone's outcome is that of the storage it meets: the
 * objects are taken in the order in which they are applied. Roots that make machines or claims of the same names are counted
 * by themselves, each a group.
 *
 * @param manifests Plain objects, or `ReviewedManifest.of(object, origin)` where a file is known. Lists stand for their
 *   items; what is not an object is named in the inventory, and ends nothing.
 * @throws if an option names a release that is not held.
 */
export function inventory(manifests: Iterable<unknown>, options: InventoryOptions = {}): Inventory {
  const reviewed = [...manifests].map(asReviewed);
  const ground = groundOf(options, reviewed);
  const clusters = byCluster(reviewed);
  if (clusters.length === 1) return counted([{ name: '', steps: [clusters[0]!] }], ground);
  return together(clusters.map(({ name, manifests: own }) => counted([{ name, steps: [{ manifests: own }] }], ground)));
}

/**
 * As `inventory`, part by part: each counts every object that it makes or changes. The parts follow one another in one
 * cluster, as the chapters of a worked example do.
 *
 * @throws if an option names a release that is not held.
 */
export function groupedInventory(groups: Iterable<InventoryGroup>, options: InventoryOptions = {}): Inventory {
  const read = [...groups].map((group) => ({ ...group, steps: [...group.steps].map(readStep) }));
  const all = read.flatMap(({ steps }) => steps.flatMap(({ manifests }) => manifests));
  const found = counted(read, groundOf(options, all));
  return found.groups.length === 0 ? found : { ...found, restated: [] };
}

function readStep({ manifests = [], removed }: InventoryStep): InventoryStep & { manifests: ReviewedManifest[] } {
  return { manifests: [...manifests].map(asReviewed), removed };
}

/** What stands in one cluster. */
function counted(groups: Iterable<InventoryGroup>, ground: Ground): Inventory {
  const { storage, given, releases } = ground;
  const state = new ClusterState(storage, storage !== undefined, given);
  const unknown = new UnknownKinds();
  const applied: Reviewed[] = [];
  const parts = [...groups].map((group) => part(state, group, unknown, applied));
  const all = {
    disks: parts.flatMap(({ disks }) => disks),
    vms: parts.flatMap(({ vms }) => vms),
    clones: parts.flatMap(({ clones }) => clones),
    capacity: parts.flatMap(({ capacity }) => capacity),
    uncounted: parts.flatMap(({ uncounted }) => uncounted),
  };
  const isGrouped = parts.some(({ name }) => name !== '');
  return {
    ...all,
    restated: restatedRows(state),
    problems: parts.length === 1 ? problemRows(parts[0]!.name, applied, ground, state) : [],
    passedKinds: unknown.list(),
    hasCatalog: state.hasCatalog,
    releases,
    ofSeveralClusters: false,
    ...sums(all),
    groups: isGrouped ? parts.map(({ name, vms, capacity }) => totalOf(name, vms, capacity)) : [],
  };
}

/** Clusters beside each other, each a group. */
function together(clusters: readonly Inventory[]): Inventory {
  const all = {
    disks: clusters.flatMap(({ disks }) => disks),
    vms: clusters.flatMap(({ vms }) => vms),
    clones: clusters.flatMap(({ clones }) => clones),
    capacity: clusters.flatMap(({ capacity }) => capacity),
    uncounted: clusters.flatMap(({ uncounted }) => uncounted),
  };
  return {
    ...all,
    restated: clusters.flatMap(({ restated }) => restated),
    problems: clusters.flatMap(({ problems }) => problems),
    passedKinds: UnknownKinds.sum(clusters.map(({ passedKinds }) => passedKinds)),
    hasCatalog: clusters.some(({ hasCatalog }) => hasCatalog),
    // All are of one release.
    releases: clusters[0]!.releases,
    ofSeveralClusters: true,
    ...sums(all),
    groups: clusters.flatMap(({ groups }) => groups),
  };
}

function sums(all: Pick<Part, 'vms' | 'capacity'>): Pick<Inventory, 'total' | 'namespaces' | 'storageClasses'> {
  return {
    total: totalOf('', all.vms, all.capacity),
    namespaces: totals(all, ({ namespace }) => namespace),
    storageClasses: totals(
      { vms: [], capacity: all.capacity.filter(({ claims }) => claims > 0) },
      ({ storageClass }) => storageClass,
    ),
  };
}

interface Part {
  readonly name: string;
  readonly disks: DiskRow[];
  readonly vms: VmRow[];
  readonly clones: CloneRow[];
  readonly capacity: CapacityRow[];
  readonly uncounted: UncountedRow[];
}

function part(
  state: ClusterState,
  { name, steps, cleanUp = [] }: InventoryGroup,
  unknown: UnknownKinds,
  applied: Reviewed[],
): Part {
  const passedBy: UncountedRow[] = [];
  for (const [index, { manifests = [], removed = [] }] of [...steps].entries()) {
    for (const given of manifests) {
      const manifest = asReviewed(given);
      const { objects, passedBy: reasons } = objectsOf(manifest);
      for (const reason of [...reasons, ...faultsOf(manifest)]) passedBy.push(fileRow(name, manifest, reason));
      for (const reviewed of objects) {
        try {
          unknown.note(reviewed);
          state.apply(reviewed, name, `${name} ${index}`);
          applied.push(reviewed);
        } catch (thrown) {
          // One object of a shape that no cluster takes does not end the count of the others.
          const what = thrown instanceof Error ? thrown.name : 'an unknown error';
          passedBy.push(fileRow(name, manifest, `an object could not be counted (${what})`));
        }
      }
    }
    for (const key of removed) state.remove(key);
  }
  state.settle();
  const claims = [...state.claims.entries()].flatMap(([, { part, value }]) => (part === name ? [value] : []));
  const found = {
    name,
    ...rowsOf(state, name),
    clones: cloneRows(state, name),
    capacity: capacityOf(name, claims, state.clones, besideClaims(state, name, claims)),
    uncounted: [...uncountedRows(state, name), ...passedBy].sort(byObject),
  };
  for (const key of cleanUp) state.remove(key);
  return found;
}

function faultsOf({ object, origin, root }: ReviewedManifest): string[] {
  if (isKustomization(object, origin.file))
    return [kustomizationFault(object, root)].filter((fault) => fault !== undefined);
  return isObject(object) && textAt(object, 'kind') === '' ? ["a manifest must have a 'kind'"] : [];
}

function fileRow(group: string, { origin }: ReviewedManifest, reason: string): UncountedRow {
  return { group, namespace: '', object: origin.file ?? 'a manifest', reason };
}

function byObject(a: UncountedRow, b: UncountedRow): number {
  return compare(a.namespace, b.namespace) || compare(a.object, b.object) || compare(a.makes ?? '', b.makes ?? '');
}

function totals({ vms, capacity }: Pick<Part, 'vms' | 'capacity'>, of: (row: CapacityRow) => string): Total[] {
  const byName = new Map<string, { vms: VmRow[]; rows: CapacityRow[] }>();
  const entry = (name: string): { vms: VmRow[]; rows: CapacityRow[] } => {
    const found = byName.get(name) ?? { vms: [], rows: [] };
    byName.set(name, found);
    return found;
  };
  for (const row of capacity) entry(of(row)).rows.push(row);
  for (const vm of vms) entry(vm.namespace).vms.push(vm);
  const sorted = [...byName].sort(([a], [b]) => compare(a, b));
  return sorted.map(([name, { vms: own, rows }]) => totalOf(name, own, rows));
}

function totalOf(name: string, vms: readonly VmRow[], rows: readonly CapacityRow[]): Total {
  const sum = (field: 'claims' | 'requested' | 'unknownSizes' | 'peak'): number =>
    rows.reduce((all, row) => all + row[field], 0);
  const guests = { cpus: 0, memory: 0, peakCpus: 0, peakMemory: 0, unknownGuests: 0 };
  const moving: VmRow[] = [];
  for (const vm of vms) {
    const { cpus, memory, verdict, movesVolumes } = vm;
    guests.cpus += cpus ?? 0;
    guests.memory += memory ?? 0;
    if (cpus === undefined || memory === undefined) guests.unknownGuests += 1;
    if (verdict === MigrationVerdict.NOT_MIGRATABLE) continue;
    guests.peakCpus = Math.max(guests.peakCpus, cpus ?? 0);
    guests.peakMemory = Math.max(guests.peakMemory, memory ?? 0);
    if (movesVolumes) moving.push(vm);
  }
  guests.peakCpus = Math.max(guests.peakCpus, atOnce(moving.map(({ cpus }) => cpus ?? 0)));
  guests.peakMemory = Math.max(guests.peakMemory, atOnce(moving.map(({ memory }) => memory ?? 0)));
  return {
    name,
    vms: vms.length,
    claims: sum('claims'),
    bytes: sum('requested'),
    unknownSizes: sum('unknownSizes'),
    peakBytes: sum('peak'),
    ...guests,
    peakCpus: guests.cpus + guests.peakCpus,
    peakMemory: guests.memory + guests.peakMemory,
  };
}

/** Migrations that go on at once: KubeVirt v1.6.2 and v1.9.0, pkg/virt-config/virt-config.go, ParallelMigrationsPerClusterDefault. */
const AT_ONCE = 5;

/** What the largest of some machines take together, as many as migrate at once. */
function atOnce(sizes: readonly number[]): number {
  const largest = [...sizes].sort((a, b) => b - a).slice(0, AT_ONCE);
  return largest.reduce((sum, size) => sum + size, 0);
}
