import { Rule } from '../../rule';
import { selectorRules } from './selector';

const SOURCE =
  'KubeVirt v1.6.2, pkg/virt-api/webhooks/validating-webhook/admitters/vmirs-admitter.go:ValidateVMIRSSpec';

/** Rules for VirtualMachineInstanceReplicaSets. */
export const REPLICA_SET_RULES: readonly Rule[] = selectorRules('replica-set', SOURCE, 'template');
