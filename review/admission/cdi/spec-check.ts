import { childIn, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { topic, TopicDefaults } from '../shared/topic';

/** The spec of a DataVolume, wherever it stands. */
export interface SpecPlace {
  readonly spec: Json;
  /** Path of the spec in the object. */
  readonly field: string;
  /** What CDI's answers begin with: `spec`, `Template`. */
  readonly serverField: string;
  /** Name of the DataVolume, where the rules look at it. */
  readonly name?: string;
  /** Whether it was written back from Go structs, so that an absent text is an empty one and no schema missed it. */
  readonly decoded: boolean;
  /** What fills the claim, where neither a populator nor `sourceRef` does: only then CDI looks at it. */
  readonly source?: Json;
  /** Somebody else's populators: a claim with one of them is filled by it. */
  readonly dataSource?: Json;
  readonly dataSourceRef?: Json;
}

/** The spec of a DataVolume, and what of it the rules look at. */
export function specPlace(
  spec: Json,
  field: string,
  more: { decoded?: boolean; serverField?: string } = {},
): SpecPlace {
  const { decoded = false, serverField = field } = more;
  const [pvc, storage] = [childIn(spec, 'pvc'), childIn(spec, 'storage')];
  const dataSource = childIn(pvc, 'dataSource') ?? childIn(storage, 'dataSource');
  const dataSourceRef = childIn(pvc, 'dataSourceRef') ?? childIn(storage, 'dataSourceRef');
  const isOwn = (dataSource ?? dataSourceRef ?? spec.sourceRef) === undefined;
  const source = isOwn ? childIn(spec, 'source') : undefined;
  return { spec, field, serverField, decoded, dataSource, dataSourceRef, source };
}

/** One rule of CDI for the spec of a DataVolume, wherever it stands. */
export interface SpecCheck extends Pick<
  Rule,
  'id' | 'sentence' | 'about' | 'source' | 'since' | 'until' | 'unchecked'
> {
  readonly check: (place: SpecPlace, note: Note) => void;
}

/** Where the rules stand: in one spec or in a list of templates. */
export type SpecPlaces = readonly SpecPlace[];

/** The rules that specs of one kind of object must hold; the topic of the kind goes before the id of a check. */
export function specRules(
  prefix: string,
  defaults: TopicDefaults,
  checks: readonly SpecCheck[],
): readonly Rule<SpecPlaces>[] {
  return topic<SpecPlaces>(
    defaults,
    checks.map(({ id, check, ...rule }) => ({
      ...rule,
      id: `${prefix}-${id}`,
      check: (places, note) => {
        for (const place of places) check(place, note);
      },
    })),
  );
}

/** Whether a text is empty. An absent one is the schema's to refuse, where the schema saw it. */
export function isEmptyText({ decoded }: SpecPlace, value: Json, key: string): boolean {
  return textIn(value, key) === '' && (decoded || value[key] !== undefined);
}

/** File of the webhook for DataVolumes. */
export const DATA_VOLUME = 'CDI, pkg/apiserver/webhooks/datavolume-validate.go';

/** File of the rules that DataVolumes and populator sources share. */
export const UTIL = 'CDI, pkg/apiserver/webhooks/util.go';
