import { Cron } from 'cdk8s';
import * as k from '../../constructs';
import { isObject, objectAt, textAt, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { dataVolumeEntries } from '../disks/data-volumes';
import { call, Code, literal, record } from '../language/expression';
import { Entries, memberCode, numberCode, objectOr, textCode, tried } from '../language/scalars';
import { INFERENCE_LABELS } from '../meaning/markers';
import { Scope } from '../scope';
import { byClass, Kind } from './way';

/** What of a DataVolume a golden image says. */
const OWN = new Set(
  ['source', 'size', 'accessModes', 'volumeMode', 'storageClassName', 'claimApi'].concat(
    ['volumeName', 'volumeRules', 'volumeAttributesClassName', 'sizeLimit', 'contentType'],
    ['preallocation', 'priorityClassName', 'serviceAccountName'],
  ),
);

/** A DataImportCron, with the DataSource that it manages where that is among the manifests. */
export const goldenImage: Kind = (scope, object, beside) => {
  const spec = objectOr(object.spec);
  const dataSourceName = textAt(spec, 'managedDataSource');
  const twin = beside.dataSource(scope.namespace, dataSourceName);
  const ofDisk = diskEntries(scope, spec);
  if (ofDisk === undefined) return [];
  const inferred = inferredDefaults(object);
  return [
    byClass(
      'GoldenImage',
      k.GoldenImage,
      [
        ...ofDisk,
        ['schedule', cronCode(spec.schedule)],
        ['dataSourceLeftToCdi', twin === undefined ? literal(true) : undefined],
        ['dataSourceName', dataSourceName === textAt(object, 'metadata', 'name') ? undefined : literal(dataSourceName)],
        ['retentionPolicy', memberCode('ImportRetentionPolicy', k.ImportRetentionPolicy, spec.retentionPolicy)],
        ['garbageCollect', memberCode('ImportGarbageCollect', k.ImportGarbageCollect, spec.garbageCollect)],
        ['importsToKeep', numberCode(spec.importsToKeep)],
        ['cronServiceAccountName', textCode(spec.serviceAccountName)],
        ...inferred.entries,
      ],
      { said: inferred.said, knownAs: ['image'], twin: twin && asMade(twin) },
    ),
  ];
};

/** A DataSource that stands by itself: a name for a claim, a snapshot or another DataSource. */
export const dataSource: Kind = (scope, object) => {
  const inferred = inferredDefaults(object);
  const [kind, place] = Object.entries(objectOr(valueAt(object, 'spec', 'source')))[0] ?? [];
  if (!isObject(place)) return [];
  const spec = kind === 'dataSource' ? { sourceRef: place } : { source: { [String(kind)]: place } };
  const source = dataVolumeEntries(scope, { spec }, true)?.find(([key]) => key === 'source');
  return [
    source &&
      byClass('DataSource', k.DataSource, [source, ...inferred.entries], { said: inferred.said, knownAs: ['image'] }),
  ];
};

/** The instance type and the preference of VMs that infer them from an image, and the labels that say them. */
function inferredDefaults(object: Json): { readonly entries: Entries; readonly said: ReadonlySet<string> } {
  const labels = Object.keys(objectOr(valueAt(object, 'metadata', 'labels')));
  return {
    entries: [
      ['defaultInstancetype', referenceCode(object, 'Instancetype')],
      ['defaultPreference', referenceCode(object, 'Preference')],
    ],
    said: new Set(labels.filter((key) => key.startsWith(INFERENCE_LABELS))),
  };
}

/** A DataSource as a manifest states it: CDI writes where it leads to. */
function asMade(dataSource: Json): Json {
  return { ...dataSource, spec: { ...objectAt(dataSource, 'spec'), source: {} } };
}

function diskEntries(scope: Scope, spec: Json): Entries | undefined {
  const entries = dataVolumeEntries(scope, objectOr(spec.template));
  return entries?.filter(([key]) => OWN.has(key));
}

function referenceCode(object: Json, type: 'Instancetype' | 'Preference'): Code | undefined {
  const labels = objectOr(valueAt(object, 'metadata', 'labels'));
  const label = `${INFERENCE_LABELS}${type.toLowerCase()}`;
  const name = textCode(labels[label]);
  if (name === undefined) return undefined;
  const kind = String(labels[`${label}-kind`] ?? '').toLowerCase();
  const factory = kind === `virtualmachine${type.toLowerCase()}` ? 'namespaced' : 'cluster';
  return tried(() => call(type, k[type], factory, name));
}

const FIELDS = ['minute', 'hour', 'day', 'month', 'weekDay'] as const;

/** `Cron.schedule({ minute: '0', hour: '3' })`. */
function cronCode(schedule: unknown): Code | undefined {
  const words = String(schedule ?? '')
    .trim()
    .split(/\s+/);
  if (words.length !== FIELDS.length) return undefined;
  const entries = FIELDS.map(
    (field, index) => [field, words[index] === '*' ? undefined : literal(words[index])] as const,
  );
  return tried(() => call('Cron', Cron, 'schedule', record(entries)));
}
