import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { isObject } from '../../review/manifests/json';
import { PairRecord } from '../../review/schema/node';
import { reason, Refusal } from '../refusal';
import { Schema } from './schema-crd';

/** Where the pairs of releases are written down, below the project. */
export const PAIRS = 'crds/pairs.json';

/** The components of which each version belongs to a pair. */
const PAIRED = ['kubevirt', 'cdi'];

/** The folders of crds/, as `kubevirt/v1.6.2`, older versions first. */
export function listVersions(root: string): string[] {
  const crds = path.join(root, 'crds');
  if (!fs.existsSync(crds)) return [];
  return folders(crds).flatMap((component) =>
    folders(path.join(crds, component))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((version) => `${component}/${version}`),
  );
}

/** The CRDs of one folder of crds/. */
export function readCrds(root: string, version: string): Schema[] {
  const folder = path.join(root, 'crds', version);
  const files = fs.readdirSync(folder).sort();
  return files.flatMap((file) => loadAll(fs.readFileSync(path.join(folder, file), 'utf8')) as Schema[]);
}

/**
 * The pairs of releases, as they are written down. Which release of CDI goes with which of KubeVirt follows from no
 * order of version numbers: a folder that no pair names is refused, and so is a pair that names no folder.
 *
 * @param complete Whether every folder must stand in a pair, and every version of a pair have its folder.
 */
export function readPairs(root: string, complete = true): PairRecord[] {
  let pairs: unknown;
  try {
    pairs = JSON.parse(fs.readFileSync(path.join(root, PAIRS), 'utf8'));
  } catch (thrown) {
    throw Refusal.of(PAIRS, 'must be JSON that can be read', reason(thrown));
  }
  if (!Array.isArray(pairs) || !pairs.every(isPair)) {
    throw Refusal.of(PAIRS, "must be a list of objects with 'kubevirt' and 'cdi'", pairs);
  }
  if (!complete) return pairs;
  const versions = listVersions(root);
  const named = new Set(pairs.flatMap((pair) => Object.entries(pair).map(([component, of]) => `${component}/${of}`)));
  const absent = [...named].filter((version) => !versions.includes(version));
  if (absent.length > 0) throw Refusal.of(PAIRS, 'must name folders of crds/', absent, "'npm run crds' writes them");
  const alone = versions.filter((version) => PAIRED.includes(version.split('/')[0]!) && !named.has(version));
  if (alone.length === 0) return pairs;
  throw Refusal.of(PAIRS, `must name every release in crds/ (${alone.join(', ')})`, undefined, 'add what goes with it');
}

function isPair(value: unknown): value is PairRecord {
  return isObject(value) && [...PAIRED, ...Object.keys(value)].every((key) => typeof value[key] === 'string');
}

function folders(at: string): string[] {
  const entries = fs.readdirSync(at, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
