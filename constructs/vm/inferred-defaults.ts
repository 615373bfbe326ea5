import { instanceOf, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { Instancetype, Preference } from './instancetype';
import { instancetypeMeant, preferenceMeant } from './instancetype-remedy';

/** What VMs infer from a disk of an image. */
export interface InferredDefaults {
  /**
   * Instance type of VMs that infer it from a disk of this image: `Instancetype.inferredFrom('rootdisk')`.
   *
   * @default - none
   */
  readonly defaultInstancetype?: Instancetype;

  /**
   * Preference of VMs that infer it from a disk of this image: `Preference.inferredFrom('rootdisk')`.
   *
   * @default - none
   */
  readonly defaultPreference?: Preference;
}

/** CDI: pkg/controller/common/util.go, LabelDefaultInstancetype, LabelDefaultPreference (v1.66.0). */
const LABELS = 'instancetype.kubevirt.io/default-';

/** What `InferredDefaults` must be. */
export const INFERRED_DEFAULTS: PropChecks<InferredDefaults> = {
  defaultInstancetype: instanceOf(Instancetype, instancetypeMeant),
  defaultPreference: instanceOf(Preference, preferenceMeant),
};

/** Notes what itself is inferred, as a label holds a name. */
export function checkInferredDefaults(faults: Faults, defaults: InferredDefaults): void {
  for (const property of ['defaultInstancetype', 'defaultPreference'] as const) {
    const { inferFromVolume } = matcherOf(defaults[property]);
    if (inferFromVolume !== undefined) faults.add(property, 'be given by its name', inferFromVolume);
  }
}

/** The labels by which VMs infer them. */
export function inferenceLabels(defaults: InferredDefaults): Record<string, string> {
  const references = { instancetype: defaults.defaultInstancetype, preference: defaults.defaultPreference };
  const labels = Object.entries(references).flatMap(([word, reference]) => {
    const { name, kind } = matcherOf(reference);
    return [
      [`${LABELS}${word}`, name],
      [`${LABELS}${word}-kind`, kind],
    ];
  });
  return Object.fromEntries(labels.filter(([, value]) => value !== undefined)) as Record<string, string>;
}

function matcherOf(reference: Instancetype | Preference | undefined): ReturnType<Instancetype['_render']> {
  return reference instanceof Instancetype || reference instanceof Preference ? reference._render() : {};
}
