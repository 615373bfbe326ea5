import { CLAIM_RULES } from './claims';
import { OutcomeRule } from './rule';

/** Every rule that says what will become of an object. */
export const OUTCOME_RULES: readonly OutcomeRule[] = [...CLAIM_RULES];
