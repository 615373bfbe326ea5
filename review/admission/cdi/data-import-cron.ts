import { objectAt, textAt } from '../../manifests/json';
import { Json, Note, Rule, Subject } from '../../rule';
import { Part, part, whole } from '../part';
import { specStays } from '../shared/immutable-spec';
import { topic } from '../shared/topic';
import { alternatives, must } from '../shared/wording';
import { SPEC_CHECKS } from './data-volume';
import { isSchedule } from './schedule';
import { specPlace, SpecPlaces, specRules } from './spec-check';

const FILE = 'CDI, pkg/apiserver/webhooks/dataimportcron-validate.go';
const SPEC = `${FILE}:validateDataImportCronSpec`;

/** The longest name, since names of CronJobs and labels are made of it. */
const LONGEST_NAME = 63;

const GARBAGE_COLLECTION = ['Never', 'Outdated'];
const UNSETTABLE = ['sourceRef', 'contentType', 'checkpoints', 'finalCheckpoint'];

/** Rules for DataImportCrons. An update that leaves the spec alone is asked for its name only. */
export const DATA_IMPORT_CRON_RULES: readonly Rule[] = topic({ kinds: ['DataImportCron'] }, [
  {
    id: 'data-import-cron-name-short',
    sentence: 'The name of a DataImportCron has at most 63 characters.',
    source: `${FILE}:Admit`,
    check: ({ object }, note) => {
      const name = textAt(object, 'metadata', 'name');
      if (name.length <= LONGEST_NAME) return;
      note('metadata.name', must('name', `have at most ${LONGEST_NAME} characters`, name));
    },
  },
  {
    id: 'data-import-cron-spec-immutable',
    sentence: 'The spec of a DataImportCron stays what it was.',
    source: `${FILE}:Admit`,
    check: specStays({ kind: 'DataImportCron', serverField: 'DataImportCron.Spec' }),
  },
  {
    id: 'data-import-cron-source',
    sentence: 'The template of a DataImportCron imports from a registry or a claim.',
    source: SPEC,
    check: onCreate((spec, note) => {
      const template = objectAt(spec, 'template', 'spec');
      const source = objectAt(template, 'source');
      // Without a template it is the schema that refuses.
      if (template === undefined || source?.registry !== undefined || source?.pvc !== undefined) return;
      const message = must('source', `be of the kind 'registry' or 'pvc'`, source);
      note('spec.template.spec.source', message, undefined, 'spec.Template');
    }),
  },
  {
    id: 'data-import-cron-template-keys',
    sentence: 'The template of a DataImportCron leaves out what the cron sets itself.',
    source: SPEC,
    check: onCreate((spec, note) => {
      const template = objectAt(spec, 'template', 'spec') ?? {};
      const set = UNSETTABLE.filter((key) => isSet(template[key]));
      if (set.length === 0) return;
      const message = must('template', `not set ${alternatives(UNSETTABLE)}`, set);
      note(`spec.template.spec.${set[0]}`, message, undefined, 'spec.Template');
    }),
  },
  {
    id: 'data-import-cron-schedule',
    sentence: 'The schedule is a cron expression of five fields, or empty.',
    source: SPEC,
    check: onCreate((spec, note) => {
      const schedule = textAt(spec, 'schedule');
      if (schedule === '' || isSchedule(schedule)) return;
      const remedy = `write '0 3 * * *' or '@daily'; empty text never polls`;
      const message = must('schedule', 'be a cron expression of five fields', schedule);
      note('spec.schedule', message, remedy, 'spec.Schedule');
    }),
  },
  {
    id: 'data-import-cron-imports-to-keep',
    sentence: 'The number of imports to keep is at least 0.',
    source: SPEC,
    check: onCreate((spec, note) => {
      const { importsToKeep } = spec;
      if (typeof importsToKeep !== 'number' || importsToKeep >= 0) return;
      note(
        'spec.importsToKeep',
        must('importsToKeep', 'be at least 0', importsToKeep),
        undefined,
        'spec.ImportsToKeep',
      );
    }),
  },
  {
    id: 'data-import-cron-garbage-collect',
    sentence: 'Garbage collection is Never or Outdated.',
    source: SPEC,
    check: onCreate((spec, note) => {
      const { garbageCollect } = spec;
      if (garbageCollect === undefined || GARBAGE_COLLECTION.includes(garbageCollect as string)) return;
      const message = must('garbageCollect', `be ${alternatives(GARBAGE_COLLECTION)}`, garbageCollect);
      note('spec.garbageCollect', message, undefined, 'spec.GarbageCollect');
    }),
  },
  {
    id: 'data-import-cron-managed-data-source',
    sentence: 'The name of the managed DataSource has 1 to 63 characters.',
    source: SPEC,
    check: onCreate((spec, note) => {
      const { managedDataSource } = spec;
      if (typeof managedDataSource !== 'string') return;
      if (managedDataSource !== '' && managedDataSource.length <= LONGEST_NAME) return;
      const message = must('managedDataSource', `have 1 to ${LONGEST_NAME} characters`, managedDataSource);
      note('spec.managedDataSource', message, undefined, 'spec.ManagedDataSource');
    }),
  },
]);

/** Rules for DataImportCrons and their template. */
export const DATA_IMPORT_CRON_PARTS: readonly Part[] = [
  part(whole, DATA_IMPORT_CRON_RULES),
  part(places, specRules('data-import-cron-template', { kinds: ['DataImportCron'] }, SPEC_CHECKS)),
];

function onCreate(check: (spec: Json, note: Note) => void): Rule['check'] {
  return ({ object, old }, note) => {
    if (old === undefined) check(objectAt(object, 'spec') ?? {}, note);
  };
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === '' || value === false) return false;
  return !Array.isArray(value) || value.length > 0;
}

/** The template, where the webhook gets as far as to look into it. Its answers call it `Template`. */
function places({ object, old }: Subject): SpecPlaces {
  const spec = objectAt(object, 'spec', 'template', 'spec');
  const source = objectAt(spec, 'source');
  if (old !== undefined || spec === undefined || (source?.registry ?? source?.pvc) === undefined) return [];
  return UNSETTABLE.some((key) => isSet(spec[key]))
    ? []
    : [specPlace(spec, 'spec.template.spec', { serverField: 'Template' })];
}
