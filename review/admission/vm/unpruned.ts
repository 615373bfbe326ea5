import { childIn, isObject, listIn, objectAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER, MACHINE, MACHINES, POOL, REPLICA_SET } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, show } from '../shared/wording';
import { cite } from './machine';

/** The fields of ObjectMeta: apimachinery, pkg/apis/meta/v1/types.go. */
const METADATA_KEYS: ReadonlySet<string> = new Set([
  'annotations',
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'finalizers',
  'generateName',
  'generation',
  'labels',
  'managedFields',
  'name',
  'namespace',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
]);

const CLOCK_KEYS: ReadonlySet<string> = new Set(['timer', 'timezone', 'utc']);

const SCHEMA = cite('pkg/util/webhooks/webhooks.go', 'ValidateSchema');

type VisitMetadata = (path: string, value: unknown) => void;

/** The metadata of the instances. */
function ofTemplate(raw: Json, visit: VisitMetadata): void {
  const metadata = childIn(childIn(raw, 'spec'), 'template')?.metadata;
  if (metadata !== undefined) visit('spec.template.metadata', metadata);
}

/** The metadata of each dataVolumeTemplate. */
function ofVolumeTemplates(raw: Json, visit: VisitMetadata): void {
  listIn(childIn(raw, 'spec'), 'dataVolumeTemplates').forEach(({ metadata }, index) =>
    visit(`spec.dataVolumeTemplates[${index}].metadata`, metadata),
  );
}

/** A check of each metadata that is not pruned. */
function eachMetadata(
  metadata: (raw: Json, visit: VisitMetadata) => void,
  check: (path: string, value: unknown, note: Note) => void,
): Rule['check'] {
  return ({ raw }, note) => metadata(raw, (path, value) => check(path, value, note));
}

function noteNull(path: string, value: unknown, note: Note): void {
  if (value === null) note(path, must('metadata', 'be an object or left out', null), 'remove the key');
}

function noteNullMaps(path: string, value: unknown, note: Note): void {
  for (const map of MAPS) {
    if (!isObject(value) || value[map] !== null) continue;
    note(`${path}.${map}`, must(map, 'be a map or left out', null), 'remove the key');
  }
}

function noteOtherThanText(path: string, value: unknown, note: Note): void {
  for (const map of MAPS) {
    const entries = isObject(value) ? childIn(value, map) : undefined;
    for (const key in entries) {
      const entry = entries[key];
      if (typeof entry === 'string') continue;
      note(`${path}.${map}.${key}`, must(key, 'be text', entry), 'quote it');
    }
  }
}

function noteUnknownMetadata(path: string, value: unknown, note: Note): void {
  noteUnknown(path, value, METADATA_KEYS, note);
}

const MAPS = ['labels', 'annotations'] as const;

function noteUnknown(path: string, value: unknown, known: ReadonlySet<string>, note: Note): void {
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    note(`${path}.${key}`, `'${path.slice(path.lastIndexOf('.') + 1)}' must have known keys only, got ${show(key)}`);
  }
}

/**
 * The three places of which the API server prunes nothing: a key that is unknown elsewhere disappears, here the
 * webhook's own schema refuses it.
 */
export const UNPRUNED_RULES: readonly Rule[] = topic({ kinds: EVERY_HOLDER }, [
  {
    id: 'template-metadata-not-null',
    kinds: [MACHINE, REPLICA_SET, POOL],
    sentence: 'The metadata of the template is an object or left out.',
    source: SCHEMA,
    check: eachMetadata(ofTemplate, noteNull),
  },
  {
    id: 'template-metadata-known-keys',
    kinds: [MACHINE, REPLICA_SET, POOL],
    sentence: 'The metadata of the template has only keys that Kubernetes knows.',
    source: SCHEMA,
    check: eachMetadata(ofTemplate, noteUnknownMetadata),
  },
  {
    id: 'template-metadata-maps-not-null',
    kinds: [MACHINE, REPLICA_SET, POOL],
    sentence: 'Labels and annotations of the template are maps or left out.',
    source: SCHEMA,
    check: eachMetadata(ofTemplate, noteNullMaps),
  },
  {
    id: 'template-metadata-text-values',
    kinds: [MACHINE, REPLICA_SET, POOL],
    sentence: 'Labels and annotations of the template have text values.',
    source: SCHEMA,
    check: eachMetadata(ofTemplate, noteOtherThanText),
  },
  {
    id: 'data-volume-template-metadata-not-null',
    kinds: MACHINES,
    about: ['dataVolumeTemplates'],
    sentence: 'The metadata of a dataVolumeTemplate is an object or left out.',
    source: SCHEMA,
    check: eachMetadata(ofVolumeTemplates, noteNull),
  },
  {
    id: 'data-volume-template-metadata-known-keys',
    kinds: MACHINES,
    about: ['dataVolumeTemplates'],
    sentence: 'The metadata of a dataVolumeTemplate has only keys that Kubernetes knows.',
    source: SCHEMA,
    check: eachMetadata(ofVolumeTemplates, noteUnknownMetadata),
  },
  {
    id: 'data-volume-template-metadata-maps-not-null',
    kinds: MACHINES,
    about: ['dataVolumeTemplates'],
    sentence: 'Labels and annotations of a dataVolumeTemplate are maps or left out.',
    source: SCHEMA,
    check: eachMetadata(ofVolumeTemplates, noteNullMaps),
  },
  {
    id: 'data-volume-template-metadata-text-values',
    kinds: MACHINES,
    about: ['dataVolumeTemplates'],
    sentence: 'Labels and annotations of a dataVolumeTemplate have text values.',
    source: SCHEMA,
    check: eachMetadata(ofVolumeTemplates, noteOtherThanText),
  },
  {
    id: 'clock-known-keys',
    about: ['clock'],
    sentence: 'The clock has only the keys that KubeVirt knows: timer, timezone, utc.',
    source: SCHEMA,
    check: ({ raw }, note) => {
      const clock = objectAt(raw, 'spec', 'template', 'spec', 'domain', 'clock');
      noteUnknown('spec.template.spec.domain.clock', clock, CLOCK_KEYS, note);
    },
  },
]);
