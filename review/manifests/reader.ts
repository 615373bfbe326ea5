import { ReviewedManifest } from './manifest';
import { Input, InputFault, parseManifests as parse, readManifests as read, STDIN } from '.';

/**
 * Reads a text of manifests as kubectl does: documents of YAML, lists, or JSON. What it answers is for `review`, and knows
 * where each object stands.
 *
 * @param text What `helm template`, `kustomize build` or `kubectl get -o yaml` wrote.
 * @param file What findings call it.
 * @throws if a part of it cannot be read, a key stands twice in an object, or it holds no manifest: nothing is passed by
 *   without a word.
 */
export function parseManifests(text: string, file = 'text'): ReviewedManifest[] {
  if (typeof text !== 'string') throw new Error(`[review] 'text' must be a text, got ${shown(text)}`);
  return manifestsOf(parse(file, Buffer.from(text)));
}

/**
 * Reads the manifests of files, and of folders (all their .yaml, .yml and .json files, and the folders in them), as
 * `cdk8s-kubevirt check` does.
 *
 * @param paths Files and folders, from the working directory.
 * @throws if there is anything that `check` says of a file itself: it cannot be read, a part of it is no YAML, it holds
 *   no manifest, or a kustomization.yaml beside it does not list it.
 */
export function readManifests(paths: readonly string[]): ReviewedManifest[] {
  const given: unknown = paths;
  if (!Array.isArray(given) || given.length === 0 || given.some((one) => typeof one !== 'string')) {
    throw new Error(`[review] 'paths' must be a list of files and folders, got ${shown(given)}`);
  }
  const piped = paths.indexOf(STDIN);
  if (piped >= 0) {
    throw new Error(`[review] 'paths[${piped}]' must be a file or a folder, got "-"; parseManifests reads a text`);
  }
  return manifestsOf(read(paths, { cwd: process.cwd(), stdin: () => Buffer.alloc(0) }));
}

function manifestsOf({ manifests, faults }: Input): ReviewedManifest[] {
  if (faults.length > 0) throw new Error(`[review] ${faults.map(sentence).join('; ')}`);
  return [...manifests];
}

function sentence({ file, line, column, message }: InputFault): string {
  const place = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined);
  return `${place.join(':')} ${message}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
}
