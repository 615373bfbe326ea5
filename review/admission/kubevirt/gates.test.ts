import { Json } from '../../rule';
import { both, configured, OLD } from '../../testing/kubevirt-examples';
import { notes, testRules } from '../../testing/rule-tester';
import { GATE_RULES } from './gates';

const GATES = 'spec.configuration.developerConfiguration.featureGates';
const developer = (featureGates: string[], more: Json = {}, disabledFeatureGates: string[] = []) =>
  configured({ developerConfiguration: { featureGates, disabledFeatureGates }, ...more });
const downtime = { migrations: { maxDowntimeMs: 500 } };
const template = { virtTemplateDeployment: { enabled: true } };
const tracked = {
  changedBlockTrackingLabelSelectors: { virtualMachineLabelSelector: { matchLabels: { backup: 'yes' } } },
};
const manual = { roleAggregationStrategy: 'Manual' };

describe('the gates of a KubeVirt object', () => {
  testRules(GATE_RULES, [
    {
      rule: 'kubevirt-gate-disabled-too',
      release: 'v1.8.4',
      old: OLD,
      accepts: developer(['Root'], {}, ['VSOCK']),
      refuses: developer(['Root', 'VSOCK'], {}, ['VSOCK']),
      field: `${GATES}[1]`,
      serverField: GATES,
      says: 'got "VSOCK"',
    },
    {
      rule: 'kubevirt-migration-downtime-gate',
      release: 'v1.9.0',
      old: OLD,
      accepts: developer(['MigrationStallDetection'], downtime),
      refuses: developer([], downtime),
      field: 'spec.configuration.migrations.maxDowntimeMs',
      serverField: 'spec.configuration.migrationConfiguration.maxDowntimeMs',
      says: "feature gate 'MigrationStallDetection'",
    },
    ...both({
      rule: 'kubevirt-template-deployment-gate',
      release: 'v1.8.4',
      accepts: developer(['Template'], template),
      refuses: developer([], template),
      field: 'spec.configuration.virtTemplateDeployment.enabled',
      says: "feature gate 'Template'",
    }),
    ...both({
      rule: 'kubevirt-role-aggregation-gate',
      release: 'v1.9.0',
      accepts: configured(manual),
      refuses: developer([], manual, ['OptOutRoleAggregation']),
      field: 'spec.configuration.roleAggregationStrategy',
      says: "'roleAggregationStrategy: Manual'",
    }),
    {
      rule: 'kubevirt-hypervisors-gate',
      release: 'v1.9.0',
      accepts: developer(['ConfigurableHypervisor'], { hypervisors: [{ name: 'hyperv-direct' }] }),
      refuses: developer([], { hypervisors: [{ name: 'hyperv-direct' }] }),
      field: 'spec.configuration.hypervisors',
      says: "feature gate 'ConfigurableHypervisor'",
    },
    {
      rule: 'kubevirt-block-tracking-gate',
      release: 'v1.9.0',
      accepts: developer(['IncrementalBackup'], tracked),
      refuses: developer([], tracked),
      field: 'spec.configuration.changedBlockTrackingLabelSelectors',
      says: 'no block is tracked without it',
    },
  ]);

  test('are not asked for KVM, which is there without, or for a list of nothing', () => {
    const said = (configuration: Json) =>
      notes(GATE_RULES, 'kubevirt-hypervisors-gate', configured(configuration), undefined, { release: 'v1.9.0' });
    expect(said({ hypervisors: [{ name: 'kvm' }] })).toEqual([]);
    expect(said({ hypervisors: [] })).toEqual([]);
    expect(said({ hypervisors: [{ name: 'hyperv-direct' }] })).toHaveLength(1);
  });

  test('are not asked again where they stay what they were', () => {
    const bad = developer(['VSOCK'], {}, ['VSOCK']);
    expect(notes(GATE_RULES, undefined, bad, bad, { release: 'v1.8.4' })).toEqual([]);
  });
});
