import { gateIsOn } from '../../cluster/config';
import { childIn, has, objectAt, textAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { INSTANCE, MACHINE, MACHINES, POOL } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, mustBeOneOf, needsGate, show } from '../shared/wording';
import { hasRelease, vmiCreate, vmAdmitter } from './machine';

const RUN_STRATEGIES: ReadonlySet<string> = new Set(['Always', 'Halted', 'Manual', 'Once', 'RerunOnFailure']);
const RECEIVER = 'WaitAsReceiver';
const RECEIVER_SINCE = 'v1.6.2';
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

/** What stands outside of the instances' spec: whether the machine runs, and the metadata of its instances. */
export const TOP_LEVEL_RULES: readonly Rule[] = topic({ kinds: MACHINES }, [
  {
    id: 'run-strategy-exclusive',
    about: ['running'],
    sentence: 'A machine has runStrategy or running, not both.',
    source: vmAdmitter('validateRunStrategy'),
    check: ({ defaulted }, note) => {
      const spec = childIn(defaulted, 'spec');
      if (!has(spec, 'running') || !has(spec, 'runStrategy')) return;
      note('spec.running', must('running', `stand alone, without 'runStrategy'`, spec?.running), `remove 'running'`);
    },
  },
  {
    id: 'run-strategy-given',
    sentence: 'A machine says whether it runs.',
    source: vmAdmitter('validateRunStrategy'),
    check: ({ defaulted }, note) => {
      const spec = childIn(defaulted, 'spec');
      if (spec === undefined || has(spec, 'running') || has(spec, 'runStrategy')) return;
      note('spec.running', must('runStrategy', 'be given', undefined), `write 'runStrategy: Halted' or another one`);
    },
  },
  {
    id: 'run-strategy-known',
    sentence: 'The run strategy is one that KubeVirt knows.',
    source: vmAdmitter('validateRunStrategy'),
    check: ({ defaulted, config }, note) => {
      const strategy = childIn(defaulted, 'spec')?.runStrategy;
      if (typeof strategy !== 'string' || RUN_STRATEGIES.has(strategy)) return;
      if (strategy === RECEIVER && hasRelease({ config }, RECEIVER_SINCE)) return;
      note('spec.runStrategy', mustBeOneOf('runStrategy', RUN_STRATEGIES, strategy));
    },
  },
  {
    id: 'run-strategy-receiver-gate',
    since: RECEIVER_SINCE,
    sentence: 'The run strategy WaitAsReceiver is used while its feature gate is on.',
    source: vmAdmitter('validateRunStrategy'),
    check: ({ defaulted, config }, note) => {
      if (childIn(defaulted, 'spec')?.runStrategy !== RECEIVER || gateIsOn(config, RECEIVER_GATE)) return;
      note('spec.runStrategy', needsGate('runStrategy: WaitAsReceiver', RECEIVER_GATE), listGate(RECEIVER_GATE));
    },
  },
  {
    id: 'template-label-reserved',
    kinds: [MACHINE, INSTANCE, POOL],
    sentence: 'The template has no label that only KubeVirt sets.',
    source: vmiCreate('ValidateVirtualMachineInstanceMetadata'),
    check: ({ defaulted }, note) => {
      const labels = objectAt(defaulted, 'spec', 'template', 'metadata', 'labels');
      const reserved = RESERVED_LABELS.find((label) => has(labels, label));
      if (reserved === undefined) return;
      const message = `'labels' must have none that KubeVirt keeps to itself, got ${show(reserved)}`;
      note('spec.template.metadata.labels', message, 'remove the label');
    },
  },
  {
    id: 'template-annotation-ignition-gate',
    kinds: [MACHINE, INSTANCE, POOL],
    about: ['kubevirt.io/ignitiondata'],
    sentence: 'Ignition data is given while its feature gate is on.',
    source: vmiCreate('ValidateVirtualMachineInstanceMetadata'),
    check: annotatedWhile('kubevirt.io/ignitiondata', 'ExperimentalIgnitionSupport'),
  },
  {
    id: 'template-annotation-sidecar-gate',
    kinds: [MACHINE, INSTANCE, POOL],
    about: ['hooks.kubevirt.io/hookSidecars'],
    sentence: 'Hook sidecars are given while their feature gate is on.',
    source: vmiCreate('ValidateVirtualMachineInstanceMetadata'),
    check: annotatedWhile('hooks.kubevirt.io/hookSidecars', 'Sidecar'),
  },
]);

/** The template has an annotation only while a gate is on. */
function annotatedWhile(annotation: string, gate: string): Rule['check'] {
  return ({ defaulted, config }, note) => {
    const value = textAt(defaulted, 'spec', 'template', 'metadata', 'annotations', annotation);
    if (value === '' || gateIsOn(config, gate)) return;
    note('spec.template.metadata.annotations', needsGate(annotation, gate), listGate(gate));
  };
}
