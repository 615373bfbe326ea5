import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { reason, Refusal } from './refusal';

/** What stands for standard input among the paths. */
export const STDIN = '-';

const EXTENSIONS = ['.yaml', '.yml', '.json'];
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
 * standard input (`-`); the items of a list count as objects of their own.
 */
export async function readObjects(paths: readonly string[], world: InputWorld): Promise<InputObject[]> {
  const objects: InputObject[] = [];
  for (const given of paths) {
    if (given === STDIN) objects.push(...parseObjects('standard input', await readStdin(world)));
    else for (const file of filesAt(given, world.cwd)) objects.push(...parseObjects(file.name, file.read()));
  }
  return objects;
}

/** The objects of one text: YAML documents, or JSON. */
export function parseObjects(name: string, bytes: Buffer): InputObject[] {
  const documents = parse(name, decode(bytes));
  const many = documents.length > 1;
  return documents.flatMap((value, index) => flatten(many ? `${name}, document ${index + 1}` : name, value));
}

function flatten(from: string, value: unknown): InputObject[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value)) {
    throw Refusal.of(from, 'must be a Kubernetes object', value, "give what 'kubectl get crd -o yaml' prints");
  }
  if (!LISTS.includes(String(value.kind))) return [{ from, object: value }];
  if (!Array.isArray(value.items)) throw Refusal.of(from, "'items' must be a list", value.items);
  return value.items.flatMap((item, index) => flatten(`${from}, item ${index + 1}`, item));
}

function parse(name: string, text: string): unknown[] {
  try {
    // A cluster's CRDs as JSON are tens of megabytes, which JSON.parse reads many times faster.
    if (text.trimStart().startsWith('{')) return [JSON.parse(text)];
  } catch {
    // A flow mapping of YAML, or broken JSON: the YAML parser tells them apart.
  }
  try {
    return loadAll(text);
  } catch (thrown) {
    throw Refusal.of(name, 'must be YAML or JSON', reason(thrown));
  }
}

/** Windows PowerShell writes redirected output as UTF-16 with a byte order mark. */
function decode(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

async function readStdin(world: InputWorld): Promise<Buffer> {
  const bytes = await world.stdin();
  if (decode(bytes).trim() !== '') return bytes;
  throw Refusal.of('standard input', 'must hold CRDs', undefined, "pipe 'kubectl get crd -o yaml' into it");
}

function filesAt(given: string, cwd: string): { readonly name: string; readonly read: () => Buffer }[] {
  const at = path.resolve(cwd, given);
  const file = (name: string, where: string) => ({ name, read: () => readable(name, () => fs.readFileSync(where)) });
  if (!readable(given, () => fs.statSync(at)).isDirectory()) return [file(given, at)];
  const entries = readable(given, () => fs.readdirSync(at, { recursive: true, encoding: 'utf8' }));
  const names = entries.filter((name) => EXTENSIONS.includes(path.extname(name).toLowerCase())).sort();
  if (names.length === 0) throw Refusal.of(given, `must hold files that end in ${EXTENSIONS.join(', ')}`, undefined);
  return names.map((name) => file(path.join(given, name), path.join(at, name)));
}

function readable<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw Refusal.of(name, 'must be a file or folder that can be read', (thrown as NodeJS.ErrnoException).code);
  }
}

/** True for a mapping: what every Kubernetes object is. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
