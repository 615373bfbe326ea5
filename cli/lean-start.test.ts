import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** Writes at the exit of a process which files it has read. */
const WATCH = `const fs = require('node:fs');
const read = [];
for (const name of ['readFileSync', 'openSync', 'createReadStream', 'readFile']) {
  const real = fs[name];
  fs[name] = function (file, ...rest) { read.push(String(file)); return real.call(this, file, ...rest); };
}
process.on('exit', () => fs.writeFileSync(process.env.READ, JSON.stringify(read)));
`;

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n';

/** The files of this project that a program reads. */
function filesRead(argv: readonly string[], text = NAMESPACE): string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lean-'));
  const [watch, read] = [path.join(folder, 'watch.cjs'), path.join(folder, 'read.json')];
  fs.writeFileSync(watch, WATCH);
  fs.writeFileSync(path.join(folder, 'a.yaml'), text);
  const { status, stderr } = spawnSync(process.execPath, ['--require', watch, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, READ: read, TS_NODE_PROJECT: path.join(ROOT, 'tsconfig.json') },
  });
  if (status !== 0) throw new Error(stderr);
  const files = JSON.parse(fs.readFileSync(read, 'utf8')) as string[];
  fs.rmSync(folder, { recursive: true });
  return files
    .filter((file) => file.startsWith(ROOT) && !file.includes('node_modules'))
    .map((file) => path.relative(ROOT, file));
}

/** Pages, pictures, and what a page of HTML is made of. */
const isPage = (file: string): boolean => /\.(md|png|css)$|^docs[\\/]|[\\/]html[\\/]/.test(file);

const COMMAND = path.join(ROOT, 'cli', 'cdk8s-kubevirt.cjs');
const PACKAGE = ['-C', 'cdk8s-kubevirt-source', '-r', path.join(ROOT, 'scripts', 'source-loader.cjs')];

describe('pages and what HTML needs', () => {
  test.each([
    ['a check', [COMMAND, 'check', 'a.yaml']],
    ['help', [COMMAND, '--help']],
    ['whoever makes a disk', [...PACKAGE, '-e', `require(${JSON.stringify(path.join(ROOT, 'constructs'))})`]],
  ])('are not read by %s', (_, argv) => {
    const files = filesRead(argv);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(isPage)).toEqual([]);
  });

  test('are read by who asks for a page', () => {
    expect(filesRead([COMMAND, 'check', '--format', 'html', 'a.yaml']).filter(isPage)).not.toEqual([]);
  });
});

test('an import in a clone takes the generated classes of its sources, compiled or not', () => {
  const text =
    'apiVersion: cdi.kubevirt.io/v1beta1\nkind: ObjectTransfer\nmetadata: { name: t }\nspec: { source: {}, target: {} }\n';
  const files = filesRead([COMMAND, 'import', 'a.yaml'], text);
  expect(files).toContain(path.join('imports', 'cdi.kubevirt.io.ts'));
  expect(files.filter((file) => file.startsWith(`lib${path.sep}`))).toEqual([]);
});
