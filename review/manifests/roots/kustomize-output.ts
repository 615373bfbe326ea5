import * as path from 'node:path';
import { load } from 'js-yaml';
import { Json } from '../../rule';
import { isObject, textAt, valueAt, withAt, without } from '../json';
import { isKustomization } from '../kustomize';
import { ReviewedManifest } from '../manifest';
import { parseText } from '../parser';
import type { Part } from './part';
import { eachObject } from './transform';
import { Tree } from './tree';

/** What kustomize made of a Kustomization, or why it made nothing. */
export type KustomizeOutput =
  | {
      readonly text: string;
      /** Where the paths in the annotations of origin start, seen from the folder of the Kustomization. */
      readonly originsFrom: string;
    }
  | { readonly failure: string };

/** kustomize, api/internal/utils/annotations.go, OriginAnnotationKey; what `buildMetadata: [originAnnotations]` asks for. */
const ORIGIN = 'config.kubernetes.io/origin';

/**
 * The documents of an output, each led back to the one that it was made of, as far as that can be told.
 *
 * @param parts What the Kustomization takes, as it is read without kustomize.
 */
export function tracedParts(
  output: Extract<KustomizeOutput, { text: string }>,
  folder: string,
  parts: readonly Part[],
  tree: Tree,
): Part[] {
  const sources = new Sources(parts, tree);
  return parseText('', output.text).manifests.flatMap(({ object }) => {
    if (!isObject(object)) return [];
    const origin = originOf(object);
    const at = origin === undefined ? undefined : path.resolve(folder, output.originsFrom, origin);
    const made = withoutOrigin(object);
    const manifest =
      sources.find(made, at) ?? ReviewedManifest.of(made, at === undefined ? {} : { file: tree.nameOf(at) });
    return [{ manifest, object: made, isChanged: false, touched: [] }];
  });
}

function originOf(object: Json): string | undefined {
  const text = textAt(object, 'metadata', 'annotations', ORIGIN);
  if (text === '') return undefined;
  const said = load(text);
  return textAt(said, 'path') || textAt(said, 'configuredIn') || undefined;
}

function withoutOrigin(object: Json): Json {
  const annotations = valueAt(object, 'metadata', 'annotations');
  if (!isObject(annotations) || annotations[ORIGIN] === undefined) return object;
  const others = without(annotations, ORIGIN);
  const metadata = valueAt(object, 'metadata') as Json;
  return Object.keys(others).length === 0
    ? { ...object, metadata: without(metadata, 'annotations') }
    : withAt(object, ['metadata', 'annotations'], others);
}

interface Candidate {
  readonly manifest: ReviewedManifest;
  readonly object: Json;
}

/** The objects that a Kustomization takes, by the absolute paths of their files. */
class Sources {
  private readonly byFile = new Map<string, Candidate[]>();
  private readonly all: Candidate[] = [];
  private readonly tree: Tree;

  constructor(parts: readonly Part[], tree: Tree) {
    this.tree = tree;
    for (const part of parts) {
      const { manifest } = part;
      if (isKustomization(manifest.object, manifest.origin.file)) this.add(manifest, {});
      eachObject(part, (object) => {
        this.add(manifest, object);
        return object;
      });
    }
  }

  /** The document of an object, by its names as the reading without kustomize has them. */
  public find(object: Json, at: string | undefined): ReviewedManifest | undefined {
    const candidates = at === undefined ? this.all : (this.byFile.get(at) ?? []);
    const isOf = (field: 'kind' | 'name' | 'namespace', one: Json): boolean =>
      field === 'kind'
        ? textAt(one, 'kind') === textAt(object, 'kind')
        : textAt(one, 'metadata', field) === textAt(object, 'metadata', field);
    const ofKind = candidates.filter((one) => isOf('kind', one.object));
    const named = ofKind.filter((one) => isOf('name', one.object));
    const same = named.find((one) => isOf('namespace', one.object)) ?? named[0];
    if (same !== undefined || at === undefined) return same?.manifest;
    return (ofKind.length === 1 ? ofKind[0] : candidates.length === 1 ? candidates[0] : undefined)?.manifest;
  }

  private add(manifest: ReviewedManifest, object: Json): void {
    const candidate = { manifest, object };
    this.all.push(candidate);
    const at = this.tree.pathOf(manifest.origin.file ?? '');
    const same = this.byFile.get(at);
    if (same === undefined) this.byFile.set(at, [candidate]);
    else same.push(candidate);
  }
}
