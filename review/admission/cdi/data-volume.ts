import { Severity } from '../../finding';
import { objectAt, without } from '../../manifests/json';
import { Json, Rule, Subject } from '../../rule';
import { Part, part, whole } from '../part';
import { specStays } from '../shared/immutable-spec';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';
import { POPULATION_CHECKS } from './population';
import { CLONE_SOURCE_CHECKS, SOURCE_CHECKS, SOURCE_KIND_CHECKS } from './source';
import { DATA_VOLUME, SpecCheck, specPlace, SpecPlaces, specRules } from './spec-check';
import { TARGET_CHECKS, TARGET_WARNINGS } from './target';

const KINDS = ['DataVolume'];

/** Everything that CDI asks of the spec of a DataVolume. */
export const SPEC_CHECKS: readonly SpecCheck[] = [
  ...TARGET_CHECKS,
  ...POPULATION_CHECKS,
  ...SOURCE_KIND_CHECKS,
  ...SOURCE_CHECKS,
  ...CLONE_SOURCE_CHECKS,
];

/** Rules for a DataVolume as a whole. The length of the name, 253 as of any object (validateNameLength), is the API server's to refuse. */
export const DATA_VOLUME_RULES: readonly Rule[] = topic({ kinds: KINDS }, [
  {
    id: 'data-volume-spec-immutable',
    sentence: 'The spec of a DataVolume stays what it was, further stages of an import aside.',
    source: `${DATA_VOLUME}:Admit`,
    check: specStays({ kind: 'DataVolume', serverField: 'DataVolume.Spec', exempt: isNextStage }),
  },
]);

/** Rules for the spec of a DataVolume. */
export const DATA_VOLUME_PARTS: readonly Part[] = [
  part(whole, DATA_VOLUME_RULES),
  part(places, [
    ...specRules('data-volume', { kinds: KINDS }, SPEC_CHECKS),
    ...specRules('data-volume', { kinds: KINDS, severity: Severity.WARNING }, TARGET_WARNINGS),
  ]),
];

/** Whether an update only goes on with an import in stages: a further checkpoint of a VDDK or ImageIO source. */
export function isNextStage(spec: Json, old: Json): boolean {
  if (!isMultiStage(spec)) return false;
  return semanticEqual(without(spec, ...STAGES), without(old, ...STAGES));
}

/** Whether a disk is copied in stages. */
export function isMultiStage(spec: Json): boolean {
  const source = objectAt(spec, 'source');
  const checkpoints = Array.isArray(spec.checkpoints) ? spec.checkpoints : [];
  return checkpoints.length > 0 && (source?.vddk !== undefined || source?.imageio !== undefined);
}

const STAGES = ['checkpoints', 'finalCheckpoint'];

function places({ object }: Subject): SpecPlaces {
  return [specPlace(objectAt(object, 'spec') ?? {}, 'spec')];
}
