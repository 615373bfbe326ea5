import { Severity } from '../../finding';
import { objectAt, textAt } from '../../manifests/json';
import { Json, Note, Rule, Subject } from '../../rule';
import { immutableSpec } from '../shared/immutable-spec';
import { alternatives, must } from '../shared/wording';
import { SPEC_CHECKS } from './data-volume';
import { isSchedule } from './schedule';
import { SpecPlace, specPlace, specRules } from './spec-check';

const FILE = 'CDI v1.63.1, pkg/apiserver/webhooks/dataimportcron-validate.go';
const SPEC = `${FILE}:validateDataImportCronSpec`;

/** The longest name, since names of CronJobs and labels are made of it. */
const LONGEST_NAME = 63;

const GARBAGE_COLLECTION = ['Never', 'Outdated'];
const UNSETTABLE = ['sourceRef', 'contentType', 'checkpoints', 'finalCheckpoint'];

/** Rules for DataImportCrons. An update that leaves the spec alone is asked for its name only. */
export const DATA_IMPORT_CRON_RULES: readonly Rule[] = [
  {
    id: 'data-import-cron-name-short',
    source: `${FILE}:Admit`,
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      const name = textAt(object, 'metadata', 'name');
      if (name.length <= LONGEST_NAME) return;
      note('metadata.name', must('name', `have at most ${LONGEST_NAME} characters`, name));
    },
  },
  immutableSpec({
    id: 'data-import-cron-spec-immutable',
    source: `${FILE}:Admit`,
    kind: 'DataImportCron',
    field: 'DataImportCron.Spec',
  }),
  onCreate('data-import-cron-source', (spec, note) => {
    const template = objectAt(spec, 'template', 'spec');
    const source = objectAt(template, 'source');
    // Without a template it is the schema that refuses.
    if (template === undefined || source?.registry !== undefined || source?.pvc !== undefined) return;
    note('spec.Template', must('source', `be of the kind 'registry' or 'pvc'`, source));
  }),
  onCreate('data-import-cron-template-keys', (spec, note) => {
    const template = objectAt(spec, 'template', 'spec') ?? {};
    const set = UNSETTABLE.filter((key) => isSet(template[key]));
    if (set.length > 0) note('spec.Template', must('template', `not set ${alternatives(UNSETTABLE)}`, set));
  }),
  ...specRules('data-import-cron-template', SPEC_CHECKS, places),
  onCreate('data-import-cron-schedule', (spec, note) => {
    const schedule = textAt(spec, 'schedule');
    if (schedule === '' || isSchedule(schedule)) return;
    const remedy = `write '0 3 * * *' or '@daily'; empty text never polls`;
    note('spec.Schedule', must('schedule', 'be a cron expression of five fields', schedule), remedy);
  }),
  onCreate('data-import-cron-imports-to-keep', (spec, note) => {
    const { importsToKeep } = spec;
    if (typeof importsToKeep !== 'number' || importsToKeep >= 0) return;
    note('spec.ImportsToKeep', must('importsToKeep', 'be at least 0', importsToKeep));
  }),
  onCreate('data-import-cron-garbage-collect', (spec, note) => {
    const { garbageCollect } = spec;
    if (garbageCollect === undefined || GARBAGE_COLLECTION.includes(garbageCollect as string)) return;
    note('spec.GarbageCollect', must('garbageCollect', `be ${alternatives(GARBAGE_COLLECTION)}`, garbageCollect));
  }),
  onCreate('data-import-cron-managed-data-source', (spec, note) => {
    const { managedDataSource } = spec;
    if (typeof managedDataSource !== 'string') return;
    if (managedDataSource !== '' && managedDataSource.length <= LONGEST_NAME) return;
    const message = must('managedDataSource', `have 1 to ${LONGEST_NAME} characters`, managedDataSource);
    note('spec.ManagedDataSource', message);
  }),
];

function onCreate(id: string, check: (spec: Json, note: Note) => void): Rule {
  return {
    id,
    source: SPEC,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      if (old === undefined) check(objectAt(object, 'spec') ?? {}, note);
    },
  };
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === '' || value === false) return false;
  return !Array.isArray(value) || value.length > 0;
}

/** The template, where the webhook gets as far as to look into it. Its answers call it `Template`. */
function places({ object, old }: Subject): readonly SpecPlace[] {
  const spec = objectAt(object, 'spec', 'template', 'spec');
  const source = objectAt(spec, 'source');
  if (old !== undefined || spec === undefined || (source?.registry ?? source?.pvc) === undefined) return [];
  return UNSETTABLE.some((key) => isSet(spec[key])) ? [] : [specPlace(spec, 'Template')];
}
