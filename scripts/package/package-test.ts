import { execFileSync, execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readmeBlocks } from '../docs/readme-blocks';
import { Consumer, consumers } from './consumers';
import { environment } from './environment';

/** What the package may weigh, in bytes as npm packs it, with its pages and examples. */
const LIMIT = 1_200_000;

/** What of it the program may weigh, packed. */
const PROGRAM_LIMIT = 900_000;

/** Objects of the README's first snippet that stand in no manifest. */
const EXTERNAL = ['--external', 'Namespace/shop', '--external', 'StorageClass/fast-block'];

/**
 * `npm run test:package`: packs the package, installs it into projects of each kind that there is, and has them write
 * what the README shows.
 */
function main(root: string): void {
  const work = mkdtempSync(join(tmpdir(), 'package-'));
  try {
    const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      peerDependencies: Record<string, string>;
    };
    const tarball = pack(root, work);
    const [snippet = '', yaml = ''] = [readmeBlocks('ts')[0], readmeBlocks('yaml')[0]];
    const all = consumers(snippet, peerDependencies);
    for (const consumer of all) tryOut(consumer, join(work, consumer.name), tarball, yaml);
    loadTime(join(work, 'module'));
    console.log(`${all.length} projects installed the package and wrote what the README shows`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Packs the package into a folder and answers the path of the tarball. */
function pack(root: string, folder: string): string {
  execSync(`npm pack --pack-destination "${folder}"`, { cwd: root, stdio: 'inherit' });
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const tarball = join(folder, `${name}-${version}.tgz`);
  const { length } = readFileSync(tarball);
  if (length > LIMIT) throw new Error(`the package weighs ${length} bytes, more than ${LIMIT}`);
  const program = packedFiles(join(root, 'lib'));
  if (program > PROGRAM_LIMIT) throw new Error(`lib/ weighs ${program} bytes packed, more than ${PROGRAM_LIMIT}`);
  console.log(`${length} bytes packed, ${program} of them lib/`);
  return tarball;
}

/**
 * What the files of a folder weigh, packed.
 *
 * @throws for a source map: nobody who uses the package has the sources.
 */
function packedFiles(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const map = files.find(({ name }) => name.endsWith('.map'));
  if (map !== undefined) throw new Error(`${map.name} is a source map without its source`);
  return gzipSync(Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))))).length;
}

function tryOut({ name, files, packages, synth }: Consumer, folder: string, tarball: string, yaml: string): void {
  console.log(`\n--- ${name}: ${packages.join(' ')}`);
  mkdirSync(folder);
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  const run = (command: string): void =>
    void execSync(command, { cwd: folder, stdio: 'inherit', env: { ...environment(), CDK8S_CHECK_UPGRADE: 'false' } });
  run(`npm install --prefer-offline --no-audit --no-fund --loglevel=error "${tarball}" ${packages.join(' ')}`);
  synth.forEach(run);
  run(`npx --no-install cdk8s-kubevirt check --strict ${EXTERNAL.join(' ')} dist`);
  const [, written] = readFileSync(join(folder, 'dist', 'web.k8s.yaml'), 'utf8').split('---\n');
  if (written !== yaml)
    throw new Error(`[${name}] the VM of dist/web.k8s.yaml is not what the README shows:\n${written}`);
}

/** Prints what it costs to load the package, for the goal of at most 1.3 times cdk8s-plus-27. */
function loadTime(folder: string): void {
  const median = (name: string): number => {
    const script = `const s = performance.now(); require('${name}'); console.log(performance.now() - s)`;
    const times = Array.from({ length: 9 }, () => Number(execFileSync('node', ['-e', script], { cwd: folder })));
    return times.sort((a, b) => a - b)[4] ?? 0;
  };
  const [plus, ours] = [median('cdk8s-plus-27'), median('cdk8s-kubevirt')];
  const ratio = (ours / plus).toFixed(2);
  console.log(`\nrequire('cdk8s-kubevirt'): ${ours.toFixed(0)} ms, ${ratio} times require('cdk8s-plus-27')`);
}

main(join(__dirname, '..', '..'));
