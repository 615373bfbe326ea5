import { gateIsOn } from '../../cluster/config';
import { Severity } from '../../finding';
import { childIn, has, objectAt, textAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { listGate, must, mustBeOneOf, needsGate, show } from '../shared/wording';
import { vmAdmitter, vmiCreate } from './machine';

const RUN_STRATEGIES: ReadonlySet<string> = new Set(['Always', 'Halted', 'Manual', 'Once', 'RerunOnFailure']);
const RECEIVER = 'WaitAsReceiver';
const RECEIVER_GATE = 'DecentralizedLiveMigration';

/** Labels that only KubeVirt's own service accounts may set: vmi-create-admitter.go, restrictedVmiLabels. */
const RESERVED_LABELS: readonly string[] = [
  'kubevirt.io/created-by',
  'kubevirt.io/install-strategy',
  'kubevirt.io/migrationJobUID',
  'kubevirt.io/migrationTargetNodeName',
  'kubevirt.io/nodeName',
  'kubevirt.io/schedulable',
];

/**
 * | annotation | gate |
 * | --- | --- |
 * | kubevirt.io/ignitiondata | ExperimentalIgnitionSupport |
 * | hooks.kubevirt.io/hookSidecars | Sidecar |
 */
const GATED_ANNOTATIONS = [
  ['template-annotation-ignition-gate', 'kubevirt.io/ignitiondata', 'ExperimentalIgnitionSupport'],
  ['template-annotation-sidecar-gate', 'hooks.kubevirt.io/hookSidecars', 'Sidecar'],
] as const;

/** What stands outside of the instances' spec: whether the machine runs, and the metadata of its instances. */
export const TOP_LEVEL_RULES: readonly Rule[] = [
  {
    id: 'run-strategy-exclusive',
    source: vmAdmitter('validateRunStrategy'),
    severity: Severity.ERROR,
    check: ({ defaulted }, note) => {
      const spec = childIn(defaulted, 'spec');
      if (!has(spec, 'running') || !has(spec, 'runStrategy')) return;
      note('spec.running', must('running', `stand alone, without 'runStrategy'`, spec?.running), `remove 'running'`);
    },
  },
  {
    id: 'run-strategy-given',
    source: vmAdmitter('validateRunStrategy'),
    severity: Severity.ERROR,
    check: ({ defaulted }, note) => {
      const spec = childIn(defaulted, 'spec');
      if (spec === undefined || has(spec, 'running') || has(spec, 'runStrategy')) return;
      note('spec.running', must('runStrategy', 'be given', undefined), `write 'runStrategy: Halted' or another one`);
    },
  },
  {
    id: 'run-strategy-known',
    source: vmAdmitter('validateRunStrategy'),
    severity: Severity.ERROR,
    check: ({ defaulted }, note) => {
      const strategy = childIn(defaulted, 'spec')?.runStrategy;
      if (typeof strategy !== 'string' || strategy === RECEIVER || RUN_STRATEGIES.has(strategy)) return;
      note('spec.runStrategy', mustBeOneOf('runStrategy', RUN_STRATEGIES, strategy));
    },
  },
  {
    id: 'run-strategy-receiver-gate',
    source: vmAdmitter('validateRunStrategy'),
    severity: Severity.ERROR,
    check: ({ defaulted, config }, note) => {
      if (childIn(defaulted, 'spec')?.runStrategy !== RECEIVER || gateIsOn(config, RECEIVER_GATE)) return;
      note('spec.runStrategy', needsGate('runStrategy: WaitAsReceiver', RECEIVER_GATE), listGate(RECEIVER_GATE));
    },
  },
  {
    id: 'template-label-reserved',
    source: vmiCreate('ValidateVirtualMachineInstanceMetadata'),
    severity: Severity.ERROR,
    check: ({ defaulted }, note) => {
      const labels = objectAt(defaulted, 'spec', 'template', 'metadata', 'labels');
      const reserved = RESERVED_LABELS.find((label) => has(labels, label));
      if (reserved === undefined) return;
      const message = `'labels' must have none that KubeVirt keeps to itself, got ${show(reserved)}`;
      note('spec.template.metadata.labels', message, 'remove the label');
    },
  },
  ...GATED_ANNOTATIONS.map(([id, annotation, gate]): Rule => ({
    id,
    source: vmiCreate('ValidateVirtualMachineInstanceMetadata'),
    severity: Severity.ERROR,
    check: ({ defaulted, config }, note) => {
      const value = textAt(defaulted, 'spec', 'template', 'metadata', 'annotations', annotation);
      if (value === '' || gateIsOn(config, gate)) return;
      note('spec.template.metadata.annotations', needsGate(annotation, gate), listGate(gate));
    },
  })),
];
