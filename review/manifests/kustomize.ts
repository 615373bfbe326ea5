import * as path from 'node:path';
import { withoutLogins } from '../../constructs/shared/sensitive';
import { Severity } from '../finding';
import { Json } from '../rule';
import { Input, InputFault } from './input';
import { isObject, objectsAt, textAt, valueAt } from './json';
import { ReviewedManifest } from './manifest';

/** Names under which kustomize finds its file in a folder: kustomize, api/konfig/general.go, RecognizedKustomizationFileNames. */
export const KUSTOMIZATION_FILES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const GROUP = 'kustomize.config.k8s.io/';

/** Lists from which kustomize generates objects, and the kind of these: kustomize, api/types/kustomization.go. */
const GENERATORS = [
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

/** Lists of files and folders that are applied: kustomize, api/types/kustomization.go. */
const OPERANDS = ['resources', 'bases', 'components'];

/** Lists of files that configure kustomize. */
const OWN_FILES = ['configurations', 'crds', 'generators', 'transformers', 'validators'];

/** Lists whose entries name a file by `path`. */
const WITH_PATH = ['patches', 'patchesJson6902', 'replacements'];

/**
 * Applies what the Kustomizations say about the other files. A patch, or a file that configures kustomize, is not a whole
 * object, and is skipped. A listed file that does not exist is a warning, and so is a manifest beside a Kustomization that
 * does not list it, unless another Kustomization takes that folder: a base may leave files for others to use.
 *
 * @param exists Whether anything stands at an absolute path.
 */
export function withKustomizations(input: Input, cwd: string, exists: (at: string) => boolean): Input {
  const files = input.manifests.flatMap((manifest) => kustomizationOf(manifest, cwd, exists) ?? []);
  if (files.length === 0) return input;
  const applied = new Map(files.flatMap((file) => file.applied.map((at) => [at, file] as const)));
  const parts = new Map(files.flatMap((file) => file.parts.map((at) => [at, file] as const)));
  const at = ({ origin }: ReviewedManifest): string => path.resolve(cwd, origin.file ?? '');
  const manifests = input.manifests.map((manifest) => {
    const user = applied.has(at(manifest)) ? undefined : parts.get(at(manifest));
    return user === undefined ? manifest : ReviewedManifest.passedBy(`${PART} ${user.name}`, manifest.origin);
  });
  const others = manifests.filter((manifest) => isApplicable(manifest) && !applied.has(at(manifest)));
  const roots = files.filter(({ folder }) => !applied.has(folder));
  const unlisted = roots.flatMap((file) =>
    [
      ...new Set(
        others.filter((manifest) => path.dirname(at(manifest)) === file.folder).map(({ origin }) => origin.file),
      ),
    ].map((other) =>
      warning(other ?? '', `must be listed in 'resources' of ${file.name}, or it is not applied with it`),
    ),
  );
  return {
    ...input,
    manifests,
    faults: [...input.faults, ...files.flatMap((file) => missing(file, exists)), ...unlisted],
  };
}

const PART = 'a patch, or another file that is not a whole object, for';

/** A Kustomization, with the files that it names by their absolute paths. */
interface KustomizationFile {
  /** As findings name it. */
  readonly name: string;
  readonly folder: string;
  readonly applied: readonly string[];
  readonly parts: readonly string[];
  /** What it lists, as it is written and as an absolute path. */
  readonly listed: readonly (readonly [list: string, given: string, at: string])[];
}

/** Undefined if the manifest is not a Kustomization, or was not read from a file. */
function kustomizationOf(
  { object, origin }: ReviewedManifest,
  cwd: string,
  exists: (at: string) => boolean,
): KustomizationFile | undefined {
  const { file } = origin;
  if (file === undefined || !isKustomization(object, file) || !exists(path.resolve(cwd, file))) return undefined;
  if (!KUSTOMIZATION_FILES.includes(path.basename(file))) return undefined;
  const folder = path.dirname(path.resolve(cwd, file));
  const resolved = (given: string): string => path.resolve(folder, given);
  const listed = OPERANDS.flatMap((list) =>
    textsAt(object, list)
      .filter(isLocal)
      .map((given) => [list, given, resolved(given)] as const),
  );
  return {
    name: file,
    folder,
    listed,
    applied: listed.map(([, , at]) => at),
    parts: partsOf(object).filter(isLocal).map(resolved),
  };
}

function partsOf(object: Json): string[] {
  const generators = ['configMapGenerator', 'secretGenerator'].flatMap((list) => objectsAt(object, list));
  return [
    ...OWN_FILES.flatMap((list) => textsAt(object, list)),
    ...textsAt(object, 'patchesStrategicMerge').filter((patch) => !patch.includes('\n')),
    ...WITH_PATH.flatMap((list) => objectsAt(object, list).map((entry) => textAt(entry, 'path'))),
    ...objectsAt(object, 'helmCharts').flatMap((chart) => [
      textAt(chart, 'valuesFile'),
      ...textsAt(chart, 'additionalValuesFiles'),
    ]),
    // `key=file` names the key of the content.
    ...generators.flatMap((generator) => textsAt(generator, 'files').map((file) => file.replace(/^[^=]*=/, ''))),
    textAt(object, 'openapi', 'path'),
  ].filter((part) => part !== '');
}

function textsAt(object: Json, list: string): string[] {
  const found = valueAt(object, list);
  return Array.isArray(found) ? found.filter((entry): entry is string => typeof entry === 'string') : [];
}

/** Whether it is a path, not an address of Git or the web, with or without its scheme: kustomize, api/internal/git/repospec.go. */
function isLocal(given: string): boolean {
  return !/^[\w+.-]+:\/\/|^\w+@|^[\w-]+(\.[\w-]+)+[/:].*\/|\?ref=/.test(given);
}

function missing({ name, listed }: KustomizationFile, exists: (at: string) => boolean): InputFault[] {
  return listed
    .filter(([, , at]) => !exists(at))
    .map(([list, given]) =>
      warning(name, `'${list}' must name files and folders that exist, got ${JSON.stringify(given)}`),
    );
}

/** Whether a manifest is meant for a cluster; kustomize's own files do not belong in `resources` either. */
function isApplicable({ object, origin }: ReviewedManifest): boolean {
  if (!isObject(object) || isKustomization(object, origin.file)) return false;
  return textAt(object, 'apiVersion') !== '' && textAt(object, 'kind') !== '';
}

function warning(file: string, message: string): InputFault {
  return { file, severity: Severity.WARNING, message: withoutLogins(message) };
}
