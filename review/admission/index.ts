import { KindRules } from '../rule';
import { RULES as CDI_RULES } from './cdi';
import { RULES as KUBEVIRT_RULES } from './kubevirt';
import { RULES as OTHER_RULES } from './others';
import { VM_RULES } from './vm';

/** Every admission rule, by the kind that it is for. */
export const ADMISSION_RULES: readonly KindRules[] = [
  { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', rules: VM_RULES },
  ...KUBEVIRT_RULES,
  ...CDI_RULES,
  ...OTHER_RULES,
];
