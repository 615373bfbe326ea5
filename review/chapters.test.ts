import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { readManifests } from './manifests/reader';
import { allPairs, Finding, report, ReviewedManifest, Severity } from '.';

const ROOT = path.join(__dirname, '..');
const DIST = path.join(ROOT, 'dist');

function chapters(): ReviewedManifest[] {
  const files = (fs.readdirSync(DIST, { recursive: true }) as string[]).filter((file) => file.endsWith('.yaml')).sort();
  return files.flatMap((file) => {
    const documents = loadAll(fs.readFileSync(path.join(DIST, file), 'utf8'));
    return documents.map((object, document) => ReviewedManifest.of(object, { file, document }));
  });
}

const manifests = chapters();

describe('the manifests of the chapters', () => {
  const all = report(manifests, { allReleases: true });

  test('have no error in any release', () => {
    expect(all.objects).toBeGreaterThan(20);
    expect(all.findings.filter(({ severity }) => severity === Severity.ERROR).map(line)).toEqual([]);
  });

  test('are checked, every one', () => {
    expect(all.unchecked).toEqual([]);
  });
});

describe('the table of releases of docs/another-release.md', () => {
  const page = fs.readFileSync(path.join(ROOT, 'docs', 'another-release.md'), 'utf8');
  const names = fs.readdirSync(DIST, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const folders = names.map(({ name }) => name).sort();
  const tree = readManifests(['.'], { cwd: DIST, stdin: () => Buffer.alloc(0) }).manifests;
  const releases = allPairs().map((pair) => ({ pair, findings: report(tree, pair).findings }));

  test('has five pairs of releases, and every chapter', () => {
    expect([releases.length, folders.length]).toEqual([5, 9]);
  });

  test('says what the review finds', () => {
    const rows = releases.map(({ pair, findings }) => [
      `${pair.kubevirt} / ${pair.cdi}`,
      ...folders.map((folder) => counts(findings.filter(({ object }) => object.file?.startsWith(`${folder}/`)))),
    ]);
    const head = ['KubeVirt / CDI', ...folders.map((folder) => /^[\d-]*\d/.exec(folder)?.[0] ?? folder)];
    for (const row of [head, ...rows]) expect(cellsOf(page)).toContainEqual(row);
  });

  test('names the one warning, of the release that does not know a gate', () => {
    for (const { pair, findings } of releases) {
      const unknown = {
        rule: 'kubevirt-feature-gate-known',
        message: expect.stringContaining('DeclarativeHotplugVolumes'),
      };
      expect(findings).toMatchObject(pair.kubevirt === 'v1.5.3' ? [unknown] : []);
      expect(findings).toHaveLength(pair.kubevirt === 'v1.5.3' ? 1 : 0);
    }
    expect(page).toContain('The one warning: KubeVirt v1.5.3 does not know the gate DeclarativeHotplugVolumes');
  });
});

/** Errors and warnings: `0/2`. */
function counts(findings: readonly Finding[]): string {
  const of = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return `${of(Severity.ERROR)}/${of(Severity.WARNING)}`;
}

/** The cells of every row of a table. */
function cellsOf(markdown: string): string[][] {
  const rows = markdown.split('\n').filter((row) => row.startsWith('|'));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

function line({ object, field, rule, message }: Finding): string {
  return `${object.file}: ${object.kind}/${object.name} ${field} ${rule}: ${message}`;
}
