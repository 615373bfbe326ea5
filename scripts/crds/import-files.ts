import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readFolder } from './folder-swap';
import { listedGroups } from './import-list';
import { Refusal } from './refusal';

/** The modules that `cdk8s import` makes of the files that cdk8s.yaml lists, by file name. */
export function generateImports(root: string): Map<string, string> {
  const expected = [...listedGroups(root).keys()].map((group) => `${group}.ts`).sort();
  const output = fs.mkdtempSync(path.join(os.tmpdir(), 'imports-'));
  try {
    runImport(root, output);
    const files = readFolder(output);
    const made = [...files.keys()];
    if (made.join() !== expected.join()) throw Refusal.of('cdk8s import', `must make ${expected.join(', ')}`, made);
    return files;
  } finally {
    fs.rmSync(output, { recursive: true, force: true });
  }
}

function runImport(root: string, output: string): void {
  const cli = path.join(path.dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  // Without `--no-save` it rewrites cdk8s.yaml; without the variable it asks the registry for a newer self.
  const child = spawnSync(
    process.execPath,
    [cli, 'import', '--language', 'typescript', '--no-save', '--output', output],
    { cwd: root, env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' }, encoding: 'utf8' },
  );
  if (child.error !== undefined) throw child.error;
  if (child.status !== 0) throw Refusal.of('cdk8s import', 'must succeed', child.stderr.trim() || child.status);
}
