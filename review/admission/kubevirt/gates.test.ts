import { Json } from '../../rule';
import { both, configured, OLD } from '../../testing/kubevirt-examples';
import { notes, testRules } from '../../testing/rule-tester';
import { GATE_RULES } from './gates';

const GATES = 'spec.configuration.developerConfiguration.featureGates';
const developer = (featureGates: string[], more: Json = {}, disabledFeatureGates: string[] = []) =>
  configured({ developerConfiguration: { featureGates, disabledFeatureGates }, ...more });
const downtime = { migrations: { maxDowntimeMs: 500 } };
const template = { virtTemplateDeployment: { enabled: true } };
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
  ]);

  test('are not asked again where they stay what they were', () => {
    const bad = developer(['VSOCK'], {}, ['VSOCK']);
    expect(notes(GATE_RULES, undefined, bad, bad, { release: 'v1.8.4' })).toEqual([]);
  });
});
