import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LOADER = join(__dirname, 'source-loader.cjs');

let folder: string;
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'loader-')))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of TypeScript, and answers what it said on both streams. */
function run(program: string, ...required: readonly string[]): { status: number | null; out: string; error: string } {
  const file = join(folder, 'main.ts');
  writeFileSync(file, program);
  const args = [...required, LOADER].flatMap((path) => ['--require', path]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, file], { encoding: 'utf8' });
  return { status, out: stdout, error: stderr };
}

/** A type, which the compiled text does not have: its lines are fewer. */
const TYPE = `interface Machine {
  readonly name: string;
}

`;

describe('the loader of the sources', () => {
  it('runs TypeScript without checking its types', () => {
    expect(run(`${TYPE}const machine: Machine = { name: 1 };\nconsole.log(machine.name + 1);\n`)).toEqual({
      status: 0,
      out: '2\n',
      error: '',
    });
  });

  it('names the lines of the sources in the stack of an error that nobody catches, and shows no compiled text', () => {
    const program = `${TYPE}function start(machine: Machine): void {
  throw new TypeError(\`no \${machine.name}\`);
}

start({ name: 'web' });
`;
    const { status, out, error } = run(program);
    expect([status, out]).toEqual([1, '']);
    const file = join(folder, 'main.ts');
    expect(error.split('\n').slice(0, 3)).toEqual([
      'TypeError: no web',
      `    at start (${file}:6:9)`,
      `    at Object.<anonymous> (${file}:9:1)`,
    ]);
    expect(error).not.toContain('source-loader.cjs');
  });

  it('names them in a stack that the program reads, too', () => {
    const { out } = run(`${TYPE}const error: Error = new Error('x');\nconsole.log(error.stack);\n`);
    expect(out.split('\n')[1]).toBe(`    at Object.<anonymous> (${join(folder, 'main.ts')}:5:22)`);
  });

  it('leaves an error that nobody catches to the program, where it asks for it', () => {
    const program = `process.on('uncaughtException', (error: Error) => console.log('met', error.message));
throw new Error('x');
`;
    expect(run(program)).toEqual({ status: 0, out: 'met x\n', error: '' });
  });

  it('tells the error of a thread to who started it', () => {
    writeFileSync(join(folder, 'thread.cjs'), `require(${JSON.stringify(LOADER)});\nthrow new Error('x');\n`);
    const program = `import { Worker } from 'node:worker_threads';
new Worker(${JSON.stringify(join(folder, 'thread.cjs'))}).on('error', ({ message }: Error) => console.log('met', message));
`;
    expect(run(program)).toEqual({ status: 0, out: 'met x\n', error: '' });
  });

  it('leaves TypeScript of other projects to what loaded it before', () => {
    const other = join(folder, 'other.cjs');
    writeFileSync(
      other,
      `require.extensions['.ts'] = (module) => module._compile('console.log("other")', 'main.ts');\n`,
    );
    expect(run(TYPE, other)).toEqual({ status: 0, out: 'other\n', error: '' });
  });
});
