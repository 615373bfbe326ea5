import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { Finding, report, ReviewedManifest, Severity } from '.';

const DIST = path.join(__dirname, '../dist');

function chapters(): ReviewedManifest[] {
  const files = (fs.readdirSync(DIST, { recursive: true }) as string[]).filter((file) => file.endsWith('.yaml')).sort();
  return files.flatMap((file) => {
    const documents = loadAll(fs.readFileSync(path.join(DIST, file), 'utf8'));
    return documents.map((object, document) => ReviewedManifest.of(object, { file, document }));
  });
}

describe('the manifests of the chapters', () => {
  const all = report(chapters(), { allReleases: true });

  test('have no error in any release', () => {
    expect(all.objects).toBeGreaterThan(20);
    expect(all.findings.filter(({ severity }) => severity === Severity.ERROR).map(line)).toEqual([]);
  });

  test('are checked, every one', () => {
    expect(all.unchecked).toEqual([]);
  });
});

function line({ object, field, rule, message }: Finding): string {
  return `${object.file}: ${object.kind}/${object.name} ${field} ${rule}: ${message}`;
}
