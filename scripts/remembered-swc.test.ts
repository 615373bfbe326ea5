import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Output {
  readonly outputText: string;
  readonly sourceMapText: string;
}

type Compile = (input: string, details: { readonly fileName: string }) => Output;

// eslint-disable-next-line @typescript-eslint/no-require-imports -- ts-node loads it so, before it knows TypeScript
const { remembered } = require('./remembered-swc.cjs') as {
  remembered: (cache: string, setting: string, compile: Compile) => Compile;
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'remembered-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const compile = jest.fn<Output, Parameters<Compile>>((input) => ({
  outputText: `js of ${input}`,
  sourceMapText: '{}',
}));
beforeEach(() => compile.mockClear());

/** What comes of a text, and how often it was compiled so far. */
function run(input: string, { setting = 'a', fileName = '/x.ts', cache = join(folder, 'cache') } = {}): unknown[] {
  const { outputText, sourceMapText } = remembered(cache, setting, compile)(input, { fileName });
  return [outputText, sourceMapText, compile.mock.calls.length];
}

describe('what ts-node compiles by', () => {
  it('compiles a text once, also in another process', () => {
    expect(run('one')).toEqual(['js of one', '{}', 1]);
    expect(run('one')).toEqual(['js of one', '{}', 1]);
  });

  it('compiles again what has changed, under another setting, and a file of another name', () => {
    run('one');
    expect(run('two')).toEqual(['js of two', '{}', 2]);
    expect(run('one')).toEqual(['js of one', '{}', 3]);
    expect(run('one', { setting: 'b' })).toEqual(['js of one', '{}', 4]);
    expect(run('one', { fileName: '/y.ts', setting: 'b' })).toEqual(['js of one', '{}', 5]);
    expect(readdirSync(join(folder, 'cache'))).toHaveLength(2);
  });

  it('compiles where the cache cannot be read or written', () => {
    run('one');
    for (const name of readdirSync(join(folder, 'cache'))) writeFileSync(join(folder, 'cache', name), '{"key"');
    expect(run('one')).toEqual(['js of one', '{}', 2]);
    writeFileSync(join(folder, 'file'), '');
    const cache = join(folder, 'file');
    expect(run('one', { cache })).toEqual(['js of one', '{}', 3]);
    expect(run('one', { cache })).toEqual(['js of one', '{}', 4]);
  });
});
