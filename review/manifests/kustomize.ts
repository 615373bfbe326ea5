import { Json } from '../rule';
import { isObject, objectsAt, textAt } from './json';

/** Names under which kustomize finds its file in a folder: kustomize, api/konfig/general.go, RecognizedKustomizationFileNames. */
export const KUSTOMIZATION_FILES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const GROUP = 'kustomize.config.k8s.io/';

/** Lists from which kustomize generates objects, and the kind of these: kustomize, api/types/kustomization.go. */
export const GENERATORS = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;

/**
 * Whether an object is kustomize's own file, a Kustomization or a Component, which is not applied to a cluster. Its kind
 * may be left out if its file has kustomize's name: kustomize, api/types/kustomization.go, FixKustomization.
 */
export function isKustomization(object: unknown, file = ''): object is Json {
  if (!isObject(object)) return false;
  if (textAt(object, 'apiVersion').startsWith(GROUP)) return true;
  const name = file.slice(file.lastIndexOf('/') + 1);
  return object.apiVersion === undefined && object.metadata === undefined && KUSTOMIZATION_FILES.includes(name);
}

/** The Secrets and ConfigMaps that kustomize generates, by name alone: their content stands in other files. */
export function generatedObjects(kustomization: Json): Json[] {
  return GENERATORS.flatMap(([list, kind]) =>
    objectsAt(kustomization, list)
      .filter((generator) => textAt(generator, 'name') !== '')
      .map((generator) => ({ apiVersion: 'v1', kind, metadata: metadataOf(generator) })),
  );
}

function metadataOf(generator: Json): Json {
  const namespace = textAt(generator, 'namespace');
  return { name: textAt(generator, 'name'), ...(namespace === '' ? {} : { namespace }) };
}
