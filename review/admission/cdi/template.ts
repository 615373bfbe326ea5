import { Severity } from '../../finding';
import { objectAt, objectsAt, textAt } from '../../manifests/json';
import { Rule, Subject } from '../../rule';
import { must } from '../shared/wording';
import { SPEC_CHECKS } from './data-volume';
import { SpecPlace, specPlace, specRules } from './spec-check';
import { TARGET_WARNINGS } from './target';

/** What KubeVirt itself refuses in a template: pkg/storage/admitters/data-volume-template.go, v1.6.2. */
const REFUSED_BY_KUBEVIRT: ReadonlySet<string> = new Set([
  'target-present',
  'target-single',
  'population-alone',
  'source-present',
  'source-kind-present',
  'source-kind-single',
]);

/** KubeVirt takes `sourceRef` where both are given, and CDI gets one. */
const RESOLVED_BY_KUBEVIRT = 'source-single';

/** An object's name: a DNS subdomain. */
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Where a machine's DataVolumes are made: an event on the machine says that CDI refused one. */
const MADE = 'KubeVirt v1.6.2, pkg/virt-controller/watch/vm/vm.go:handleDataVolumes';

/**
 * Rules for the templates of a VirtualMachine. KubeVirt takes what CDI refuses: the machine exists, its DataVolume is
 * never made, and it never starts.
 */
export const TEMPLATE_RULES: readonly Rule[] = [
  {
    id: 'cdi-template-name-valid',
    source: MADE,
    severity: Severity.WARNING,
    check: ({ object }, note) => {
      for (const [index, template] of objectsAt(object, 'spec', 'dataVolumeTemplates').entries()) {
        const name = textAt(template, 'metadata', 'name');
        if (name === '' || (name.length <= 253 && NAME.test(name))) continue;
        const message = must('name', `be lower-case letters, digits, '-' and '.', at most 253`, name);
        note(`spec.dataVolumeTemplates[${index}].metadata.name`, message);
      }
    },
  },
  {
    id: 'cdi-template-source-single',
    source: 'KubeVirt v1.6.2, pkg/storage/types/dv.go',
    severity: Severity.WARNING,
    check: (subject, note) => {
      for (const { spec, field } of places(subject)) {
        if (spec.source === undefined || spec.sourceRef === undefined) continue;
        note(`${field}.source`, `'spec' must have 'source' or 'sourceRef', got both`, `'sourceRef' is taken`);
      }
    },
  },
  ...specRules(
    'cdi-template',
    [...SPEC_CHECKS, ...TARGET_WARNINGS].filter(
      ({ id }) => !REFUSED_BY_KUBEVIRT.has(id) && id !== RESOLVED_BY_KUBEVIRT,
    ),
    places,
    Severity.WARNING,
  ),
];

function places({ object }: Subject): readonly SpecPlace[] {
  return objectsAt(object, 'spec', 'dataVolumeTemplates').map((template, index) =>
    specPlace(objectAt(template, 'spec') ?? {}, `spec.dataVolumeTemplates[${index}].spec`, true),
  );
}
