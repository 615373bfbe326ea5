import { CLAIM_RULES } from './claims';
import { CLONE_RIGHT_RULES } from './clone-rights';
import { DAY_TWO_RULES } from './day-two';
import { DISK_IMAGE_RULES } from './disk-images';
import { GUEST_RULES } from './guest';
import { MACHINE_RULES } from './machines';
import { QUOTA_RULES } from './quotas';
import { OutcomeRule } from './rule';
import { SECRET_RULES } from './secrets';
import { SERVICE_RULES } from './services';
import { VOLUME_MIGRATION_RULES } from './volume-migrations';

/** Every rule that says what will become of an object. */
export const OUTCOME_RULES: readonly OutcomeRule[] = [
  ...CLAIM_RULES,
  ...CLONE_RIGHT_RULES,
  ...QUOTA_RULES,
  ...MACHINE_RULES,
  ...DISK_IMAGE_RULES,
  ...DAY_TWO_RULES,
  ...VOLUME_MIGRATION_RULES,
  ...GUEST_RULES,
  ...SECRET_RULES,
  ...SERVICE_RULES,
];
