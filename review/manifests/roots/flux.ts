import * as path from 'node:path';
import { Json } from '../../rule';
import { objectAt, objectsAt, textAt, valueAt } from '../json';
import { ReviewedManifest } from '../manifest';
import type { EngineRoot } from './engine-root';
import { textsAt } from './kustomization';
import { engineTitle, folderIn } from './repository';
import { Tree } from './tree';

/**
 * The root of a Kustomization of Flux, if the tree holds its path.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function fluxRoots(manifest: ReviewedManifest, tree: Tree): EngineRoot[] {
  const spec = objectAt(manifest.object, 'spec') ?? {};
  const folder = folderIn(textAt(spec, 'path') || './', manifest, tree);
  if (folder === undefined) return [];
  return [
    {
      kind: 'flux',
      title: engineTitle(manifest),
      file: manifest.origin.file ?? 'standard input',
      folder,
      prunes: spec.prune === true,
      isRecursive: true,
      namespace: textAt(spec, 'targetNamespace'),
      keepsNamespaces: false,
      patches: spec,
      components: textsAt(spec, 'components').map((component) => path.resolve(folder, component)),
      variables: variablesOf(spec),
    },
  ];
}

function variablesOf(spec: Json): ReadonlyMap<string, string> | undefined {
  const written = objectAt(spec, 'postBuild', 'substitute');
  if (written === undefined && objectsAt(spec, 'postBuild', 'substituteFrom').length === 0) return undefined;
  const values = Object.entries(written ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return new Map(values);
}

/** An object that says of itself that nothing is filled in. */
const DISABLED = 'kustomize.toolkit.fluxcd.io/substitute';

/**
 * An object with the variables filled in: `${X}`, `${X:=default}`, `${X:-default}`. A variable that is not known stays: it is
 * a placeholder. So does a whole value that is not a text once it is filled in: whether it stood in quotes is not known.
 */
export function substituted(object: Json, variables: ReadonlyMap<string, string>): Json {
  const marks = [valueAt(object, 'metadata', 'annotations', DISABLED), valueAt(object, 'metadata', 'labels', DISABLED)];
  return marks.includes('disabled') ? object : (filled(object, variables) as Json);
}

function filled(value: unknown, variables: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return value.includes('${') ? filledText(value, variables) : value;
  if (Array.isArray(value)) return value.map((item) => filled(item, variables));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, below]) => [filledText(key, variables), filled(below, variables)]),
  );
}

const VARIABLE = /\$\{([A-Za-z_]\w*)(?::?[=-]([^{}]*))?\}/g;

function filledText(text: string, variables: ReadonlyMap<string, string>): string {
  if (!text.includes('${')) return text;
  const result = text.replace(VARIABLE, (whole, name: string, byDefault: string | undefined) => {
    return variables.get(name) ?? byDefault ?? whole;
  });
  return /^(|~|null|true|false|[-+.\d].*)$/i.test(result) && /^\$\{[^{}]*\}$/.test(text) && !isQuantity(result)
    ? text
    : result;
}

/** A number with a unit is a text, in quotes or not. */
function isQuantity(text: string): boolean {
  return /^\d+(\.\d+)?(m|[kMGTPE]i?)$/.test(text);
}
