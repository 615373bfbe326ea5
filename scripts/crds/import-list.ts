import * as fs from 'node:fs';
import * as path from 'node:path';
import { load, loadAll } from 'js-yaml';
import { isObject } from '../../review/manifests/json';
import { reason, Refusal } from '../refusal';

/** The project's configuration of the cdk8s command line. */
export const CONFIG = 'cdk8s.yaml';

/** The files that cdk8s.yaml lists under `imports`, relative to the project. */
export function listedImports(root: string): string[] {
  let config: unknown;
  try {
    config = load(fs.readFileSync(path.join(root, CONFIG), 'utf8'));
  } catch (thrown) {
    throw Refusal.of(CONFIG, 'must be YAML that can be read', reason(thrown));
  }
  const imports = isObject(config) ? config.imports : undefined;
  if (!Array.isArray(imports) || imports.length === 0) {
    throw Refusal.of(CONFIG, "'imports' must list the files of crds/ to import", imports);
  }
  return imports.map(String);
}

/**
 * The API group of each listed file, in the order of the list.
 *
 * The command line writes a module a group and lets the second file of a group overwrite the first
 * without a word, and it fetches what is not a local file: both are refused here.
 */
export function listedGroups(root: string): Map<string, string> {
  const files = new Map<string, string>();
  listedImports(root).forEach((file, index) => {
    for (const group of groupsIn(root, file, index)) {
      const other = files.get(group);
      if (other !== undefined) {
        throw Refusal.of(CONFIG, `'imports' must list each API group once ('${group}')`, [other, file]);
      }
      files.set(group, file);
    }
  });
  return files;
}

function groupsIn(root: string, file: string, index: number): Set<string> {
  let documents: unknown[];
  try {
    documents = loadAll(fs.readFileSync(path.join(root, file), 'utf8'));
  } catch (thrown) {
    throw Refusal.of(CONFIG, `'imports[${index}]' must be a CRD file of this project (${reason(thrown)})`, file);
  }
  const specs = documents.map((crd) => (isObject(crd) && isObject(crd.spec) ? crd.spec : {}));
  return new Set(specs.map(({ group }) => String(group)));
}
