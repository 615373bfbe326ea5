import * as path from 'node:path';
import { Json } from '../../rule';
import { isObject, objectsAt, textAt, valueAt } from '../json';
import { ReviewedManifest } from '../manifest';

/** Lists of files and folders that are applied: kustomize, api/types/kustomization.go. */
const RESOURCES = ['resources', 'bases'];

/** Lists of files that configure kustomize. */
const OWN_FILES = ['configurations', 'crds', 'generators', 'transformers', 'validators'];

/** Lists whose entries name a file by `path`. */
const WITH_PATH = ['patches', 'patchesJson6902', 'replacements'];

/** What adds objects that stand in no file. */
const ADDS_OBJECTS = ['generators', 'helmCharts', 'helmChartInflationGenerator'];

/** What may change any object in a way that is not worked out here. */
const CHANGES_ALL = ['transformers', 'replacements', 'vars'];

/** Something that a Kustomization lists: as it is written, and as an absolute path. */
export interface Operand {
  readonly list: string;
  readonly given: string;
  readonly at: string;
}

/** A Kustomization or Component, with the files that it names by their absolute paths. */
export class Kustomization {
  /** As findings name it. */
  public readonly name: string;
  public readonly object: Json;
  public readonly resources: readonly Operand[];
  public readonly components: readonly Operand[];
  /** Files that are not whole objects: patches, and what configures kustomize. */
  public readonly parts: readonly string[];
  /** What it takes from Git or the web. */
  public readonly remotes: readonly string[];
  /** Whether it makes objects that stand in no file here: of a remote base, a plugin, a chart. */
  public readonly isOpen: boolean;
  /** Whether it may change any object in a way that is not worked out here. */
  public readonly changesAll: boolean;

  constructor(
    public readonly manifest: ReviewedManifest,
    public readonly folder: string,
  ) {
    this.name = manifest.origin.file ?? '';
    const object = isObject(manifest.object) ? manifest.object : {};
    this.object = object;
    this.resources = RESOURCES.flatMap((list) => operands(object, list, folder));
    this.components = operands(object, 'components', folder);
    this.parts = partsOf(object)
      .filter(isLocal)
      .map((part) => path.resolve(folder, part));
    const written = [...RESOURCES, 'components'].flatMap((list) => textsAt(object, list));
    this.remotes = [...written, ...partsOf(object)].filter((given) => !isLocal(given));
    this.isOpen = ADDS_OBJECTS.some((list) => isGiven(object, list)) || written.some((given) => !isLocal(given));
    this.changesAll = CHANGES_ALL.some((list) => isGiven(object, list));
  }

  /** What it applies, as absolute paths. */
  public get applied(): readonly string[] {
    return [...this.resources, ...this.components].map(({ at }) => at);
  }
}

function operands(object: Json, list: string, folder: string): Operand[] {
  return textsAt(object, list)
    .filter(isLocal)
    .map((given) => ({ list, given, at: path.resolve(folder, given) }));
}

/** Whether a Kustomization says anything under a key. */
export function isGiven(object: Json, key: string): boolean {
  const value = object[key];
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
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
    ...generators.flatMap((generator) => textsAt(generator, 'files').map((file) => file.replace(/^[^=:/?]*=/, ''))),
    ...generators.flatMap((generator) => [...textsAt(generator, 'envs'), textAt(generator, 'env')]),
    textAt(object, 'openapi', 'path'),
  ].filter((part) => part !== '');
}

/** The texts of a list. */
export function textsAt(object: Json, list: string): string[] {
  const found = valueAt(object, list);
  return Array.isArray(found) ? found.filter((entry): entry is string => typeof entry === 'string') : [];
}

/**
 * Whether it is a path, not an address of Git or the web. Without a scheme or a user only GitHub is one: kustomize v5,
 * api/internal/git/repospec.go, extractHost.
 */
function isLocal(given: string): boolean {
  return !/^(git::|gh:|[\w+.-]+:\/\/|[\w.-]+@[\w.-]+:|(www\.)?github\.com[:/])|\?ref=/i.test(given);
}
