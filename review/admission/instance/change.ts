import { Severity } from '../../finding';
import { objectAt, textAt, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json, Note, Rule } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';
import { must, show } from '../shared/wording';

const FILE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/vmi-update-admitter.go';

/** Keys of labels that only KubeVirt sets: pkg/virt-api/webhooks, FilterKubevirtLabels. */
const RESERVED_LABELS = [
  'kubevirt.io/created-by',
  'kubevirt.io/migrationJobUID',
  'kubevirt.io/nodeName',
  'kubevirt.io/migrationTargetNodeName',
  'kubevirt.io/schedulable',
  'kubevirt.io/install-strategy',
];

/** Rules for a change of a running VirtualMachineInstance, beside those of hotplug. */
export const INSTANCE_UPDATE_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineInstance'] }, [
  // Warnings: whether KubeVirt itself asks is not in the manifest.
  {
    id: 'instance-spec-kept',
    sentence: 'The spec of a running instance is changed by KubeVirt alone.',
    severity: Severity.WARNING,
    source: `${FILE}:Admit`,
    check: onUpdate((now, before, note) => {
      if (semanticEqual(now.spec, before.spec)) return;
      const message = `'spec' of a VirtualMachineInstance must be changed by KubeVirt alone, got a change`;
      note('spec', message, 'change the VirtualMachine');
    }),
  },
  {
    id: 'instance-labels-kept',
    sentence: 'The labels that KubeVirt sets on an instance are changed by KubeVirt alone.',
    severity: Severity.WARNING,
    source: `${FILE}:admitVMILabelsUpdate`,
    check: onUpdate((now, before, note) => {
      for (const key of RESERVED_LABELS) {
        const [after, was] = [labelOf(now, key), labelOf(before, key)];
        if (after === was) continue;
        note(`metadata.labels["${key}"]`, must(key, `stay ${show(was)}: KubeVirt alone sets it`, after));
      }
    }),
  },
  {
    id: 'instance-max-sockets-kept',
    sentence: 'maxSockets of a running instance stays what it was.',
    source: `${FILE}:admitHotplugCPU`,
    check: ({ object, old }, note) => {
      const [now, before] = [cpuOf(object), cpuOf(old)];
      if (now === undefined || before === undefined) return;
      if ((now.maxSockets ?? 0) === (before.maxSockets ?? 0)) return;
      note('spec.domain.cpu.maxSockets', must('maxSockets', `stay ${show(before.maxSockets)}`, now.maxSockets));
    },
  },
  {
    id: 'instance-max-guest-kept',
    sentence: 'maxGuest of a running instance stays what it was.',
    source: `${FILE}:admitHotplugMemory`,
    check: ({ object, old }, note) => {
      const path = ['spec', 'domain', 'memory', 'maxGuest'] as const;
      const [now, before] = [valueAt(object, ...path), valueAt(old, ...path)];
      if (now === undefined || before === undefined || parseQuantity(now) === parseQuantity(before)) return;
      note('spec.domain.memory.maxGuest', must('maxGuest', `stay ${show(before)}`, now));
    },
  },
]);

function onUpdate(check: (now: Json, before: Json, note: Note) => void): Rule['check'] {
  return ({ object, old }, note) => {
    if (old !== undefined) check(object, old, note);
  };
}

function labelOf(object: Json, key: string): string {
  return textAt(objectAt(object, 'metadata', 'labels'), key);
}

function cpuOf(object: Json | undefined): Json | undefined {
  return objectAt(object, 'spec', 'domain', 'cpu');
}
