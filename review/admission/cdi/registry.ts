import { objectAt } from '../../manifests/json';
import { Json, Note } from '../../rule';
import { alternatives, must } from '../shared/wording';
import { schemeOf } from './go-url';
import { SpecCheck, SpecPlace, UTIL } from './spec-check';

const SOURCE = `${UTIL}:validateDataVolumeSourceRegistry`;
const SCHEMES = ['docker', 'oci-archive'];
const PULL_METHODS = ['pod', 'node'];

/** A registry as the source. */
interface Registry {
  readonly registry: Json;
  /** Path of the source, as the answers have it. */
  readonly field: string;
  readonly place: SpecPlace;
}

/** Rules for a registry as the source. */
export const REGISTRY_CHECKS: readonly SpecCheck[] = [
  of('source-registry-content', `${UTIL}:validateRegistrySource`, ({ place }, note) => {
    const { contentType } = place.spec;
    // Any other word is the schema's to refuse, or has a rule of its own.
    if (contentType !== 'archive') return;
    note(`${place.field}.contentType`, must('contentType', `be 'kubevirt' for a registry source`, contentType));
  }),
  of('source-registry-address', SOURCE, ({ registry, field }, note) => {
    const [url, stream] = [registry.url !== undefined, registry.imageStream !== undefined];
    if (url !== stream) return;
    note(field, `'registry' must have 'url' or 'imageStream', got ${url ? 'both' : 'neither'}`);
  }),
  of('source-registry-url', SOURCE, ({ registry, field }, note) => {
    const { url } = registry;
    if (typeof url !== 'string' || registry.imageStream !== undefined) return;
    if (SCHEMES.includes(schemeOf(url) ?? '')) return;
    note(`${field}.URL`, must('url', 'be a URL with docker:// or oci-archive://', url), `write 'docker://…'`);
  }),
  of('source-registry-pull-method', SOURCE, ({ registry, field }, note) => {
    const { pullMethod } = registry;
    if (pullMethod === undefined || PULL_METHODS.includes(pullMethod as string)) return;
    note(`${field}.importMethod`, must('pullMethod', `be ${alternatives(PULL_METHODS)}`, pullMethod));
  }),
  of('source-registry-image-stream', SOURCE, ({ registry, field }, note) => {
    if (registry.imageStream !== '' || registry.url !== undefined) return;
    note(`${field}.importMethod`, must('imageStream', 'not be empty', ''));
  }),
  of('source-registry-image-stream-node', SOURCE, ({ registry, field }, note) => {
    const { imageStream, pullMethod, url } = registry;
    if (imageStream === undefined || url !== undefined || pullMethod === 'node') return;
    note(`${field}.importMethod`, must('pullMethod', `be 'node' for an image stream`, pullMethod));
  }),
];

function of(id: string, source: string, check: (registry: Registry, note: Note) => void): SpecCheck {
  return {
    id,
    source,
    check: (place, note) => {
      const registry = objectAt(place.source, 'registry');
      if (registry !== undefined) check({ registry, field: `${place.field}.source.Registry`, place }, note);
    },
  };
}
