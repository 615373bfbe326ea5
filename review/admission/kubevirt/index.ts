import { KindRules } from '../../rule';
import { CERTIFICATE_RULES } from './certificates';
import { COMPONENT_RULES } from './components';
import { CONFIGURATION_RULES } from './configuration';
import { TLS_RULES } from './tls';

/** Rules for the KubeVirt object. */
export const RULES: readonly KindRules[] = [
  {
    apiGroup: 'kubevirt.io',
    kind: 'KubeVirt',
    rules: [...CONFIGURATION_RULES, ...TLS_RULES, ...CERTIFICATE_RULES, ...COMPONENT_RULES],
  },
];
