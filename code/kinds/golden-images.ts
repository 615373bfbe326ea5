import { Cron } from 'cdk8s';
import * as k from '../../constructs';
import { objectAt, textAt, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { dataVolumeEntries } from '../disks/data-volumes';
import { call, Code, literal, record } from '../language/expression';
import { Entries, memberCode, numberCode, objectOr, textCode, tried } from '../language/scalars';
import { INFERENCE_LABELS } from '../meaning/markers';
import { Scope } from '../scope';
import { byClass, Kind } from './way';

/** What of a DataVolume a golden image says. */
const OWN = new Set(['source', 'size', 'accessModes', 'volumeMode', 'storageClassName', 'claimApi']);

/** A DataImportCron with the DataSource that it manages. */
export const goldenImage: Kind = (scope, object, beside) => {
  const spec = objectOr(object.spec);
  const dataSourceName = textAt(spec, 'managedDataSource');
  const twin = beside.find('DataSource', scope.namespace, dataSourceName);
  if (twin === undefined) return [];
  const ofDisk = diskEntries(scope, spec);
  if (ofDisk === undefined) return [];
  const [instancetype, preference] = (['Instancetype', 'Preference'] as const).map((type) =>
    referenceCode(object, type),
  );
  const said = new Set(
    Object.keys(objectOr(valueAt(object, 'metadata', 'labels'))).filter((key) => key.startsWith(INFERENCE_LABELS)),
  );
  return [
    byClass(
      'GoldenImage',
      k.GoldenImage,
      [
        ...ofDisk,
        ['schedule', cronCode(spec.schedule)],
        ['dataSourceName', dataSourceName === textAt(object, 'metadata', 'name') ? undefined : literal(dataSourceName)],
        ['retentionPolicy', memberCode('ImportRetentionPolicy', k.ImportRetentionPolicy, spec.retentionPolicy)],
        ['garbageCollect', memberCode('ImportGarbageCollect', k.ImportGarbageCollect, spec.garbageCollect)],
        ['importsToKeep', numberCode(spec.importsToKeep)],
        ['defaultInstancetype', instancetype],
        ['defaultPreference', preference],
      ],
      { said, knownAs: ['image'], twin: asMade(twin) },
    ),
  ];
};

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
