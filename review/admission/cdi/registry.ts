import { childIn } from '../../manifests/json';
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
  /** Path of the source. */
  readonly field: string;
  /** The same, as the answers have it. */
  readonly serverField: string;
  readonly place: SpecPlace;
}

/** Rules for a registry as the source. */
export const REGISTRY_CHECKS: readonly SpecCheck[] = [
  {
    id: 'source-registry-content',
    about: ['contentType'],
    sentence: 'A registry source has the contentType kubevirt.',
    source: `${UTIL}:validateRegistrySource`,
    check: ofRegistry(({ place }, note) => {
      const { contentType } = place.spec;
      // Any other word is the schema's to refuse, or has a rule of its own.
      if (contentType !== 'archive') return;
      const message = must('contentType', `be 'kubevirt' for a registry source`, contentType);
      note(`${place.field}.contentType`, message, undefined, `${place.serverField}.contentType`);
    }),
  },
  {
    id: 'source-registry-address',
    about: ['registry'],
    sentence: 'A registry source has a URL or an image stream.',
    source: SOURCE,
    check: ofRegistry(({ registry, field, serverField }, note) => {
      const [url, stream] = [registry.url !== undefined, registry.imageStream !== undefined];
      if (url !== stream) return;
      const message = `'registry' must have 'url' or 'imageStream', got ${url ? 'both' : 'neither'}`;
      note(field, message, undefined, serverField);
    }),
  },
  {
    id: 'source-registry-url',
    about: ['registry'],
    sentence: 'The URL of a registry source begins with docker:// or oci-archive://.',
    source: SOURCE,
    check: ofRegistry(({ registry, field, serverField }, note) => {
      const { url } = registry;
      if (typeof url !== 'string' || registry.imageStream !== undefined) return;
      if (SCHEMES.includes(schemeOf(url) ?? '')) return;
      const message = must('url', 'be a URL with docker:// or oci-archive://', url);
      note(`${field}.url`, message, `write 'docker://…'`, `${serverField}.URL`);
    }),
  },
  {
    id: 'source-registry-pull-method',
    about: ['pullMethod'],
    sentence: 'The pull method of a registry source is pod or node.',
    source: SOURCE,
    check: ofRegistry(({ registry, field, serverField }, note) => {
      const { pullMethod } = registry;
      if (pullMethod === undefined || PULL_METHODS.includes(pullMethod as string)) return;
      const message = must('pullMethod', `be ${alternatives(PULL_METHODS)}`, pullMethod);
      note(`${field}.pullMethod`, message, undefined, `${serverField}.importMethod`);
    }),
  },
  {
    id: 'source-registry-image-stream',
    about: ['imageStream'],
    sentence: 'The image stream of a registry source is not empty.',
    source: SOURCE,
    check: ofRegistry(({ registry, field, serverField }, note) => {
      if (registry.imageStream !== '' || registry.url !== undefined) return;
      note(`${field}.imageStream`, must('imageStream', 'not be empty', ''), undefined, `${serverField}.importMethod`);
    }),
  },
  {
    id: 'source-registry-image-stream-node',
    about: ['imageStream'],
    sentence: 'An image stream is pulled by the node.',
    source: SOURCE,
    check: ofRegistry(({ registry, field, serverField }, note) => {
      const { imageStream, pullMethod, url } = registry;
      if (imageStream === undefined || url !== undefined || pullMethod === 'node') return;
      const message = must('pullMethod', `be 'node' for an image stream`, pullMethod);
      note(`${field}.pullMethod`, message, undefined, `${serverField}.importMethod`);
    }),
  },
];

function ofRegistry(check: (registry: Registry, note: Note) => void): SpecCheck['check'] {
  return (place, note) => {
    const registry = childIn(place.source, 'registry');
    if (registry === undefined) return;
    const [field, serverField] = [`${place.field}.source.registry`, `${place.serverField}.source.Registry`];
    check({ registry, field, serverField, place }, note);
  };
}
