import { testRules } from '../../testing/rule-tester';
import { TOP_LEVEL_RULES } from './top-level';

describe('TOP_LEVEL_RULES', () => {
  testRules(TOP_LEVEL_RULES, [
    {
      rule: 'run-strategy-exclusive',
      accepts: { 'spec.running': true, 'spec.runStrategy': undefined },
      refuses: { 'spec.running': true },
      field: 'spec.running',
      says: "without 'runStrategy', got true",
    },
    {
      rule: 'run-strategy-given',
      accepts: { 'spec.runStrategy': 'Once' },
      refuses: { 'spec.runStrategy': undefined, 'spec.running': null },
      field: 'spec.running',
      says: "'runStrategy' must be given",
    },
    ...['always', '', 'Rerun'].map((runStrategy) => ({
      rule: 'run-strategy-known',
      accepts: { 'spec.runStrategy': 'RerunOnFailure' },
      refuses: { 'spec.runStrategy': runStrategy },
      field: 'spec.runStrategy',
      says: `got ${JSON.stringify(runStrategy)}`,
    })),
    {
      rule: 'run-strategy-receiver-gate',
      accepts: { 'spec.runStrategy': 'WaitAsReceiver' },
      acceptedOn: { featureGates: ['DecentralizedLiveMigration'] },
      refuses: { 'spec.runStrategy': 'WaitAsReceiver' },
      field: 'spec.runStrategy',
      says: "'DecentralizedLiveMigration', which is not listed",
    },
    {
      rule: 'template-label-reserved',
      accepts: { 'spec.template.metadata': { labels: { 'kubevirt.io/vm': 'vm1' } } },
      refuses: { 'spec.template.metadata': { labels: { 'kubevirt.io/nodeName': 'n1' } } },
      field: 'spec.template.metadata.labels',
      says: 'got "kubevirt.io/nodeName"',
    },
    {
      rule: 'template-annotation-ignition-gate',
      accepts: { 'spec.template.metadata': { annotations: { 'kubevirt.io/ignitiondata': '{}' } } },
      acceptedOn: { featureGates: ['ExperimentalIgnitionSupport'] },
      refuses: { 'spec.template.metadata': { annotations: { 'kubevirt.io/ignitiondata': '{}' } } },
      field: 'spec.template.metadata.annotations',
      says: "'ExperimentalIgnitionSupport'",
    },
    {
      rule: 'template-annotation-sidecar-gate',
      accepts: { 'spec.template.metadata': { annotations: { 'hooks.kubevirt.io/hookSidecars': '' } } },
      refuses: { 'spec.template.metadata': { annotations: { 'hooks.kubevirt.io/hookSidecars': '[]' } } },
      field: 'spec.template.metadata.annotations',
      says: "'Sidecar'",
    },
  ]);
});
