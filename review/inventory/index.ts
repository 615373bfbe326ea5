/**
 * The inventory of manifests: which VMs, disks and claims they make, how clones come to be, which VMs can be
 * live-migrated, and what all of it takes of the storage. It is what `cdk8s-kubevirt inventory` prints.
 *
 * @packageDocumentation
 */

export { MigrationObstacle, MigrationVerdict } from '../../constructs/storage/live-migration-rules';
export { renderCsv } from './csv';
export { renderJson } from './formats';
export { InventoryOptions } from './ground';
export { groupedInventory, inventory, InventoryGroup, InventoryStep } from './inventory';
export { renderMarkdown } from './markdown';
export {
  CapacityRow,
  CloneRow,
  DiskRole,
  DiskRow,
  Inventory,
  InventoryReleases,
  ObjectKey,
  PassedKind,
  Place,
  ProblemRow,
  RestatedRow,
  Total,
  UncountedRow,
  VmRow,
} from './model';
export { objectPicture } from './object-picture';
