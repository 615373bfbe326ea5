import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { ManifestApp } from 'cdk8s-kubevirt';
import { parse, parseAllDocuments } from 'yaml';
import { addChapters } from '..';
import { renderInventory } from '../inventory';
import { renderOverview } from '../overview';

/** A manifest, as plain data. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** All files of a folder by path, '/' between names, sorted. */
export function readTree(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const byPath = paths.map(
    (path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const,
  );
  return new Map(byPath.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Calls `use` with a new folder, and removes the folder. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files that the scenario is synthesized to. */
export function synthScenario(): Map<string, string> {
  return inFolder((folder) => {
    const app = new ManifestApp({ outdir: join(folder, 'dist') });
    const chapters = addChapters(app);
    for (const chapter of chapters) {
      app.addDocument(`${chapter.node.id}/RUNBOOK.md`, { produce: () => chapter.renderRunbook() });
    }
    app.addDocument('INVENTORY.md', { produce: () => renderInventory(chapters) });
    app.addDocument('README.md', { produce: () => renderOverview(chapters) });
    app.synth();
    return readTree(join(folder, 'dist'));
  });
}

/** The manifests of a YAML text; inline cloud-init stands in them as parsed YAML. */
export function manifestsOf(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => withParsedCloudInit(document.toJS()) as Manifest);
}

function withParsedCloudInit(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withParsedCloudInit);
  if (value === null || typeof value !== 'object') return value;
  const parsed = (key: string, item: unknown): unknown =>
    key === 'userData' && typeof item === 'string' && item.startsWith('#cloud-config\n')
      ? (parse(item) as unknown)
      : withParsedCloudInit(item);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, parsed(key, item)]));
}
