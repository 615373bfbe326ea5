import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { Schema } from './schema-crd';

/** The folders of crds/, as `kubevirt/v1.6.2`, older versions first. */
export function listVersions(root: string): string[] {
  const crds = path.join(root, 'crds');
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

function folders(at: string): string[] {
  const entries = fs.readdirSync(at, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
