import { Severity } from '../../finding';
import { objectAt, objectsAt, textAt } from '../../manifests/json';
import { Rule, Subject } from '../../rule';
import { isDnsSubdomain } from '../shared/formats';
import { MACHINES } from '../shared/holders';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';
import { SPEC_CHECKS } from './data-volume';
import { specPlace, SpecPlaces, specRules } from './spec-check';
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

/** What a template cannot say: KubeVirt's schema of it, up to v1.9.0, has no such field. */
const UNKNOWN_TO_KUBEVIRT = 'source-checksum';

/** Where a machine's DataVolumes are made: an event on the machine says that CDI refused one. */
const MADE = 'KubeVirt, pkg/virt-controller/watch/vm/vm.go:handleDataVolumes';

const DEFAULTS = { kinds: MACHINES, severity: Severity.WARNING };

/**
 * Rules for the templates of a VirtualMachine. KubeVirt takes what CDI refuses: the machine exists, its DataVolume is
 * never made, and it never starts.
 */
export const TEMPLATE_RULES: readonly Rule<SpecPlaces>[] = [
  ...topic<SpecPlaces>(DEFAULTS, [
    {
      id: 'cdi-template-name-valid',
      about: ['dataVolumeTemplates'],
      sentence: 'The name of a dataVolumeTemplate can be the name of an object.',
      source: MADE,
      check: (places, note) => {
        for (const { name = '', field } of places) {
          if (name === '' || isDnsSubdomain(name)) continue;
          const message = must('name', `be lower-case letters, digits, '-' and '.', at most 253`, name);
          note(field.replace(/spec$/, 'metadata.name'), message);
        }
      },
    },
    {
      id: 'cdi-template-source-single',
      about: ['dataVolumeTemplates'],
      sentence: 'A dataVolumeTemplate has source or sourceRef, not both.',
      source: 'KubeVirt, pkg/storage/types/dv.go:GenerateDataVolumeFromTemplate',
      check: (places, note) => {
        for (const { spec, field } of places) {
          if (spec.source === undefined || spec.sourceRef === undefined) continue;
          note(`${field}.source`, `'spec' must have 'source' or 'sourceRef', got both`, `'sourceRef' is taken`);
        }
      },
    },
  ]),
  ...specRules(
    'cdi-template',
    DEFAULTS,
    [...SPEC_CHECKS, ...TARGET_WARNINGS]
      .filter(({ id }) => !REFUSED_BY_KUBEVIRT.has(id) && id !== RESOLVED_BY_KUBEVIRT && id !== UNKNOWN_TO_KUBEVIRT)
      .map((check) => ({ ...check, about: ['dataVolumeTemplates'] })),
  ),
];

/** The specs of the templates of a machine. */
export function templatePlaces({ object }: Subject): SpecPlaces {
  return objectsAt(object, 'spec', 'dataVolumeTemplates').map((template, index) => ({
    ...specPlace(objectAt(template, 'spec') ?? {}, `spec.dataVolumeTemplates[${index}].spec`, { decoded: true }),
    name: textAt(template, 'metadata', 'name'),
  }));
}
