import { objectAt, textAt } from '../../manifests/json';
import { Json } from '../../rule';
import { must } from '../shared/wording';
import { DATA_VOLUME, isEmptyText, SpecCheck, SpecPlace } from './spec-check';

const POPULATORS = ['dataSource', 'dataSourceRef'] as const;

/** Rules for what fills a DataVolume: a source of its own, a DataSource, or somebody else's populator. */
export const POPULATION_CHECKS: readonly SpecCheck[] = [
  {
    id: 'population-alone',
    source: `${DATA_VOLUME}:validateExternalPopulation`,
    check: (place, note) => {
      if (!isPopulated(place) || !hasSource(place)) return;
      const named = POPULATORS.find((key) => place[key] !== undefined);
      note(`${place.field}.source`, `'spec' must have no 'source' or 'sourceRef' beside '${named}', got both`);
    },
  },
  {
    id: 'population-single',
    source: `${DATA_VOLUME}:validateExternalPopulation`,
    check: (place, note) => {
      if (POPULATORS.some((key) => place[key] === undefined)) return;
      const field = `${place.field}.${place.spec.pvc === undefined ? 'storage' : 'pvc'}.dataSource`;
      const message = `'spec' must have 'dataSource' or 'dataSourceRef', got both`;
      note(field, message, `leave out 'dataSource': CDI takes them for different even where they say the same`);
    },
  },
  {
    id: 'population-name',
    source: `${DATA_VOLUME}:validateDataSource, validateDataSourceRef`,
    check: (place, note) =>
      eachPopulator(place, (reference, field) => {
        if (isEmptyText(place, reference, 'name')) note(`${field}.name[]`, must('name', 'not be empty', ''));
      }),
  },
  {
    id: 'population-kind',
    source: `${DATA_VOLUME}:validateDataSource, validateDataSourceRef`,
    check: (place, note) =>
      eachPopulator(place, (reference, field) => {
        if (isEmptyText(place, reference, 'kind')) note(`${field}.kind`, must('kind', 'not be empty', ''));
      }),
  },
  {
    id: 'population-api-group',
    source: `${DATA_VOLUME}:validateDataSource, validateDataSourceRef`,
    check: (place, note) =>
      eachPopulator(place, (reference, field) => {
        if (textAt(reference, 'apiGroup') !== '' || reference.kind === 'PersistentVolumeClaim') return;
        const message = must('apiGroup', `be given unless the kind is 'PersistentVolumeClaim'`, reference.apiGroup);
        note(`${field}.apiGroup[]`, message, `for CDI's own populators: 'cdi.kubevirt.io'`);
      }),
  },
  {
    id: 'population-namespace',
    source: `${DATA_VOLUME}:validateDataSourceRef`,
    check: (place, note) => {
      const namespace = textAt(place.dataSourceRef, 'namespace');
      if (namespace === '') return;
      note(`${place.field}.dataSourceRef.namespace[]`, must('namespace', 'not be given', namespace));
    },
  },
  {
    id: 'source-present',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: (place, note) => {
      if (isPopulated(place) || hasSource(place)) return;
      note(
        `${place.field}.source`,
        must('spec', `have 'source' or 'sourceRef'`, undefined),
        `for an empty disk: 'blank'`,
      );
    },
  },
  {
    id: 'source-single',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: (place, note) => {
      const { spec, field } = place;
      if (isPopulated(place) || spec.source === undefined || spec.sourceRef === undefined) return;
      note(`${field}.source`, `'spec' must have 'source' or 'sourceRef', got both`);
    },
  },
  {
    id: 'source-ref-kind',
    source: `${DATA_VOLUME}:validateSourceRef`,
    check: (place, note) =>
      withSourceRef(place, (reference, field) => {
        if (reference.kind === 'DataSource') return;
        if (textAt(reference, 'kind') === '' && !isEmptyText(place, reference, 'kind')) return;
        note(`${field}.Kind`, must('kind', `be 'DataSource'`, reference.kind));
      }),
  },
  {
    id: 'source-ref-name',
    source: `${DATA_VOLUME}:validateSourceRef`,
    check: (place, note) =>
      withSourceRef(place, (reference, field) => {
        if (isEmptyText(place, reference, 'name')) note(`${field}.Name`, must('name', 'not be empty', ''));
      }),
  },
];

function hasSource({ spec }: SpecPlace): boolean {
  return spec.source !== undefined || spec.sourceRef !== undefined;
}

function isPopulated({ dataSource, dataSourceRef }: SpecPlace): boolean {
  return (dataSource ?? dataSourceRef) !== undefined;
}

/** Calls back with each reference and its path, which names neither `pvc` nor `storage`: the webhook's own. */
function eachPopulator(place: SpecPlace, visit: (reference: Json, field: string) => void): void {
  for (const key of POPULATORS) {
    const reference = place[key];
    if (reference !== undefined) visit(reference, `${place.field}.${key}`);
  }
}

function withSourceRef(place: SpecPlace, visit: (reference: Json, field: string) => void): void {
  const reference = objectAt(place.spec, 'sourceRef');
  if (reference === undefined || isPopulated(place)) return;
  visit(reference, `${place.field}.sourceRef`);
}
