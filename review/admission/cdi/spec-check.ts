import { Severity } from '../../finding';
import { objectAt, textAt } from '../../manifests/json';
import { Json, Note, Rule, Subject } from '../../rule';

/** The spec of a DataVolume, wherever it stands. */
export interface SpecPlace {
  readonly spec: Json;
  /** What CDI's answers begin with: `spec`, `Template`. */
  readonly field: string;
  /** Whether it was written back from Go structs, so that an absent text is an empty one and no schema missed it. */
  readonly decoded: boolean;
  /** What fills the claim, where neither a populator nor `sourceRef` does: only then CDI looks at it. */
  readonly source?: Json;
  /** Somebody else's populators: a claim with one of them is filled by it. */
  readonly dataSource?: Json;
  readonly dataSourceRef?: Json;
}

/** The spec of a DataVolume, and what of it the rules look at. */
export function specPlace(spec: Json, field: string, decoded = false): SpecPlace {
  const [pvc, storage] = [objectAt(spec, 'pvc'), objectAt(spec, 'storage')];
  const dataSource = objectAt(pvc, 'dataSource') ?? objectAt(storage, 'dataSource');
  const dataSourceRef = objectAt(pvc, 'dataSourceRef') ?? objectAt(storage, 'dataSourceRef');
  const isOwn = (dataSource ?? dataSourceRef ?? spec.sourceRef) === undefined;
  return { spec, field, decoded, dataSource, dataSourceRef, source: isOwn ? objectAt(spec, 'source') : undefined };
}

/** One rule of CDI for the spec of a DataVolume. */
export interface SpecCheck {
  /** Its name without the topic of the kind that it stands in. */
  readonly id: string;
  readonly source: string;
  readonly check: (place: SpecPlace, note: Note) => void;
}

/** The rules that specs of one kind of object must hold. */
export function specRules(
  topic: string,
  checks: readonly SpecCheck[],
  places: (subject: Subject) => readonly SpecPlace[],
  severity = Severity.ERROR,
): Rule[] {
  // All rules of one object run before the next object's: one entry spares each of them the reading.
  let lastSubject: Subject | undefined;
  let lastPlaces: readonly SpecPlace[] = [];
  const placesOf = (subject: Subject): readonly SpecPlace[] => {
    if (subject !== lastSubject) {
      lastPlaces = places(subject);
      lastSubject = subject;
    }
    return lastPlaces;
  };
  return checks.map(({ id, source, check }) => ({
    id: `${topic}-${id}`,
    source,
    severity,
    check: (subject, note) => {
      for (const place of placesOf(subject)) check(place, note);
    },
  }));
}

/** Whether a text is empty. An absent one is the schema's to refuse, where the schema saw it. */
export function isEmptyText({ decoded }: SpecPlace, value: Json, key: string): boolean {
  return textAt(value, key) === '' && (decoded || value[key] !== undefined);
}

/** File of the webhook for DataVolumes. */
export const DATA_VOLUME = 'CDI v1.63.1, pkg/apiserver/webhooks/datavolume-validate.go';

/** File of the rules that DataVolumes and populator sources share. */
export const UTIL = 'CDI v1.63.1, pkg/apiserver/webhooks/util.go';
