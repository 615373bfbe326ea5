import { execSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from './environment';

/**
 * `npm run test:init`: what the README's first minutes are. The clone is packed, a project is made beside it from the packed
 * file, installed, synthesized; then tested, checked and compiled. Once of CommonJS and once of ES modules.
 */
function main(root: string): void {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const file = `cdk8s-kubevirt-${version}.tgz`;
  const packed = join(root, file);
  const isNew = !existsSync(packed);
  const beside = mkdtempSync(join(tmpdir(), 'init-'));
  try {
    run('npm pack', root);
    symlinkSync(root, join(beside, 'cdk8s-kubevirt'));
    for (const [name, option] of [
      ['web', ''],
      ['web-esm', ' --esm'],
    ] as const) {
      run(`npx --yes --package ./cdk8s-kubevirt/${file} cdk8s-kubevirt init ${name}${option}`, beside);
      tryOut(join(beside, name));
    }
    console.log('\ntwo new projects synthesize, test, check and compile');
  } finally {
    rmSync(beside, { recursive: true, force: true });
    if (isNew) rmSync(packed, { force: true });
  }
}

function tryOut(project: string): void {
  run('npm install', project);
  run('npm run synth', project);
  const written = readdirSync(join(project, 'dist')).sort();
  const expected = ['.cdk8s-files', 'construct-metadata.json', 'web.k8s.yaml'];
  if (written.join() !== expected.join()) throw new Error(`${project}/dist holds ${written.join(', ')}`);
  run('npm test', project);
  run('npm run check -- --strict', project);
  run('npm run typecheck', project);
}

function run(command: string, cwd: string): void {
  console.log(`\n$ ${command}`);
  execSync(command, {
    cwd,
    stdio: 'inherit',
    env: { ...environment(), npm_config_audit: 'false', npm_config_fund: 'false' },
  });
}

main(join(__dirname, '..', '..'));
