import { objectAt, objectsAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { must } from '../shared/wording';
import { UPDATE, updateRules } from './update-rule';

const PROFILE = 'spec.configuration.seccompConfiguration.virtualMachineInstanceProfile.customProfile';

/** The most that Go's uint8 holds. */
const MOST_REPLICAS = 255;

/** Rules for KubeVirt's own components, and the pods that it makes. */
export const COMPONENT_RULES: readonly Rule[] = [
  ...updateRules({
    id: 'kubevirt-patch-json',
    sentence: 'A patch of a component is JSON.',
    source: `${UPDATE}:validateCustomizeComponents`,
    check: (spec, note) => {
      for (const [index, { patch }] of objectsAt(spec, 'customizeComponents', 'patches').entries()) {
        if (typeof patch !== 'string' || isJson(patch)) continue;
        note(`spec.customizeComponents.patches[${index}].patch`, must('patch', 'be JSON', patch));
      }
    },
  }),
  ...updateRules({
    id: 'kubevirt-replicas',
    sentence: 'The number of replicas is 1 to 255.',
    source: `${UPDATE}:validateInfraReplicas`,
    check: (spec, note) => {
      const replicas = valueAt(spec, 'infra', 'replicas');
      if (typeof replicas !== 'number') return;
      if (Number.isInteger(replicas) && replicas >= 1 && replicas <= MOST_REPLICAS) return;
      note('spec.infra.replicas', must('replicas', `be 1 to ${MOST_REPLICAS}`, replicas));
    },
  }),
  ...updateRules({
    id: 'kubevirt-memory-overhead-ratio',
    sentence: 'The memory overhead ratio is a number of at least 1.0.',
    source: `${UPDATE}:validateGuestToRequestHeadroom`,
    check: (spec, note) => {
      const ratio = valueAt(spec, 'configuration', 'additionalGuestMemoryOverheadRatio');
      if (typeof ratio !== 'string' || isRatio(ratio)) return;
      const message = must('additionalGuestMemoryOverheadRatio', 'be a number of at least 1.0', ratio);
      note('spec.configuration.additionalGuestMemoryOverheadRatio', message);
    },
  }),
  ...updateRules({
    id: 'kubevirt-seccomp-profile',
    sentence: "A custom seccomp profile is a local one or the runtime's default.",
    source: `${UPDATE}:validateSeccompConfiguration`,
    onlyChanged: 'seccompConfiguration',
    check: (spec, note) => {
      const profile = objectAt(spec, 'configuration', 'seccompConfiguration', 'virtualMachineInstanceProfile');
      const custom = objectAt(profile, 'customProfile');
      if (profile !== undefined && custom === undefined) {
        note(PROFILE, must('customProfile', 'be given', undefined), `write { runtimeDefaultProfile: true }`);
      }
      if (custom?.localhostProfile === undefined || custom.runtimeDefaultProfile !== true) return;
      const both = `'customProfile' must have 'localhostProfile' or 'runtimeDefaultProfile', got both`;
      note(`${PROFILE}.localhostProfile`, both);
      note(`${PROFILE}.runtimeDefaultProfile`, both);
    },
  }),
];

/** Whether a text is JSON: Go's json.Valid. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A number as Go's strconv.ParseFloat takes it, of at least 1. */
function isRatio(text: string): boolean {
  if (/^[-+]?nan$/i.test(text)) return true;
  if (/^\+?inf(inity)?$/i.test(text)) return true;
  if (!/^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text)) return false;
  return Number(text) >= 1 && Number.isFinite(Number(text));
}
