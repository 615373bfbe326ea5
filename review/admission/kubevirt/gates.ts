import { isGateOn } from '../../cluster/feature-gates';
import { Severity } from '../../finding';
import { objectAt, objectsAt, valueAt } from '../../manifests/json';
import { Json, Rule, Subject } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';
import { listGate, must, needsGate } from '../shared/wording';
import { UPDATE, updateRules } from './update-rule';

const CONFIGURATION = 'spec.configuration';

/** Rules for what a KubeVirt object sets beside its own feature gates. */
export const GATE_RULES: readonly Rule[] = [
  ...topic({ kinds: ['KubeVirt'] }, [
    {
      id: 'kubevirt-gate-disabled-too',
      since: 'v1.8.4',
      sentence: 'No feature gate is both listed and disabled, once the gates are changed.',
      source: `${UPDATE}:validateFeatureGates`,
      check: ({ object, old }, note) => {
        if (old === undefined) return;
        const [listed, disabled] = [gates(object, 'featureGates'), gates(object, 'disabledFeatureGates')];
        const before = [gates(old, 'featureGates'), gates(old, 'disabledFeatureGates')];
        if (semanticEqual([listed, disabled], before)) return;
        for (const [index, gate] of listed.entries()) {
          if (!disabled.includes(gate)) continue;
          const field = `${CONFIGURATION}.developerConfiguration.featureGates`;
          note(`${field}[${index}]`, must('featureGates', "be none of 'disabledFeatureGates'", gate), undefined, field);
        }
      },
    },
    {
      id: 'kubevirt-migration-downtime-gate',
      since: 'v1.9.0',
      sentence: 'The longest downtime of migrations is changed while its feature gate is on.',
      source: `${UPDATE}:validateMigrationConfiguration`,
      check: (subject, note) => {
        const path = ['spec', 'configuration', 'migrations', 'maxDowntimeMs'] as const;
        const [now, before] = [valueAt(subject.object, ...path), valueAt(subject.old, ...path)];
        if (subject.old === undefined || now === undefined || now === before) return;
        const gate = 'MigrationStallDetection';
        // The webhook names the field as Go does.
        const serverField = `${CONFIGURATION}.migrationConfiguration.maxDowntimeMs`;
        if (!hasGate(subject, gate))
          note(path.join('.'), needsGate('maxDowntimeMs', gate), listGate(gate), serverField);
      },
    },
  ]),
  ...updateRules({
    id: 'kubevirt-template-deployment-gate',
    since: 'v1.8.4',
    sentence: 'Templates of machines are deployed while their feature gate is on.',
    source: `${UPDATE}:validateVirtTemplateDeployment`,
    check: (spec, note, subject) => {
      const deployment = objectAt(spec, 'configuration', 'virtTemplateDeployment');
      if (deployment?.enabled !== true || hasGate(subject, 'Template')) return;
      const field = `${CONFIGURATION}.virtTemplateDeployment.enabled`;
      note(field, needsGate('virtTemplateDeployment', 'Template'), listGate('Template'));
    },
  }),
  ...updateRules({
    id: 'kubevirt-role-aggregation-gate',
    since: 'v1.8.4',
    sentence: 'Roles are left out of the default ones while the feature gate for that is on.',
    source: `${UPDATE}:validateRoleAggregationStrategy`,
    check: (spec, note, subject) => {
      const strategy = valueAt(spec, 'configuration', 'roleAggregationStrategy');
      const gate = 'OptOutRoleAggregation';
      if (strategy === undefined || strategy === 'AggregateToDefault' || hasGate(subject, gate)) return;
      const field = `${CONFIGURATION}.roleAggregationStrategy`;
      note(field, needsGate(`roleAggregationStrategy: ${String(strategy)}`, gate), listGate(gate));
    },
  }),
  ...topic({ kinds: ['KubeVirt'], severity: Severity.WARNING }, [
    {
      id: 'kubevirt-hypervisors-gate',
      since: 'v1.8.4',
      about: ['hypervisors'],
      sentence: 'Another hypervisor than KVM is configured while its feature gate is on.',
      source: 'KubeVirt, pkg/virt-config/virt-config.go:GetHypervisorFromKvConfig',
      check: (subject, note) => {
        const [first] = objectsAt(subject.object, 'spec', 'configuration', 'hypervisors');
        const gate = 'ConfigurableHypervisor';
        if (first === undefined || first.name === 'kvm' || hasGate(subject, gate)) return;
        note(
          `${CONFIGURATION}.hypervisors`,
          `${needsGate('hypervisors', gate)}; machines run on KVM without it`,
          listGate(gate),
        );
      },
    },
    {
      id: 'kubevirt-block-tracking-gate',
      since: 'v1.7.4',
      about: ['changedBlockTrackingLabelSelectors'],
      sentence: 'Changed blocks of disks are tracked while the feature gate for that is on.',
      source: 'KubeVirt, pkg/storage/cbt/cbt.go:SyncVMChangedBlockTrackingState',
      check: (subject, note) => {
        const selectors = objectAt(subject.object, 'spec', 'configuration', 'changedBlockTrackingLabelSelectors');
        const gate = 'IncrementalBackup';
        if (selectors === undefined || Object.keys(selectors).length === 0 || hasGate(subject, gate)) return;
        const field = `${CONFIGURATION}.changedBlockTrackingLabelSelectors`;
        note(
          field,
          `${needsGate('changedBlockTrackingLabelSelectors', gate)}; no block is tracked without it`,
          listGate(gate),
        );
      },
    },
  ]),
];

/** Whether the object itself turns a gate on, in the release that the cluster has. */
function hasGate({ object, config }: Subject, gate: string): boolean {
  const setting = { listed: new Set(gates(object, 'featureGates')), disabled: gates(object, 'disabledFeatureGates') };
  return isGateOn(gate, setting, config.release);
}

function gates(object: Json, key: 'featureGates' | 'disabledFeatureGates'): readonly string[] {
  const list = valueAt(object, 'spec', 'configuration', 'developerConfiguration', key);
  return Array.isArray(list) ? list.filter((gate): gate is string => typeof gate === 'string') : [];
}
