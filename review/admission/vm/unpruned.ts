import { Severity } from '../../finding';
import { childIn, isObject, objectAt, objectsAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
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

/** The metadata of the instances, and of each dataVolumeTemplate. */
type Metadata = readonly (readonly [path: string, value: unknown])[];

function ofTemplate(raw: Json): Metadata {
  return [['spec.template.metadata', objectAt(raw, 'spec', 'template')?.metadata]];
}

function ofVolumeTemplates(raw: Json): Metadata {
  return objectsAt(raw, 'spec', 'dataVolumeTemplates').map(
    ({ metadata }, index) => [`spec.dataVolumeTemplates[${index}].metadata`, metadata] as const,
  );
}

function metadataRules(topic: string, metadata: (raw: Json) => Metadata): readonly Rule[] {
  const rule = (id: string, check: (path: string, value: unknown, note: Note) => void): Rule => ({
    id: `${topic}-${id}`,
    source: SCHEMA,
    severity: Severity.ERROR,
    check: ({ raw }, note) => metadata(raw).forEach(([path, value]) => check(path, value, note)),
  });
  return [
    rule('not-null', (path, value, note) => {
      if (value === null) note(path, must('metadata', 'be an object or left out', null), 'remove the key');
    }),
    rule('known-keys', (path, value, note) => noteUnknown(path, value, METADATA_KEYS, note)),
    rule('maps-not-null', (path, value, note) => {
      for (const map of MAPS) {
        if (!isObject(value) || value[map] !== null) continue;
        note(`${path}.${map}`, must(map, 'be a map or left out', null), 'remove the key');
      }
    }),
    rule('text-values', (path, value, note) => {
      for (const map of MAPS) {
        for (const [key, entry] of Object.entries((isObject(value) ? childIn(value, map) : undefined) ?? {})) {
          if (typeof entry === 'string') continue;
          note(`${path}.${map}.${key}`, must(key, 'be text', entry), 'quote it');
        }
      }
    }),
  ];
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
export const UNPRUNED_RULES: readonly Rule[] = [
  ...metadataRules('template-metadata', ofTemplate),
  ...metadataRules('data-volume-template-metadata', ofVolumeTemplates),
  {
    id: 'clock-known-keys',
    source: SCHEMA,
    severity: Severity.ERROR,
    check: ({ raw }, note) => {
      const clock = objectAt(raw, 'spec', 'template', 'spec', 'domain', 'clock');
      noteUnknown('spec.template.spec.domain.clock', clock, CLOCK_KEYS, note);
    },
  },
];
