import { objectAt, textAt } from '../../manifests/json';
import { Json } from '../../rule';
import { must } from '../shared/wording';
import { DATA_VOLUME, isEmptyText, SpecCheck, SpecPlace } from './spec-check';

const POPULATORS = ['dataSource', 'dataSourceRef'] as const;

/** Rules for what fills a DataVolume: a source of its own, a DataSource, or somebody else's populator. */
export const POPULATION_CHECKS: readonly SpecCheck[] = [
  {
    id: 'population-alone',
    about: ['dataSource', 'dataSourceRef'],
    sentence: 'A DataVolume has a populator or a source, not both.',
    source: `${DATA_VOLUME}:validateExternalPopulation`,
    check: (place, note) => {
      if (!isPopulated(place) || !hasSource(place)) return;
      const named = POPULATORS.find((key) => place[key] !== undefined);
      const message = `'spec' must have no 'source' or 'sourceRef' beside '${named}', got both`;
      const key = place.spec.source === undefined ? 'sourceRef' : 'source';
      note(`${place.field}.${key}`, message, undefined, `${place.serverField}.source`);
    },
  },
  {
    id: 'population-single',
    about: ['dataSource', 'dataSourceRef'],
    sentence: 'A DataVolume has dataSource or dataSourceRef, not both.',
    source: `${DATA_VOLUME}:validateExternalPopulation`,
    check: (place, note) => {
      if (POPULATORS.some((key) => place[key] === undefined)) return;
      const path = `${claimKey(place)}.dataSource`;
      const message = `'spec' must have 'dataSource' or 'dataSourceRef', got both`;
      const remedy = `leave out 'dataSource': CDI takes them for different even where they say the same`;
      note(`${place.field}.${path}`, message, remedy, `${place.serverField}.${path}`);
    },
  },
  {
    id: 'population-name',
    about: ['dataSource', 'dataSourceRef'],
    sentence: 'A populator is named.',
    source: `${DATA_VOLUME}:validateDataSource, validateDataSourceRef`,
    check: (place, note) =>
      eachPopulator(place, (reference, field, serverField) => {
        if (!isEmptyText(place, reference, 'name')) return;
        note(`${field}.name`, must('name', 'not be empty', ''), undefined, `${serverField}.name[]`);
      }),
  },
  {
    id: 'population-kind',
    about: ['dataSource', 'dataSourceRef'],
    sentence: 'The kind of a populator is named.',
    source: `${DATA_VOLUME}:validateDataSource, validateDataSourceRef`,
    check: (place, note) =>
      eachPopulator(place, (reference, field, serverField) => {
        if (!isEmptyText(place, reference, 'kind')) return;
        note(`${field}.kind`, must('kind', 'not be empty', ''), undefined, `${serverField}.kind`);
      }),
  },
  {
    id: 'population-api-group',
    about: ['dataSource', 'dataSourceRef'],
    sentence: 'The API group of a populator is named, unless it is a claim.',
    source: `${DATA_VOLUME}:validateDataSource, validateDataSourceRef`,
    check: (place, note) =>
      eachPopulator(place, (reference, field, serverField) => {
        if (textAt(reference, 'apiGroup') !== '' || reference.kind === 'PersistentVolumeClaim') return;
        const message = must('apiGroup', `be given unless the kind is 'PersistentVolumeClaim'`, reference.apiGroup);
        note(`${field}.apiGroup`, message, `for CDI's own populators: 'cdi.kubevirt.io'`, `${serverField}.apiGroup[]`);
      }),
  },
  {
    id: 'population-namespace',
    about: ['dataSource', 'dataSourceRef'],
    sentence: 'A populator is in the namespace of the DataVolume.',
    source: `${DATA_VOLUME}:validateDataSourceRef`,
    check: (place, note) => {
      const namespace = textAt(place.dataSourceRef, 'namespace');
      if (namespace === '') return;
      const message = must('namespace', 'not be given', namespace);
      const field = `${place.field}.${claimKey(place)}.dataSourceRef.namespace`;
      note(field, message, undefined, `${place.serverField}.dataSourceRef.namespace[]`);
    },
  },
  {
    id: 'source-present',
    sentence: 'A DataVolume says what fills it.',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: (place, note) => {
      if (isPopulated(place) || hasSource(place)) return;
      note(
        `${place.field}.source`,
        must('spec', `have 'source' or 'sourceRef'`, undefined),
        `for an empty disk: 'blank'`,
        `${place.serverField}.source`,
      );
    },
  },
  {
    id: 'source-single',
    about: ['sourceRef'],
    sentence: 'A DataVolume has source or sourceRef, not both.',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: (place, note) => {
      const { spec, field, serverField } = place;
      if (isPopulated(place) || spec.source === undefined || spec.sourceRef === undefined) return;
      note(`${field}.source`, `'spec' must have 'source' or 'sourceRef', got both`, undefined, `${serverField}.source`);
    },
  },
  {
    id: 'source-ref-kind',
    about: ['sourceRef'],
    sentence: 'A sourceRef is a DataSource.',
    source: `${DATA_VOLUME}:validateSourceRef`,
    check: (place, note) =>
      withSourceRef(place, (reference, field, serverField) => {
        if (reference.kind === 'DataSource') return;
        if (textAt(reference, 'kind') === '' && !isEmptyText(place, reference, 'kind')) return;
        note(`${field}.kind`, must('kind', `be 'DataSource'`, reference.kind), undefined, `${serverField}.Kind`);
      }),
  },
  {
    id: 'source-ref-name',
    about: ['sourceRef'],
    sentence: 'A sourceRef has a name.',
    source: `${DATA_VOLUME}:validateSourceRef`,
    check: (place, note) =>
      withSourceRef(place, (reference, field, serverField) => {
        if (!isEmptyText(place, reference, 'name')) return;
        note(`${field}.name`, must('name', 'not be empty', ''), undefined, `${serverField}.Name`);
      }),
  },
];

function hasSource({ spec }: SpecPlace): boolean {
  return spec.source !== undefined || spec.sourceRef !== undefined;
}

function isPopulated({ dataSource, dataSourceRef }: SpecPlace): boolean {
  return (dataSource ?? dataSourceRef) !== undefined;
}

type Visit = (reference: Json, field: string, serverField: string) => void;

/** Calls back with each reference and its paths; the webhook's own names neither `pvc` nor `storage`. */
function eachPopulator(place: SpecPlace, visit: Visit): void {
  for (const key of POPULATORS) {
    const reference = place[key];
    if (reference === undefined) continue;
    visit(reference, `${place.field}.${claimKey(place)}.${key}`, `${place.serverField}.${key}`);
  }
}

function withSourceRef(place: SpecPlace, visit: Visit): void {
  const reference = objectAt(place.spec, 'sourceRef');
  if (reference === undefined || isPopulated(place)) return;
  visit(reference, `${place.field}.sourceRef`, `${place.serverField}.sourceRef`);
}

function claimKey({ spec }: SpecPlace): 'pvc' | 'storage' {
  return spec.pvc === undefined ? 'storage' : 'pvc';
}
