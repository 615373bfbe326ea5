import { Severity } from '../../review/finding';
import { InputFault } from '../../review/manifests/input';
import { isObject } from '../../review/manifests/json';
import { ReviewedManifest } from '../../review/manifests/manifest';
import { NO_MANIFEST } from '../../review/manifests/parser';
import { readManifests, STDIN, STDIN_NAME } from '../../review/manifests/reader';
import { Refusal } from '../refusal';

/** The kinds that hold other objects: what `kubectl get` answers, and what the API server does. */
const LISTS = ['List', 'CustomResourceDefinitionList'];

/** One object of the input, and where it stands there. */
export interface InputObject {
  readonly from: string;
  readonly object: Record<string, unknown>;
}

/** Where relative paths start, and what standard input holds. */
export interface InputWorld {
  readonly cwd: string;
  readonly stdin: () => Promise<Buffer>;
}

/**
 * Every Kubernetes object in files, folders (all their .yaml, .yml and .json files, recursively) and
 * standard input (`-`), read as `cdk8s-kubevirt check` reads them; the items of a list count as objects of their own.
 */
export async function readObjects(paths: readonly string[], world: InputWorld): Promise<InputObject[]> {
  const piped = paths.includes(STDIN) ? await world.stdin() : Buffer.alloc(0);
  const { manifests, faults, lines } = readManifests(paths, { cwd: world.cwd, stdin: () => piped });
  // A warning leaves every object readable, except that of an input that holds none.
  const named = new Set(paths.map((path) => (path === STDIN ? STDIN_NAME : path)));
  const isEmpty = ({ file }: InputFault): boolean =>
    named.has(file) && !manifests.some(({ origin }) => origin.file === file);
  for (const fault of faults) if (fault.severity === Severity.ERROR || isEmpty(fault)) refuse(fault);
  return manifests.flatMap((manifest) => {
    const { file = '', document = 0 } = manifest.origin;
    const isOneOfMany = (lines.get(file)?.length ?? 0) > 1;
    return flatten(isOneOfMany ? `${file}, document ${document + 1}` : file, manifest);
  });
}

function refuse({ file, line, message }: InputFault): never {
  if (file === STDIN_NAME && line === undefined && message === NO_MANIFEST) {
    throw Refusal.of(file, 'must hold CRDs', undefined, "pipe 'kubectl get crd -o yaml' into it");
  }
  throw new Refusal(`[${line === undefined ? file : `${file}:${line}`}] ${message}`);
}

function flatten(from: string, { object: value }: Pick<ReviewedManifest, 'object'>): InputObject[] {
  if (value === undefined) return [];
  if (!isObject(value)) {
    throw Refusal.of(from, 'must be a Kubernetes object', value, "give what 'kubectl get crd -o yaml' prints");
  }
  if (!LISTS.includes(String(value.kind))) return [{ from, object: value }];
  if (!Array.isArray(value.items)) throw Refusal.of(from, "'items' must be a list", value.items);
  return value.items.flatMap((item, index) => flatten(`${from}, item ${index + 1}`, { object: item }));
}
