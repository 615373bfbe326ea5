import * as path from 'node:path';
import { folder } from '../crds/fixture';
import { readFolder } from '../crds/folder-swap';
import { exampleNames, main } from './examples';

const TSCONFIG = '{ "compilerOptions": { "module": "CommonJS" }, "ts-node": { "transpileOnly": true } }';
const GOOD = `require('node:fs').writeFileSync('written', String(process.env.CDK8S_OUTDIR));`;
const BAD = `throw new Error('this one fails');`;

function run(argv: string[], files: Readonly<Record<string, string>>) {
  const project = folder({ 'tsconfig.json': TSCONFIG, ...files });
  const said: string[] = [];
  const complaints: string[] = [];
  const code = main(
    argv,
    project.at,
    (line) => said.push(line),
    (line) => complaints.push(line),
  );
  const good = readFolder(path.join(project.at, 'examples/good'));
  project.remove();
  return { code, said, complaints: complaints.join('\n'), good };
}

describe('npm run examples', () => {
  const before = process.env.CDK8S_OUTDIR;
  beforeAll(() => (process.env.CDK8S_OUTDIR = 'elsewhere'));
  afterAll(() => {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
  });

  test('runs each example in its folder, whatever the environment says, and goes on after one that fails', () => {
    const files = { 'examples/bad/main.ts': BAD, 'examples/good/main.ts': GOOD, 'examples/notes/README.md': '' };
    const { code, said, complaints, good } = run([], files);
    expect(said).toEqual(['examples/good/dist']);
    expect(good.get('written')).toBe('undefined');
    expect(complaints).toMatch(/^examples\/bad: [^]*this one fails/);
    expect(code).toBe(1);
  }, 30_000);

  test('answers 0 when all are written', () => {
    expect(run([], { 'examples/good/main.ts': GOOD })).toMatchObject({ code: 0, complaints: '' });
  }, 30_000);

  test('says how it is used', () => {
    const { code, said, good } = run(['--help'], { 'examples/good/main.ts': GOOD });
    expect(code).toBe(0);
    expect(said.join('')).toMatch(/^Usage: npm run examples\n/);
    expect(good.has('written')).toBe(false);
  });

  test('fails when the command line is wrong', () => {
    expect(run(['one'], { 'examples/good/main.ts': GOOD })).toMatchObject({ code: 2, said: [] });
  });
});

test('an example is a folder that holds an app', () => {
  const project = folder({
    'examples/b/main.ts': '',
    'examples/a/main.ts': '',
    'examples/c/x.ts': '',
    'examples/d.ts': '',
  });
  expect(exampleNames(project.at)).toEqual(['a', 'b']);
  project.remove();
});
