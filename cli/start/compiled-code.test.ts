import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const SOURCES = path.join(__dirname, '..', 'cdk8s-kubevirt.cjs');
const MODULE = JSON.stringify(path.join(__dirname, 'compiled-code.ts'));

let folder: string;
let file: string;
let cache: string;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'compiled-')));
  file = path.join(folder, 'node_modules', 'made', 'lib', 'bundle.js');
  cache = path.join(folder, 'node_modules', '.cache', 'cdk8s-kubevirt');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text('first'));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

const text = (word: string): string =>
  `exports.word = () => ${JSON.stringify(word)} + [__filename, __dirname, require('node:path').sep, module.exports === exports].join('|');`;

/** What a process prints that loads the program, calls it and keeps what was compiled; whether it took what was kept. */
function run({ id = 'a1', purpose = 'check', then = '', status = 0, env = {} } = {}): {
  readonly said: string;
  readonly tookKept: boolean;
} {
  const code = `const { CompiledCode } = require(${MODULE});
    const vm = require('node:vm');
    const program = ${JSON.stringify({ file, id, purpose })};
    const code = new CompiledCode(program);
    const { word } = code.load();
    console.log(word() + '|' + (require(program.file).word === word));
    ${then}
    console.log(code.script?.cachedDataRejected === false);
    code.keep(${status});`;
  const {
    stdout,
    stderr,
    status: exit,
  } = spawnSync(process.execPath, ['-r', SOURCES, '-e', code], {
    encoding: 'utf8',
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', ...env },
  });
  if (exit !== 0) throw new Error(stderr);
  const [said = '', took] = stdout.split('\n');
  return { said, tookKept: took === 'true' };
}

const said = (word: string): string => `${word}${file}|${path.dirname(file)}|${path.sep}|true|true`;

describe('CompiledCode', () => {
  it('loads a program as require does, and takes in the next run what was kept', () => {
    expect(run()).toEqual({ said: said('first'), tookKept: false });
    expect(run()).toEqual({ said: said('first'), tookKept: true });
    expect(fs.readdirSync(cache)).toEqual([expect.stringMatching(/^check-a1-[0-9a-f]+$/)]);
  });

  it('takes nothing that was kept of another text of the same length, and forgets it', () => {
    run();
    fs.writeFileSync(file, text('other'));
    expect(run({ id: 'b2' })).toEqual({ said: said('other'), tookKept: false });
    expect(fs.readdirSync(cache)).toEqual([expect.stringMatching(/^check-b2-/)]);
  });

  it('keeps each purpose by itself', () => {
    run();
    expect(run({ purpose: 'diff' }).tookKept).toBe(false);
    expect(fs.readdirSync(cache).map((name) => name.split('-')[0])).toEqual(['check', 'diff']);
  });

  it('loads the program where what was kept is no compiled code', () => {
    run();
    const [name = ''] = fs.readdirSync(cache);
    fs.writeFileSync(path.join(cache, name), 'no compiled code');
    expect(run()).toEqual({ said: said('first'), tookKept: false });
    expect(run().tookKept).toBe(true);
  });

  it('loads the program where nothing can be kept', () => {
    fs.writeFileSync(path.dirname(cache), 'a file');
    expect(run()).toEqual({ said: said('first'), tookKept: false });
    expect(run().tookKept).toBe(false);
  });

  it('keeps what a run that found errors has compiled, and nothing of one that failed', () => {
    run({ status: 2 });
    expect(fs.existsSync(cache) ? fs.readdirSync(cache) : []).toEqual([]);
    run({ status: 1 });
    expect(fs.readdirSync(cache)).toHaveLength(1);
  });

  it('keeps nothing that the next run would refuse: flags of V8 have changed', () => {
    run({ then: `require('node:v8').setFlagsFromString('--heap-growing-percent=15');` });
    expect(fs.readdirSync(cache)).toEqual([]);
  });

  it('takes and keeps nothing where Node.js is told to keep nothing', () => {
    const env = { NODE_DISABLE_COMPILE_CACHE: '1' };
    run({ env });
    expect(fs.existsSync(cache)).toBe(false);
    run();
    expect(run({ env })).toEqual({ said: said('first'), tookKept: false });
  });

  it('stands in the folder of packages of a project whose lib/ it is', () => {
    file = path.join(folder, 'lib', 'bundle.js');
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, text('first'));
    run();
    expect(fs.readdirSync(cache)).toHaveLength(1);
  });
});
