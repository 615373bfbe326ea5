import { ANSWER_FILE_RULE } from './answer-files';
import { CLAIM_QUOTA_RULE } from './claim-quotas';
import { CLAIM_RULES } from './claims';
import { CLONE_RIGHT_RULES } from './clone-rights';
import { DAY_TWO_RULES } from './day-two';
import { DISK_IMAGE_RULES } from './disk-images';
import { FILLING_POD_RULE } from './filling-pods';
import { GUEST_RULES } from './guest';
import { HOST_NAME_RULES } from './host-names';
import { IMAGE_CRON_RULES } from './image-crons';
import { MACHINE_QUOTA_RULES } from './machine-quotas';
import { MACHINE_RULES } from './machines';
import { OBJECT_QUOTA_RULE } from './object-quotas';
import { OutcomeRule } from './rule';
import { SECRET_RULES } from './secrets';
import { SERVICE_RULES } from './services';
import { STAGED_IMPORT_RULES } from './staged-imports';
import { TIME_ZONE_RULE } from './time-zones';
import { VOLUME_MIGRATION_RULES } from './volume-migrations';

/** Every rule that says what will become of an object. */
export const OUTCOME_RULES: readonly OutcomeRule[] = [
  ...CLAIM_RULES,
  ...CLONE_RIGHT_RULES,
  CLAIM_QUOTA_RULE,
  FILLING_POD_RULE,
  OBJECT_QUOTA_RULE,
  ...IMAGE_CRON_RULES,
  ...MACHINE_QUOTA_RULES,
  ...MACHINE_RULES,
  ...DISK_IMAGE_RULES,
  ...DAY_TWO_RULES,
  ...VOLUME_MIGRATION_RULES,
  ...GUEST_RULES,
  ...HOST_NAME_RULES,
  TIME_ZONE_RULE,
  ANSWER_FILE_RULE,
  ...SECRET_RULES,
  ...SERVICE_RULES,
  ...STAGED_IMPORT_RULES,
];
