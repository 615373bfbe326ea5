import { show } from '../../constructs/shared/shown-value';
import { InputFault, ParsedText } from './input';
import { isObject, textAt } from './json';
import { asReviewed, ReviewedManifest } from './manifest';
import { parseManifests as parse } from './parser';
import { readManifests as read, STDIN } from './reader';

/**
 * Reads a text of manifests as kubectl does: documents of YAML, lists, or JSON. The result is for `review`, and knows
 * where each object stands.
 *
 * @param text What `helm template`, `kustomize build` or `kubectl get -o yaml` wrote.
 * @param file What findings call it.
 * @throws if a part of it cannot be read, an object repeats a key, or the text holds no manifest: nothing is skipped
 *   silently.
 */
export function parseManifests(text: string, file = 'text'): ReviewedManifest[] {
  if (typeof text !== 'string') throw new Error(`[review] 'text' must be a text, got ${show(text)}`);
  return manifestsOf(parse(file, Buffer.from(text)));
}

/**
 * Reads the manifests of files, and of folders (all their .yaml, .yml and .json files, and the folders in them), as
 * `cdk8s-kubevirt check` does.
 *
 * @param paths Files and folders, from the working directory.
 * @throws where `check` would report the file itself: it cannot be read, a part of it is not YAML, it holds no manifest,
 *   or a kustomization.yaml beside it does not list it.
 */
export function readManifests(paths: readonly string[]): ReviewedManifest[] {
  const given: unknown = paths;
  if (!Array.isArray(given) || given.length === 0 || given.some((one) => typeof one !== 'string')) {
    throw new Error(`[review] 'paths' must be a list of files and folders, got ${show(given)}`);
  }
  const piped = paths.indexOf(STDIN);
  if (piped >= 0) {
    throw new Error(`[review] 'paths[${piped}]' must be a file or a folder, got "-"; parseManifests reads a text`);
  }
  return manifestsOf(read(paths, { cwd: process.cwd(), stdin: () => Buffer.alloc(0) }));
}

function manifestsOf({ manifests, faults }: ParsedText): ReviewedManifest[] {
  if (faults.length > 0) throw new Error(`[review] ${faults.map(sentence).join('; ')}`);
  return [...manifests];
}

function sentence({ file, line, column, message }: InputFault): string {
  const place = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined);
  return `${place.join(':')} ${message}`;
}

const PARSE = 'parse it first: review(parseManifests(text)), or review(readManifests([path])) for files';

/**
 * The manifests that a program hands over. A value that can only be a mistake is refused: a text is iterable too, and a
 * review of no objects would pass.
 *
 * @throws if it is not a list of objects.
 */
export function manifestList(given: unknown): ReviewedManifest[] {
  const kind = kindOf(given);
  const list = isIterable(given) && kind !== 'bytes' ? [...given] : undefined;
  if (list === undefined) {
    throw new Error(
      `[review] 'manifests' must be a list of objects, got ${kind}${remedyFor(kind, 'write […] around it')}`,
    );
  }
  return list.map((one, index) => {
    const fault = faultOf(one);
    if (fault === undefined) return asReviewed(one);
    throw new Error(`[review] 'manifests[${index}]' must be a Kubernetes object, got ${fault}`);
  });
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** An empty document of YAML is null: it is listed as unchecked. */
function faultOf(one: unknown): string | undefined {
  if (one instanceof ReviewedManifest || one === null || one === undefined) return undefined;
  const kind = kindOf(one);
  if (!isObject(one) || kind !== 'an object') return `${kind}${remedyFor(kind)}`;
  const typed = ['apiVersion', 'kind'].some((key) => textAt(one, key) !== '');
  return typed ? undefined : `an object with no 'apiVersion' and no 'kind'`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return 'a text';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (ArrayBuffer.isView(value)) return 'bytes';
  if (Array.isArray(value)) return 'a list';
  if (isFunction(value, 'then')) return 'a promise';
  // Charts and ApiObjects of cdk8s have both `node` and `toJson`, and an App has `synthYaml`; not by `instanceof`, since
  // there may be two copies of cdk8s.
  if (isFunction(value, 'toJson') || isFunction(value, 'synthYaml')) return 'a construct';
  return 'an object';
}

function isFunction(value: object, key: string): boolean {
  return typeof (value as Record<string, unknown>)[key] === 'function';
}

function remedyFor(kind: string, forObject?: string): string {
  const remedies: Readonly<Record<string, string | undefined>> = {
    'a text': PARSE,
    bytes: PARSE,
    'a list': 'spread it',
    'a promise': 'await it',
    'a construct': 'write Testing.synth(chart) or chart.toJson()',
    'an object': forObject,
  };
  const remedy = remedies[kind];
  return remedy === undefined ? '' : `; ${remedy}`;
}
