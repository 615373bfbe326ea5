import { CLAIM_OF_VOLUME_RULES } from './claim-of-volume';
import { COLLISION_RULES } from './collisions';
import { EVICTION_RULE } from './eviction';
import { EXISTENCE_RULES } from './existence';
import { INSTANCETYPE_CONFLICT_RULES } from './instancetypes';
import { KEPT_FIELD_RULES } from './kept-fields';
import { MIGRATION_RULES } from './migrations';
import { ORDER_RULES } from './order';
import { PREFERENCE_FIT_RULES } from './preferences';
import { RESTORE_RULES } from './restores';
import { ReferenceRule } from './rule';
import { SHARED_DISK_RULES } from './shared-disks';
import { SNAPSHOT_RULES } from './snapshots';

export { ExternalObject } from '../cluster/catalogue';
export { byMissing } from './missing-objects';

/** Every rule over all manifests. */
export const REFERENCE_RULES: readonly ReferenceRule[] = [
  ...EXISTENCE_RULES,
  ...ORDER_RULES,
  ...COLLISION_RULES,
  ...SHARED_DISK_RULES,
  ...CLAIM_OF_VOLUME_RULES,
  ...SNAPSHOT_RULES,
  ...RESTORE_RULES,
  ...INSTANCETYPE_CONFLICT_RULES,
  ...PREFERENCE_FIT_RULES,
  ...MIGRATION_RULES,
  ...KEPT_FIELD_RULES,
  EVICTION_RULE,
];
