import { COLLISION_RULES } from './collisions';
import { EXISTENCE_RULES } from './existence';
import { RESTORE_RULES } from './restores';
import { SetRule } from './set';

export { ExternalObject, NoteOn, ReviewedSet, SetRule } from './set';

/** Every rule over all manifests. */
export const REFERENCE_RULES: readonly SetRule[] = [...EXISTENCE_RULES, ...COLLISION_RULES, ...RESTORE_RULES];
