import { objectAt, textAt } from '../../manifests/json';
import { Json } from '../../rule';
import { alternatives, must } from '../shared/wording';
import { isRequestUri, schemeOf } from './go-url';
import { REGISTRY_CHECKS } from './registry';
import { DATA_VOLUME, isEmptyText, SpecCheck, SpecPlace, UTIL } from './spec-check';

const IMPORTS = ['http', 's3', 'gcs', 'registry', 'imageio', 'vddk', 'blank'];

/** Every kind of source of a DataVolume. */
const SOURCES = [...IMPORTS, 'upload', 'pvc', 'snapshot'];

/** The sources that have a URL, and what the webhook's answers call them. */
const URL_SOURCES = [
  ['http', 'HTTP'],
  ['s3', 'S3'],
  ['gcs', 'GCS'],
  ['imageio', 'ImageIO'],
  ['vddk', 'VDDK'],
] as const;

const SCHEMES = ['http', 'https', 'gs'];

/** What must be said beside the URL, and what the answers call the source. */
const REQUIRED: Readonly<Record<string, { answer: string; keys: readonly string[] }>> = {
  imageio: { answer: 'Imageio', keys: ['secretRef', 'certConfigMap', 'diskId'] },
  vddk: { answer: 'VDDK', keys: ['secretRef', 'uuid', 'backingFile', 'thumbprint'] },
};

/** Rules for the kind of a source, for DataVolumes and for populator sources. */
export const SOURCE_KIND_CHECKS: readonly SpecCheck[] = [
  {
    id: 'source-kind-present',
    source: `${UTIL}:validateNumberOfSources`,
    check: (place, note) => {
      const { source } = place;
      if (source === undefined || kindsOf(source).length > 0) return;
      note(`${place.field}.source`, must('source', `be of a kind: ${alternatives(SOURCES)}`, source));
    },
  },
  {
    id: 'source-kind-single',
    source: `${UTIL}:validateNumberOfSources`,
    check: (place, note) => {
      const kinds = kindsOf(place.source ?? {});
      if (kinds.length > 1) note(`${place.field}.source`, must('source', 'be of one kind', kinds));
    },
  },
];

/** Rules for what a source of one kind says, for DataVolumes and for populator sources. */
export const SOURCE_CHECKS: readonly SpecCheck[] = [
  {
    id: 'source-url-valid',
    source: `${UTIL}:validateSourceURL`,
    check: (place, note) => {
      for (const [key, answer] of URL_SOURCES) {
        const source = objectAt(place.source, key);
        if (source === undefined) continue;
        const url = textAt(source, 'url');
        if (key !== 'vddk' && url === '' && !isEmptyText(place, source, 'url')) continue;
        if (isRequestUri(url) && SCHEMES.includes(schemeOf(url) ?? '')) continue;
        const remedy = url.startsWith('s3://') ? 'give the https address of the bucket' : undefined;
        const message = must('url', 'be a URL with http://, https:// or gs://', source.url);
        note(`${place.field}.source.${answer}.url`, message, remedy);
      }
    },
  },
  {
    id: 'source-blank-content',
    source: `${UTIL}:validateBlankSource`,
    check: (place, note) => {
      if (place.source?.blank === undefined || place.spec.contentType !== 'archive') return;
      note(`${place.field}.contentType`, must('contentType', `be 'kubevirt' for a blank source`, 'archive'));
    },
  },
  ...REGISTRY_CHECKS,
  ...Object.entries(REQUIRED).map(([key, { answer, keys }]) => ({
    id: `source-${key}-complete`,
    source: `${UTIL}:validate${key === 'vddk' ? 'VDDK' : 'ImageIO'}Source`,
    check: (place: SpecPlace, note: (field: string, message: string) => void) => {
      const source = objectAt(place.source, key);
      const missing = source === undefined ? [] : keys.filter((name) => textAt(source, name) === '');
      if (missing.length === 0) return;
      note(`${place.field}.source.${answer}`, `'${key}' must have ${keys.join(', ')}, got no ${missing.join(', ')}`);
    },
  })),
];

/** Rules for the sources that copy another disk, which only DataVolumes have. */
export const CLONE_SOURCE_CHECKS: readonly SpecCheck[] = (['pvc', 'snapshot'] as const).map((key) => ({
  id: `source-${key}-complete`,
  source: `${DATA_VOLUME}:validateDataVolumeSpec`,
  check: (place, note) => {
    const source = objectAt(place.source, key);
    if (source === undefined) return;
    const empty = ['namespace', 'name'].filter((name) => isEmptyText(place, source, name));
    // KubeVirt takes the namespace of the machine in a template.
    const missing = place.decoded ? empty.filter((name) => name !== 'namespace') : empty;
    const field = `${place.field}.source.${key === 'pvc' ? 'PVC' : 'Snapshot'}`;
    for (const name of missing) note(field, must(name, 'not be empty', ''));
  },
}));

function kindsOf(source: Json): readonly string[] {
  return SOURCES.filter((kind) => source[kind] !== undefined);
}
